"""Reading what comes back: the file, the ticket in it, and the value of each cell."""

from dataclasses import dataclass, field
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature

from networks.models import Network
from trials.models import SheetDownload
from trials.workspace.sheet import csv_read, values, xlsx_read
from trials.workspace.sheet.column import Use
from trials.workspace.sheet.file_read import FileSheet, Raw, Unreadable
from trials.workspace.sheet.finding import CellError
from trials.workspace.sheet.snapshot import Cells
from trials.workspace.sheet.ticket import download_of
from trials.workspace.sheet.values import Known

LARGEST = 5 * 1024 * 1024
"""Bytes of a file."""

_READERS = {".xlsx": xlsx_read.read, ".csv": csv_read.read}


@dataclass
class Reading:
    """The rows of each sheet by their number, as `SheetUpload.rows` keeps them, and the cells that could not be read.

    `letters` says in which column each value stands.
    """

    download: SheetDownload
    rows: dict[str, dict[str, Cells]] = field(default_factory=dict)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)

    def kept(self) -> dict:
        """What is stored of it, when it has no errors."""
        return {"rows": self.rows, "letters": self.letters}


def sheets_in(file: UploadedFile) -> list[FileSheet]:
    """The sheets of a file. Raises `Unreadable` when it is too large, of another kind, or not what it claims to be."""
    reader = _READERS.get(PurePath(file.name or "").suffix.lower())
    if reader is None:
        raise Unreadable(
            f"»{PurePath(file.name or '').name[:80]}« er ikke et regneark af de slags, der kan læses ind. "
            "Gem det som XLSX, eller gem ét ark som CSV."
        )
    if (file.size or 0) > LARGEST:
        raise Unreadable(f"Filen fylder mere end {LARGEST // 1024 // 1024} MB. Er det det rigtige regneark?")
    if not file.size:
        raise Unreadable("Filen er tom.")
    return reader(file.read())


def download_for(sheets: list[FileSheet], network: Network) -> SheetDownload:
    """The download that the sheets are from. Raises `Unreadable` when it is not one of `network`, or too old."""
    tickets = {sheet.ticket for sheet in sheets}
    if len(tickets) != 1:
        raise Unreadable("Arkene stammer fra forskellige regneark. Læs ét regneark ind ad gangen.")
    try:
        key = download_of(tickets.pop())
    except (BadSignature, ValueError):
        raise Unreadable(
            "Regnearkets sidste overskrift, »Udgave …«, er ændret, så det ikke kan ses, hvor det kommer fra. "
            "Hent et nyt, og flyt dine ændringer over i det."
        ) from None
    download = SheetDownload.objects.kept().select_related("network").filter(pk=key).first()
    if download is None:
        raise Unreadable("Regnearket er mere end et år gammelt. Hent et nyt, og flyt dine ændringer over i det.")
    if download.network_id != network.pk:
        raise Unreadable(
            f"Regnearket er hentet for netværket »{download.network}«, ikke for »{network}«. Intet er læst ind."
        )
    return download


def read(sheets: list[FileSheet], download: SheetDownload, known: Known) -> Reading:
    """The values of all cells, and what is wrong with those that have none."""
    reading = Reading(download)
    for page in sheets:
        base = download.base.get(page.sheet.key, {})
        reading.letters[page.sheet.key] = page.letters
        rows = reading.rows.setdefault(page.sheet.key, {})
        seen: dict[str, int] = {}
        for row in page.rows:
            name = _row_name(row.cells["id"])
            if name and name in seen:
                message = f"»{name[:40]}« står også i række {seen[name]}. Hver række må kun være med én gang."
                reading.errors.append(CellError(page.sheet.key, row.number, page.letters["id"], message))
            seen.setdefault(name, row.number)
            rows[str(row.number)] = _cells(page, row.number, row.cells, base.get(name, {}), known, reading.errors)
    return reading


def _row_name(raw: Raw) -> str:
    return "" if raw.is_empty else values.tidy(str(raw.value))


def _cells(page: FileSheet, number: int, cells: dict[str, Raw], base: Cells, known: Known, errors: list) -> Cells:
    found: Cells = {}
    for column in page.sheet.columns:
        raw, stood = cells[column.key], base.get(column.key, "")
        try:
            # What stood there when it was handed out is no news, whatever it looks like.
            same = isinstance(raw.value, str) and values.tidy(raw.value) == stood
            found[column.key] = stood if same else _value(column, raw, known)
        except ValidationError as error:
            is_shut = bool(base) and not column.is_open and column.use != Use.ID
            message = "Cellen er låst og kan ikke ændres i regnearket." if is_shut else error.messages[0]
            errors.append(CellError(page.sheet.key, number, page.letters[column.key], message))
            found[column.key] = stood
    return found


def _value(column, raw: Raw, known: Known) -> str:
    if raw.problem:
        raise ValidationError(raw.problem)
    return values.read(column, raw.value, known)
