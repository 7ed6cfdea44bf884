"""What people state of a status is held against the law before it is kept.

What cannot be is refused. What may be right all the same, since a date elsewhere may be wrong or missing, is asked
about: it is kept when it is stated again "anyway" with a note that says why. Only what is stated now is judged. What a
source says is kept as it stands (`trials.integrity` lists what cannot be): imports write through the workflow alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format

from trials import workflow
from trials.enums import OPEN, UNDER_WAY, BasisKind, BasisRole, Status
from trials.models import Participation, StatusEvent, Trial
from trials.workflow import Change, Refused, Subject, name

OVER = frozenset({Status.ENDED, Status.NOT_PURSUED, Status.REJECTED, Status.MADE_GENERAL})
"""There is nothing more to come."""

USED = UNDER_WAY | {Status.ENDED}
"""The exemption is or was used."""


class Doubtful(Refused):
    """What is asked about: it is kept when it is stated again anyway, with a note."""


@dataclass(frozen=True)
class Entry:
    """What someone states of the status of `subject`; in the place of the wrong event `corrects`, if given."""

    subject: Subject
    change: Change
    corrects: StatusEvent | None = None


@dataclass(frozen=True)
class Objection:
    """Why an entry is refused, or asked about."""

    sentence: str
    cannot_be: bool = False


@transaction.atomic
def enter(entries: Sequence[Entry], by=None, anyway: bool = False) -> list[StatusEvent | None]:
    """Write all of `entries` through the workflow, or none. Returns the event of each; None where it is a confirmation.

    Raises `Refused` with a sentence for each entry that the rules or the law do not allow, and `Doubtful` when there is
    only doubt and it is not stated `anyway`. With several entries each sentence names whose status it is about.
    """
    events, doubts = _stated(entries, by)
    _settle(doubts, anyway)
    return events


@transaction.atomic
def enter_and_tell(entries: Sequence[Entry], by=None) -> list[str]:
    """Write as `enter` does when it is stated anyway, and return what is asked about: for a preview that is taken back,
    and for a saving that is taken back when its writer has not been shown these very sentences."""
    _, doubts = _stated(entries, by)
    _settle(doubts, anyway=True)
    return [doubt.sentence for doubt in doubts]


def _stated(entries: Sequence[Entry], by) -> tuple[list[StatusEvent | None], list["_Doubt"]]:
    """Write the entries, and what is doubtful about them. Raises `Refused` for what cannot be."""
    refusals: list[str] = []
    doubts: list[_Doubt] = []
    events = []
    for entry in entries:
        lead = f"{name(entry.subject)}: " if len(entries) > 1 else ""
        against = list(objections(entry))
        try:
            events.append(_write(entry, by))
        except Refused as error:
            refusals += [lead + message for message in error.messages]
            continue
        if events[-1]:  # what is only confirmed was stated before
            refusals += [lead + each.sentence for each in against if each.cannot_be]
            doubts += [_Doubt(lead + each.sentence, (entry,)) for each in against if not each.cannot_be]
    if refusals:
        raise Refused(refusals)
    return events, [*doubts, *_left_open(entries, events)]


@dataclass(frozen=True)
class _Doubt:
    """What is asked about, and the entries of which one must explain it."""

    sentence: str
    entries: Sequence[Entry]

    @property
    def is_explained(self) -> bool:
        return any(entry.change.note.strip() for entry in self.entries)


def _settle(doubts: Sequence[_Doubt], anyway: bool) -> None:
    if doubts and not anyway:
        raise Doubtful([doubt.sentence for doubt in doubts])
    unexplained = [doubt.sentence for doubt in doubts if not doubt.is_explained]
    if unexplained:
        raise Doubtful(["Skriv i bemærkningen, hvorfor det er rigtigt alligevel.", *unexplained])


def objections(entry: Entry) -> Iterator[Objection]:
    """What speaks against one entry by the dates of the law and of the council's decision."""
    subject, change = entry.subject, entry.change
    trial = subject.trial if isinstance(subject, Participation) else subject
    if change.status in USED:
        yield from _outside_the_law(trial, change)
    if change.status in UNDER_WAY and isinstance(subject, Participation):
        yield from _without_decision(subject, change)


def _outside_the_law(trial: Trial, change: Change) -> Iterator[Objection]:
    """An exemption cannot be used before it applies (section 0.1 of VIVE's note), nor after."""
    first, last = trial.in_force_from, trial.in_force_to
    if first and change.effective_on < first:
        said = f"»{change.status.label}« kan ikke gælde den {date_format(change.effective_on)}, for undtagelsen gælder "
        # What the rules in force allow needs no exemption.
        by_existing_law = trial.legal_bases.filter(role=BasisRole.RESTS_ON, kind=BasisKind.EXISTING_LAW).exists()
        yield Objection(f"{said}først fra {date_format(first)}.", cannot_be=not by_existing_law)
    if last and change.status in UNDER_WAY and change.effective_on > last:
        yield Objection(f"Undtagelsen gjaldt kun til {date_format(last)}.")


def _without_decision(part: Participation, change: Change) -> Iterator[Objection]:
    """A trial is started by the municipal council's decision (remarks to § 32, stk. 2, of bill L 200)."""
    if part.decided_on is None:
        if part.status not in UNDER_WAY:
            yield Objection("Der er ikke oplyst nogen dag, hvor kommunalbestyrelsen besluttede at bruge forsøget.")
    elif change.effective_on < part.decided_on:
        decided = date_format(part.decided_on)
        yield Objection(f"Kommunalbestyrelsen besluttede først at bruge forsøget den {decided}.", cannot_be=True)


def _left_open(entries: Sequence[Entry], events: Sequence[StatusEvent | None]) -> Iterator[_Doubt]:
    """The trials that, now that the entries are written, are open while all their municipalities are done."""
    of_trial: dict[int, list[Entry]] = {}
    for entry, event in zip(entries, events, strict=True):
        subject = entry.subject
        if event:
            key = subject.trial_id if isinstance(subject, Participation) else subject.pk
            of_trial.setdefault(key, []).append(entry)
    for trial in Trial.objects.filter(pk__in=of_trial, status__in=OPEN).prefetch_related("participations"):
        parts = trial.participations.all()
        if parts and all(part.status in OVER for part in parts):
            yield _Doubt(
                f"{trial.public_id} er slut eller gennemføres ikke i nogen af kommunerne, men hele forsøget er "
                f"»{trial.get_status_display()}«.",
                of_trial[trial.pk],
            )


def _write(entry: Entry, by) -> StatusEvent | None:
    if entry.corrects:
        return workflow.correct(entry.corrects, entry.change, by)
    event = workflow.change_status(entry.subject, entry.change, by)
    if event is None and (entry.change.note.strip() or entry.change.reason):
        raise Refused(
            f"Status er allerede »{entry.change.status.label}«. En bekræftelse gemmer hverken årsag eller bemærkning: "
            "lad dem stå tomme, eller ret den tidligere hændelse."
        )
    return event
