"""Which municipalities a cell names, all spellings resolved."""

import re
from pathlib import Path

from networks.importers.problems import Problems
from networks.importers.tabular import read_table
from trials.importers.tables import Row

ALIASES = ("spelling", "code", "municipality", "reason")
COLUMN = 2


class Municipalities:
    """Knows every spelling: the official names, and the aliases with their reasons."""

    def __init__(self, names: dict[str, str], aliases: dict[str, str | None]) -> None:
        self.codes: dict[str, str | None] = {**{name: code for code, name in names.items()}, **aliases}

    @classmethod
    def read(cls, directory: Path, names: dict[str, str], problems: Problems) -> "Municipalities":
        """The names in `names` (by kommunekode) and those of `aliases.tsv`; `-` stands for no municipality."""
        aliases: dict[str, str | None] = {}
        for line in read_table(directory / "aliases.tsv", ALIASES, problems):
            code = None if line["code"] == "-" else line["code"]
            if code and names.get(code) != line["municipality"]:
                line.report(problems, "code", f"kommunekode {code} er ikke »{line['municipality']}«")
            if not line["reason"]:
                line.report(problems, "reason", "en stavemåde skal have en begrundelse")
            aliases[line["spelling"]] = code
        return cls(names, aliases)

    def named_in(self, row: Row, problems: Problems) -> list[str]:
        """The codes of the municipalities in the row's second cell. A slash joins two written as one."""
        found: list[str] = []
        for spelling in re.split(r"[,/]", row.cell(COLUMN)):
            spelling = spelling.strip(" .")
            if not spelling:
                continue
            if spelling not in self.codes:
                row.report(problems, COLUMN, f"ukendt kommune »{spelling}«")
            elif (code := self.codes[spelling]) in found:
                row.report(problems, COLUMN, f"kommunen »{spelling}« står to gange")
            elif code:
                found.append(code)
        if not row.cell(COLUMN).strip():
            row.report(problems, COLUMN, "rækken nævner ingen kommune")
        return found
