"""The source as the tests read it: the verbatim table files, with a reader of the tests' own.

What the register says of the 79 trials is held against these files, whose checksums are held here; nothing
of the importers is used. The expectations that no reader can derive were written by hand from the note.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "fixtures" / "vive_2019"

SHA256 = {
    "2.1": "4bbd55e862dea438510ff39a5417c36cf68bd0e361b726f25347b33433c541fe",
    "2.2": "b975f0a416c225fd03e54518b18d6388b474c554eaa2a161f41816a0967c4e72",
    "2.3": "3c14a41e4498b2970c587312dc2de8acd8ceef1d871ca91119fc62077d787263",
    "2.4": "a279d93069b37f55432e1a9caadcbfd436f3216d610547b2c8b6aac2b0152a69",
    "2.5": "0f6835a6dbbea6bf834c9ada4e47dc5d7d97e18b07fdb8c22e593a1687e316a8",
    "2.6": "bb9f85bf3616f8f598787430840794705192fd5e3c1b2f8912a1da2e9f0ac808",
    "2.7": "224a17f33518b7d91a4d6f9e9baade8d663c7cb3126192d47612a03ef1c56f28",
}
TRIALS = {"2.1": 20, "2.2": 23, "2.3": 13, "2.4": 10, "2.5": 1, "2.6": 4, "2.7": 8}
"""VIVE's Tabel 1: accommodated trials of each network."""

MEMBERS = {1: 11, 2: 6, 3: 7, 4: 3, 5: 3, 6: 5, 7: 9}
"""VIVE's Tabel 1: participating municipalities of each network."""

FIRST_PAGE = {"2.1": 35, "2.2": 44, "2.3": 52, "2.4": 57, "2.5": 62, "2.6": 63, "2.7": 65}
"""The note's list of tables, page 34."""


@dataclass(frozen=True)
class SourceRow:
    table: str
    number: int
    page: int
    cells: tuple[str, ...]

    @property
    def public_id(self) -> str:
        return f"FKII-{self.table[-1]}-{self.number:02d}"

    @property
    def municipalities(self) -> set[str]:
        """The names in the second cell without what scanning and typing did to them: letters only."""
        names = {_letters(name) for name in re.split("[,/]", self.cells[1])} - {"", "ingenforsøgskommune"}
        return {_MISSPELT.get(name, name) for name in names}

    @property
    def in_force_from(self) -> date | None:
        """The first date in the sixth cell, where it stands right after the word."""
        found = re.match(r"\w+ ikrafttrædelse (?:pr\. |d\. )?(\d+)\.(\d+)\. (\d{4})", self.cells[5], re.IGNORECASE)
        return date(*(int(part) for part in reversed(found.groups()))) if found else None


_MISSPELT = {
    "vesthimmerland": "vesthimmerlands",
    "højtaastrup": "højetaastrup",
    "frederiksund": "frederikssund",
}


def _letters(name: str) -> str:
    return re.sub(r"[^a-zæøå]", "", name.lower())


def source_rows() -> list[SourceRow]:
    """The 79 rows."""
    rows = []
    for table, first in FIRST_PAGE.items():
        page, number = first - 1, 0
        path = FOLDER / f"bilagstabel_{table.replace('.', '_')}.tsv"
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            cells = tuple(line.split("\t"))
            if cells[0].lower() == "titel på forsøg":
                page += 1
            else:
                number += 1
                rows.append(SourceRow(table, number, page, cells))
    return rows


ROWS = source_rows()


def letters(name: str) -> str:
    """`name` reduced to its letters, to compare with `SourceRow.municipalities`."""
    return _letters(name)
