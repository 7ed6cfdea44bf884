"""Reads tab-separated files. Quotation marks mean themselves: the source's text is full of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from networks.importers.problems import Problems


@dataclass(frozen=True)
class Line:
    """A data line of a file: its number and its values by heading."""

    file: str
    number: int
    values: dict[str, str]
    columns: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def column(self, name: str) -> int:
        """The place of the column `name`, from 1."""
        return self.columns.index(name) + 1

    def whole_number(self, name: str) -> int | None:
        """The value of the column `name` as a number from 0 to 9999; None when it is none."""
        value = self.values[name]
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 4 else None

    def report(self, problems: Problems, name: str, message: str) -> None:
        """Note a problem with the value of the column `name`."""
        problems.add(self.file, self.number, self.column(name), message)


def read_text(path: Path, problems: Problems) -> str | None:
    """The text of a UTF-8 file, or None with a problem noted."""
    try:
        text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    except FileNotFoundError:
        problems.add_unreadable(path.name, 1, "filen mangler")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add_unreadable(path.name, line, "filen er ikke gemt som UTF-8")
    except OSError as error:
        problems.add_unreadable(path.name, 1, f"filen kan ikke læses ({error.strerror})")
    else:
        if "\0" not in text:
            return text
        problems.add_unreadable(path.name, text[: text.index("\0")].count("\n") + 1, "filen er ikke en tekstfil")
    return None


def read_table(path: Path, columns: tuple[str, ...], problems: Problems, separator: str = "\t") -> Iterator[Line]:
    """The lines of a file whose first line names `columns`. Lines of another length are problems."""
    text = read_text(path, problems)
    if text is None:
        return
    heading, *lines = text.splitlines() or [""]
    if tuple(heading.split(separator)) != columns:
        problems.add(path.name, 1, 1, f"overskrifterne skal være: {', '.join(columns)}")
        return
    for number, line in enumerate(lines, start=2):
        values = line.split(separator)
        if not line.strip():
            continue
        if len(values) != len(columns):
            problems.add(path.name, number, 1, f"{len(values)} celler, men der skal være {len(columns)}")
            continue
        yield Line(path.name, number, dict(zip(columns, map(str.strip, values), strict=True)), columns)
