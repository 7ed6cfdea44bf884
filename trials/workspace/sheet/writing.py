"""The workbook: a sheet of guidance, the four sheets with their drop-downs and comments, and the lists behind those."""

import io
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from networks.models import Network
from trials.workspace.sheet.column import Column, Kind, Sheet, Use
from trials.workspace.sheet.guidance import lines
from trials.workspace.sheet.layout import GUIDANCE, LISTS, SHEETS
from trials.workspace.sheet.snapshot import Snapshot
from trials.workspace.sheet.values import in_cell

NEW_ROWS = 200
"""Empty rows that are made ready below those that are there."""

_OPEN, _SHUT = PatternFill("solid", fgColor="0D3B55"), PatternFill("solid", fgColor="5F6B73")
_GREY = PatternFill("solid", fgColor="E8EBED")
_LINE = Side("thin", color="D5D9DC")
_FORMATS = {Kind.DATE: "dd-mm-yyyy", Kind.NUMBER: "General"}
"""A number is shown whole, since a CSV file has what is shown."""

_TEXT, _LONG = "@", 255
"""Text stays text when it is typed; some spreadsheets show a cell of this format that is longer as a row of crosses."""


@dataclass(frozen=True)
class Handout:
    """What a workbook is made of."""

    network: Network
    made_at: datetime
    ticket: str
    snapshot: Snapshot


def write(handout: Handout) -> bytes:
    """The workbook as a file. Text is text in it, whatever it begins with."""
    book = Workbook()
    _write_guidance(book.active, handout)
    lists = _Lists(book.create_sheet(LISTS), handout)
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(sheet.title, len(book.sheetnames) - 1), sheet, handout, lists)
    book.active = 0
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_guidance(page: Worksheet, handout: Handout) -> None:
    page.title = GUIDANCE
    for row, (label, text) in enumerate(lines(handout.network, handout.made_at), start=1):
        page.cell(row, 1, label).font = Font(bold=True, size=14 if row == 1 else 11)
        page.cell(row, 2, text)
        for cell in page[row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 28, 96
    page.protection.sheet = True


class _Lists:
    """The hidden sheet with what the drop-downs offer, and the formula of each list."""

    def __init__(self, page: Worksheet, handout: Handout) -> None:
        page.sheet_state = "hidden"
        self._page = page
        members = [name for name in handout.snapshot.known.municipalities if name in handout.snapshot.members]
        self._of_kind = {Kind.NAMES: members, Kind.IDS: handout.snapshot.known.trials}
        self._formulas: dict[tuple[str, ...], str] = {}

    def formula(self, column: Column) -> str | None:
        """The reference to the values of `column`; None when it has no list."""
        offered = column.choices.labels if column.choices else self._of_kind.get(column.kind, ())
        values = tuple(map(str, offered))
        if values and values not in self._formulas:
            self._formulas[values] = self._write(values)
        return self._formulas.get(values)

    def _write(self, values: Sequence[str]) -> str:
        place = len(self._formulas) + 1
        for row, value in enumerate(values, start=1):
            self._page.cell(row, place, value)
        letter = get_column_letter(place)
        return f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(values)}"


def _write_sheet(page: Worksheet, sheet: Sheet, handout: Handout, lists: _Lists) -> None:
    rows = handout.snapshot.rows[sheet.key]
    last = 1 + len(rows) + (NEW_ROWS if sheet.grows else 0)
    looks: dict[tuple, Cell] = {}
    for place, column in enumerate(sheet.columns, start=1):
        _write_head(page.cell(1, place), column)
        page.column_dimensions[get_column_letter(place)].width = column.width
        for number, cells in enumerate(rows.values(), start=2):
            _write_cell(page.cell(number, place), column, cells[column.key], column.is_open, looks)
        for number in range(2 + len(rows), last + 1):
            _write_cell(page.cell(number, place), column, "", column.is_open_once, looks)
        if last > 1 and (formula := lists.formula(column)):
            _offer(page, column, formula, f"{get_column_letter(place)}2:{get_column_letter(place)}{last}")
    _write_ticket(page.cell(1, len(sheet.columns) + 1), handout.ticket)
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{max(last, 2)}"
    _protect(page)


def _write_head(head: Cell, column: Column) -> None:
    head.value = column.name
    head.font = Font(bold=True, color="FFFFFF")
    head.fill = _OPEN if column.use in (Use.EDITED, Use.ONCE) else _SHUT
    head.alignment = Alignment(wrap_text=True, vertical="top")
    head.comment = Comment(column.note, "Frikommuneregisteret", width=260, height=120)


def _write_cell(cell: Cell, column: Column, value: str, is_open: bool, looks: dict[tuple, Cell]) -> None:
    """Write a value. A cell looks as the first of its kind: to give each its styles anew takes most of the time."""
    found = in_cell(column, value)
    if found is not None:
        cell.value = found
    is_long, is_odd = len(value) > _LONG, isinstance(found, str) and found.startswith(("=", "+", "-", "@"))
    first = looks.setdefault((column.kind, is_open, is_long, is_odd), cell)
    if first is cell:
        _style(cell, column, is_open, is_long)
        cell.quotePrefix = is_odd
    else:
        cell._style = copy(first._style)
    if isinstance(found, str):
        cell.data_type = "s"


def _style(cell: Cell, column: Column, is_open: bool, is_long: bool) -> None:
    cell.number_format = _FORMATS.get(column.kind, "General" if is_long else _TEXT)
    cell.alignment = Alignment(wrap_text=column.kind in (Kind.TEXT, Kind.NAMES), vertical="top")
    cell.protection = Protection(locked=not is_open)
    cell.border = Border(bottom=_LINE, right=_LINE)
    if not is_open:
        cell.fill = _GREY


def _write_ticket(head: Cell, ticket: str) -> None:
    head.value = ticket
    head.font, head.fill = Font(color="5F6B73", size=8), _GREY
    head.comment = Comment("Lad stå: viser, hvilket regneark det er.", "Frikommuneregisteret")


def _offer(page: Worksheet, column: Column, formula: str, cells: str) -> None:
    """A drop-down. Where several values may stand, the spreadsheet lets other text through."""
    choice = DataValidation(type="list", formula1=formula, allow_blank=not column.required)
    choice.showErrorMessage = column.kind == Kind.CHOICE
    choice.errorTitle, choice.error = column.name, "Vælg en værdi på listen."
    page.add_data_validation(choice)
    choice.add(cells)


def _protect(page: Worksheet) -> None:
    """Without a password: it keeps from slips, and who wants to can lift it."""
    page.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, allowed, False)
