"""The filter of every page and export that lists trials (see `trials.code_filter`), one file a concept."""

from trials.code_filter import InvalidFilter
from trials.filters.orders import DEFAULT_ORDER, NUMBERED, ORDERS
from trials.filters.trial import CHOSEN, LAYOUTS, TrialFilter
from trials.filters.vocabularies import UNKNOWN_MUNICIPALITY, UNKNOWN_NETWORK, municipalities, networks

__all__ = [
    "CHOSEN",
    "DEFAULT_ORDER",
    "LAYOUTS",
    "NUMBERED",
    "ORDERS",
    "UNKNOWN_MUNICIPALITY",
    "UNKNOWN_NETWORK",
    "InvalidFilter",
    "TrialFilter",
    "municipalities",
    "networks",
]
