"""The figures of a trial as those who keep them see them: by indicator and unit, with the last of each municipality."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from frikommune import danish
from networks.models import Municipality
from trials import plausibility
from trials.enums import Accuracy, Unit
from trials.models import Observation, Participation, StatusEvent, Trial
from trials.plausibility import Start
from trials.workspace.codes import hold_codes

WHOLE = "alle"
"""What the trial as a whole is called where a municipality is known by its code."""


@dataclass
class Series:
    """Figures of one indicator in one unit, the newest first; known by the code of one of them."""

    indicator: str
    unit: str
    figures: list[Observation] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The code that stands first in the alphabet: it stays when figures are added."""
        return min(figure.code for figure in self.figures)

    @property
    def unit_label(self) -> str:
        return str(Unit(self.unit).label)

    @property
    def accuracy(self) -> str:
        """How exact a new figure is likely to be: as all are, or else counted. One »højst 4« makes no others so."""
        known = {figure.accuracy for figure in self.figures}
        return known.pop() if len(known) == 1 else Accuracy.COUNTED

    @property
    def newest_on(self) -> date | None:
        """The day of the newest figure."""
        return plausibility.day_of(self.figures[0]) if self.figures else None

    def of(self, municipality: Municipality | None) -> list[Observation]:
        """Those of this municipality alone, or of the whole trial, the newest first."""
        wanted = [municipality.pk] if municipality else []
        return [figure for figure in self.figures if [each.pk for each in figure.municipalities.all()] == wanted]

    def by_subject(self) -> list[Observation]:
        """Municipality by municipality, the whole trial first; of each the newest first."""
        return sorted(self.figures, key=lambda figure: [each.sort_key for each in figure.municipalities.all()])


def series_of(trial: Trial, user) -> list[Series]:
    """The series of the trial, in Danish order. A constant number of queries."""
    found: dict[tuple[str, str], Series] = {}
    figures = Observation.objects.shown_to(user).filter(trials=trial)
    for figure in sorted(figures, key=_newest_first):
        key = figure.indicator, figure.unit
        found.setdefault(key, Series(*key)).figures.append(figure)
    return sorted(found.values(), key=lambda each: (danish.sort_key(each.indicator), each.unit))


def chosen(series: Iterable[Series], code: str) -> Series | None:
    """The series that has the figure with this code."""
    return next((each for each in series if any(figure.code == code for figure in each.figures)), None)


@dataclass(frozen=True)
class Subject:
    """Whom a figure is of: a municipality that takes part in the trial, or the whole trial."""

    municipality: Municipality | None
    start: Start

    @property
    def key(self) -> str:
        return self.municipality.code if self.municipality else WHOLE

    @property
    def name(self) -> str:
        return self.municipality.name if self.municipality else "Hele forsøget"


def subjects_of(trial: Trial) -> list[Subject]:
    """The municipalities that take part, in Danish order, then the whole trial. Two queries."""
    return subjects_of_each([trial])[trial.pk]


def subjects_of_each(trials: Collection[Trial]) -> dict[int, list[Subject]]:
    """By the key of each trial what `subjects_of` it gives. Two queries."""
    parts = Participation.objects.filter(trial__in=trials).select_related("municipality")
    events = StatusEvent.objects.in_effect().filter(
        models.Q(trial__in=trials) | models.Q(participation__trial__in=trials)
    )
    of: dict[tuple[int | None, int | None], list[StatusEvent]] = {}
    for event in events:
        of.setdefault((event.trial_id, event.participation_id), []).append(event)
    by_key = {trial.pk: trial for trial in trials}
    found: dict[int, list[Subject]] = {key: [] for key in by_key}
    for part in parts.order_by("municipality__sort_key"):
        told = of.get((None, part.pk)) or of.get((part.trial_id, None), [])
        start = plausibility.start_of(by_key[part.trial_id], part, told)
        found[part.trial_id].append(Subject(part.municipality, start))
    for key, trial in by_key.items():
        found[key].append(Subject(None, plausibility.start_of(trial, None, of.get((key, None), []))))
    return found


def subject_of(trial: Trial, figure: Observation) -> Subject:
    """Whom `figure` is of; one of several municipalities counts as of the whole trial."""
    return subject_among(subjects_of(trial), list(figure.municipalities.all()))


def subject_among(subjects: list[Subject], named: list[Municipality]) -> Subject:
    """Which of a trial's subjects a figure is of that names these municipalities."""
    if len(named) == 1:
        return next((each for each in subjects if each.municipality == named[0]), Subject(named[0], subjects[-1].start))
    return subjects[-1]


def hold(trial: Trial) -> None:
    """Within a transaction: whoever else writes figures waits."""
    hold_codes()
    Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)


def _newest_first(figure: Observation) -> tuple[bool, int, str]:
    day = plausibility.day_of(figure)
    return day is None, -day.toordinal() if day else 0, figure.code
