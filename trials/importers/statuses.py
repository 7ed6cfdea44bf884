"""Imported statements of status become events, through the workflow.

An event that the import wrote has a key made of the source, the trial or participation, and which of the
source's statements it is. When the files say otherwise than they did, a correction is appended, unless an
editor has written on that trial or participation since: then the editor's word stands and is reported.
"""

from datetime import date

from networks.importers.merge import Report
from networks.importers.problems import ImportRefused, Problem
from trials import workflow
from trials.enums import Precision, Status
from trials.importers.statements import Cited, RowKey, Statements, StatusOf
from trials.importers.tables import Row
from trials.models import Participation, Source, SourceCell, StatusEvent, Trial
from trials.workflow import Change, Evidence, Refused, Subject

CHANGED = "Rettet, fordi de indlæste filer er ændret"
WITHDRAWN = "Trukket tilbage, fordi de indlæste filer ikke længere siger det"


def save(
    statements: Statements,
    source: Source,
    trials: dict[RowKey, Trial],
    participations: dict[tuple[RowKey, str], Participation],
    cells: dict[tuple[RowKey, int], SourceCell],
    report: Report,
) -> None:
    """Append what is new. Raises `ImportRefused` when the workflow refuses a statement."""
    refused = []
    keys = set()
    for said in [*_approvals(statements), *statements.statuses]:
        subject = participations.get((said.row, said.municipality)) if said.municipality else trials.get(said.row)
        if subject is None:
            continue
        cell = cells[said.row, said.cited.column] if said.cited.column else None
        evidence = Evidence(cell, said.cited.section, said.cited.quotation, source)
        key = f"{source.code}:{':'.join(subject.natural_key())}:{said.slot}"
        keys.add(key)
        try:
            _put(subject, said, evidence, key, source.published_on, report)
        except Refused as error:
            refused.append(Problem(said.file, said.line, 5, " ".join(error.messages)))
    if refused:
        raise ImportRefused(refused)
    _withdraw(source, keys, report)


def _approvals(statements: Statements) -> list[StatusOf]:
    """Every trial of the note is accommodated, by the earlier of its entry into force and the note.

    Entry into force stands in the row's sixth cell. Where the overlay itself says `approved`, as it must for
    a row without a date, that line stands.
    """
    said = {s.row for s in statements.statuses if s.slot == "approved" and not s.municipality}
    published = statements.source.published_on
    return [
        _approval(trial.row, min(trial.in_force_from, published))
        for key, trial in statements.trials.items()
        if trial.in_force_from and key not in said
    ]


def _approval(row: Row, day: date) -> StatusOf:
    return StatusOf(
        (row.table, row.number),
        "",
        Status.APPROVED,
        "",
        day,
        Precision.BY,
        Cited(column=6),
        "",
        row.file,
        row.line,
        "approved",
    )


def _put(subject: Subject, said: StatusOf, evidence: Evidence, key: str, known_on: date, report: Report) -> None:
    change = Change(
        Status(said.status),
        said.effective_on,
        Precision(said.precision),
        said.reason,
        said.note,
        evidence,
        known_on,
        key,
    )
    event = _latest_version(key)
    if event is None:
        _add(subject, said, change, report)
    elif _says(event, change):
        report.unchanged += 1
    elif _edited_since(event):
        report.kept.append(f"{subject}: status er ændret i registeret, beholdt; filen siger »{change.status.label}«")
    else:
        _correct(event, change, report)


def _add(subject: Subject, said: StatusOf, change: Change, report: Report) -> None:
    """Append a statement that this source has not made before."""
    if said.slot == "approved" and subject.events.exists():
        return
    if subject.events.in_effect().filter(status=change.status, effective_on=change.effective_on).exists():
        report.unchanged += 1  # another source, or an editor, has said the same
        return
    try:
        if workflow.change_status(subject, change):
            report.changes.append(f"{subject}: status »{change.status.label}« {_when(change)}")
    except Refused:
        if not subject.events.filter(recorded_by__isnull=False).exists():
            raise
        report.kept.append(f"{subject}: status er ændret i registeret, beholdt; filen siger »{change.status.label}«")


def _withdraw(source: Source, said: set[str], report: Report) -> None:
    """Take back what the files said of a status and no longer say, unless an editor has written on it since."""
    standing = StatusEvent.objects.filter(key__startswith=f"{source.code}:", corrected_by=None)
    for event in standing.exclude(note__startswith=WITHDRAWN):
        base, _, version = event.key.partition("@")
        if base in said:
            continue
        if _edited_since(event):
            report.kept.append(f"{event.subject}: status er ændret i registeret, beholdt; filerne siger intet mere")
            continue
        before = StatusEvent.objects.filter(pk=event.pk).with_previous().get().previous_status
        change = Change(
            Status(before or Status.UNKNOWN),
            event.effective_on,
            Precision(event.precision),
            note=f"{WITHDRAWN}.",
            evidence=Evidence(source=source),
            known_on=source.published_on,
            key=f"{base}@{int(version or 1) + 1}",
        )
        workflow.correct(event, change)
        report.changes.append(f"{event.subject}: status »{event.get_status_display()}« trukket tilbage")


def _edited_since(event: StatusEvent) -> bool:
    """Whether an editor has corrected the event, or written another on the same subject after it."""
    later = event.subject.events.filter(recorded_by__isnull=False, pk__gt=event.pk)
    return hasattr(event, "corrected_by") or later.exists()


def _correct(event: StatusEvent, change: Change, report: Report) -> None:
    base, _, version = event.key.partition("@")
    note = f"{CHANGED}. {change.note}".strip()
    again = Change(**{**vars(change), "note": note, "key": f"{base}@{int(version or 1) + 1}"})
    workflow.correct(event, again)
    report.changes.append(
        f"{event.subject}: status »{event.get_status_display()}« → »{change.status.label}« {_when(change)}"
    )


def _latest_version(key: str) -> StatusEvent | None:
    """The event with `key`, or the import's own last correction of it."""
    event = StatusEvent.objects.filter(key=key).first()
    while event and hasattr(event, "corrected_by") and event.corrected_by.key.startswith(f"{key}@"):
        event = event.corrected_by
    return event


def _says(event: StatusEvent, change: Change) -> bool:
    note = event.note.removeprefix(f"{CHANGED}.").strip() if event.is_correction else event.note
    return (
        (event.status, event.effective_on, event.precision, event.reason, note)
        == (change.status, change.effective_on, change.precision, change.reason, change.note)
        and event.section == change.evidence.section
        and event.quotation == change.evidence.quotation
        and event.cell == change.evidence.cell
    )


def _when(change: Change) -> str:
    return f"{change.precision.label} {change.effective_on:%d.%m.%Y}"
