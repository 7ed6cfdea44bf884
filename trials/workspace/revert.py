"""Taking a change set back, as far as it is of one trial or network: what would change, and doing what is chosen.

Where someone has changed the same since, nothing is taken back unless it is chosen. What has been done is one change
set more, which names the one it reverts.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from frikommune.personal import refuse_personal_numbers
from networks import versions
from networks.collision import hold
from networks.enums import Channel
from networks.models import ChangeSet
from networks.recording import recording
from trials import workflow
from trials.models import StatusEvent
from trials.sentences import StatusChange
from trials.workflow import Refused
from trials.workspace import leave, related
from trials.workspace.history import EVENTS, marks_in
from trials.workspace.record_changes import Mark, RecordChange, record_changes
from trials.workspace.told_changes import Telling

DONE = "Det er allerede, som det var før."
UNKNOWN = "Hvad der stod før, er ikke bevaret."


@dataclass(frozen=True)
class Step:
    """One thing that can be taken back. `code` is what the form sends when it is chosen.

    `is_touched` when someone has changed the same since; `barred` says why it cannot be chosen.
    """

    code: str
    what: str
    label: str
    now: str
    back: str
    is_touched: bool = False
    barred: str = ""
    change: RecordChange | None = None
    difference: versions.Difference | None = None
    event: StatusEvent | None = None

    @property
    def is_suggested(self) -> bool:
        return not (self.barred or self.is_touched)


def steps(change_set: ChangeSet, keys: related.Keys, user) -> list[Step]:
    """What of `change_set` concerns these records, each field by itself, beside what stands there now."""
    marks = marks_in(change_set, keys)
    [changes] = record_changes([marks])
    telling = Telling(changes)
    made_again = leave.MadeAgain(changes)
    found = [step for change in changes for step in _of_record(change, telling, made_again, user)]
    numbers = [mark.record for mark in marks if mark.label == EVENTS]
    events = StatusEvent.objects.filter(pk__in=numbers).told().order_by("effective_on", "recorded_at", "pk")
    return found + [_of_event(event, numbers, user) for event in events.select_related("cell__source", "source")]


def state(found: Collection[Step]) -> str:
    """A checksum of what these steps were shown to do."""
    said = "\n".join(f"{step.code} {step.now} {step.is_touched} {step.barred}" for step in found)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


@transaction.atomic
def revert(change_set: ChangeSet, keys: related.Keys, user, chosen: Collection[str], seen: str, note: str) -> ChangeSet:
    """Take back what is `chosen` by code, in one transaction, as a change set of its own, which is returned.

    Raises `Refused` when the register has changed since `seen` (`state`), when nothing or something barred is chosen,
    without a note, or when what depends on it forbids it.
    """
    _hold_all(marks_in(change_set, keys))
    found = steps(change_set, keys, user)
    wanted = [step for step in found if step.code in chosen]
    _check(found, wanted, chosen, seen, note)
    try:
        with transaction.atomic(), recording(Channel.PAGE, user, note.strip(), reverts=change_set) as made:
            _take_back(wanted, user, note)
    except ProtectedError as error:
        raise Refused(_what_hangs(error)) from None
    except IntegrityError:
        raise Refused("Det passer ikke længere med resten af registeret. Intet er tilbageført.") from None
    except ValidationError as error:
        raise Refused([*error.messages, "Intet er tilbageført."]) from None
    if made.change_set is None:
        raise Refused("Der var ikke noget at tilbageføre.")
    return made.change_set


def _hold_all(marks: list[Mark]) -> None:
    """Hold every record that is there, in one order, so that two who revert wait for one another."""
    records = defaultdict(set)
    for mark in marks:
        if mark.label != EVENTS:
            records[mark.label].add(mark.record)
    for label in sorted(records):
        held = apps.get_model(label)._base_manager.select_for_update().filter(pk__in=records[label])
        list(held.order_by("pk").values_list("pk"))


def _check(found: list[Step], wanted: list[Step], chosen: Collection[str], seen: str, note: str) -> None:
    if seen != state(found):
        raise Refused("Registeret er ændret, siden du åbnede siden. Se listen igen, før du tilbagefører.")
    if not wanted or len(wanted) < len(set(chosen)):
        raise Refused("Vælg, hvad der skal tilbageføres.")
    if any(step.barred for step in wanted):
        raise Refused("Noget af det valgte kan ikke tilbageføres.")
    if not note.strip():
        raise Refused("Skriv, hvorfor ændringen tilbageføres.")
    refuse_personal_numbers(note)


def _of_record(change: RecordChange, telling: Telling, made_again: leave.MadeAgain, user) -> list[Step]:
    code = f"{change.model._meta.label_lower}-{change.key}"
    what = telling.name(change)
    record = change.model._base_manager.filter(pk=change.key).first()
    if change.is_unknown:
        return [Step(code, what, "Ændret", "", "", barred=UNKNOWN)]
    if change.is_new and change.is_deleted:
        return []
    if change.is_new:
        touched = record is not None and versions.values_of(record) != change.after
        gone = DONE if record is None else leave.to_delete(user, record)
        return [Step(code, what, "Oprettet", "findes", "slettes", touched, gone, change)]
    if change.is_deleted:
        there = DONE if record is not None else made_again.leave(user, change)
        return [Step(code, what, "Slettet", "findes ikke", "genskabes", False, there, change)]
    return [_of_field(f"{code}-{each.name}", what, change, each, record, telling, user) for each in change.differences]


def _of_field(code: str, what: str, change, difference, record, telling: Telling, user) -> Step:
    told = telling.field(change, difference)
    if record is None:
        return Step(code, what, told.label, "slettet siden", told.old, barred="Posten er slettet siden.")
    current = versions.values_of(record)[difference.name]
    telling.reading.prepare([(difference.field, current)])
    shown = telling.say(change, difference.field, current) if current != difference.new else told.new
    touched = current not in (difference.new, difference.old)
    same = current == difference.old
    barred = DONE if same else leave.to_change(user, record, difference.field, current, difference.old)
    return Step(code, what, told.label, shown, told.old, touched, barred, change, difference)


def _of_event(event: StatusEvent, together: Collection[int], user) -> Step:
    change = StatusChange(event)
    corrected = hasattr(event, "corrected_by")
    later = event.subject.events.in_effect().first()
    touched = not corrected and later is not None and later.pk not in together
    back = event.corrects.get_status_display() if event.corrects else change.previous.label
    barred = "Hændelsen er allerede rettet." if corrected else leave.to_keep(user, event.subject)
    now = later.get_status_display() if later else "Ikke oplyst"
    return Step(f"{EVENTS}-{event.pk}", change.title, "Status", now, back, touched, barred, event=event)


def _take_back(wanted: list[Step], user, note: str) -> None:
    """Records made again first, records made then last: what hangs on another is put back after and removed before."""
    changes = {id(step.change): step.change for step in wanted if step.change}
    for change in changes.values():
        if change.is_deleted:
            _make_again(change)
    fields = defaultdict(list)
    for step in wanted:
        if step.difference and step.change:
            fields[id(step.change)].append(step.difference)
    for key, differences in fields.items():
        _put_back(changes[key], differences)
    # In the order of the days, so that each finds what then held before it.
    for step in wanted:
        if step.event:
            workflow.revert(step.event, note, user)
    for change in reversed(list(changes.values())):
        if change.is_new:
            change.model._base_manager.get(pk=change.key).delete()


def _put_back(change: RecordChange, differences: list[versions.Difference]) -> None:
    record = hold(change.model, change.key)
    if record is None:
        raise Refused("En post er slettet siden.")
    several = [each for each in differences if each.field.many_to_many]
    single = [each for each in differences if not each.field.many_to_many]
    for each in single:
        setattr(record, each.field.attname, each.old)
    if single:
        kept = {field.name for field in record._meta.concrete_fields} - {each.name for each in single}
        record.clean_fields(exclude=kept)
        record.validate_unique()
        record.validate_constraints()
        record.save()
    for each in several:
        getattr(record, each.name).set(each.old)


def _make_again(change: RecordChange) -> None:
    assert change.before is not None
    fields = {field.name: field for field in versions.tracked(change.model)}
    single = {fields[n].attname: value for n, value in change.before.items() if not fields[n].many_to_many}
    record = change.model(pk=change.key, **single)
    record.full_clean(exclude=[field.name for field in record._meta.concrete_fields if not field.editable])
    record.save(force_insert=True)
    for name, value in change.before.items():
        if fields[name].many_to_many:
            getattr(record, name).set(value)


def _what_hangs(error: ProtectedError) -> str:
    kinds = {str(each._meta.verbose_name_plural) for each in error.protected_objects}
    return f"Det kan ikke slettes, for der hænger andet ved det: {', '.join(sorted(kinds))}. Intet er tilbageført."
