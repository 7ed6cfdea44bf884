"""Reading one sheet that was saved as CSV: with semicolons, commas or tabs, in UTF-8 or as Excel writes it."""

import csv
import io
from collections.abc import Iterator, Sequence

from trials.workspace.sheet.file_read import FileSheet, Raw, Unreadable, laid_out

_FORMULA = "Cellen begynder som en formel. Skriv værdien i stedet."
_SEPARATORS = ";,\t"


def read(content: bytes) -> list[FileSheet]:
    """The one sheet of the file. Raises `Unreadable`."""
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable("Filen er ikke en tekstfil. Gem arket som CSV eller hele regnearket som XLSX.")
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    if not head.count(separator):
        raise Unreadable("Filens første linje er ikke kolonnernes overskrifter, adskilt af semikolon eller komma.")
    try:
        return [laid_out(_cells(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)))]
    except csv.Error as error:
        raise Unreadable("Filen er ikke en gyldig CSV-fil: et citationstegn mangler eller står forkert.") from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _cells(rows: Iterator[list[str]]) -> Iterator[Sequence[Raw]]:
    for row in rows:
        yield [Raw(text, _FORMULA if text.lstrip().startswith("=") else "") for text in row]
