"""What is wrong with the single cells that were changed, or should be thought of."""

from collections.abc import Collection

from django.core.exceptions import ValidationError

from frikommune import personal
from trials.exports.column import SEPARATOR
from trials.workspace.sheet.column import Column, Kind
from trials.workspace.sheet.row import Row
from trials.workspace.sheet.snapshot import Snapshot


def check_cells(row: Row, now: Snapshot, keys: Collection[str]) -> None:
    """Refuse and warn of what was written in the columns `keys`."""
    for column in row.sheet.columns:
        if column.key not in keys:
            continue
        value = row.mine[column.key]
        if column.required and not value:
            row.refuse(column.key, f"{column.name} skal udfyldes.")
        elif value and column.kind == Kind.TEXT:
            _check_text(row, column, value)
        elif column.kind == Kind.NAMES:
            _check_members(row, column, value, now)


def _check_text(row: Row, column: Column, value: str) -> None:
    if len(value) > column.limit:
        row.refuse(column.key, f"Teksten er på {len(value)} tegn. Der er plads til {column.limit}.")
    if "\n" in value and column.limit <= 300:
        row.refuse(column.key, "Teksten skal stå på én linje.")
    try:
        personal.refuse_personal_numbers(value)
    except ValidationError as error:
        row.refuse(column.key, error.messages[0])
    if found := personal.contact_details(value):
        named = ", ".join(f"»{each}«" for each in found)
        why = "De bliver offentlige." if column.is_public else "De hører ikke hjemme i registeret."
        row.warn(column.key, f"Er {named} oplysninger om en person? {why}")


def _check_members(row: Row, column: Column, value: str, now: Snapshot) -> None:
    before = row.base.get(column.key, "").split(SEPARATOR)
    strange = [name for name in value.split(SEPARATOR) if name and name not in now.members and name not in before]
    if strange:
        row.refuse(column.key, f"{' og '.join(strange)} er ikke med i netværket eller dets forsøg.")
