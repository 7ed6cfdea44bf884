"""The filter of every page and export that lists trials.

A parameter that is repeated means either value; different parameters must all be met. An empty value
counts as none, as a form sends it, and an unknown parameter is ignored. An unknown value is an error:
`is_valid()` is False, `messages` says in Danish what is wrong, and `qs` raises `InvalidFilter`, so that
nobody gets the whole list for an answer.
"""

import re
from dataclasses import dataclass

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Value, When
from django.http import QueryDict

from networks.models import ApplicationRound, Membership, Municipality, Network
from trials import search
from trials.enums import BasisKind, Status
from trials.models import Trial
from trials.querysets import TrialQuerySet

CHOSEN = ("netvaerk", "kommune", "status", "runde", "hjemmelstype")
"""The parameters that take codes of a vocabulary and may be repeated."""

NARROWING = ("q", *CHOSEN)
"""The parameters that decide which trials are found; the others say in what order, and which page of them."""

NUMBERED = ("network__programme__first_year", "network__programme__code", "network__number", "number")
"""The order of the trials' ids, which also settles ties in every other order."""

_STATUS_ORDER = Case(
    *(When(status=status, then=Value(place)) for place, status in enumerate(Status)), output_field=IntegerField()
)
ORDERS = {
    "nummer": ("Nummer, stigende", [F(name).asc() for name in NUMBERED]),
    "-nummer": ("Nummer, faldende", [F(name).desc() for name in NUMBERED]),
    "titel": ("Titel, A til Å", [F("sort_key").asc(), *NUMBERED]),
    "-titel": ("Titel, Å til A", [F("sort_key").desc(), *NUMBERED]),
    "ikrafttraedelse": ("Ikrafttrædelse, ældste først", [F("in_force_from").asc(nulls_last=True), *NUMBERED]),
    "-ikrafttraedelse": ("Ikrafttrædelse, nyeste først", [F("in_force_from").desc(nulls_last=True), *NUMBERED]),
    "status": ("Status, fra ansøgt til afsluttet", [_STATUS_ORDER.asc(), *NUMBERED]),
    "-status": ("Status, fra afsluttet til ansøgt", [_STATUS_ORDER.desc(), *NUMBERED]),
}
"""The values of `sortering`: what each is called and what it orders by. Nulls come last on every database."""

