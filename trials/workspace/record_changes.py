"""What was done to each record by versions made together: what stood there before, and what after."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from networks import versions
from networks.versions import Difference, Values


@dataclass(frozen=True)
class Mark:
    """A version of a record, or an event of status, which is its own version."""

    label: str
    record: int
    version: int
    at: datetime
    by: int | None

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)


@dataclass(frozen=True)
class RecordChange:
    """A record before and after. `before` is None of a new record, `after` of a deleted one.

    A record loaded from a fixture has no history: what stood in it before its first change `is_unknown`.
    """

    model: type[models.Model]
    key: Any
    before: Values | None
    after: Values | None
    is_unknown: bool = False

    @property
    def is_new(self) -> bool:
        return self.before is None and not self.is_unknown

    @property
    def is_deleted(self) -> bool:
        return self.after is None

    @property
    def values(self) -> Values:
        """What names it: as it was left, or as it was when it was deleted."""
        return self.after or self.before or {}

    @property
    def differences(self) -> list[Difference]:
        if self.before is None or self.after is None:
            return []
        return versions.differences(self.model, self.before, self.after)


def record_changes(groups: Sequence[Iterable[Mark]]) -> list[list[RecordChange]]:
    """What the versions of each group did to each record, one of each, in the order in which they were made.

    Several versions of a record in a group are one change. Events of status are left out. A constant number of queries
    for each model among them.
    """
    made: dict[str, list[Versions]] = defaultdict(list)
    ordered: list[list[Versions]] = []
    for marks in groups:
        own: dict[tuple[str, int], Versions] = {}
        for mark in sorted(marks, key=lambda mark: (mark.at, mark.version)):
            if hasattr(mark.model, "history"):
                of_record = own.setdefault((mark.label, mark.record), Versions(mark.label, mark.record, []))
                of_record.numbers.append(mark.version)
        ordered.append(list(own.values()))
        for of_record in own.values():
            made[of_record.label].append(of_record)
    found: dict[int, RecordChange] = {}
    for label, several in made.items():
        changes = _of_model(apps.get_model(label), several)
        found |= {id(one): change for one, change in zip(several, changes, strict=True)}
    return [[found[id(one)] for one in own] for own in ordered]


@dataclass(frozen=True)
class Versions:
    """The versions of one record that a group made."""

    label: str
    record: int
    numbers: list[int]


def _of_model(model, made: list[Versions]) -> list[RecordChange]:
    last = max(max(one.numbers) for one in made)
    history = model.history.filter(id__in={one.record for one in made}, history_id__lte=last)
    kinds: dict[int, dict[int, str]] = defaultdict(dict)
    for record, number, kind in history.order_by("history_id").values_list("id", "history_id", "history_type"):
        kinds[record][number] = kind
    wanted = {number for one in made for number in (_earlier(one, kinds[one.record]), max(one.numbers)) if number}
    values = versions.values_in(model.history.filter(history_id__in=wanted))
    return [_change(model, one, kinds[one.record], values) for one in made]


def _earlier(one: Versions, kinds: dict[int, str]) -> int:
    """The version before those of the group; 0 when there is none, or the record was deleted in it."""
    earlier = max((number for number in kinds if number < min(one.numbers)), default=0)
    return 0 if kinds.get(earlier) == "-" else earlier


def _change(model, one: Versions, kinds: dict[int, str], values: dict[int, Values]) -> RecordChange:
    first, last, earlier = min(one.numbers), max(one.numbers), _earlier(one, kinds)
    before, after = values.get(earlier), values[last]
    if kinds[last] == "-":
        # What was made and deleted together still has a name.
        return RecordChange(model, one.record, before or after, None)
    return RecordChange(model, one.record, before, after, is_unknown=before is None and kinds[first] != "+")
