"""Reading a workbook. It may come from anyone: its size is limited before it is unpacked, and nothing in it is run."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from trials.workspace.sheet.file_read import MOST_COLUMNS, MOST_ROWS, FileSheet, Raw, Unreadable, laid_out
from trials.workspace.sheet.layout import SHEETS

LARGEST_UNPACKED = 40 * 1024 * 1024
"""Bytes of all parts together. Python's zip reader reads no more of a part than it says that it has."""

MOST_PARTS = 200
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))

CORRUPT = (
    "Filen kan ikke læses: den er beskadiget eller ikke et regneark. Åbn den i dit regnearksprogram, og gem den igen "
    "som XLSX."
)
_PROBLEMS = {"f": "Cellen har en formel. Kopiér den, og indsæt den som værdi.", "e": "Cellen viser en fejl."}


def read(content: bytes) -> list[FileSheet]:
    """The four sheets of a workbook. Raises `Unreadable`."""
    _check_parts(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        pages = {name.casefold(): book[name] for name in book.sheetnames}
        missing = [sheet.title for sheet in SHEETS if sheet.title.casefold() not in pages]
        if missing:
            raise Unreadable("I regnearket mangler " + ", ".join(f"arket »{title}«" for title in missing) + ".")
        return [laid_out(_cells(pages[sheet.title.casefold()]), sheet) for sheet in SHEETS]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise Unreadable(CORRUPT) from error


def _check_parts(content: bytes) -> None:
    """Raises `Unreadable` when what is packed is too much, or is XML with declarations of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Unreadable("Filen fylder for meget, når den pakkes ud. Slet billeder og ark, der ikke hører til.")
            for part in parts:
                if any(sign in archive.read(part) for sign in _DOCTYPES):
                    raise Unreadable(CORRUPT)
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Unreadable(CORRUPT) from error


def _cells(page) -> Iterator[Sequence[Raw]]:
    if not isinstance(page, ReadOnlyWorksheet):
        raise Unreadable(f"Arket »{page.title}« er et diagram, ikke et ark med rækker.")
    # One row more than may be there: what stands below it is as much too much.
    for row in page.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS):
        yield [Raw(cell.value, _PROBLEMS.get(cell.data_type, "")) for cell in row]
