"""A filter said to its reader: the values to choose from with their counts, the filters in force, a sentence."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from trials.code_filter import CodeFilterSet, Option, shown

_RELATIVE = ("som ", "hvor ")
"""How the clauses begin that a sentence has last, after a comma."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet. `count`: how many rows have it under the other filters; None when not counted."""

    value: str
    label: str
    selected: bool
    count: int | None
    group: str = ""

    @property
    def key(self) -> str:
        """The value as an id may hold it; the same whatever else is offered."""
        return re.sub(r"[^\w-]", "-", self.value)


@dataclass(frozen=True)
class Facet:
    """A parameter of the filter with the values to choose from."""

    name: str
    label: str
    choices: list[Choice]
    open: bool
    hint: str = ""

    @property
    def is_grouped(self) -> bool:
        """Whether the values stand under headings."""
        return any(choice.group for choice in self.choices)

    @property
    def chosen(self) -> int:
        """How many values are in force."""
        return sum(choice.selected for choice in self.choices)


@dataclass(frozen=True)
class DayInput:
    """A parameter that takes a day: what is given, if it is written as one, and what is wrong with it."""

    name: str
    label: str
    value: date | None
    errors: list[str]


@dataclass(frozen=True)
class Days:
    """Parameters that take days and belong together."""

    name: str
    label: str
    hint: str
    inputs: list[DayInput]

    @property
    def open(self) -> bool:
        """Whether something is given."""
        return any(each.value or each.errors for each in self.inputs)


@dataclass(frozen=True)
class Section:
    """A part of the form under its heading."""

    heading: str
    parts: list[Facet | Days]


@dataclass(frozen=True)
class Pill:
    """A filter in force, and the address without it."""

    label: str
    url: str


def facets(filtered: CodeFilterSet) -> list[Facet]:
    """Every facet of the filter, counted with one query each; not counted when the filter is not valid."""
    return [_facet(filtered, name) for name in filtered.vocabularies]


def sections(filtered: CodeFilterSet, found: list[Facet]) -> list[Section]:
    """The facets `found` as the form groups them, with the days among them; what has no value to choose is left out."""
    parts: dict[str, Facet | Days] = {facet.name: facet for facet in found if facet.choices}
    parts |= {name: _days(filtered, name) for name in filtered.day_groups}
    grouped = filtered.sections or (("", tuple(parts)),)
    return [Section(heading, [parts[name] for name in names if name in parts]) for heading, names in grouped]


def pills(filtered: CodeFilterSet) -> list[Pill]:
    """The filters in force."""
    found = [("q", filtered.text, f"Søgning: »{filtered.text}«")] if filtered.text else []
    for name, options in filtered.vocabularies.items():
        label = filtered.filters[name].label
        found += [(name, code, f"{label}: {_alone(options[code])}") for code in filtered.chosen(name)]
    for name, day in filtered.days().items():
        found.append((name, day.isoformat(), f"{filtered.filters[name].label} {date_format(day)}"))
    return [Pill(label, filtered.url(filtered.page_query(without=(name, value)))) for name, value, label in found]


def sentence(filtered: CodeFilterSet, count: int) -> str:
    """How many rows there are under which filters: 23 forsøg i netværket »…« med status »I drift«."""
    one, several = filtered.noun
    clauses = [
        filtered.clause(name).format(_either(filtered, name)) for name in filtered.clauses if filtered.chosen(name)
    ]
    clauses += [f"som indeholder »{filtered.text}«"] if filtered.text else []
    clauses += filtered.said_days()
    ordered = sorted(clauses, key=lambda clause: clause.startswith((*_RELATIVE, "og ")))
    said = "".join(f", {clause}" if clause.startswith(_RELATIVE) else f" {clause}" for clause in ordered)
    return f"{count or 'Ingen'} {one if count == 1 else several}{said}"


def _facet(filtered: CodeFilterSet, name: str) -> Facet:
    chosen = filtered.chosen(name)
    counts = filtered.counts(name) if filtered.is_valid() else None
    choices = [
        Choice(code, option.label, code in chosen, None if counts is None else counts.get(code, 0), option.group)
        for code, option in filtered.vocabularies[name].items()
        if option.listed or code in chosen or (counts and counts.get(code))
    ]
    is_open = name in filtered.unfolded or bool(chosen)
    return Facet(name, str(filtered.filters[name].label), choices, is_open, filtered.hints.get(name, ""))


def _days(filtered: CodeFilterSet, name: str) -> Days:
    label, inputs = filtered.day_groups[name]
    wrong = filtered.form.errors.as_data()
    fields = [
        DayInput(each, said, filtered.written(each), [shown(error) for error in wrong.get(each, [])])
        for each, said in inputs.items()
    ]
    return Days(name, label, filtered.hints.get(name, ""), fields)


def _alone(option: Option) -> str:
    return option.pill or option.label


def _either(filtered: CodeFilterSet, name: str) -> str:
    """The values that the parameter `name` has, with "eller" before the last."""
    *first, last = [filtered.vocabularies[name][code].phrase for code in filtered.chosen(name)]
    return f"{', '.join(first)} eller {last}" if first else last
