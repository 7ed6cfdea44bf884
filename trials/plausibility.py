"""What makes a figure unlikely, in Danish. A warning keeps nothing out: who knows that the figure is right says why.

Impossible figures, such as a negative number of citizens or a day to come, are refused where they are written. Makes no
query.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from trials import periods
from trials.enums import UNDER_WAY as BEGUN
from trials.enums import Accuracy, Precision, Unit
from trials.integrity.figures import amount, bounds
from trials.models import Observation, Participation, StatusEvent, Trial

FEW = 5
"""Fewer people than this might be known from the count."""

PEOPLE = frozenset({Unit.CITIZENS, Unit.RESIDENTS, Unit.CASES, Unit.CONTACTS, Unit.COURSES, Unit.COMPLAINTS})
"""What a citizen stands behind each of."""

ACCUMULATING = frozenset({Unit.CITIZENS, Unit.CASES, Unit.VISITS, Unit.CONTACTS, Unit.COURSES, Unit.COMPLAINTS})
"""What is counted from the beginning: by a later day there are no fewer."""

TIMES, APART = 5, 20
"""A jump is to more than so many times the figure before, or to less than that part of it, and so much in all."""


RESTS_ON = frozenset(
    {"indicator", "value", "value_to", "unit", "accuracy", "from_on", "to_on", "source"}
    | {"network", "trials", "municipalities", "overruled"}
)
"""What a warning rests on, and the reason against it. A figure of which none of this is changed is not asked about."""


@dataclass(frozen=True)
class Warned:
    """A warning: its code, what is unlikely, in a sentence, and the name of the field that it is about."""

    code: str
    sentence: str
    field: str


@dataclass(frozen=True)
class Start:
    """When there was first something to count: by law, and by decision or start as far as the days are known."""

    in_force_from: date | None = None
    begun_on: date | None = None


_GROWS = "Et tal, der er talt op til og med en dag, falder ikke."

Rule = Callable[[Observation, Sequence[Observation], Start], str]


def warnings(figure: Observation, others: Iterable[Observation], start: Start) -> list[Warned]:
    """What is unlikely about `figure`, which need not be saved.

    `others` are figures of the same indicator and unit for the same subject, with their sources at hand.
    """
    alike = [each for each in others if each.pk is None or each.pk != figure.pk]
    alike = sorted((each for each in alike if day_of(each)), key=day_of)  # type: ignore[arg-type]
    found = ((code, rule(figure, alike, start)) for code, rule in RULES.items())
    return [Warned(code, sentence, _field(code, figure)) for code, sentence in found if sentence]


def _field(code: str, figure: Observation) -> str:
    if code == "before_start":
        return "to_on" if figure.to_on else "from_on"
    return "value_to" if code == "over_hundred" and figure.value_to else "value"


def day_of(figure: Observation) -> date | None:
    """The day by which the figure was so; None when neither it nor its source tells."""
    return figure.to_on or figure.from_on or (figure.source.published_on if figure.source else None)


def start_of(trial: Trial, participation: Participation | None, events: Iterable[StatusEvent]) -> Start:
    """When the trial began in a municipality, or as a whole. `events` are those in effect of the subject.

    A status known only *by* a day does not tell when it began.
    """
    begun = min((e for e in events if e.status in BEGUN), key=lambda event: event.effective_on, default=None)
    days = [begun.effective_on] if begun and begun.precision == Precision.ON else []
    days += [participation.decided_on] if participation and participation.decided_on else []
    return Start(trial.in_force_from, min(days, default=None))


def _falling(figure: Observation, alike: Sequence[Observation], start: Start) -> str:
    if figure.unit not in ACCUMULATING or figure.from_on:
        return ""
    before, after = _neighbours(figure, alike)
    low, high = bounds(figure)
    if before and high < bounds(before)[0]:
        return f"Tallet er faldet: det forrige er {_said(before)}. {_GROWS}"
    if after and low > bounds(after)[1]:
        return f"Tallet er højere end et senere: {_said(after)}. {_GROWS}"
    return ""


def _over_hundred(figure: Observation, alike: Sequence[Observation], start: Start) -> str:
    return "Tallet er over 100 procent." if figure.unit == Unit.PERCENT and _top(figure) > 100 else ""


def _before_start(figure: Observation, alike: Sequence[Observation], start: Start) -> str:
    day = figure.to_on or figure.from_on
    if day is None or not _top(figure):
        return ""
    if start.in_force_from and day < start.in_force_from:
        return f"Tallet er fra før, undtagelsen trådte i kraft den {date_format(start.in_force_from)}."
    if start.begun_on and day < start.begun_on:
        return f"Tallet er fra før, forsøget blev besluttet eller gik i gang den {date_format(start.begun_on)}."
    return ""


def _few_people(figure: Observation, alike: Sequence[Observation], start: Start) -> str:
    top = _top(figure)
    hidden = figure.accuracy == Accuracy.AT_MOST and top >= FEW - 1
    if figure.unit not in PEOPLE or not 0 < top < FEW or hidden:
        return ""
    return (
        f"Et tal under {FEW} kan røbe, hvem det handler om. Skriv »højst {FEW - 1}«, eller begrund, hvorfor ingen kan "
        "genkendes."
    )


def _jump(figure: Observation, alike: Sequence[Observation], start: Start) -> str:
    before, _ = _neighbours(figure, alike)
    if before is None or figure.accuracy in (Accuracy.AT_LEAST, Accuracy.AT_MOST):
        return ""
    old, new = _top(before), _top(figure)
    falls = new < old and (figure.unit in ACCUMULATING and not figure.from_on)  # said already
    if falls or abs(new - old) < APART or min(old, new) * TIMES >= max(old, new) or not old:
        return ""
    return f"Det er et stort spring fra det forrige: {_said(before)}. Er der et ciffer for meget eller for lidt?"


RULES: dict[str, Rule] = {
    "falling": _falling,
    "over_hundred": _over_hundred,
    "before_start": _before_start,
    "few_people": _few_people,
    "jump": _jump,
}
"""The rules by the code of their warning."""


def _neighbours(figure: Observation, alike: Sequence[Observation]) -> tuple[Observation | None, Observation | None]:
    """The figure just before and the one just after, of the same kind: both of a period, or both up to a day."""
    day, kind = day_of(figure), [each for each in alike if bool(each.from_on) == bool(figure.from_on)]
    if day is None:
        return None, None
    before = [each for each in kind if day_of(each) < day]  # type: ignore[operator]
    after = [each for each in kind if day_of(each) > day]  # type: ignore[operator]
    return before[-1] if before else None, after[0] if after else None


def _top(figure: Observation) -> Decimal:
    return figure.value_to or figure.value


def _said(figure: Observation) -> str:
    day = day_of(figure)
    when = periods.in_words(figure.from_on, figure.to_on) or (f"senest den {date_format(day)}" if day else "")
    return f"{amount(figure)}, {when}"
