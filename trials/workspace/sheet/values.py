"""The values of cells in one written form, so that what is handed out and what comes back can be compared as text.

A day is ISO, a number has a decimal point and no more digits than it needs, a choice is its code, and nothing is "".
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from frikommune.dates import refuse_strange_day
from trials.exports.column import SEPARATOR, plain
from trials.workspace.sheet.column import Column, Kind

LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""

_DANISH_DAY = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})(?: 00[:.]00(?:[:.]00)?)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True)
class Known:
    """The names that a cell may hold: all municipalities in Danish order, and the network's trials."""

    municipalities: Sequence[str]
    trials: Sequence[str]


def written(value) -> str:
    """A value of the register in its written form."""
    return tidy(plain(value))


def tidy(text: str) -> str:
    """`text` as a cell can hold it: line ends, spaces around and characters that no spreadsheet takes."""
    text = unicodedata.normalize("NFC", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))
    return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text).strip()[:LONGEST]


def read(column: Column, value, known: Known) -> str:
    """What stands in a cell, in its written form. Raises `ValidationError` with a Danish sentence when it cannot be."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return ""
    match column.kind:
        case Kind.DATE:
            return _day(value)
        case Kind.NUMBER:
            return _number(value)
        case Kind.CHOICE:
            return _choice(column, _text(value))
        case Kind.NAMES:
            return _names(_text(value), known.municipalities, "en dansk kommune")
        case Kind.IDS:
            return _names(_text(value), known.trials, "et af netværkets forsøg")
    return _text(value)


def shown(column: Column, value: str) -> str:
    """A written value for a reader: choices by their names, days and numbers in Danish."""
    if not value:
        return ""
    if column.choices:
        return str(dict(column.choices.choices).get(value, value))
    if column.kind == Kind.DATE:
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return value.replace(".", ",") if column.kind == Kind.NUMBER else value


def in_cell(column: Column, value: str) -> str | date | Decimal | None:
    """A written value as it is put into a workbook."""
    if not value:
        return None
    if column.kind == Kind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if column.kind == Kind.NUMBER else shown(column, value)


def _text(value) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))


def _day(value) -> str:
    if isinstance(value, datetime | date):
        found: date | None = value.date() if isinstance(value, datetime) else value
    else:
        found = _day_in_words(_text(value))
    if found is None:
        raise ValidationError(f"»{_text(value)[:40]}« er ikke en dag. Skriv dag-måned-år, fx 01-05-2019.")
    refuse_strange_day(found)
    return found.isoformat()


def _day_in_words(text: str) -> date | None:
    danish, iso = _DANISH_DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = [int(part) for part in (danish or iso).groups()] if danish or iso else []  # type: ignore[union-attr]
    try:
        return date(*(reversed(parts) if danish else parts)) if parts else None
    except ValueError:
        return None


def _number(value) -> str:
    """A point is a thousands separator only where it stands as one: no figure has three decimals."""
    refused = ValidationError(f"»{_text(value)[:40]}« er ikke et tal.")
    if isinstance(value, bool):
        raise refused
    if isinstance(value, int | float):
        text = f"{round(value, 9):f}" if abs(value) < 1e15 else ""
    else:
        text = re.sub(r"\s", "", _text(value)).replace("−", "-")
        text = text.replace(".", "") if _THOUSANDS.fullmatch(text) else text
        text = text.replace(",", ".", 1) if "." not in text else text
    if not _NUMBER.fullmatch(text):
        raise refused
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise refused from None
    if number != round(number, 2):
        raise ValidationError(f"»{_text(value)[:40]}« har flere end to decimaler.")
    if abs(number) >= _LARGEST:
        raise ValidationError("Tallet er for stort.")
    return plain(round(number, 2))


def _choice(column: Column, text: str) -> str:
    assert column.choices
    for code, label in column.choices.choices:
        if text.casefold() in (str(label).casefold(), code):
            return code
    raise ValidationError(f"»{text[:40]}« findes ikke på listen over {column.name.lower()}.")


def _names(text: str, known: Sequence[str], what: str) -> str:
    places = {name.casefold(): place for place, name in enumerate(known)}
    found = set()
    for name in filter(None, (part.strip() for part in re.split(r"[|,;\n]", text))):
        if name.casefold() not in places:
            raise ValidationError(f"»{name[:40]}« er ikke {what}.")
        found.add(places[name.casefold()])
    return SEPARATOR.join(known[place] for place in sorted(found))
