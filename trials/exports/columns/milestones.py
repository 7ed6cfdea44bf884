"""The columns of the list of milestones."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import DateField, Value

from trials.exports.column import Column, Kind
from trials.exports.columns.grounds import GROUNDS, with_grounds
from trials.exports.columns.subjects import NETWORKS, TRIALS
from trials.models import Milestone


def rows(filtered: Any) -> Iterable[Milestone]:
    """The milestones of the filter as its user may see them; `asked_day` is the day asked for, or None."""
    asked = Value(filtered.day, output_field=DateField(null=True))
    found = filtered.qs.shown_to(filtered.user).select_related("network__programme").annotate(asked_day=asked)
    return with_grounds(found.prefetch_related("trials__network__programme"), filtered.user)


def _happened(milestone: Milestone, field: str) -> date | None:
    """A day of what has happened; None when it had not begun on the day asked for."""
    day, begun = milestone.asked_day, milestone.actual_from
    return None if day and begun and begun > day else getattr(milestone, field)


COLUMNS = [
    Column("id", "Milepælens kode, fx vive-2019:M-001; ændres aldrig.", lambda milestone: milestone.code),
    Column("art", "Kode for milepælens art.", lambda milestone: milestone.kind),
    Column("milepael", "Det, der er planlagt eller sket.", lambda milestone: milestone.label),
    TRIALS,
    NETWORKS,
    Column("planlagt_fra", "Den planlagte periodes første dag.", lambda each: each.planned_from, Kind.DATE),
    Column("planlagt_til", "Den planlagte periodes sidste dag.", lambda each: each.planned_to, Kind.DATE),
    Column(
        "sket_fra",
        "Første dag, da det skete; tomt, når det ikke vides, eller ikke var sket den dag, der er spurgt om.",
        lambda milestone: _happened(milestone, "actual_from"),
        Kind.DATE,
    ),
    Column("sket_til", "Sidste dag, da det skete.", lambda each: _happened(each, "actual_to"), Kind.DATE),
    Column("tidspunkt", "Tidspunktet med kildens ord.", lambda milestone: milestone.date_text),
    Column("bemaerkning", "Registerets bemærkning.", lambda milestone: milestone.note),
    *GROUNDS,
]
