"""A filter said to its reader: the values to choose from with their counts, the filters in force, a sentence."""

from dataclasses import dataclass

from django.utils.formats import date_format

from trials import as_of
from trials.code_filter import CodeFilterSet


@dataclass(frozen=True)
class Choice:
    """A value of a facet. `count`: how many rows have it under the other filters; None when not counted."""

    value: str
    label: str
    selected: bool
    count: int | None


@dataclass(frozen=True)
class Facet:
    """A parameter of the filter with the values to choose from."""

    name: str
    label: str
    choices: list[Choice]
    open: bool


@dataclass(frozen=True)
class Pill:
    """A filter in force, and the address without it."""

    label: str
    url: str


def facets(filtered: CodeFilterSet) -> list[Facet]:
    """Every facet of the filter, counted with one query each; not counted when the filter is not valid."""
    return [_facet(filtered, name) for name in filtered.vocabularies]


def pills(filtered: CodeFilterSet) -> list[Pill]:
    """The filters in force."""
    found = [("q", filtered.text, f"Søgning: »{filtered.text}«")] if filtered.text else []
    for name, options in filtered.vocabularies.items():
        label = filtered.filters[name].label
        found += [(name, code, f"{label}: {options[code].label}") for code in filtered.chosen(name)]
    if filtered.day:
        found.append((as_of.PARAMETER, filtered.day.isoformat(), f"Pr. {date_format(filtered.day)}"))
    return [Pill(label, filtered.url(filtered.query(without=(name, value)))) for name, value, label in found]


def sentence(filtered: CodeFilterSet, count: int) -> str:
    """How many rows there are under which filters: 23 forsøg i netværket »…« med status »I drift«."""
    one, several = filtered.noun
    said = [
        clause.format(_either(filtered, name)) for name, clause in filtered.clauses.items() if filtered.chosen(name)
    ]
    said += [f"som indeholder »{filtered.text}«"] if filtered.text else []
    said += [f"pr. {date_format(filtered.day)}"] if filtered.day else []
    return " ".join([f"{count or 'Ingen'} {one if count == 1 else several}", *said])


def _facet(filtered: CodeFilterSet, name: str) -> Facet:
    chosen = filtered.chosen(name)
    counts = filtered.counts(name) if filtered.is_valid() else None
    choices = [
        Choice(code, option.label, code in chosen, None if counts is None else counts.get(code, 0))
        for code, option in filtered.vocabularies[name].items()
        if option.listed or code in chosen or (counts and counts.get(code))
    ]
    return Facet(name, str(filtered.filters[name].label), choices, name in filtered.unfolded or bool(chosen))


def _either(filtered: CodeFilterSet, name: str) -> str:
    """The values that the parameter `name` has, with "eller" before the last."""
    *first, last = [filtered.vocabularies[name][code].phrase for code in filtered.chosen(name)]
    return f"{', '.join(first)} eller {last}" if first else last
