"""The only writer of status: checks the transition, appends the event, keeps the current value.

Each function does its work in one transaction and holds the record it changes, so that two who write at
the same time come one after the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from networks import recording
from trials.enums import STATUSES_WITH_REASON, TRANSITIONS, Precision, Reason, Status
from trials.models import Participation, SourceCell, StatusEvent, Trial

Subject = Trial | Participation


class Refused(ValidationError):
    """A change of status that the rules do not allow. Its message says why, in Danish."""


@dataclass(frozen=True)
class Evidence:
    """What a statement rests on: a cell, or a section of a source, and the words that say it."""

    cell: SourceCell | None = None
    section: str = ""
    quotation: str = ""
    source: object | None = None

    def as_fields(self) -> dict:
        source = self.cell.source if self.cell else self.source
        return {"cell": self.cell, "source": source, "section": self.section, "quotation": self.quotation}


@dataclass(frozen=True)
class Change:
    """A change of status to be written. `effective_on` is the day on which, or by which, it was so."""

    status: Status
    effective_on: date
    precision: Precision = Precision.ON
    reason: str = ""
    note: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    known_on: date | None = None
    key: str = ""


@transaction.atomic
def change_status(subject: Subject, change: Change, by=None) -> StatusEvent | None:
    """Append `change` to the status of `subject`, recorded by the user `by`.

    Where it says what already holds, it is a confirmation (`confirm`) and None is returned. An event dated
    back must fit what comes after it as well. Raises `Refused` when the transition table, the date or the
    reason does not allow it.
    """
    subject = _hold(subject)
    events = list(reversed(subject.events.in_effect()))
    before = [event for event in events if event.effective_on <= change.effective_on]
    after = events[len(before) :]
    previous = Status(before[-1].status) if before else Status.UNKNOWN
    if previous == change.status and before:
        if not after:
            confirm(subject, change.effective_on)
        return None
    _check(change)
    _check_transition(previous, change.status)
    if after and after[0].status != change.status:
        _check_transition(change.status, Status(after[0].status), event=after[0])
    return _append(subject, change, by)


@transaction.atomic
def correct(event: StatusEvent, change: Change, by=None) -> StatusEvent:
    """Append `change` in the place of the wrong `event`, which stays on record.

    A correction may set any status. Raises `Refused` without a note, for a day in the future, or when the
    event has already been corrected.
    """
    subject = _hold(event.subject)
    if StatusEvent.objects.filter(corrects=event).exists():
        raise Refused("Hændelsen er allerede rettet. Ret den nyeste i stedet.")
    if not change.note.strip():
        raise Refused("En rettelse skal have en bemærkning, der siger, hvad der var forkert.")
    _check(change)
    return _append(subject, change, by, corrects=event)


def revert(event: StatusEvent, note: str, by=None) -> StatusEvent:
    """Take back `event`: a correction that sets what held just before it. Of a correction, that is what it had put
    right. Raises as `correct` does.
    """
    if event.corrects:
        return correct(event, _stated_again(event.corrects, note), by)
    earlier = [each for each in event.subject.events.in_effect() if _order(each) < _order(event)]
    status, reason = (Status(earlier[0].status), earlier[0].reason) if earlier else (Status.UNKNOWN, "")
    return correct(event, Change(status, event.effective_on, Precision(event.precision), reason, note), by)


@transaction.atomic
def confirm(subject: Subject, day: date) -> None:
    """Note that the status of `subject` still held on `day`. Confirmations only move forward in time.

    Raises `Refused` for a day to come, and where the status is not known: there is nothing to confirm.
    """
    # History keeps what the saved object holds, so a stale one would bring old values into it.
    held = _hold(subject)
    _check_confirmation([held], day)
    if held.confirmed_on is None or held.confirmed_on < day:
        held.confirmed_on = day
        held.save(update_fields=["confirmed_on"])
    subject.confirmed_on = held.confirmed_on


@transaction.atomic
def confirm_all(subjects: Iterable[Subject], day: date) -> list[Subject]:
    """Confirm all of these as `confirm` does one, or none of them. A dozen queries, however many they are; SQLite takes
    one more for each hundred or so.

    Returns them as they now are. Raises `Refused` naming those whose status is not known.
    """
    held = hold(subjects)
    _check_confirmation(held, day)
    for model in (Trial, Participation):
        moved = [each for each in held if isinstance(each, model) and (each.confirmed_on or date.min) < day]
        for each in moved:
            each.confirmed_on = day
        model.objects.filter(pk__in=[each.pk for each in moved]).update(confirmed_on=day)
        made = model.history.bulk_history_create(moved, update=True, default_change_reason=None)
        recording.enter_versions(made)
    return held


def hold(subjects: Iterable[Subject]) -> list[Subject]:
    """These as they are now, with what `name` needs, held until the transaction ends: two queries.

    Always in the same order, trials first, so that two who hold many never wait for one another.
    """
    keys: dict[type, set[int]] = {Trial: set(), Participation: set()}
    for subject in subjects:
        keys[type(subject)].add(subject.pk)
    trials = Trial.objects.filter(pk__in=keys[Trial])
    parts = Participation.objects.filter(pk__in=keys[Participation]).select_related("trial", "municipality")
    return [
        *trials.select_for_update(of=("self",)).order_by("pk"),
        *parts.select_for_update(of=("self",)).order_by("pk"),
    ]


def name(subject: Subject) -> str:
    """What the status is of: a trial by its id, a participation as municipality and trial."""
    if isinstance(subject, Participation):
        return f"{subject.municipality} i {subject.trial.public_id}"
    return subject.public_id


def replay(subject: Subject) -> Status:
    """The current status as the events give it. Equal to `subject.status` unless something is broken."""
    return subject.status_on(timezone.localdate())


def allowed_from(status: str) -> list[Status]:
    """The statuses that may follow `status`, in the vocabulary's order."""
    return [candidate for candidate in Status if candidate in TRANSITIONS[status]]


