"""The status tables: verbatim tab-separated files with the heading repeated where the printed page broke."""

from dataclasses import dataclass, field
from pathlib import Path

from networks.importers.problems import Problems
from networks.importers.tabular import Line, read_table, read_text

TABLES = ("table", "file", "programme", "network", "first_page")
CELLS = 7
HEADING = "Titel på"
"""How the first cell of a heading row begins, whatever its spelling."""


@dataclass(frozen=True)
class Row:
    """A data row of a table: its number from 1 (headings not counted), its page, its verbatim cells."""

    table: str
    number: int
    page: int
    file: str
    line: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a column, from 1."""
        return self.cells[column - 1]

    def report(self, problems: Problems, column: int, message: str) -> None:
        problems.add(self.file, self.line, column, message)


@dataclass
class Table:
    """A status table: which network's it is and its rows."""

    name: str
    file: str
    programme: str
    network: int
    rows: list[Row] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def read_tables(directory: Path, problems: Problems) -> dict[str, Table]:
    """The tables that `tables.tsv` lists, by name."""
    tables = {}
    for line in read_table(directory / "tables.tsv", TABLES, problems):
        if line.whole_number("network") is None or line.whole_number("first_page") is None:
            line.report(problems, "network", "netværk og første side skal være tal")
        elif table := _read(directory, line, problems):
            tables[table.name] = table
    return tables


def _read(directory: Path, line: Line, problems: Problems) -> Table | None:
    text = read_text(directory / line["file"], problems)
    if text is None:
        return None
    table = Table(line["table"], line["file"], line["programme"], int(line["network"]), lines=text.splitlines())
    page = int(line["first_page"]) - 1
    for number, content in enumerate(table.lines, start=1):
        cells = tuple(content.split("\t"))
        if len(cells) != CELLS:
            problems.add(table.file, number, 1, f"{len(cells)} celler, men der skal være {CELLS}")
        elif cells[0].startswith(HEADING):
            page += 1
        elif page < int(line["first_page"]):
            problems.add(table.file, number, 1, f"tabellen begynder ikke med en overskrift (»{HEADING} …«)")
            break
        else:
            table.rows.append(Row(table.name, len(table.rows) + 1, page, table.file, number, cells))
            if not cells[0].strip():
                problems.add(table.file, number, 1, "rækken har ingen titel")
    if not table.rows:
        problems.add(table.file, 1, 1, "tabellen har ingen rækker")
    return table
