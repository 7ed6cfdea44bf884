"""Checks the words that a statement rests on: they must stand in the cell or the section it names."""

from dataclasses import dataclass

from networks.importers.problems import Problems
from networks.importers.tabular import Line
from trials.importers.note import Note, fold
from trials.importers.statements import Cited
from trials.importers.tables import CELLS, Row

MOST_WORDS = 12
"""A quotation from a chapter is no longer than this; the chapters are told in our own words."""

LONGEST = 500
"""Characters of a quotation; the whole cell is kept verbatim anyway."""


@dataclass
class Evidence:
    """Reads and checks the evidence of overlay lines. Sections are searched only when the note is at hand."""

    sections: dict[str, str]
    note: Note | None
    problems: Problems

    def in_cell(self, line: Line, row: Row, column: int | None = None) -> Cited:
        """The quotation of `line`, which must stand in a cell of `row`."""
        if column is None:
            if line["column"] not in map(str, range(1, CELLS + 1)):
                line.report(self.problems, "column", f"»{line['column']}« er ikke en kolonne fra 1 til {CELLS}")
                return Cited()
            column = int(line["column"])
        if not line["quotation"]:
            line.report(self.problems, "quotation", "citatet mangler")
        elif len(line["quotation"]) > LONGEST:
            line.report(self.problems, "quotation", f"citatet er på over {LONGEST} tegn; citér de bærende ord")
        elif fold(line["quotation"]) not in fold(row.cell(column)):
            message = (
                f"citatet »{line['quotation']}« står ikke i tabel {row.table}, række {row.number}, kolonne {column}"
            )
            line.report(self.problems, "quotation", message)
        return Cited(column=column, quotation=line["quotation"])

    def in_cell_or_section(self, line: Line, row: Row) -> Cited:
        """The evidence of a line that names either a column or a section."""
        if not line["section"]:
            return self.in_cell(line, row)
        if line["column"]:
            line.report(self.problems, "section", "angiv enten en kolonne eller et afsnit, ikke begge")
        return self.in_section(line)

    def in_section(self, line: Line) -> Cited:
        """The quotation of `line`, which must stand in the section it names, when the note is at hand."""
        section, quotation = line["section"], line["quotation"]
        if section not in self.sections:
            line.report(self.problems, "section", f"afsnittet »{section}« findes ikke i sections.tsv")
        if not quotation:
            line.report(self.problems, "quotation", "citatet mangler")
        if len(quotation.split()) > MOST_WORDS:
            message = f"citatet er på {len(quotation.split())} ord; fra et kapitel citeres højst {MOST_WORDS}"
            line.report(self.problems, "quotation", message)
        if self.note and fold(quotation) not in self.note.sections.get(section, ""):
            line.report(self.problems, "quotation", f"citatet »{quotation}« står ikke i afsnit {section}")
        return Cited(section=section, quotation=quotation)
