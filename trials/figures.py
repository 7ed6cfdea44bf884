"""Figures made ready to be read: the same statement once, parts below the whole, series of one indicator together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.formats import number_format

from trials.enums import Accuracy, Unit
from trials.models import Observation

FULL = 1000
"""The width of a bar's drawing."""

HUNDRED = Decimal(100)


@dataclass
class Statement:
    """A record, and those that say the same in another place of the source.

    `note` holds their remarks, less those that only say which of them is the same.
    """

    records: list[Any]

    @property
    def first(self) -> Any:
        return self.records[0]

    @property
    def note(self) -> str:
        codes = {short_code(record.code) for record in self.records}
        notes = dict.fromkeys(record.note for record in self.records if record.note)
        return ". ".join(note for note in notes if note.removeprefix("Samme oplysning som ") not in codes)

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where each record stands, and its code."""
        return [(record.place, short_code(record.code)) for record in self.records]


@dataclass
class Bar:
    """A bar out of `FULL`; a range has a second, lighter part."""

    width: int
    range_width: int = 0


@dataclass
class Row:
    """A figure in a table. `depth` is 1 for a part, 2 for a part of a part."""

    statement: Statement
    depth: int = 0
    bar: Bar | None = None

    @property
    def figure(self) -> Observation:
        return self.statement.first


@dataclass
class FigureTable:
    """Figures under one heading. `indicator` is empty when each row has its own; they may all be `shares`."""

    indicator: str = ""
    shares: bool = False
    rows: list[Row] = field(default_factory=list)

    @property
    def has_bars(self) -> bool:
        return any(row.bar for row in self.rows)

    @property
    def is_of_municipalities(self) -> bool:
        """Whether any row is of single municipalities."""
        return any(row.figure.municipalities.all() for row in self.rows)

    @property
    def is_in_time(self) -> bool:
        """Whether the rows are of the same subject at different times, all of them known."""
        figures = [row.figure for row in self.rows if not row.depth]
        subjects = {frozenset((each.network_id, *each.trials.all(), *each.municipalities.all())) for each in figures}
        times = {(each.from_on, each.to_on) for each in figures}
        return bool(self.indicator) and len(subjects) == 1 < len(times) and all(all(time) for time in times)


def merged(records: Iterable[Any], *fields: str) -> list[Statement]:
    """The records as statements: those of the same `fields`, trials and municipalities are one. No query."""
    statements: dict[tuple, Statement] = {}
    for record in records:
        subjects = [
            frozenset(each.pk for each in getattr(record, name).all())
            for name in ("trials", "municipalities")
            if hasattr(record, name)
        ]
        key = (*(getattr(record, name) for name in fields), *subjects)
        statements.setdefault(key, Statement([])).records.append(record)
    return list(statements.values())


def tables(figures: Iterable[Observation]) -> list[FigureTable]:
    """The figures, got by `shown_to`, as tables: one for each series, one for other shares, one for the rest. No query.

    A series is an indicator that several municipalities or several times have a figure for, or that has parts; its
    bars share a scale. The bar of a share is out of a hundred percent.
    """
    what = ("indicator", "value", "value_to", "unit", "accuracy", "network_id")
    statements = _undated_with_dated(merged(figures, *what, "from_on", "to_on"), what)
    parts = _parts(statements)
    inner = {id(part) for found in parts.values() for part in found}
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        if id(statement) not in inner:
            groups.setdefault((statement.first.indicator, statement.first.unit), []).append(statement)
    series, shares, others = [], FigureTable(shares=True), FigureTable()
    for (indicator, unit), group in groups.items():
        if len(group) > 1 or id(group[0]) in parts:
            series.append(FigureTable(indicator, rows=_series(group, parts)))
        elif unit == Unit.PERCENT:
            shares.rows += _branch(group[0], parts, HUNDRED)
        else:
            others.rows += _branch(group[0], parts, None)
    return [*series, *(table for table in (shares, others) if table.rows)]


def tables_by_trial(figures: Iterable[Observation]) -> list[tuple[tuple, int, list[FigureTable]]]:
    """For each trial, or trials that share figures: them, how many figures there are, and the tables.

    The figures of no trial come first, with no trials.
    """
    found = sorted(figures, key=lambda figure: [_order(trial) for trial in figure.trials.all()])
    groups = [(trials, list(group)) for trials, group in groupby(found, lambda figure: tuple(figure.trials.all()))]
    return [(trials, len(group), tables(group)) for trials, group in groups]


def short_code(code: str) -> str:
    """A record's code without that of its source: O-001."""
    return code.rpartition(":")[2]


