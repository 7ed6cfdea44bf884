"""What has been written and changed in an idea, version by version."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from trials.models import Idea, Trial

FIELDS = ("kind", "title", "text", "municipality", "state", "trial")


@dataclass(frozen=True)
class Changed:
    """A field of a version that differs from the one before."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """When an idea was written or changed, by whom, and what. Without changes it is the first."""

    made_at: datetime
    by: Any
    changes: list[Changed]


def versions(idea: Idea, user) -> list[Version]:
    """The versions of `idea`, newest first, without those in which nothing was changed. A trial that `user` may not
    see has no name there. Three queries."""
    found = list(idea.history.select_related("history_user", "municipality").order_by("history_date", "history_id"))
    trials = Trial.objects.visible_to(user).filter(pk__in={each.trial_id for each in found if each.trial_id})
    named = {trial.pk: trial.public_id for trial in trials}
    made = [Version(row.history_date, row.history_user, []) for row in found[:1]]
    made += (_version(before, after, named) for before, after in pairwise(found))
    return [version for number, version in enumerate(made) if number == 0 or version.changes][::-1]


def _version(before, after, named: dict[int, str]) -> Version:
    changes = [
        Changed(str(Idea._meta.get_field(name).verbose_name), _value(before, name, named), _value(after, name, named))
        for name in FIELDS
        if getattr(before, Idea._meta.get_field(name).attname) != getattr(after, Idea._meta.get_field(name).attname)
    ]
    return Version(after.history_date, after.history_user, changes)


def _value(row, name: str, named: dict[int, str]) -> str:
    if name == "trial":
        return named.get(row.trial_id, "et forsøg, der ikke er offentliggjort") if row.trial_id else "intet"
    if name == "municipality":
        return row.municipality.name if row.municipality_id else "netværket som helhed"
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else getattr(row, name))
