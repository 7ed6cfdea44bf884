"""Saves the validated statements of a status note: one transaction, nothing of an editor's lost."""

from django.db import transaction

from networks.importers.merge import CHANGE_REASON, Merge, Report
from networks.models import ApplicationRound, Municipality, Network
from trials.enums import Publication
from trials.importers import statuses
from trials.importers.lesson_records import LessonRecords
from trials.importers.provisions import Reference
from trials.importers.statements import Cited, RowKey, SourceOf, Statements, TrialOf
from trials.models import (
    Act,
    Correction,
    Coverage,
    Evaluation,
    LegalBasis,
    Participation,
    Provision,
    Source,
    SourceCell,
    Trial,
)
from trials.signals import refreshing_once


@transaction.atomic
def save(statements: Statements) -> Report:
    """Save everything and report what changed. Raises `ImportRefused` when the workflow refuses a status."""
    with refreshing_once():
        return Saving(statements).run()


class Saving:
    """One import on its way into the register."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.merge = Merge()
        self.source = _source(statements.source, self.merge.report)
        self.municipalities = Municipality.objects.in_bulk(field_name="code")
        self.trials: dict[RowKey, Trial] = {}
        self.cells: dict[tuple[RowKey, int], SourceCell] = {}
        self.participations: dict[tuple[RowKey, str], Participation] = {}
        self.superseded: set[RowKey] = set()
        """Rows whose trial a later source has described: that one's word on it stands."""

    def run(self) -> Report:
        for key, said in self.statements.trials.items():
            self._trial(key, said)
        self._corrections()
        self._legal_bases()
        self._evaluations()
        if self.statements.lessons:
            LessonRecords(self.merge, self.source, self._programme(), self.trials, self.cells).save(
                self.statements.lessons
            )
        statuses.save(self.statements, self.source, self.trials, self.participations, self.cells, self.merge.report)
        self.source.files_digest = self.statements.digest
        self.source.save(update_fields=["files_digest"])
        return self.merge.report

    def _trial(self, key: RowKey, said: TrialOf) -> None:
        later = SourceCell.objects.filter(
            trial__public_id=said.public_id, source__published_on__gt=self.source.published_on
        )
        if later.exists():
            self.superseded.add(key)
            trial = Trial.objects.filter(public_id=said.public_id).first()
        else:
            values = self._values(said)
            if key in self.statements.summaries:
                values["summary"] = self.statements.summaries[key]
            trial = self.merge.put(Trial, {"public_id": said.public_id}, values)
        if trial is None:
            return
        self.trials[key] = trial
        for column, text in enumerate(said.row.cells, start=1):
            self.cells[key, column] = self._cell(said, column, text, trial)
        self._participations(key, said, trial)

    def _programme(self) -> str:
        return next(iter(self.statements.trials.values())).public_id.split("-")[0]

    def _values(self, said: TrialOf) -> dict:
        programme, number, _ = said.public_id.split("-")
        network = Network.objects.get(programme__code=programme, number=number)
        rounds = ApplicationRound.objects.filter(programme=network.programme, in_force_on=said.in_force_from)
        return {
            "network": network,
            "number": said.number,
            "title": said.texts[1],
            "content": said.texts[3],
            "target_group": said.texts[4],
            "implementation": said.texts[6],
            "in_force_from": said.in_force_from,
            # Section 0.1 of VIVE's note gives the day on which each round's trials came into force.
            "application_round": rounds.first() if said.in_force_from else None,
            "publication": Publication.PUBLISHED,
        }

    def _participations(self, key: RowKey, said: TrialOf, trial: Trial) -> None:
        for code in said.municipalities:
            place = {"trial": trial, "municipality": self.municipalities[code]}
            if key in self.superseded:
                found = Participation.objects.filter(**place).first()
            else:
                found = self.merge.put(Participation, place, self._place(key, Cited(column=2)))
            if found:
                self.participations[key, code] = found
        named = [self.municipalities[code].pk for code in said.municipalities]
        gone = trial.participations.exclude(source=None).exclude(municipality__in=named)
        for left in gone if key not in self.superseded else []:
            self.merge.report.kept.append(f"{left}: står ikke længere i filerne, beholdt")

    def _described(self, row: RowKey) -> bool:
        """Whether this source's word on the row's trial is the newest, and the trial is there."""
        return row in self.trials and row not in self.superseded

    def _cell(self, said: TrialOf, column: int, text: str, trial: Trial) -> SourceCell:
        place = {"source": self.source, "table": said.row.table, "row": said.row.number, "column": column}
        values = {"page": said.row.page, "text": text, "trial": trial}
        cell, created = SourceCell.objects.get_or_create(**place, defaults=values)
        if not created and any(getattr(cell, name) != value for name, value in values.items()):
            self.merge.report.changes.append(f"{cell}: »{cell.text}« → »{text}«")
            for name, value in values.items():
                setattr(cell, name, value)
            cell.save()
        return cell

    def _corrections(self) -> None:
        kept: set[int] = set()
        for said in self.statements.corrections:
            if said.row not in self.trials:
                continue
            key = {"cell": self.cells[said.row, said.column], "verbatim": said.verbatim}
            found = self.merge.put(Correction, key, {"corrected": said.corrected, "reason": said.reason})
            kept |= {found.pk} if found else set()
        mine = Correction.objects.filter(cell__source=self.source).exclude(imported={})
        self.merge.remove_stale(mine.exclude(pk__in=kept))

    def _legal_bases(self) -> None:
        for act in self.statements.acts:
            values = {"title": act.title, "short_title": act.short_title, "kind": act.kind}
            self.merge.put(Act, {"code": act.code}, values)
        acts = Act.objects.in_bulk(field_name="code")
        kept: set[int] = set()
        for said in self.statements.bases:
            if not self._described(said.row):
                continue
            provision = self._provision(acts, said.reference) if said.reference else None
            found = self.merge.put(
                LegalBasis,
                {"trial": self.trials[said.row], "role": said.role, "provision": provision},
                {"kind": said.kind, "note": said.note, **self._place(said.row, said.cited)},
            )
            kept |= {found.pk} if found else set()
        described = [trial.pk for row, trial in self.trials.items() if self._described(row)]
        mine = LegalBasis.objects.filter(source=self.source, trial__in=described).exclude(imported={})
        self.merge.remove_stale(mine.exclude(pk__in=kept))

    def _provision(self, acts: dict[str, Act], reference: Reference) -> Provision:
        key = {
            "act": acts[reference.act],
            "paragraph": reference.paragraph,
            "letter": reference.letter,
            "subsection": reference.subsection,
            "number": reference.number,
        }
        provision = Provision.objects.filter(**key).first()
        if provision is None:
            provision = Provision(**key)
            provision._change_reason = CHANGE_REASON
            provision.save()
        return provision

    def _evaluations(self) -> None:
        kept: set[int] = set()
        for said in sorted(self.statements.evaluations, key=lambda said: said.shared_with is not None):
            if not self._described(said.row):
                continue
            described = self.statements.trials[said.shared_with or said.row]
            code = f"E-{described.public_id}"
            if said.shared_with is None:
                self.merge.put(Evaluation, {"code": code}, {"design_status": said.design_status})
            evaluation = Evaluation.objects.filter(code=code).first()
            if evaluation:
                found = self.merge.put(
                    Coverage,
                    {"evaluation": evaluation, "trial": self.trials[said.row]},
                    {
                        "is_shared": said.shared_with is not None,
                        "description": self.statements.trials[said.row].texts[7],
                        **self._place(said.row, said.cited),
                    },
                )
                kept |= {found.pk} if found else set()
        covered = [trial.pk for row, trial in self.trials.items() if self._described(row)]
        mine = Coverage.objects.filter(source=self.source, trial__in=covered, evaluation__code__startswith="E-")
        self.merge.remove_stale(mine.exclude(imported={}).exclude(pk__in=kept))
        self.merge.remove_stale(Evaluation.objects.filter(coverages=None).exclude(imported={}))

    def _place(self, row: RowKey, cited: Cited) -> dict:
        return {
            "source": self.source,
            "cell": self.cells[row, cited.column],
            "section": "",
            "quotation": cited.quotation,
        }


def _source(said: SourceOf, report: Report) -> Source:
    source = Source.objects.filter(code=said.code).first() or Source(code=said.code)
    changed = {name: value for name, value in vars(said).items() if getattr(source, name) != value}
    if source.pk is None:
        report.changes.append(f"Kilde {said.code}: oprettet")
    for name, value in changed.items():
        if source.pk:
            report.changes.append(f"Kilde {said.code}, {name}: »{getattr(source, name)}« → »{value}«")
        setattr(source, name, value)
    if changed:
        source._change_reason = CHANGE_REASON
        source.save()
    return source
