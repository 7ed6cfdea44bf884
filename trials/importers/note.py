"""The full text of a status note, which is not shipped: what the tables and quotations are checked against."""

import re
from collections.abc import Iterable
from pathlib import Path

from networks.importers.problems import Problems
from networks.importers.tabular import read_table, read_text
from trials.importers.tables import CELLS, Table

SECTIONS = ("section", "heading")
_TABLE_HEADING = re.compile(r"Bilagstabel (\d+\.\d+)\b(?!:)")


def fold(text: str) -> str:
    """`text` with every run of white space as one space: a quotation may run over a line break."""
    return " ".join(text.split())


class Note:
    """A note's text by section, and the lines of its status tables."""

    def __init__(self, text: str, headings: dict[str, str]) -> None:
        self.lines = text.splitlines()
        self.missing = [section for section, heading in headings.items() if heading not in self.lines]
        self.sections = self._split(headings)

    def _split(self, headings: dict[str, str]) -> dict[str, str]:
        by_heading = {heading: section for section, heading in headings.items()}
        texts: dict[str, list[str]] = {section: [] for section in headings}
        current = None
        for line in self.lines:
            if line in by_heading:
                current = by_heading[line]
            elif _TABLE_HEADING.match(line):
                current = None
            elif current:
                texts[current].append(line)
        return {section: fold("\n".join(lines)) for section, lines in texts.items()}

    def table_lines(self, table: str) -> list[str]:
        """The rows of an annex table, headings included, as they stand in the note."""
        found: list[str] = []
        inside = False
        for line in self.lines:
            if heading := _TABLE_HEADING.match(line):
                inside = heading[1] == table
            elif inside and line.count("\t") == CELLS - 1:
                found.append(line)
            elif inside and found and line.strip() and "\t" not in line:
                inside = False
        return found


def read_headings(directory: Path, problems: Problems) -> dict[str, str]:
    """The heading line of each section, as the note has it."""
    return {line["section"]: line["heading"] for line in read_table(directory / "sections.tsv", SECTIONS, problems)}


def read_note(path: Path, headings: dict[str, str], problems: Problems) -> Note | None:
    """The note at `path`, or None with a problem noted."""
    text = read_text(path, problems)
    if text is None:
        return None
    note = Note(text, headings)
    for section in note.missing:
        problems.add(
            path.name, 1, 1, f"overskriften til afsnit {section} (»{headings[section]}«) findes ikke i notatet"
        )
    return note


def check_tables(note: Note, tables: Iterable[Table], problems: Problems) -> None:
    """Every line of every table file must stand in the note, in the same order, cell by cell."""
    for table in tables:
        expected = note.table_lines(table.name)
        for number, (ours, theirs) in enumerate(zip(table.lines, expected, strict=False), start=1):
            for column, (cell, source) in enumerate(zip(ours.split("\t"), theirs.split("\t"), strict=False), start=1):
                if cell != source:
                    problems.add(table.file, number, column, f"cellen er ikke notatets: der står »{source}«")
        if len(table.lines) != len(expected):
            message = f"{len(table.lines)} linjer, men notatets tabel har {len(expected)}"
            problems.add(table.file, min(len(table.lines), len(expected)) + 1, 1, message)
