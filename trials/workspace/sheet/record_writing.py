"""Writing a row's cells to its record. What is refused is said of the cell that it is about."""

from copy import copy
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Model

from networks.models import Municipality, Network
from trials import lawfulness, workflow
from trials.enums import Precision, Status
from trials.exports.column import SEPARATOR
from trials.lawfulness import Entry
from trials.models import Milestone, Observation, Participation, Trial
from trials.workspace.sheet import standing
from trials.workspace.sheet.column import Kind
from trials.workspace.sheet.layout import FIGURES, STATUS
from trials.workspace.sheet.row import Row
from trials.workspace.sheet.snapshot import current_event

_PLACES = {
    "observation_range_in_order": "value_to",
    "observation_dates_in_order": "to_on",
    "milestone_planned_in_order": "planned_to",
    "milestone_actual_in_order": "actual_to",
}
"""The cell that each rule of the database is about."""


def write_row(row: Row, network: Network, by) -> None:
    """Write what is to be written of `row`. What the rules do not allow becomes an error of the row."""
    if row.sheet.is_of_status:
        _write_standing(row, by)
    else:
        _write_record(row, network)


def _write_standing(row: Row, by) -> None:
    assert isinstance(row.record, Trial | Participation)
    record = row.record
    # The council's decision comes first: whether a start can be right depends on it.
    if "decided_on" in row.to_write:
        record = Participation.objects.get(pk=row.record.pk)
        record.decided_on = _day(row.mine["decided_on"])
        validate(row, record)
        if row.errors:
            return
        record.save()
    if row.to_write.keys() & set(STATUS):
        try:
            _change_status(row, record, by)
        except ValidationError as error:
            row.refuse("status", " ".join(error.messages))


def _change_status(row: Row, subject: Trial | Participation, by) -> None:
    mine = row.mine
    doubts: list[str] = []
    if standing.is_new(row):
        doubts = lawfulness.enter_and_tell([Entry(subject, _written(row, Precision.ON))], by)
    elif standing.is_correction(row):
        wrong = current_event(subject)
        assert wrong
        doubts = lawfulness.enter_and_tell([Entry(subject, _written(row, Precision(wrong.precision)), wrong)], by)
    for sentence in doubts:
        row.doubt("status", sentence)
    if mine["confirmed_on"] and "confirmed_on" in row.to_write:
        workflow.confirm(type(subject).objects.get(pk=subject.pk), _date(mine["confirmed_on"]))


def _written(row: Row, precision: Precision) -> workflow.Change:
    mine = row.mine
    day = _date(mine["effective_on"])
    return workflow.Change(Status(mine["status"]), day, precision, reason=mine["reason"], note=mine["note"])


def fill(row: Row, network: Network) -> Observation | Milestone:
    """The record with the row's cells in it, not saved."""
    assert not isinstance(row.record, Trial | Participation)
    record = copy(row.record) if row.record else (Observation if row.sheet is FIGURES else Milestone)(network=network)
    for column in row.sheet.columns:
        if column.key in row.to_write and column.kind not in (Kind.NAMES, Kind.IDS):
            setattr(record, column.key, _value(column.kind, row.mine[column.key]))
    if row.record is None and row.sheet is FIGURES:
        record.accuracy = row.mine["accuracy"]
    return record


def _write_record(row: Row, network: Network) -> None:
    record = fill(row, network)
    validate(row, record)
    if row.errors:
        return
    record.save()
    if "trials" in row.to_write:
        record.trials.set(network.trials.filter(public_id__in=row.mine["trials"].split(SEPARATOR)))
    if "municipalities" in row.to_write:
        record.municipalities.set(Municipality.objects.filter(name__in=row.mine["municipalities"].split(SEPARATOR)))


def validate(row: Row, record: Model) -> None:
    """What the model does not allow, said of the cell that it is about."""
    try:
        record.clean_fields(exclude={field.name for field in record._meta.fields if field.name not in row.to_write})
    except ValidationError as error:
        for key, messages in error.message_dict.items():
            row.refuse(key, messages[0])
        return
    for constraint in record._meta.constraints:
        if constraint.name in _PLACES:
            try:
                constraint.validate(type(record), record)
            except ValidationError as error:
                row.refuse(_PLACES[constraint.name], error.messages[0])


def _value(kind: Kind, text: str) -> str | date | Decimal | None:
    if kind == Kind.DATE:
        return _day(text)
    if kind == Kind.NUMBER:
        return Decimal(text) if text else None
    return text


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _date(text: str) -> date:
    return date.fromisoformat(text)