def amount(figure: Observation) -> str:
    """The figure without its unit, as exact as it is: ca. 450, 5–15, mindst 200.000, 3,6."""
    value = _number(figure.value)
    if figure.value_to is not None:
        value = f"{value}–{_number(figure.value_to)}"
    return value if figure.accuracy == Accuracy.COUNTED else f"{figure.get_accuracy_display()}\N{NO-BREAK SPACE}{value}"


def as_of(figure: Observation) -> date | None:
    """The day by which a figure without dates was so: the source's publication; None without a source."""
    if figure.from_on or figure.to_on or figure.source is None:
        return None
    return figure.source.published_on


def _undated_with_dated(statements: list[Statement], what: tuple[str, ...]) -> list[Statement]:
    """The statements, of which one without a date that repeats the only one with a date is no statement of its own."""
    alike: dict[int, list[Statement]] = {}
    for group in merged([each.first for each in statements], *what):
        found = [each for each in statements if each.first in group.records]
        dated = [each for each in found if each.first.from_on or each.first.to_on]
        if len(dated) == 1:
            alike[id(dated[0])] = [each for each in found if each is not dated[0]]
    for statement in statements:
        statement.records += [record for other in alike.get(id(statement), ()) for record in other.records]
    repeated = {id(other) for others in alike.values() for other in others}
    return [statement for statement in statements if id(statement) not in repeated]


def _order(trial) -> tuple:
    return trial.network.number, trial.number


def _parts(statements: list[Statement]) -> dict[int, list[Statement]]:
    """The parts of each statement, by its identity. A part whose whole is not among them stands by itself."""
    holding = {record.pk: statement for statement in statements for record in statement.records}
    parts: dict[int, list[Statement]] = {}
    for statement in statements:
        whole = next((holding[r.part_of_id] for r in statement.records if r.part_of_id in holding), None)
        if whole is not None and whole is not statement:
            parts.setdefault(id(whole), []).append(statement)
    return parts


def _series(group: list[Statement], parts: dict[int, list[Statement]]) -> list[Row]:
    whole = HUNDRED if group[0].first.unit == Unit.PERCENT else max(_top(each.first) for each in group)
    if _timed(group):
        group = sorted(group, key=lambda each: each.first.to_on or each.first.from_on or date.max)
    return [row for statement in group for row in _branch(statement, parts, whole)]


def _timed(group: Sequence[Statement]) -> bool:
    """Whether the series is one in time: the same subjects at different times."""
    return len({frozenset(m.pk for m in each.first.municipalities.all()) for each in group}) == 1


def _branch(
    statement: Statement, parts: dict[int, list[Statement]], whole: Decimal | None, depth: int = 0
) -> list[Row]:
    """The statement and below it its parts, all against the same whole as far as they count the same."""
    unit = statement.first.unit
    rows = [Row(statement, depth, _bar(statement.first, whole))]
    for part in parts.get(id(statement), ()):
        rows += _branch(part, parts, whole if part.first.unit == unit else None, depth + 1)
    return rows


def _bar(figure: Observation, whole: Decimal | None) -> Bar | None:
    if not whole:
        return None
    width = min(FULL, round(FULL * figure.value / whole))
    return Bar(width, min(FULL, round(FULL * figure.value_to / whole)) - width if figure.value_to else 0)


def _top(figure: Observation) -> Decimal:
    return figure.value_to or figure.value


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    places = len(text.rstrip("0").partition(".")[2]) if "." in text else 0
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
