"""The import of a status note: files → validated statements → one transaction → a report."""

import hashlib
import re
from collections import defaultdict
from pathlib import Path

from django.db import transaction

from networks.importers.merge import Report
from networks.importers.problems import Problems
from networks.models import Municipality, Network
from trials.importers import register
from trials.importers.dates import impossible_days, in_force_from
from trials.importers.evidence import Evidence
from trials.importers.lessons import Lessons
from trials.importers.note import check_tables, read_headings, read_note
from trials.importers.overlays import Overlays
from trials.importers.places import Municipalities
from trials.importers.statements import CorrectionOf, RowKey, Statements, TrialOf
from trials.importers.tables import Row, Table, read_tables
from trials.models import SourceCell, Trial

LONGEST_TITLE = Trial._meta.get_field("title").max_length or 0


def import_note(directory: Path, note: Path | None = None, dry_run: bool = False) -> Report:
    """Bring the status note in `directory` into the register, all or nothing.

    With `note`, the tables and every quotation are first checked against the note's full text. With
    `dry_run` nothing is kept. Raises `ImportRefused` with every problem found.
    """
    problems = Problems()
    statements = read_statements(directory, note, problems)
    problems.raise_if_any()
    assert statements is not None, "without a source there is a problem"
    with transaction.atomic():
        report = register.save(statements)
        transaction.set_rollback(dry_run)
    return report


def read_statements(directory: Path, note: Path | None, problems: Problems) -> Statements | None:
    """All that the files of `directory` say. What is wrong with them is added to `problems`."""
    tables = read_tables(directory, problems)
    headings = read_headings(directory, problems)
    full_text = read_note(note, headings, problems) if note else None
    if full_text:
        check_tables(full_text, tables.values(), problems)
    rows = {(row.table, row.number): row for table in tables.values() for row in table.rows}
    overlays = Overlays(directory, rows, Evidence(headings, full_text, problems))
    source = overlays.source()
    if source is None:
        return None
    names = dict(Municipality.objects.values_list("code", "name"))
    statements = Statements(source, digest(directory))
    statements.corrections = overlays.corrections()
    texts = {key: _corrected(row, statements.corrections) for key, row in rows.items()}
    municipalities = Municipalities.read(directory, names, problems)
    statements.trials = _trials(tables, overlays, texts, municipalities, source.code, problems)
    statements.acts, spellings, kinds = overlays.acts()
    statements.bases = overlays.bases(texts, spellings, kinds)
    statements.evaluations = overlays.evaluations()
    statements.statuses = overlays.statuses({name: code for code, name in names.items()}, source.published_on)
    ids = {key: trial.public_id for key, trial in statements.trials.items()}
    codes = {name: code for code, name in names.items()}
    numbers = Network.objects.values_list("number", flat=True)
    statements.lessons = Lessons(directory, rows, ids, codes, numbers, overlays.evidence).read()
    statements.summaries = {
        lesson.row: lesson.values["summary"] for lesson in statements.lessons["summaries.tsv"] if lesson.row
    }
    _check_statuses(statements, problems)
    return statements


def digest(directory: Path) -> str:
    """A checksum of all files of an import, to tell whether they have changed since the last."""
    total = hashlib.sha256()
    for path in sorted(directory.glob("*.tsv")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _corrected(row: Row, corrections: list[CorrectionOf]) -> dict[int, str]:
    """The row's texts by column, with the corrections applied in file order."""
    texts = dict(enumerate(row.cells, start=1))
    for correction in corrections:
        if correction.row == (row.table, row.number):
            column = correction.column
            texts[column] = texts[column].replace(correction.verbatim, correction.corrected)
    return texts


def _trials(
    tables: dict[str, Table],
    overlays: Overlays,
    texts: dict[RowKey, dict[int, str]],
    municipalities: Municipalities,
    source: str,
    problems: Problems,
) -> dict[RowKey, TrialOf]:
    known = {(n.programme.code, n.number) for n in Network.objects.select_related("programme")}
    trials = {}
    recorded = _recorded_ids(source)
    for key, (public_id, line) in overlays.public_ids().items():
        row, table = overlays.rows[key], tables[key[0]]
        number = re.fullmatch(rf"{re.escape(table.programme)}-{table.network}-(\d{{2,3}})", public_id)
        if number is None:
            line.report(problems, "id", f"id'et skal have formen {table.programme}-{table.network}-01")
        if (table.programme, table.network) not in known:
            problems.add("tables.tsv", 1, 4, f"netværk {table.network} i {table.programme} findes ikke i registeret")
        if recorded.get(key, public_id) != public_id:
            line.report(problems, "id", f"rækken har id'et {recorded[key]} i registeret; et id ændres aldrig")
        if not 0 < len(texts[key][1]) <= LONGEST_TITLE:
            row.report(problems, 1, f"titlen skal være på 1 til {LONGEST_TITLE} tegn")
        for column in (5, 6):
            for day in impossible_days(row.cell(column)):
                row.report(problems, column, f"»{day}« er ikke en mulig dato")
        trials[key] = TrialOf(
            row,
            public_id,
            table.network,
            int(number[1]) if number else 0,
            texts[key],
            municipalities.named_in(row, problems),
            in_force_from(row.cell(6)),
        )
    return trials


def _recorded_ids(source: str) -> dict[RowKey, str]:
    """The id that each row of this source has in the register already."""
    cells = SourceCell.objects.filter(source__code=source, column=1, trial__isnull=False)
    return {(table, row): public_id for table, row, public_id in cells.values_list("table", "row", "trial__public_id")}


def _check_statuses(statements: Statements, problems: Problems) -> None:
    """A municipality's status can only be stated where its row names the municipality.

    A trial without a date of entry into force needs a line that says how it is known to be accommodated.
    """
    approved = {s.row for s in statements.statuses if s.slot == "approved"}
    for key, trial in statements.trials.items():
        if trial.in_force_from is None and key not in approved:
            trial.row.report(problems, 6, "rækken har ingen ikrafttrædelse; godkendelsen mangler i status.tsv")
    named = defaultdict(set, {key: set(trial.municipalities) for key, trial in statements.trials.items()})
    for statement in statements.statuses:
        if statement.municipality and statement.municipality not in named[statement.row]:
            problems.add(statement.file, statement.line, 4, "kommunen står ikke i rækken")
