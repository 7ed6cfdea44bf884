"""What is read from a file, before it is known what it means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from trials.workspace.sheet.column import Sheet
from trials.workspace.sheet.layout import SHEETS
from trials.workspace.sheet.ticket import is_of_other_layout, is_ticket

MOST_ROWS, MOST_COLUMNS = 5_000, 60
"""Of one sheet. The largest network has about a hundred rows in one."""


class Unreadable(Exception):
    """The file as a whole is refused. Its text says why, in Danish; nothing of it has been saved."""


@dataclass(frozen=True)
class Raw:
    """What a cell holds. `problem` says why it is no value: it is a formula, or an error of the spreadsheet's."""

    value: object = None
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None or not str(self.value).strip()


@dataclass(frozen=True)
class FileRow:
    """A row that is not empty, by the columns' keys. `number` is the spreadsheet's own."""

    number: int
    cells: dict[str, Raw]


@dataclass(frozen=True)
class FileSheet:
    """A sheet as it came. `letters` says where each column stands."""

    sheet: Sheet
    ticket: str
    letters: dict[str, str]
    rows: list[FileRow] = field(default_factory=list)


def laid_out(rows: Iterable[Sequence[Raw]], sheet: Sheet | None = None) -> FileSheet:
    """The rows of a file as those of `sheet`, or of the sheet that they have the headings of.

    Raises `Unreadable` when a column is missing, unknown or there twice, and when there are too many rows.
    """
    rest = iter(rows)
    heads = [str(raw.value).strip() if not raw.is_empty else "" for raw in next(rest, ())]
    tickets = {head for head in heads if is_ticket(head)}
    if any(is_of_other_layout(ticket) for ticket in tickets):  # told first: its columns may be others
        raise Unreadable(
            "Regnearket er hentet, før det blev bygget op på en anden måde. "
            "Hent et nyt, og flyt dine ændringer over i det."
        )
    sheet = sheet or _sheet_with(heads)
    places = _places(sheet, heads)
    if len(tickets) != 1:
        raise Unreadable(
            f"Arket »{sheet.title}« har ikke den sidste overskrift, der begynder med »Udgave«. Den viser, hvornår "
            "regnearket er hentet. Hent et nyt regneark, og flyt dine ændringer over i det."
        )
    letters = {key: get_column_letter(place + 1) for key, place in places.items()}
    return FileSheet(sheet, tickets.pop(), letters, list(_rows(sheet, rest, places)))


def _sheet_with(heads: Sequence[str]) -> Sheet:
    given = {head.casefold() for head in heads}

    def missed(sheet: Sheet) -> int:
        return len({column.name.casefold() for column in sheet.columns} ^ given)

    return min(SHEETS, key=missed)


def _places(sheet: Sheet, heads: Sequence[str]) -> dict[str, int]:
    keys = {column.name.casefold(): column.key for column in sheet.columns}
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        key = keys.get(head.casefold())
        if head and key is None and not is_ticket(head):
            raise Unreadable(f"Arket »{sheet.title}« har en kolonne, der ikke kendes: »{head[:40]}«.")
        if key in places:
            raise Unreadable(f"Arket »{sheet.title}« har kolonnen »{head}« to gange.")
        if key:
            places[key] = place
    missing = [column.name for column in sheet.columns if column.key not in places]
    if missing:
        named = ", ".join(f"»{name}«" for name in missing)
        raise Unreadable(f"Arket »{sheet.title}« mangler {'kolonnerne' if len(missing) > 1 else 'kolonnen'} {named}.")
    return places


def _rows(sheet: Sheet, rows: Iterable[Sequence[Raw]], places: dict[str, int]) -> Iterable[FileRow]:
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise Unreadable(
                f"Arket »{sheet.title}« har flere end {MOST_ROWS:,} rækker. ".replace(",", ".")
                + "Slet rækker, der ikke hører til, også tomme rækker nederst."
            )
        if all(raw.is_empty for raw in row):
            continue
        cells = {key: row[place] if place < len(row) else Raw() for key, place in places.items()}
        if all(raw.is_empty for raw in cells.values()):
            raise Unreadable(f"Arket »{sheet.title}« har i række {number} noget, der ikke står under en overskrift.")
        yield FileRow(number, cells)
