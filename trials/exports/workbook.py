"""Lists as XLSX: a sheet with the rows, and one that says where they come from."""

import io
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from trials.exports import rights
from trials.exports.column import Kind, Value, plain
from trials.exports.listing import Extract

_HEAD = PatternFill("solid", fgColor="0D3B55")
_WIDTHS = {Kind.DATE: 13, Kind.INTEGER: 10, Kind.NUMBER: 12, Kind.BOOLEAN: 10, Kind.ADDRESS: 40}
_WIDEST, _NARROWEST = 60, 12
"""Widths in characters."""


def write(extract: Extract) -> bytes:
    """The extract as a workbook; text is text in it, whatever it begins with."""
    book = Workbook()
    _write_rows(book.active, extract)
    _write_about(book.create_sheet("Om udtrækket"), extract)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_rows(sheet: Worksheet, extract: Extract) -> None:
    sheet.title = extract.listing.title[:31]
    for place, column in enumerate(extract.columns, start=1):
        head = sheet.cell(1, place, column.name)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
    for row, record in enumerate(extract.records, start=2):
        for place, value in enumerate(record.values(), start=1):
            _set(sheet.cell(row, place), value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    for place, column in enumerate(extract.columns, start=1):
        longest = max((len(plain(record[column.name])) for record in extract.records), default=0)
        width = _WIDTHS.get(column.kind, min(_WIDEST, max(_NARROWEST, longest)))
        sheet.column_dimensions[get_column_letter(place)].width = max(width, len(column.name) + 4)


def _write_about(sheet: Worksheet, extract: Extract) -> None:
    facts = [
        ("Udtræk", extract.sentence),
        ("Adresse", extract.url),
        ("Pr. dag", date_format(extract.day) if extract.day else "Som registeret står i dag"),
        ("Hentet", date_format(timezone.localdate())),
        ("Kilde", rights.SOURCE),
        ("Rettigheder", rights.TERMS),
        *((f"Kolonnen {column.name}", column.description) for column in extract.columns),
    ]
    for row, (label, text) in enumerate(facts, start=1):
        _set(sheet.cell(row, 1), label)
        sheet.cell(row, 1).font = Font(bold=True)
        _set(sheet.cell(row, 2), text)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 100


def _set(cell: Cell, value: Value) -> None:
    if isinstance(value, str | list):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", plain(value))
        cell.data_type = "s"
        cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value
        cell.alignment = Alignment(vertical="top")
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
