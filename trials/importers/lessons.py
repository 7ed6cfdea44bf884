"""The curated files of what a note's chapters tell: figures, experiences, milestones, outcomes, contradictions.

They follow the same form as the overlays of the tables. A file may be left out: then the note tells nothing of
the kind. Each becomes `Lesson`s: a model, its key, and its values, still in the files' own terms.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from networks.enums import GuidanceLevel, TargetGroup, TextKind
from networks.importers.problems import Problems
from networks.importers.tabular import Line, read_table
from trials.enums import (
    Accuracy,
    Approach,
    Decision,
    Element,
    ExperienceKind,
    Method,
    MilestoneKind,
    Theme,
    Unit,
)
from trials.importers.evidence import Evidence
from trials.importers.note import fold
from trials.importers.statements import Cited, RowKey
from trials.importers.tables import Row

PLACE = ("table", "row", "column", "section", "quotation")
FILES = {
    "summaries.tsv": ("table", "row", "title", "summary"),
    "observations.tsv": (
        *("key", "indicator", "value", "value_to", "unit", "precision", "network", "trials", "municipalities"),
        *("from", "to", "date_text", "part_of", *PLACE, "note"),
    ),
    "experiences.tsv": (
        *("key", "kind", "theme", "text", "network", "trials", "municipalities", "section", "quotation"),
    ),
    "milestones.tsv": (
        *("key", "kind", "label", "network", "trials", "planned_from", "planned_to", "actual_from", "actual_to"),
        *("date_text", *PLACE, "note"),
    ),
    "outcomes.tsv": (
        *("table", "row", "title", "decision", "expected", "effective_on", "body", "law", "reason"),
        *("column", "section", "quotation", "note"),
    ),
    "evaluation_designs.tsv": (
        *("table", "row", "title", "approaches", "methods", "evaluator", "external", "may_be_shared"),
        *("expected_results", "expected_results_words", "target_group", "target_group_words"),
        *("method", "method_words", "baseline", "baseline_words", "comparison", "note"),
    ),
    "external_evaluations.tsv": ("number", "evaluator", "label", "networks", "trials", "section", "quotation", "note"),
    "contradictions.tsv": ("key", "message", "shown", "network", "trials"),
    "contradiction_places.tsv": ("key", "position", *PLACE),
    "network_texts.tsv": ("network", "kind", "text", "section", "quotation"),
    "focus.tsv": ("network", "municipality", "target_group", "section", "quotation"),
    "guidance.tsv": ("key", "level", "topic", "text", "quotation"),
}


@dataclass(frozen=True)
class Lesson:
    """A line of a curated file, validated. `trials` are public ids, `municipalities` are kommunekoder."""

    line: Line
    values: dict
    trials: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    network: int | None = None
    row: RowKey | None = None
    cited: Cited = field(default_factory=Cited)


class Lessons:
    """Reads the curated files of a directory. What is wrong with them is added to the problems."""

    def __init__(
        self,
        directory: Path,
        rows: dict[RowKey, Row],
        ids: dict[RowKey, str],
        codes: dict[str, str],
        networks: Iterable[int],
        evidence: Evidence,
    ) -> None:
        self.directory = directory
        self.rows = rows
        self.ids = set(ids.values())
        self.codes = codes
        self.networks = {str(number) for number in networks}
        self.evidence = evidence
        self.problems: Problems = evidence.problems

    def read(self) -> dict[str, list[Lesson]]:
        """Every file's lessons, by file."""
        found = {file: list(self._file(file)) for file in FILES}
        for file in ("observations.tsv", "experiences.tsv", "milestones.tsv", "contradictions.tsv", "guidance.tsv"):
            self._check_keys(found[file])
        keys = {lesson.line["key"] for lesson in found["observations.tsv"]}
        for lesson in found["observations.tsv"]:
            if lesson.line["part_of"] and lesson.line["part_of"] not in keys - {lesson.line["key"]}:
                lesson.line.report(self.problems, "part_of", f"tallet »{lesson.line['part_of']}« findes ikke")
        self._check_places(found)
        return found

    def _file(self, file: str) -> Iterator[Lesson]:
        if not (self.directory / file).exists():
            return
        for line in read_table(self.directory / file, FILES[file], self.problems):
            yield self._lesson(file, line)

    def _lesson(self, file: str, line: Line) -> Lesson:
        row = self._row(line) if line.values.get("table") else None
        return Lesson(
            line,
            {name: read(self, line, name) for name, read in READERS[file].items()},
            self._trials(line),
            self._municipalities(line),
            self._network(line),
            (row.table, row.number) if row else None,
            self._cited(file, line, row),
        )

    def _cited(self, file: str, line: Line, row: Row | None) -> Cited:
        """The evidence of a line. Summaries have none, designs have it field by field."""
        if "quotation" not in line.values or file == "guidance.tsv":
            return Cited()
        if line["section"]:
            return self.evidence.in_section(line)
        if row is None:
            line.report(self.problems, "quotation", "angiv enten en række og en kolonne eller et afsnit")
            return Cited()
        return self.evidence.in_cell(line, row)

    def _row(self, line: Line) -> Row | None:
        number = line.whole_number("row") or 0
        row = self.rows.get((line["table"], number))
        if row is None:
            line.report(self.problems, "row", f"tabel {line['table']} har ingen række {line['row']}")
        elif "title" in line.values and line["title"] != row.cell(1):
            line.report(self.problems, "title", f"titlen er ikke rækkens: der står »{row.cell(1)}«")
        return row

    def _trials(self, line: Line) -> tuple[str, ...]:
        found = _several(line, "trials")
        for public_id in found:
            if public_id not in self.ids:
                line.report(self.problems, "trials", f"forsøget »{public_id}« findes ikke i trials.tsv")
        return found

    def _municipalities(self, line: Line) -> tuple[str, ...]:
        name = "municipality" if "municipality" in line.values else "municipalities"
        found = _several(line, name)
        for municipality in found:
            if municipality not in self.codes:
                line.report(self.problems, name, f"ukendt kommune »{municipality}«")
        return tuple(self.codes.get(municipality, "") for municipality in found)

    def _network(self, line: Line) -> int | None:
        given = line.values.get("network", "")
        if given and given not in self.networks:
            line.report(self.problems, "network", f"»{given}« er ikke et netværks nummer")
        return int(given) if given in self.networks else None

    def _check_keys(self, lessons: list[Lesson]) -> None:
        seen: set[str] = set()
        for lesson in lessons:
            key = lesson.line["key"]
            if not key or key in seen:
                lesson.line.report(self.problems, "key", f"nøglen »{key}« mangler eller er brugt før")
            seen.add(key)

    def _check_places(self, found: dict[str, list[Lesson]]) -> None:
        """A contradiction is two statements: it needs at least two places."""
        places = [lesson.line["key"] for lesson in found["contradiction_places.tsv"]]
        for lesson in found["contradictions.tsv"]:
            if places.count(lesson.line["key"]) < 2:
                lesson.line.report(self.problems, "key", "en modstrid skal have mindst to steder")
        known = {lesson.line["key"] for lesson in found["contradictions.tsv"]}
        for lesson in found["contradiction_places.tsv"]:
            if lesson.line["key"] not in known:
                lesson.line.report(self.problems, "key", f"modstriden »{lesson.line['key']}« findes ikke")


