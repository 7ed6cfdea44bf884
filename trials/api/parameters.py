"""The parameters of a list, described for OpenAPI from its filter and the vocabularies that the register has now.

An empty value counts as none, as on the pages, except of the numbers.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from trials import as_of, search
from trials.api.paging import LARGEST, PAGE_SIZE, SIZE
from trials.code_filter import CodeFilterSet

_LONG_MONTH = "(0[1-9]|[12][0-9]|3[01])"
"""The days of a month with 31 of them."""


def described(filtered: CodeFilterSet) -> list[dict[str, Any]]:
    """The parameters of the list in OpenAPI's form."""
    fields = filtered.form.fields.items()
    found = [
        _parameter(name, str(filtered.filters[name].label), _schema(field)) for name, field in fields if name != SIZE
    ]
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": PAGE_SIZE}
    return [*found, _parameter(SIZE, "Rækker på en side", size)]


def _parameter(name: str, label: str, schema: dict[str, Any]) -> dict[str, Any]:
    several = {"style": "form", "explode": True} if schema["type"] == "array" else {}
    return {"name": name, "in": "query", "required": False, "description": label, "schema": schema, **several}


def _schema(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": {"type": "string", "enum": _codes(field)}}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": _codes(field)}
    if isinstance(field, as_of.DayField):
        return {"type": "string", "pattern": f"^({day_pattern(as_of.first_day(), timezone.localdate())})?$"}
    if isinstance(field, as_of.WrittenDay):
        return {"type": "string", "pattern": f"^({any_day_pattern()})?$"}
    if isinstance(field, forms.RegexField):
        return {"type": "integer", "minimum": 1}
    return {"type": "string", "maxLength": search.LONGEST_QUERY, "pattern": r"^[^\x00]*$"}


def _codes(field: forms.ChoiceField) -> list[str]:
    return ["", *(str(code) for code, _ in field.choices if code)]


def day_pattern(first: date | None, last: date) -> str:
    """A regular expression for exactly the days from the beginning of `first`'s year (or of year 1) to `last`."""
    begin = first.year if first else 1
    years = [str(year) for year in range(begin, last.year)]
    leap = [year for year in years if int(year) % 4 == 0 and (int(year) % 100 or int(year) % 400 == 0)]
    parts = [f"({'|'.join(years)})-({_months(range(1, 13))})"] if years else []
    parts += [f"({'|'.join(leap)})-02-29"] if leap else []
    parts += [f"{last.year}-({_months(range(1, last.month))})"] if last.month > 1 else []
    days = "|".join(f"{day:02d}" for day in range(1, last.day + 1))
    return "|".join([*parts, f"{last.year}-{last.month:02d}-({days})"])


def any_day_pattern() -> str:
    """A regular expression for exactly the days of the years 0001 to 9999."""
    fourth = "(0[48]|[2468][048]|[13579][26])"
    years = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
    return f"{years}-({_months(range(1, 13))})|([0-9]{{2}}{fourth}|{fourth}00)-02-29"


def _months(months: range) -> str:
    """The days of these months, 29 February left out."""
    lengths = {2: "(0[1-9]|1[0-9]|2[0-8])"} | dict.fromkeys((4, 6, 9, 11), "(0[1-9]|[12][0-9]|30)")
    return "|".join(f"{month:02d}-{lengths.get(month, _LONG_MONTH)}" for month in months)