def _order(event: StatusEvent) -> tuple:
    """Where an event stands among the others of its subject, as in `StatusEventQuerySet.in_effect`."""
    return event.effective_on, event.recorded_at, event.pk


def _stated_again(event: StatusEvent, note: str) -> Change:
    """What `event` said, resting on the same place in its source."""
    evidence = Evidence(event.cell, event.section, event.quotation, event.source)
    return Change(
        Status(event.status), event.effective_on, Precision(event.precision), event.reason, note, evidence=evidence
    )


def _hold(subject: Subject) -> Subject:
    return type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)


def _check_confirmation(subjects: Sequence[Subject], day: date) -> None:
    if day > timezone.localdate():
        raise Refused("En status kan ikke bekræftes for en dag, der ikke er kommet endnu.")
    unknown = [name(subject) for subject in subjects if subject.status == Status.UNKNOWN]
    if unknown:
        raise Refused([f"{each}: Status er ikke oplyst, så der er intet at bekræfte." for each in unknown])


def _check(change: Change) -> None:
    """What no change may say, whatever went before. The database holds the same as constraints."""
    if change.effective_on > timezone.localdate():
        raise Refused("Status kan ikke gælde fra en dag i fremtiden. En kommende start er en planlagt dato.")
    if change.reason and change.status not in STATUSES_WITH_REASON:
        raise Refused("En årsag hører kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«.")
    if change.reason == Reason.OTHER and not change.note.strip():
        raise Refused("Skriv årsagen i bemærkningen, når den er »Andet«.")


def _check_transition(previous: Status, status: Status, event: StatusEvent | None = None) -> None:
    if status in TRANSITIONS[previous]:
        return
    message = f"Status kan ikke gå fra »{previous.label}« til »{status.label}«."
    if event:
        message += f" Det sidste gælder allerede fra {event.effective_on:%d.%m.%Y}."
    allowed = ", ".join(f"»{candidate.label}«" for candidate in allowed_from(previous))
    message += f" Fra »{previous.label}« er det muligt at vælge: {allowed}." if allowed else ""
    raise Refused(message + " Var det tidligere forkert, så skriv det som en rettelse.")


def _append(subject: Subject, change: Change, by, corrects: StatusEvent | None = None) -> StatusEvent:
    event = StatusEvent(
        **{"trial" if isinstance(subject, Trial) else "participation": subject},
        status=change.status,
        reason=change.reason,
        note=change.note.strip(),
        effective_on=change.effective_on,
        precision=change.precision,
        known_on=change.known_on or timezone.localdate(),
        recorded_by=by,
        is_correction=corrects is not None,
        corrects=corrects,
        **change.evidence.as_fields(),
        **({"key": change.key} if change.key else {}),
    )
    event.clean_fields(exclude=[f.name for f in event._meta.concrete_fields if f.is_relation])
    event.save()
    recording.enter(event, event.pk)
    if (status := replay(subject)) != subject.status:
        type(subject).objects.filter(pk=subject.pk).update(status=status)
        if subject.confirmed_on:
            # A confirmation was of the status that held before: it says nothing of another.
            subject.confirmed_on = None
            subject.save(update_fields=["confirmed_on"])
    return event