def _several(line: Line, name: str) -> tuple[str, ...]:
    return tuple(value for value in line.values.get(name, "").split(" | ") if value)


def _text(lessons: Lessons, line: Line, name: str) -> str:
    return line[name]


def _required(lessons: Lessons, line: Line, name: str) -> str:
    if not line[name]:
        line.report(lessons.problems, name, "teksten mangler")
    return line[name]


def _number(lessons: Lessons, line: Line, name: str) -> Decimal | None:
    try:
        return Decimal(line[name]).quantize(Decimal("0.01")) if line[name] else None
    except InvalidOperation:
        line.report(lessons.problems, name, f"»{line[name]}« er ikke et tal")
        return None


def _needed_number(lessons: Lessons, line: Line, name: str) -> Decimal | None:
    if not line[name]:
        line.report(lessons.problems, name, "tallet mangler")
    return _number(lessons, line, name)


def _whole(lessons: Lessons, line: Line, name: str) -> int:
    if line.whole_number(name) is not None:
        return int(line[name])
    line.report(lessons.problems, name, f"»{line[name]}« er ikke et helt tal")
    return 0


def _day(lessons: Lessons, line: Line, name: str) -> date | None:
    try:
        return date.fromisoformat(line[name]) if line[name] else None
    except ValueError:
        line.report(lessons.problems, name, f"»{line[name]}« er ikke en dato (åååå-mm-dd)")
        return None


