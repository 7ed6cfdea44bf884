"""What the filter of every list shares: codes that may be repeated, one answer to what is unknown, a query string.

A parameter that is repeated means either value; different parameters must all be met. An empty value
counts as none, as a form sends it, and an unknown parameter is ignored. An unknown value is an error:
`is_valid()` is False, `messages` says in Danish what is wrong, and `qs` raises `InvalidFilter`, so that
nobody gets the whole list for an answer. Every list also takes a day (`pr`, see `trials.as_of`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import BaseExpression
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format

from trials import as_of, search

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Signs that may not stand in a page."""


class InvalidFilter(Exception):
    """Rows were asked for under a filter that is not valid."""


@dataclass(frozen=True)
class Option:
    """A value that a parameter may have: what it is called in a list, and how a sentence says it."""

    label: str
    phrase: str
    listed: bool = True
    """Whether the form offers it although it is neither chosen nor found."""
    condition: Q | BaseExpression | None = None
    """Which rows have it, where the codes do not stand in a column."""
    group: str = ""
    """The heading under which the form offers it, in a long list."""
    pill: str = ""
    """What it is called where it stands alone, when the label is not enough."""

    @classmethod
    def quoted(cls, label: str, **fields) -> "Option":
        """An option that a sentence quotes."""
        return cls(label, f"»{label}«", **fields)


class Codes(django_filters.MultipleChoiceFilter):
    """A parameter that takes codes of a vocabulary. `unknown` is said of a value that is not in it."""

    def __init__(self, label: str, unknown: str, method: str | Callable | None = None) -> None:
        super().__init__(label=label, method=method, error_messages={"invalid_choice": unknown})


class Choice(django_filters.Filter):
    """A parameter that takes one of a few values."""

    field_class = forms.ChoiceField


class Sorting(Choice):
    """The parameter for the order of the rows. `orders` has for each value what it is called and what it orders by."""

    def __init__(self, orders: dict[str, tuple[str, list]]) -> None:
        said = {"invalid_choice": "Der kan ikke sorteres efter »%(value)s«."}
        super().__init__(
            label="Sortering", choices=[(v, label) for v, (label, _) in orders.items()], error_messages=said
        )


class PageNumber(django_filters.Filter):
    """The parameter for the number of the page, from 1."""

    field_class = forms.RegexField

    def __init__(self) -> None:
        said = {"invalid": "»%(value)s« er ikke et sidetal."}
        super().__init__(label="Side", regex=r"\A[1-9][0-9]{0,99}\Z", error_messages=said)


class SearchText(django_filters.CharFilter):
    """The parameter for free text (see `trials.search`)."""

    def __init__(self) -> None:
        super().__init__(
            label="Søgning",
            method="find",
            max_length=search.LONGEST_QUERY,
            validators=[_has_words],
            error_messages={
                "max_length": "Søgeteksten er på %(show_value)d tegn. Den kan højst være på %(limit_value)d.",
                "null_characters_not_allowed": "Søgeteksten indeholder et tegn, som der ikke kan søges efter.",
            },
        )


def _has_words(text: str) -> None:
    if not search.words(text):
        raise ValidationError("Søgeteksten »%(value)s« indeholder hverken bogstaver eller tal.", params={"value": text})


class SingleValues(forms.Form):
    """Refuses a parameter that is given two values where it takes one."""

    def clean(self):
        for name, field in self.fields.items():
            if not isinstance(field, forms.MultipleChoiceField) and len(self.data.getlist(name)) > 1:
                self.add_error(name, f"Parameteren »{name}« kan kun have én værdi.")


PAGE_SIZES = (25, 50, 100)
"""How many rows a page may show; the first unless another is asked for."""