DEFAULT_ORDER = "nummer"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Signs that may not stand in a page."""


class InvalidFilter(Exception):
    """Trials were asked for under a filter that is not valid."""


@dataclass(frozen=True)
class Option:
    """A value that a parameter may have: what it is called in a list, and how a sentence says it."""

    label: str
    phrase: str
    listed: bool = True
    """Whether the form offers it although it is neither chosen nor found."""


def vocabularies() -> dict[str, dict[str, Option]]:
    """The values that each parameter of `CHOSEN` may have, by code. Three queries."""
    memberships = Membership.objects.filter(municipality=OuterRef("pk"))
    municipalities = Municipality.objects.annotate(in_network=Exists(memberships)).order_by("sort_key")
    return {
        "netvaerk": {str(n.number): Option(n.name, f"»{n.name}«") for n in Network.objects.all()},
        "kommune": {m.code: Option(m.name, m.official_name, m.in_network) for m in municipalities},
        "status": {status.value: Option(status.label, f"»{status.label}«") for status in Status},
        "runde": {str(r.number): Option(str(r), f"{r.number}.") for r in ApplicationRound.objects.all()},
        "hjemmelstype": {kind.value: Option(kind.label, f"»{kind.label}«") for kind in BasisKind},
    }


class _Form(forms.Form):
    """Refuses a parameter that is given two values where it takes one."""

    def clean(self):
        for name, field in self.fields.items():
            if not isinstance(field, forms.MultipleChoiceField) and len(self.data.getlist(name)) > 1:
                self.add_error(name, f"Parameteren »{name}« kan kun have én værdi.")


class _Codes(django_filters.MultipleChoiceFilter):
    def __init__(self, label: str, unknown: str, method: str) -> None:
        super().__init__(label=label, method=method, error_messages={"invalid_choice": unknown})


class _Pattern(django_filters.Filter):
    field_class = forms.RegexField


class _Choice(django_filters.Filter):
    field_class = forms.ChoiceField


def _has_words(text: str) -> None:
    if not search.words(text):
        raise ValidationError("Søgeteksten »%(value)s« indeholder hverken bogstaver eller tal.", params={"value": text})


class TrialFilter(django_filters.FilterSet):
    """Trials by what an address asks for: `TrialFilter(request.GET, Trial.objects.visible_to(user))`."""

    q = django_filters.CharFilter(
        label="Søgning",
        method="find",
        max_length=search.LONGEST_QUERY,
        validators=[_has_words],
        error_messages={
            "max_length": "Søgeteksten er på %(show_value)d tegn. Den kan højst være på %(limit_value)d.",
            "null_characters_not_allowed": "Søgeteksten indeholder et tegn, som der ikke kan søges efter.",
        },
    )
    netvaerk = _Codes("Netværk", "Der er intet netværk med nummeret »%(value)s«.", "in_networks")
    kommune = _Codes("Kommune", "Der er ingen kommune med kommunekoden »%(value)s«.", "in_municipalities")
    status = _Codes("Status", "Der er ingen status med koden »%(value)s«.", "with_statuses")
    runde = _Codes("Ansøgningsrunde", "Der er ingen ansøgningsrunde med nummeret »%(value)s«.", "of_rounds")
    hjemmelstype = _Codes("Hjemmelstype", "Der er ingen hjemmelstype med koden »%(value)s«.", "of_kinds")
    sortering = _Choice(
        label="Sortering",
        choices=[(value, label) for value, (label, _) in ORDERS.items()],
        error_messages={"invalid_choice": "Der kan ikke sorteres efter »%(value)s«."},
    )
    side = _Pattern(
        label="Side", regex=r"\A[1-9][0-9]{0,99}\Z", error_messages={"invalid": "»%(value)s« er ikke et sidetal."}
    )

    class Meta:
        model = Trial
        fields = ()
        form = _Form

    def __init__(self, data: QueryDict, queryset: TrialQuerySet) -> None:
        given = QueryDict(mutable=True)
        for name in self.base_filters:
            given.setlist(name, list(dict.fromkeys(value for value in data.getlist(name) if value.strip())))
        super().__init__(given, queryset)
        self.vocabularies = vocabularies()
        for name, options in self.vocabularies.items():
            self.filters[name].extra["choices"] = [(code, option.label) for code, option in options.items()]

    @property
    def qs(self) -> TrialQuerySet:
        """The trials under all filters, in the order asked for. Raises `InvalidFilter`."""
        return self.narrowed().order_by(*ORDERS[self.order][1])

    def narrowed(self, without: str = "") -> TrialQuerySet:
        """The trials under all filters but the parameter `without`, in no order. Raises `InvalidFilter`."""
        if not self.is_valid():
            raise InvalidFilter(self.messages)
        found = self.queryset.order_by()
        for name in NARROWING:
            if name != without:
                found = self.filters[name].filter(found, self.form.cleaned_data[name])
        return found

    @property
    def order(self) -> str:
        """The value of `sortering` in force."""
        given = self.data.get("sortering")
        return given if given in ORDERS else DEFAULT_ORDER

    @property
    def page(self) -> int:
        """The number of the page asked for, from 1."""
        return int(self.form.cleaned_data["side"] or 1)

    @property
    def text(self) -> str:
        """What is searched for, as it was written, control characters apart."""
        return _CONTROL.sub(" ", self.data.get("q", "")).strip()

    @property
    def messages(self) -> list[str]:
        """What is wrong with the values given, each in a sentence that names the value."""
        errors = [error for found in self.form.errors.as_data().values() for error in found]
        return [_shown(error) for error in errors]

    def chosen(self, name: str) -> list[str]:
        """The known codes that the parameter `name` has, in the vocabulary's order."""
        given = self.data.getlist(name)
        return [code for code in self.vocabularies[name] if code in given]

    def query(self, without: tuple[str, str] | None = None) -> str:
        """The query string of these filters and this order, less one (parameter, value), on the first page."""
        pairs = QueryDict(mutable=True)
        pairs.setlist("q", [self.text] if self.text else [])
        for name in CHOSEN:
            pairs.setlist(name, self.chosen(name))
        if self.order != DEFAULT_ORDER:
            pairs["sortering"] = self.order
        if without:
            name, left_out = without
            pairs.setlist(name, [value for value in pairs.getlist(name) if value != left_out])
        return pairs.urlencode()

    def find(self, trials: TrialQuerySet, name: str, text: str) -> TrialQuerySet:
        return trials.search(text)

    def in_networks(self, trials: TrialQuerySet, name: str, numbers: list[str]) -> TrialQuerySet:
        return trials.filter(network__number__in=numbers)

    def in_municipalities(self, trials: TrialQuerySet, name: str, codes: list[str]) -> TrialQuerySet:
        return trials.in_municipalities(codes)

    def with_statuses(self, trials: TrialQuerySet, name: str, statuses: list[str]) -> TrialQuerySet:
        return trials.filter(status__in=statuses)

    def of_rounds(self, trials: TrialQuerySet, name: str, numbers: list[str]) -> TrialQuerySet:
        return trials.filter(application_round__number__in=numbers)

    def of_kinds(self, trials: TrialQuerySet, name: str, kinds: list[str]) -> TrialQuerySet:
        return trials.resting_on_kinds(kinds)


def _shown(error: ValidationError) -> str:
    """The message of `error`, with a value that is long or cannot be printed made readable."""
    params = {name: _readable(value) for name, value in (error.params or {}).items()}
    return str(error.message) % params if params else str(error.message)


def _readable(value):
    if not isinstance(value, str):
        return value
    value = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)
    return value if len(value) <= 60 else f"{value[:60]}…"
