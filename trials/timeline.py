"""What is known of a trial in time: one chronological list, each entry with its date as precise as its source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices

from networks.importers.merge import digest
from networks.models import Imported, Municipality
from trials import figures
from trials.enums import Precision
from trials.figures import Statement
from trials.models import Milestone, Outcome, Participation, SourceCell, StatusEvent, Trial

ENTRY_INTO_FORCE = 6
"""The column of a table that says when a trial enters into force."""


class EntryKind(TextChoices):
    """What an entry tells. On the same day they stand in this order."""

    LAW = "law", "Lov"
    DECISION = "decision", "Beslutning i kommunen"
    STATUS = "status", "Status"
    HAPPENED = "happened", "Sket"
    PLANNED = "planned", "Planlagt"
    MILESTONE = "milestone", "Milepæl"
    OUTCOME = "outcome", "Udfald"
    EXPECTED = "expected", "Ventet udfald"


ANNOUNCED = (EntryKind.PLANNED, EntryKind.EXPECTED)
"""What is said beforehand: it is known from the day on which it was said."""


@dataclass(frozen=True)
class Entry:
    """Something that happened, was decided, is planned or expected.

    `first` and `last` are the days of its time, the same for a single day, None when not known; `is_latest` says that
    it was so at the latest on that day. `words` are the source's for the time. `known_on` is the day from which it is
    known, as far as a plan or an undated entry needs it. `place` says where it stands in a source; `shown_at` is the
    anchor of the part of the page that already tells what it rests on. `stands` says that it is the trial's own status.
    """

    kind: EntryKind
    title: str
    first: date | None = None
    last: date | None = None
    is_latest: bool = False
    words: str = ""
    category: str = ""
    scope: str = ""
    municipalities: list[Municipality] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    event: StatusEvent | None = None
    statement: Statement | None = None
    outcome: Outcome | None = None
    place: str = ""
    edited: bool = False
    shown_at: str = ""
    known_on: date | None = None
    stands: bool = False

    @property
    def day(self) -> date | None:
        """The day by which it was so, or is to be so; None when undated."""
        return self.last or self.first

    @property
    def begins(self) -> date:
        """The day that it is sorted by. Only of a dated entry."""
        return self.first or self.last or date.max

    def is_told_on(self, day: date) -> bool:
        """Whether it belongs to what is told of the trial as of `day`.

        What happened: when its time was over. What was said beforehand, and what has no date: when it was known.
        """
        if self.kind in ANNOUNCED or self.day is None:
            return self.known_on is not None and self.known_on <= day
        return self.day <= day


class Timeline:
    """The entries of a trial got by `for_page`, with `milestones` (see `MilestoneQuerySet.concerning`). No query.

    With `day` only what is told as of that day, as far as it is known now.
    """

    def __init__(self, trial: Trial, milestones: Iterable[Milestone], day: date | None = None) -> None:
        self.trial = trial
        self.milestones = milestones
        self.day = day
        found = [entry for entry in self._found() if day is None or entry.is_told_on(day)]
        order = list(EntryKind)
        self.dated = sorted(
            (entry for entry in found if entry.day), key=lambda e: (e.begins, e.day, order.index(e.kind))
        )
        self.undated = [entry for entry in found if not entry.day]

    @classmethod
    def of(cls, trial: Trial, user, day: date | None = None) -> "Timeline":
        """The timeline of a trial got by `for_page`, as far as `user` may see it. Makes two queries."""
        return cls(trial, Milestone.objects.concerning(trial).shown_to(user).with_announcement(), day)

    def _found(self) -> Iterator[Entry]:
        yield from self._law()
        for part in self.trial.participations.all():
            if part.decided_on:
                yield _decision(part)
        yield from self._statuses()
        for statement in _statements(self.milestones):
            yield from _milestone(statement, self.trial)
        for outcome in self.trial.outcomes.all():
            yield _outcome(outcome)

    def _law(self) -> Iterator[Entry]:
        """Entry into force, and the end if it is known."""
        for name, title in (("in_force_from", "I kraft ved lov"), ("in_force_to", "Ophører ved lov")):
            day = getattr(self.trial, name)
            if day:
                # The sources' tables give no end: one that no import has written is an editor's.
                imported = self.trial.imported.get(name)
                cell = self._entry_into_force if imported or name == "in_force_from" else None
                edited = imported is not None and imported != digest(day)
                yield Entry(EntryKind.LAW, title, day, day, place=cell.place if cell else "", edited=edited)

    def _statuses(self) -> Iterator[Entry]:
        """The events of the trial itself, then those of the municipalities, as they came on one day; the same said of
        several is one entry."""
        own = standing(self.trial.events.all(), self.day)
        for event in reversed(self.trial.events.all()):
            yield _status(event, [], "status" if event == own else "", stands=event == own)
        said: dict[tuple, list[tuple[StatusEvent, Municipality]]] = {}
        for part in self.trial.participations.all():
            newest = standing(part.events.all(), self.day)
            for event in reversed(part.events.all()):
                said.setdefault(_said(event, event == newest), []).append((event, part.municipality))
        for (stands, *_), group in said.items():
            municipalities = [municipality for _, municipality in group]
            yield _status(group[0][0], municipalities, "kommuner" if stands else "")

    @property
    def _entry_into_force(self) -> SourceCell | None:
        return next((cell for cell in self.trial.cells.all() if cell.column == ENTRY_INTO_FORCE), None)


def standing(events: Iterable[StatusEvent], day: date | None = None) -> StatusEvent | None:
    """The newest of `events` (newest first) that has not been corrected and was effective by `day`."""
    return next(
        (e for e in events if not hasattr(e, "corrected_by") and (day is None or e.effective_on <= day)),
        None,
    )


def _decision(part: Participation) -> Entry:
    # Where a participation stands says nothing of the decision unless the day was imported with it.
    place = part.place if _is_imported(part, "decided_on") else ""
    title = "Besluttet i kommunalbestyrelsen"
    return Entry(
        EntryKind.DECISION, title, part.decided_on, part.decided_on, municipalities=[part.municipality], place=place
    )


def _status(event: StatusEvent, municipalities: list[Municipality], shown_at: str, stands: bool = False) -> Entry:
    return Entry(
        EntryKind.STATUS,
        event.get_status_display(),
        event.effective_on,
        event.effective_on,
        is_latest=event.precision == Precision.BY,
        municipalities=municipalities,
        scope="" if municipalities else "Forsøget som helhed",
        event=event,
        place=event.place,
        shown_at=shown_at,
        stands=stands,
    )


def _said(event: StatusEvent, stands: bool) -> tuple:
    """What the timeline says of an event apart from whom it is of. What one that `stands` rests on is told above."""
    corrected = event.corrects and (event.corrects.status, event.corrects.effective_on)
    said = (event.status, event.effective_on, event.precision, event.place, event.known_on, event.is_correction)
    grounds = () if stands else (event.reason, event.note, event.quotation)
    return (stands, *said, corrected, hasattr(event, "corrected_by"), *grounds)


def _milestone(statement: Statement, trial: Trial) -> Iterator[Entry]:
    """What was planned and what happened, apart; without a day of either it is neither."""
    first = statement.first
    named = list(first.trials.all())
    told: dict[str, Any] = {
        "category": first.get_kind_display(),
        "scope": _scope(first, named, trial),
        "trials": [other for other in named if other.pk != trial.pk],
        "statement": statement,
        "known_on": min((day for day in map(_announced, statement.records) if day), default=None),
    }
    planned, happened = first.planned_from or first.planned_to, first.actual_from or first.actual_to
    if planned or not happened:
        kind = EntryKind.PLANNED if planned else EntryKind.MILESTONE
        yield Entry(kind, first.label, first.planned_from, first.planned_to, words=first.date_text, **told)
    if happened:
        words = "" if planned else first.date_text
        yield Entry(EntryKind.HAPPENED, first.label, first.actual_from, first.actual_to, words=words, **told)


def _scope(milestone: Milestone, named: list[Trial], trial: Trial) -> str:
    """Whom a milestone is of when it is not only this trial."""
    if any(each.pk == trial.pk for each in named):
        return ""
    if named:
        return "Den fælles evaluering"
    return "Hele netværket" if milestone.network_id else "Alle frikommuneforsøg"


def _outcome(outcome: Outcome) -> Entry:
    return Entry(
        EntryKind.EXPECTED if outcome.is_expected else EntryKind.OUTCOME,
        outcome.get_decision_display(),
        outcome.effective_on,
        outcome.effective_on,
        outcome=outcome,
        place=outcome.place,
        shown_at="udfald",
        known_on=outcome.source.published_on if outcome.source else None,
    )


def _announced(milestone: Milestone) -> date | None:
    """The day on which it was said: its source's publication, else when it was written down here."""
    return milestone.source.published_on if milestone.source else milestone.written_on  # type: ignore[attr-defined]


def _statements(milestones: Iterable[Milestone]) -> list[Statement]:
    dates = ("planned_from", "planned_to", "actual_from", "actual_to")
    return figures.merged(milestones, "kind", "label", "network_id", *dates)


def _is_imported(record: Imported, name: str) -> bool:
    return record.imported.get(name) == digest(getattr(record, name))
