"""The curated files beside the tables. Each line names a row by table and number and repeats its title."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from networks.importers.problems import Problems
from networks.importers.tabular import Line, read_table
from trials.enums import STATUSES_WITH_REASON, ActKind, BasisKind, BasisRole, DesignStatus, Precision, Reason, Status
from trials.importers.evidence import Evidence
from trials.importers.provisions import Reference, Unreadable, parse_cell, parse_provisions
from trials.importers.statements import (
    ActOf,
    BasisOf,
    Cited,
    CorrectionOf,
    EvaluationOf,
    RowKey,
    SourceOf,
    StatusOf,
)
from trials.importers.tables import CELLS, Row
from trials.models import Source

SOURCE = ("code", "title", "authors", "publisher", "published_on", "published_text", "isbn", "rights")
TRIALS = ("table", "row", "title", "id")
CORRECTIONS = ("table", "row", "column", "verbatim", "corrected", "reason")
ACTS = ("code", "title", "short_title", "kind", "rests_on_kind", "spellings")
LEGAL_BASIS = ("table", "row", "title", "role", "kind", "act", "provisions", "column", "quotation", "note")
EVALUATIONS = ("table", "row", "title", "design_status", "shared_with", "quotation", "note")
STATUS = (
    *("table", "row", "title", "municipality", "status", "reason", "effective", "precision"),
    *("column", "section", "quotation", "note"),
)
OVERLAYS = {
    "source.tsv": SOURCE,
    "trials.tsv": TRIALS,
    "corrections.tsv": CORRECTIONS,
    "acts.tsv": ACTS,
    "legal_basis.tsv": LEGAL_BASIS,
    "evaluations.tsv": EVALUATIONS,
    "status.tsv": STATUS,
}

UNIQUE = {
    "source.tsv": ("code",),
    "trials.tsv": ("table", "row"),
    "corrections.tsv": ("table", "row", "column", "verbatim"),
    "acts.tsv": ("code",),
    "legal_basis.tsv": ("table", "row", "role", "act", "provisions"),
    "evaluations.tsv": ("table", "row"),
    "status.tsv": ("table", "row", "municipality", "status", "effective"),
}
"""What no two lines of a file may have in common."""


class Overlays:
    """Reads the overlay files of a directory against its rows."""

    def __init__(self, directory: Path, rows: dict[RowKey, Row], evidence: Evidence) -> None:
        self.directory = directory
        self.rows = rows
        self.evidence = evidence
        self.problems: Problems = evidence.problems

    def source(self) -> SourceOf | None:
        """The document that the files come from."""
        lines = list(self._lines("source.tsv"))
        if len(lines) != 1:
            self.problems.add("source.tsv", 1, 1, f"filen skal beskrive én kilde, ikke {len(lines)}")
            return None
        line = lines[0]
        published = self._day(line, "published_on")
        for name, value in line.values.items():
            longest = Source._meta.get_field(name).max_length
            if longest and len(value) > longest:
                line.report(self.problems, name, f"teksten er på {len(value)} tegn; den kan højst være på {longest}")
        if published is None:
            return None
        texts = {name: value for name, value in line.values.items() if name != "published_on"}
        return SourceOf(published_on=published, **texts)

    def public_ids(self) -> dict[RowKey, tuple[str, Line]]:
        """The public id that each row's trial has. Every row must have one of its own."""
        ids: dict[RowKey, tuple[str, Line]] = {}
        for line, row in self._rows("trials.tsv"):
            key = (row.table, row.number)
            if line["id"] in {public_id for public_id, _ in ids.values()}:
                line.report(self.problems, "id", f"id'et {line['id']} er brugt til en anden række")
            ids[key] = (line["id"], line)
        for key, row in self.rows.items():
            if key not in ids:
                row.report(self.problems, 1, "rækken har intet id i trials.tsv")
        return ids

    def corrections(self) -> list[CorrectionOf]:
        """The corrections, each of words that stand in the cell it names."""
        found: list[CorrectionOf] = []
        for line in self._lines("corrections.tsv"):
            row = self._row(line)
            if row is None:
                continue
            if line["column"] not in map(str, range(1, CELLS + 1)):
                line.report(self.problems, "column", f"»{line['column']}« er ikke en kolonne fra 1 til {CELLS}")
                continue
            column = int(line["column"])
            if not line["verbatim"] or line["verbatim"] not in row.cell(column):
                line.report(self.problems, "verbatim", f"»{line['verbatim']}« står ikke i cellen")
            if line["verbatim"] == line["corrected"]:
                line.report(self.problems, "corrected", "rettelsen ændrer ingenting")
            if not line["reason"]:
                line.report(self.problems, "reason", "en rettelse skal have en begrundelse")
            corrected = line["corrected"].replace("\\n", "\n")
            found.append(CorrectionOf((row.table, row.number), column, line["verbatim"], corrected, line["reason"]))
        return found

    def acts(self) -> tuple[list[ActOf], dict[str, str], dict[str, str]]:
        """The acts; the code of each by its spelling; the kind of basis that each is."""
        acts: list[ActOf] = []
        spellings: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for line in self._lines("acts.tsv"):
            self._choice(line, "kind", ActKind.values)
            if line["rests_on_kind"]:
                self._choice(line, "rests_on_kind", BasisKind.values)
            acts.append(ActOf(line["code"], line["title"], line["short_title"], line["kind"]))
            spellings |= {spelling: line["code"] for spelling in line["spellings"].split(" | ") if spelling}
            kinds[line["code"]] = line["rests_on_kind"]
        return acts, spellings, kinds

    def bases(
        self, texts: dict[RowKey, dict[int, str]], spellings: dict[str, str], kinds: dict[str, str]
    ) -> list[BasisOf]:
        """What each trial rests on and deviates from: by the overlay, else as its fifth cell reads."""
        curated: dict[RowKey, list[BasisOf]] = defaultdict(list)
        for line, row in self._rows("legal_basis.tsv"):
            curated[row.table, row.number] += self._curated_bases(line, row, set(kinds))
        found = []
        for key, row in self.rows.items():
            if not any(basis.role == BasisRole.RESTS_ON for basis in curated[key]):
                found += self._read_bases(key, row, texts[key][5], spellings, kinds)
            found += curated[key]
        return found

    def _curated_bases(self, line: Line, row: Row, acts: set[str]) -> list[BasisOf]:
        self._choice(line, "role", BasisRole.values)
        rests_on = line["role"] == BasisRole.RESTS_ON
        self._choice(line, "kind", BasisKind.values if rests_on else [""])
        cited = self.evidence.in_cell(line, row)
        references: list[Reference | None] = [None]
        if line["act"] or line["provisions"]:
            if line["act"] not in acts:
                line.report(self.problems, "act", f"loven »{line['act']}« findes ikke i acts.tsv")
            try:
                references = list(parse_provisions(line["provisions"], line["act"]))
            except Unreadable as unreadable:
                line.report(self.problems, "provisions", str(unreadable))
        elif not rests_on:
            line.report(self.problems, "provisions", "det, forsøget fraviger, skal være en bestemmelse")
        key = (row.table, row.number)
        return [BasisOf(key, line["role"], line["kind"], ref, cited, line["note"]) for ref in references]

    def _read_bases(
        self, key: RowKey, row: Row, text: str, spellings: dict[str, str], kinds: dict[str, str]
    ) -> list[BasisOf]:
        try:
            references = parse_cell(text, spellings)
        except Unreadable as unreadable:
            row.report(self.problems, 5, f"{unreadable}; afgør hjemlen i legal_basis.tsv")
            return []
        if any(not kinds[ref.act] for ref in references):
            row.report(self.problems, 5, "loven har ingen rests_on_kind i acts.tsv; afgør hjemlen i legal_basis.tsv")
            return []
        return [BasisOf(key, BasisRole.RESTS_ON, kinds[ref.act], ref, Cited(column=5)) for ref in references]

    def evaluations(self) -> list[EvaluationOf]:
        """How far each row's evaluation design has come, and which rows share one."""
        found: dict[RowKey, EvaluationOf] = {}
        for line, row in self._rows("evaluations.tsv"):
            self._choice(line, "design_status", DesignStatus.values)
            shared = self._shared_with(line)
            key = (row.table, row.number)
            found[key] = EvaluationOf(key, line["design_status"], shared, self.evidence.in_cell(line, row, 7))
        for key, row in self.rows.items():
            if key not in found:
                row.report(self.problems, 7, "rækken mangler i evaluations.tsv")
        for evaluation in found.values():
            if evaluation.shared_with in found and found[evaluation.shared_with].shared_with:
                message = "en fælles evaluering skal henvise til den række, hvor den er beskrevet"
                self.rows[evaluation.row].report(self.problems, 7, message)
        return list(found.values())

    def _shared_with(self, line: Line) -> RowKey | None:
        is_shared = line["design_status"] == DesignStatus.SHARED
        if is_shared != bool(line["shared_with"]):
            line.report(
                self.problems, "shared_with", "angiv den række, evalueringen er fælles med, netop når den er fælles"
            )
        if not is_shared:
            return None
        table, _, number = line["shared_with"].partition("/")
        key = (table, int(number) if number.isascii() and number.isdigit() else 0)
        if key not in self.rows or key == (line["table"], line.whole_number("row")):
            line.report(self.problems, "shared_with", f"»{line['shared_with']}« er ikke en anden række")
            return None
        return key

    def statuses(self, codes: dict[str, str], published: date) -> list[StatusOf]:
        """What the source says of the status of each trial and of single municipalities, in file order."""
        found: list[StatusOf] = []
        slots: dict[tuple, int] = defaultdict(int)
        for line, row in self._rows("status.tsv"):
            self._choice(line, "status", Status.values)
            self._choice(line, "reason", ["", *(Reason.values if line["status"] in STATUSES_WITH_REASON else [])])
            self._choice(line, "precision", Precision.values)
            if line["reason"] == Reason.OTHER and not line["note"]:
                line.report(self.problems, "note", "årsagen »other« skal forklares i en bemærkning")
            if line["municipality"] and line["municipality"] not in codes:
                line.report(self.problems, "municipality", f"ukendt kommune »{line['municipality']}«")
            effective = self._day(line, "effective") if line["effective"] else published
            if effective and effective > published:
                line.report(self.problems, "effective", "dagen ligger efter kildens udgivelse")
            subject = (row.table, row.number, line["municipality"])
            slots[subject] += line["status"] != Status.APPROVED
            found.append(
                StatusOf(
                    (row.table, row.number),
                    codes.get(line["municipality"], ""),
                    line["status"],
                    line["reason"],
                    effective or published,
                    line["precision"],
                    self.evidence.in_cell_or_section(line, row),
                    line["note"],
                    line.file,
                    line.number,
                    "approved" if line["status"] == Status.APPROVED else str(slots[subject]),
                )
            )
        said = {statement.row for statement in found if not statement.municipality}
        for key, row in self.rows.items():
            if key not in said:
                row.report(self.problems, 1, "forsøgets status mangler i status.tsv")
        return found

    def _lines(self, file: str) -> Iterator[Line]:
        seen: dict[tuple, int] = {}
        for line in read_table(self.directory / file, OVERLAYS[file], self.problems):
            key = tuple(line[name] for name in UNIQUE[file])
            if key in seen:
                line.report(self.problems, UNIQUE[file][0], f"det samme står allerede i linje {seen[key]}")
            seen[key] = line.number
            yield line

    def _rows(self, file: str) -> Iterator[tuple[Line, Row]]:
        for line in self._lines(file):
            row = self._row(line)
            if row is not None:
                yield line, row

    def _row(self, line: Line) -> Row | None:
        """The row that a line names; its title, where the file repeats it, must be the row's."""
        row = self.rows.get((line["table"], line.whole_number("row") or 0))
        if row is None:
            line.report(self.problems, "row", f"tabel {line['table']} har ingen række {line['row']}")
        elif "title" in line.values and line["title"] != row.cell(1):
            line.report(self.problems, "title", f"titlen er ikke rækkens: der står »{row.cell(1)}«")
        return row

    def _choice(self, line: Line, name: str, values: list[str]) -> None:
        if line[name] not in values:
            allowed = ", ".join(filter(None, values)) or "ingenting"
            line.report(self.problems, name, f"»{line[name]}« er ikke tilladt her; vælg {allowed}")

    def _day(self, line: Line, name: str) -> date | None:
        try:
            return date.fromisoformat(line[name])
        except ValueError:
            line.report(self.problems, name, f"»{line[name]}« er ikke en dato (åååå-mm-dd)")
            return None
