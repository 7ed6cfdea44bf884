"""A filter said to its reader: the values to choose from with their counts, the filters in force, a sentence."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from trials.filters import CHOSEN, TrialFilter

PATHS = {
    "netvaerk": "network__number",
    "kommune": "participations__municipality__code",
    "status": "status",
    "runde": "application_round__number",
    "hjemmelstype": "legal_bases__kind",
}
"""Where each parameter's codes stand, seen from a trial."""

_CLAUSES = {
    "netvaerk": "i netværket {}",
    "kommune": "i {}",
    "status": "med status {}",
    "runde": "fra {} ansøgningsrunde",
    "hjemmelstype": "med hjemmelstypen {}",
}

OPEN = ("netvaerk", "status")
"""The facets that stand unfolded from the start."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet. `count`: how many trials have it under the other filters; None when not counted."""

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


def facets(trials: TrialFilter) -> list[Facet]:
    """Every facet of the filter, counted with one query each; not counted when the filter is not valid."""
    return [_facet(trials, name) for name in CHOSEN]


def pills(trials: TrialFilter) -> list[Pill]:
    """The filters in force."""
    found = [("q", trials.text, f"Søgning: »{trials.text}«")] if trials.text else []
    for name in CHOSEN:
        options, label = trials.vocabularies[name], trials.filters[name].label
        found += [(name, code, f"{label}: {options[code].label}") for code in trials.chosen(name)]
    return [Pill(label, list_url(trials.query(without=(name, value)))) for name, value, label in found]


def sentence(trials: TrialFilter, count: int) -> str:
    """How many trials there are under which filters: 23 forsøg i netværket »…« med status »I drift«."""
    said = [clause.format(_either(trials, name)) for name, clause in _CLAUSES.items() if trials.chosen(name)]
    said += [f"som indeholder »{trials.text}«"] if trials.text else []
    return " ".join([f"{count or 'Ingen'} forsøg", *said])


def list_url(query: str = "") -> str:
    """The address of the list under a query string."""
    return reverse("trials:trial_list") + (f"?{query}" if query else "")


def _facet(trials: TrialFilter, name: str) -> Facet:
    chosen = trials.chosen(name)
    counts = _counts(trials, name) if trials.is_valid() else None
    choices = [
        Choice(code, option.label, code in chosen, None if counts is None else counts.get(code, 0))
        for code, option in trials.vocabularies[name].items()
        if option.listed or code in chosen or (counts and code in counts)
    ]
    return Facet(name, str(trials.filters[name].label), choices, name in OPEN or bool(chosen))


def _counts(trials: TrialFilter, name: str) -> dict[str, int]:
    """How many trials have each value of the parameter `name` under the other filters."""
    rows = trials.narrowed(without=name).values_list(PATHS[name]).annotate(Count("pk", distinct=True))
    return {str(code): count for code, count in rows}


def _either(trials: TrialFilter, name: str) -> str:
    """The values that the parameter `name` has, with "eller" before the last."""
    *first, last = [trials.vocabularies[name][code].phrase for code in trials.chosen(name)]
    return f"{', '.join(first)} eller {last}" if first else last
