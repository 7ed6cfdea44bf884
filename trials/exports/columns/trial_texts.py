"""The columns of the list of the trials' own texts, which are too long for the list of trials."""

from collections.abc import Iterable
from typing import Any

from trials.exports.column import Column, Kind
from trials.exports.columns.networks import NETWORK
from trials.models import Trial


def rows(filtered: Any) -> Iterable[Trial]:
    """The trials of the filter."""
    return filtered.qs.select_related("network__programme")


COLUMNS = [
    Column("id", "Forsøgets id; ændres aldrig.", lambda trial: trial.public_id, references="forsoeg"),
    NETWORK,
    Column("kort_fortalt", "Hvad kommunen må, for hvem, og hvad man håber på.", lambda trial: trial.summary),
    Column("indhold", "Indholdet, med registerets rettelser.", lambda trial: trial.content),
    Column("maalgruppe", "Målgruppen, med registerets rettelser.", lambda trial: trial.target_group),
    Column(
        "implementering",
        "Ikrafttrædelse og implementering, med registerets rettelser.",
        lambda trial: trial.implementation,
    ),
    Column(
        "i_kraft_til",
        "Sidste dag, undtagelsen gælder ved lov; tomt, når den ikke er oplyst.",
        lambda trial: trial.in_force_to,
        Kind.DATE,
    ),
]
