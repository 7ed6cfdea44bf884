"""What charts draw. Lengths along an axis are percentages of the drawing's width, so that its text keeps its size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from trials.figures import Statement

HEIGHT = 160
"""The height of the tallest column, in pixels."""

DIGIT = 2.8
"""The room for a digit on a phone, in percent of the drawing's width."""

SHORTEST = 0.8
"""The shortest span that can be seen, in percent of the drawing's width."""

HALF_YEARS_SHOWN = 8
"""More half-years than this are shown as years."""

TICKS_SHOWN = 40
"""An axis of more years than this has a tick for some of them."""


@dataclass(frozen=True)
class Category:
    """What a part of a bar is of; `total` counts it in all bars."""

    code: str
    label: str
    total: int


@dataclass(frozen=True)
class Segment:
    """A part of a bar: where it begins, how long it is, its middle, and whether its number has room in it."""

    category: Category
    number: int
    x: str
    width: str
    middle: str
    is_wide: bool


@dataclass(frozen=True)
class StackedBar:
    """A bar of segments, and the number of each category, also where it is nought."""

    label: str
    url: str
    total: int
    segments: list[Segment]
    numbers: list[int]


class Stacked:
    """Bars against one scale, of (label, url, number by code), of the categories (code, label) that any of them has."""

    def __init__(
        self, rows: Sequence[tuple[str, str, Mapping[str, int]]], categories: Iterable[tuple[str, str]]
    ) -> None:
        totals = [(code, label, sum(numbers.get(code, 0) for _, _, numbers in rows)) for code, label in categories]
        self.categories = [Category(code, label, total) for code, label, total in totals if total]
        self.most = max((self._sum(numbers) for _, _, numbers in rows), default=0)
        self.bars = [self._bar(label, url, numbers) for label, url, numbers in rows]
        self.total = sum(bar.total for bar in self.bars)

    def _sum(self, numbers: Mapping[str, int]) -> int:
        return sum(numbers.get(category.code, 0) for category in self.categories)

    def _bar(self, label: str, url: str, numbers: Mapping[str, int]) -> StackedBar:
        segments: list[Segment] = []
        before = 0
        for category in self.categories:
            number = numbers.get(category.code, 0)
            if number:
                x, width = 100 * before / self.most, 100 * number / self.most
                middle, is_wide = _percent(x + width / 2), width >= DIGIT * len(str(number))
                segments.append(Segment(category, number, _percent(x), _percent(width), middle, is_wide))
                before += number
        return StackedBar(label, url, before, segments, [numbers.get(each.code, 0) for each in self.categories])


@dataclass(frozen=True)
class Column:
    """A column with its value above and its label below in one or two lines; `top` and `height` are in pixels."""

    lines: tuple[str, ...]
    value: str
    x: str
    width: str
    middle: str
    top: int
    height: int

    @property
    def label(self) -> str:
        return " ".join(self.lines)


def columns(values: Sequence[tuple[tuple[str, ...], Decimal | int, str]]) -> list[Column]:
    """A column for each (label's lines, number, the number as it is written), all on one scale from nought."""
    most = max((number for _, number, _ in values), default=0)
    found = []
    for place, (lines, number, written) in enumerate(values):
        left, step = 100 * place / len(values), 100 / len(values)
        height = round(HEIGHT * number / most) if most else 0
        x, width, middle = (_percent(each) for each in (left + 0.18 * step, 0.64 * step, left + step / 2))
        found.append(Column(lines, written, x, width, middle, HEIGHT - height, height))
    return found


def by_half_year(counts: Mapping[date | None, int]) -> list[Column]:
    """How many there are in each half-year from the first to the last; by year when those are many."""
    halves: dict[tuple[int, int], int] = {}
    for day, number in counts.items():
        if day is not None:
            half = (day.year, 1 if day.month <= 6 else 2)
            halves[half] = halves.get(half, 0) + number
    years = range(min(halves)[0], max(halves)[0] + 1) if halves else range(0)
    if 2 * len(years) > HALF_YEARS_SHOWN:
        whole = [sum(n for (each, _), n in halves.items() if each == year) for year in years]
        return columns([((str(year),), n, str(n)) for year, n in zip(years, whole, strict=True)])
    every = [(year, half) for year in years for half in (1, 2) if min(halves) <= (year, half) <= max(halves)]
    return columns([((f"{h}. halvår", str(y)), halves.get((y, h), 0), str(halves.get((y, h), 0))) for y, h in every])


@dataclass(frozen=True)
class Span:
    """Something that happened, or is planned, within a time: where on the axis that begins, and how long it is."""

    statement: Statement
    is_planned: bool
    first: date
    last: date
    x: str
    width: str


class Spans:
    """Milestones with a time on one axis of whole years, by time. `ticks` are the years and where they begin."""

    def __init__(self, milestones: Iterable[Statement]) -> None:
        timed = [(each, *time) for each in milestones if (time := _time(each.first))]
        years = [day.year for _, first, last, _ in timed for day in (first, last)]
        self.begin = date(min(years), 1, 1) if years else date.min
        self.end = date(max(years) + 1, 1, 1) if years and max(years) < MAXYEAR else date.max
        self.spans = sorted((self._span(*each) for each in timed), key=lambda span: (span.first, span.last))
        ticked = range(min(years), max(years) + 1, 1 + (max(years) - min(years)) // TICKS_SHOWN) if years else ()
        self.ticks = [(str(year), self._at(date(year, 1, 1))) for year in ticked]

    def _span(self, statement: Statement, first: date, last: date, is_planned: bool) -> Span:
        days = (last - first).days + 1
        width = _percent(max(SHORTEST, 100 * days / (self.end - self.begin).days))
        return Span(statement, is_planned, first, last, self._at(first), width)

    def _at(self, day: date) -> str:
        return _percent(100 * (day - self.begin).days / (self.end - self.begin).days)


def when(first: date, last: date) -> tuple[str, ...]:
    """A period in two short lines: ("okt", "2018"), ("aug–dec", "2018"), ("2018",), ("okt 2018–", "jan 2019")."""
    begin, end = date_format(first, "b"), date_format(last, "b")
    if first.year != last.year:
        return f"{begin} {first.year}–", f"{end} {last.year}"
    if (first.month, last.month) == (1, 12):
        return (str(first.year),)
    return (begin if first.month == last.month else f"{begin}–{end}"), str(first.year)


def _time(milestone: Any) -> tuple[date, date, bool] | None:
    """When it happened, or else is planned, and whether it is only planned; None without dates."""
    if milestone.actual_from:
        return milestone.actual_from, milestone.actual_to, False
    return (milestone.planned_from, milestone.planned_to, True) if milestone.planned_from else None


def _percent(value: float) -> str:
    return f"{value:.2f}%"
