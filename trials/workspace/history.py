"""The history of a trial or a network with all that hangs on it: who changed what, when, and through what.

Changes made together are one entry. What was changed before change sets were kept is put together by who and when.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from frikommune.people import name_of
from networks.models import ChangeEntry, ChangeSet
from trials.models import StatusEvent
from trials.sentences import StatusChange
from trials.workspace import related
from trials.workspace.record_changes import Mark, RecordChange, record_changes
from trials.workspace.told_changes import Telling, Told

EVENTS = StatusEvent._meta.label_lower

SHOWN = 40
"""How many records of one entry are told of; an import may touch hundreds."""


@dataclass
class Made:
    """Changes made together, light: which versions they are."""

    marks: list[Mark] = field(default_factory=list)
    change_set: int | None = None

    @property
    def at(self) -> datetime:
        return max(mark.at for mark in self.marks)

    @property
    def by(self) -> int | None:
        return self.marks[0].by


@dataclass(frozen=True)
class Entry:
    """Changes made together, told."""

    at: datetime
    who: str
    through: str
    note: str
    change_set: ChangeSet | None
    lines: list[Told]
    left_out: int


def marks_of(keys: related.Keys) -> list[Mark]:
    """Every version of these records, and every event of status. A query for each model."""
    marks = []
    for model, records in keys.items():
        rows = model.history.filter(id__in=records).order_by()
        marks += [
            Mark(model._meta.label_lower, *row)
            for row in rows.values_list("id", "history_id", "history_date", "history_user_id")
        ]
    events = related.events_of(keys).order_by().values_list("pk", "recorded_at", "recorded_by_id")
    return marks + [Mark(EVENTS, key, key, at, by) for key, at, by in events]


def made_together(marks: Iterable[Mark]) -> list[Made]:
    """The versions by what they were made together with, newest first."""
    marks = list(marks)
    sets = _change_sets(marks)
    groups: dict[Any, Made] = defaultdict(Made)
    for mark in marks:
        known = sets.get((mark.label, mark.version))
        made = groups[known or (mark.by, mark.at.replace(second=0, microsecond=0))]
        made.change_set = known
        made.marks.append(mark)
    return sorted(groups.values(), key=lambda made: made.at, reverse=True)


def marks_in(change_set: ChangeSet, keys: related.Keys) -> list[Mark]:
    """The versions of `change_set` that are of these records."""
    entered = set(change_set.entries.values_list("model", "version"))
    return [mark for mark in marks_of(keys) if (mark.label, mark.version) in entered]


def entries(made: Sequence[Made]) -> list[Entry]:
    """These told, in a constant number of queries for each model among them."""
    shown = {id(each): _first_records(each.marks) for each in made}
    marks = [mark for marks in shown.values() for mark in marks]
    told = ChangeSet.objects.select_related("made_by", "reverts").prefetch_related("reverted_by")
    sets = told.in_bulk([each.change_set for each in made if each.change_set])
    people = get_user_model().objects.in_bulk([each.by for each in made if each.by])
    events = _events(marks)
    changes = record_changes([shown[id(each)] for each in made])
    telling = Telling(change for several in changes for change in several)
    return [
        _entry(each, sets.get(each.change_set), people.get(each.by), own, shown[id(each)], events, telling)
        for each, own in zip(made, changes, strict=True)
    ]


def _entry(made: Made, change_set, person, changes: list[RecordChange], shown: list[Mark], events, telling) -> Entry:
    statuses = [_status_line(events[mark.record]) for mark in shown if mark.label == EVENTS]
    lines = [line for change in changes if (line := telling.tell(change))]
    if change_set:
        person = change_set.made_by
    return Entry(
        made.at,
        name_of(person) if person else "Uden bruger",
        change_set.get_channel_display() if change_set else "",
        change_set.note if change_set else "",
        change_set,
        [*statuses, *lines] or [Told("Gemt uden ændringer.")],
        len({(mark.label, mark.record) for mark in made.marks}) - len({(mark.label, mark.record) for mark in shown}),
    )


def _status_line(event: StatusEvent) -> Told:
    change = StatusChange(event)
    wrong = event.corrects
    facts = change.facts[1:] if wrong or event.note or event.reason else []
    return Told(f"Status: {change.title}.", facts=[fact for fact in facts if fact and fact != "Oplyst til registeret"])


def _first_records(marks: list[Mark]) -> list[Mark]:
    """The versions of the first records of an entry, as many as are shown."""
    ordered = sorted(marks, key=lambda mark: (mark.label != EVENTS, mark.at, mark.version))
    chosen = list(dict.fromkeys((mark.label, mark.record) for mark in ordered))[:SHOWN]
    return [mark for mark in ordered if (mark.label, mark.record) in set(chosen)]


def _events(marks: list[Mark]) -> dict[int, StatusEvent]:
    numbers = [mark.record for mark in marks if mark.label == EVENTS]
    return StatusEvent.objects.told().select_related("cell__source", "source").in_bulk(numbers)


def _change_sets(marks: list[Mark]) -> dict[tuple[str, int], int]:
    """The change set of each version that has one. One query."""
    records = defaultdict(set)
    for mark in marks:
        records[mark.label].add(mark.record)
    if not records:
        return {}
    wanted = reduce(or_, (Q(model=label, record__in=keys) for label, keys in records.items()))
    rows = ChangeEntry.objects.filter(wanted).order_by().values_list("model", "version", "change_set")
    return {(label, version): change_set for label, version, change_set in rows}