def _yes_no(lessons: Lessons, line: Line, name: str) -> bool | None:
    if line[name] not in ("yes", "no", ""):
        line.report(lessons.problems, name, f"»{line[name]}« er hverken yes eller no")
    return {"yes": True, "no": False}.get(line[name])


def _one_of(*vocabularies, blank: bool = False):
    allowed = [value for vocabulary in vocabularies for value in vocabulary.values]

    def read(lessons: Lessons, line: Line, name: str) -> str:
        if line[name] not in allowed and not (blank and not line[name]):
            line.report(lessons.problems, name, f"»{line[name]}« er ikke tilladt her; vælg {', '.join(allowed)}")
        return line[name]

    return read


def _some_of(vocabulary):
    def read(lessons: Lessons, line: Line, name: str) -> list[str]:
        for value in _several(line, name):
            if value not in vocabulary.values:
                line.report(lessons.problems, name, f"»{value}« er ikke tilladt her")
        return list(_several(line, name))

    return read


def _words(lessons: Lessons, line: Line, name: str) -> str:
    """Words with their place before them: a column of the row (`7:interview`) or a section (`1.2:nulpunkt`)."""
    if not line[name]:
        return ""
    place, _, words = line[name].partition(":")
    row = lessons.rows.get((line["table"], line.whole_number("row") or 0))
    if place in lessons.evidence.sections and "." in place:
        note = lessons.evidence.note
        if note and fold(words) not in note.sections[place]:
            line.report(lessons.problems, name, f"»{words}« står ikke i afsnit {place}")
    elif row and (place not in [*"1234567"] or words not in row.cell(int(place))):
        line.report(lessons.problems, name, f"»{words}« står ikke i kolonne {place}")
    return words


_ELEMENT = _one_of(Element, blank=True)
_PERIOD = {"planned_from": _day, "planned_to": _day, "actual_from": _day, "actual_to": _day}
READERS: dict[str, dict] = {
    "summaries.tsv": {"summary": _required},
    "observations.tsv": {
        "indicator": _required,
        "value": _needed_number,
        "value_to": _number,
        "unit": _one_of(Unit),
        "precision": _one_of(Accuracy),
        "from": _day,
        "to": _day,
        "date_text": _text,
        "note": _text,
    },
    "experiences.tsv": {"kind": _one_of(ExperienceKind), "theme": _one_of(Theme), "text": _required},
    "milestones.tsv": {
        "kind": _one_of(MilestoneKind),
        "label": _required,
        **_PERIOD,
        "date_text": _text,
        "note": _text,
    },
    "outcomes.tsv": {
        "decision": _one_of(Decision),
        "expected": _yes_no,
        "effective_on": _day,
        "body": _text,
        "law": _text,
        "reason": _text,
    },
    "evaluation_designs.tsv": {
        "approaches": _some_of(Approach),
        "methods": _some_of(Method),
        "evaluator": _text,
        "external": _yes_no,
        "may_be_shared": _yes_no,
        "comparison": _text,
        **dict.fromkeys(("expected_results", "target_group", "method", "baseline"), _ELEMENT),
        **{f"{name}_words": _words for name in ("expected_results", "target_group", "method", "baseline")},
    },
    "external_evaluations.tsv": {"number": _whole, "evaluator": _required, "label": _required, "note": _text},
    "contradictions.tsv": {"message": _required, "shown": _required},
    "contradiction_places.tsv": {"position": _whole},
    "network_texts.tsv": {"kind": _one_of(TextKind), "text": _required},
    "focus.tsv": {"target_group": _one_of(TargetGroup)},
    "guidance.tsv": {"level": _one_of(GuidanceLevel), "topic": _required, "text": _required, "quotation": _required},
}
