"""The filter of every page and export that lists trials (see `trials.code_filter`), one file a concept."""

from trials.code_filter import InvalidFilter
from trials.filters.orders import NUMBERED, ORDERS
from trials.filters.trial import CHOSEN, LAYOUTS, TrialFilter
from trials.filters.vocabularies import (
    UNKNOWN_MUNICIPALITY,
    UNKNOWN_NETWORK,
    UNKNOWN_TRIAL,
    municipalities,
    networks,
    trials,
)

__all__ = [
    "CHOSEN",
    "LAYOUTS",
    "NUMBERED",
    "ORDERS",
    "UNKNOWN_MUNICIPALITY",
    "UNKNOWN_NETWORK",
    "UNKNOWN_TRIAL",
    "InvalidFilter",
    "TrialFilter",
    "municipalities",
    "networks",
    "trials",
]
