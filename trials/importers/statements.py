"""What the files say of a status note, validated and ready to be saved."""

from dataclasses import dataclass, field
from datetime import date

from trials.importers.provisions import Reference
from trials.importers.tables import Row

RowKey = tuple[str, int]
"""A table's name and a row's number in it."""


@dataclass(frozen=True)
class Cited:
    """Where a statement stands: a row's cell by its column, or a section; and the words that say it."""

    column: int = 0
    section: str = ""
    quotation: str = ""


@dataclass(frozen=True)
class CorrectionOf:
    row: RowKey
    column: int
    verbatim: str
    corrected: str
    reason: str


@dataclass(frozen=True)
class ActOf:
    code: str
    title: str
    short_title: str
    kind: str


@dataclass(frozen=True)
class BasisOf:
    row: RowKey
    role: str
    kind: str
    reference: Reference | None
    cited: Cited
    note: str = ""


@dataclass(frozen=True)
class EvaluationOf:
    row: RowKey
    design_status: str
    shared_with: RowKey | None
    cited: Cited


@dataclass(frozen=True)
class StatusOf:
    row: RowKey
    municipality: str
    """A kommunekode; empty when the statement is of the trial."""
    status: str
    reason: str
    effective_on: date
    precision: str
    cited: Cited
    note: str
    file: str
    line: int
    slot: str
    """Which of the source's statements on this trial or municipality it is: `approved`, `1`, `2` …"""


@dataclass(frozen=True)
class SourceOf:
    code: str
    title: str
    authors: str
    publisher: str
    published_on: date
    published_text: str
    isbn: str
    rights: str


@dataclass
class TrialOf:
    """A trial as its row gives it, corrections applied."""

    row: Row
    public_id: str
    network: int
    number: int
    texts: dict[int, str]
    municipalities: list[str]
    in_force_from: date | None


@dataclass
class Statements:
    """All that a status note says."""

    source: SourceOf
    digest: str
    programme: str = ""
    trials: dict[RowKey, TrialOf] = field(default_factory=dict)
    corrections: list[CorrectionOf] = field(default_factory=list)
    acts: list[ActOf] = field(default_factory=list)
    bases: list[BasisOf] = field(default_factory=list)
    evaluations: list[EvaluationOf] = field(default_factory=list)
    statuses: list[StatusOf] = field(default_factory=list)
    summaries: dict[RowKey, str] = field(default_factory=dict)
    lessons: dict[str, list] = field(default_factory=dict)
    """What the chapters tell, by file (`importers.lessons`)."""
