"""The answers of all municipalities of a trial side by side, and who has not answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from networks.models import Municipality
from trials.models import Answer, Participation, Question, Report, Template, Trial


@dataclass(frozen=True)
class Column:
    """A municipality of the trial with its newest report; None when it has not answered."""

    municipality: Municipality
    report: Report | None


@dataclass
class Row:
    """A question, and the answer of each municipality; None where there is none."""

    question: Question
    cells: list[tuple[Column, Answer | None]] = field(default_factory=list)


@dataclass
class Beside:
    """The table of a trial's answers to a template."""

    columns: list[Column]
    rows: list[Row]

    @property
    def silent(self) -> list[Municipality]:
        """The municipalities that have not answered."""
        return [column.municipality for column in self.columns if column.report is None]

    @property
    def answered(self) -> list[Column]:
        return [column for column in self.columns if column.report is not None]


def beside(template: Template, trial: Trial, day: date | None = None) -> Beside:
    """The newest answers of each municipality that takes part, or those of `day`. A constant number of queries."""
    parts = trial.participations.select_related("municipality").order_by("municipality__sort_key")
    reports = Report.objects.filter(template=template, trial=trial).with_answers().newest_first()
    if day:
        reports = reports.filter(as_of__lte=day)
    newest = _newest(reports)
    columns = [Column(part.municipality, newest.get(part.municipality_id)) for part in parts]
    answers = {
        column.municipality.pk: {each.question_id: each for each in column.report.answers.all()}
        for column in columns
        if column.report
    }
    questions = template.questions.order_by("position")
    rows = [Row(each, [(c, answers.get(c.municipality.pk, {}).get(each.pk)) for c in columns]) for each in questions]
    return Beside(columns, rows)


@dataclass
class Progress:
    """Who has answered a template about a trial, and who has not; each with whether the reader may answer for it."""

    trial: Trial
    answered: list[tuple[Participation, Report, bool]] = field(default_factory=list)
    silent: list[tuple[Participation, bool]] = field(default_factory=list)


def progress(template: Template, trials: Iterable[Trial], user) -> list[Progress]:
    """For each trial, got with `participations` and their municipalities at hand, how far the answers have come."""
    found = list(trials)
    reports = Report.objects.filter(template=template, trial__in=found).newest_first()
    newest: dict[tuple[int, int], Report] = {}
    for report in reports:
        newest.setdefault((report.trial_id, report.municipality_id), report)
    told = []
    for trial in found:
        line = Progress(trial)
        for part in sorted(trial.participations.all(), key=lambda part: part.municipality.sort_key):
            part.trial = trial
            may_answer = user.has_perm("trials.answer_for", part)
            report = newest.get((trial.pk, part.municipality_id))
            if report:
                line.answered.append((part, report, may_answer))
            else:
                line.silent.append((part, may_answer))
        told.append(line)
    return told


def _newest(reports: Iterable[Report]) -> dict[int, Report]:
    newest: dict[int, Report] = {}
    for report in reports:
        newest.setdefault(report.municipality_id, report)
    return newest