class CodeFilterSet(django_filters.FilterSet):
    """Rows by what an address asks for: `TrialFilter(request.GET, request.user)`.

    A filter of this kind declares its parameters, makes the vocabularies of those that take codes
    (`make_vocabularies`), and says of each where its codes stand, or gives its options conditions.
    """

    list_name: str
    """The name of the list's address."""
    noun: tuple[str, str]
    """What one row is called, and several."""
    paths: dict[str, str] = {}
    """Where each parameter's codes stand, seen from a row; the others' options have conditions."""
    clauses: dict[str, str] = {}
    """How a sentence says each parameter that takes codes."""
    unfolded: tuple[str, ...] = ()
    """The parameters whose values stand unfolded from the start."""
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The parameters as the form groups them: a heading, and what stands under it. Without, all stand together."""
    day_groups: dict[str, tuple[str, dict[str, str]]] = {}
    """The parameters for days that the form offers: by the first of each group its heading, and their labels."""
    hints: dict[str, str] = {}
    """What the form says of a parameter that does not explain itself."""
    orders: dict[str, tuple[str, list]] = {}
    """The orders that can be asked for by `sortering`, by value; the first unless another is."""
    fixed_order: tuple = ("code",)
    """What the rows are ordered by where no order can be asked for."""
    listing: str = ""
    """The name under which the list can be taken away (`trials.exports.listings`)."""

    pr = as_of.Day()
    side = PageNumber()
    antal = Choice(
        label="Antal på siden",
        choices=[(str(size), str(size)) for size in PAGE_SIZES],
        error_messages={"invalid_choice": "Der kan ikke vises »%(value)s« ad gangen, kun 25, 50 eller 100."},
    )

    def __init__(self, data: QueryDict, queryset: QuerySet) -> None:
        given = QueryDict(mutable=True)
        for name in self.base_filters:
            given.setlist(name, list(dict.fromkeys(value for value in data.getlist(name) if value.strip())))
        super().__init__(given, queryset)
        self.vocabularies = self.make_vocabularies()
        for name, options in self.vocabularies.items():
            self.filters[name].extra["choices"] = [(code, option.label) for code, option in options.items()]

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter for codes may have, by code."""
        raise NotImplementedError

    @property
    def qs(self) -> Any:
        """The rows under all filters, in the list's order. Raises `InvalidFilter`."""
        return self.in_order(self.narrowed())

    def in_order(self, rows: Any) -> Any:
        """`rows` in the order asked for."""
        return rows.order_by(*(self.orders[self.order][1] if self.orders else self.fixed_order))

    @property
    def order(self) -> str:
        """The value of `sortering` in force."""
        given = self.data.get("sortering")
        return given if given in self.orders else next(iter(self.orders), "")

    def narrowed(self, without: str = "") -> Any:
        """The rows under all filters but the parameter `without`, in no order. Raises `InvalidFilter`."""
        if not self.is_valid():
            raise InvalidFilter(self.messages)
        found = self.queryset.order_by()
        if self.day:
            found = self.on_day(found, self.day)
        for name in self.narrowing:
            if name in self.filters and name != without:
                found = self.filters[name].filter(found, self.form.cleaned_data[name])
        return found

    @property
    def narrowing(self) -> tuple[str, ...]:
        """The parameters that each leave out rows by themselves."""
        return ("q", *self.vocabularies)

    def on_day(self, rows: Any, day: date) -> Any:
        """`rows` as they were on `day`; those of most lists are as they are today."""
        return rows

    def counts(self, name: str) -> dict[str, int]:
        """How many rows have each value of the parameter `name` under the other filters. One query."""
        rows = self.narrowed(without=name)
        if name in self.paths:
            path = self.path(name)
            return {str(code): n for code, n in rows.values_list(path).annotate(Count("pk", distinct=True))}
        conditions = self.conditions(name)
        found = rows.aggregate(**{f"n{i}": Count("pk", filter=which) for i, which in enumerate(conditions.values())})
        return dict(zip(conditions, found.values(), strict=True))

    def conditions(self, name: str) -> dict[str, Any]:
        """Which rows have each value of the parameter `name`, whose codes do not stand in a column."""
        return {code: option.condition for code, option in self.vocabularies[name].items()}

    @property
    def day(self) -> date | None:
        """The day as of which the rows are asked for; None for today, and while it is not valid."""
        self.is_valid()
        return self.form.cleaned_data.get(as_of.PARAMETER)

    def path(self, name: str) -> str:
        """Where the codes of the parameter `name` stand, seen from a row."""
        return self.paths[name]

    @property
    def page(self) -> int:
        """The number of the page asked for, from 1."""
        return int(self.form.cleaned_data["side"] or 1)

    @property
    def page_size(self) -> int:
        """How many rows a page shows."""
        given = self.data.get("antal", "")
        return int(given) if given in map(str, PAGE_SIZES) else PAGE_SIZES[0]

    @property
    def text(self) -> str:
        """What is searched for, as it was written, control characters apart."""
        return _CONTROL.sub(" ", self.data.get("q", "")).strip()

    @property
    def messages(self) -> list[str]:
        """What is wrong with the values given, each in a sentence that names the value."""
        errors = [error for found in self.form.errors.as_data().values() for error in found]
        return [shown(error) for error in errors]

    def chosen(self, name: str) -> list[str]:
        """The known codes that the parameter `name` has, in the vocabulary's order."""
        given = self.data.getlist(name)
        return [code for code in self.vocabularies[name] if code in given]

    def ordering(self) -> dict[str, str]:
        """The parameters that say in what order, when it is not the usual one."""
        return {} if self.order == next(iter(self.orders), "") else {"sortering": self.order}

    def layout(self) -> dict[str, str]:
        """The parameters that say how the rows are shown, when it is not the usual way."""
        return {"antal": str(self.page_size)} if self.page_size != PAGE_SIZES[0] else {}

    def days(self) -> dict[str, date]:
        """The days in force, by parameter."""
        return {as_of.PARAMETER: self.day} if self.day else {}

    def written(self, name: str) -> date | None:
        """The day that is given for the parameter `name`, whether or not it is allowed; None without one."""
        try:
            return as_of.WrittenDay(required=False).clean(self.data.get(name))
        except ValidationError:
            return None

    @property
    def kept(self) -> dict[str, str]:
        """What the form keeps without offering it among its filters: the order, the layout, and a day it has no field
        for."""
        offered = any(as_of.PARAMETER in inputs for _, inputs in self.day_groups.values())
        day = {as_of.PARAMETER: self.day.isoformat()} if self.day and not offered else {}
        return {**self.ordering(), **self.layout(), **day}

    def query(self) -> str:
        """The query string of these filters and this order: of the same rows, wherever they are shown."""
        return self._pairs().urlencode("/")

    def page_query(self, without: tuple[str, str] | None = None, **changed: str) -> str:
        """The query string of the first page as it is now shown, less one (parameter, value), with others `changed`;
        one that is changed to an empty text is left out."""
        pairs = self._pairs()
        pairs.update(self.layout())
        if without:
            name, left_out = without
            pairs.setlist(name, [value for value in pairs.getlist(name) if value != left_out])
        for name, value in changed.items():
            pairs.setlist(name, [value] if value else [])
        return pairs.urlencode("/")

    def _pairs(self) -> QueryDict:
        pairs = QueryDict(mutable=True)
        pairs.setlist("q", [self.text] if self.text else [])
        for name in self.vocabularies:
            pairs.setlist(name, self.chosen(name))
        for name, day in self.days().items():
            pairs[name] = day.isoformat()
        pairs.update(self.ordering())
        return pairs

    def url(self, query: str = "") -> str:
        """The address of the list under a query string."""
        return reverse(self.list_name) + (f"?{query}" if query else "")

    @property
    def clear_url(self) -> str:
        """The address of the whole list in this order, shown in this way."""
        order = QueryDict(mutable=True)
        order.update(self.ordering() | self.layout())
        return self.url(order.urlencode())

    def clause(self, name: str) -> str:
        """How the sentence says the parameter `name`, which takes codes."""
        return self.clauses[name]

    def said_days(self) -> list[str]:
        """How the sentence says the days in force."""
        return [f"pr. {date_format(self.day)}"] if self.day else []

    def find(self, rows, name: str, text: str) -> QuerySet:
        return rows.search(text)

    def by_path(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        found = rows.model._default_manager.filter(**{f"{self.paths[name]}__in": codes})
        return rows.filter(pk__in=found.values("pk"))

    def by_condition(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        conditions = self.conditions(name)
        return rows.filter(reduce(or_, (Q(conditions[code]) for code in codes)))


def shown(error: ValidationError) -> str:
    """The message of `error`, with a value that is long or cannot be printed made readable."""
    params = {name: _readable(value) for name, value in (error.params or {}).items()}
    return str(error.message) % params if params else str(error.message)


def _readable(value):
    if not isinstance(value, str):
        return value
    value = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)
    return value if len(value) <= 60 else f"{value[:60]}…"
