"""The day that an address may ask for (`pr`): how things stood then, as far as the register knows today.

Status, figures and milestones follow the day. Which municipalities take part, the legal basis and the texts are those
of today. A day in the future, or before the first programme began, is refused.
"""

import re
from datetime import date

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from networks.models import Programme

PARAMETER = "pr"


class WrittenDay(forms.Field):
    """A day written as 2018-12-01. Refuses any other spelling."""

    def to_python(self, value: str | None) -> date | None:
        if not value:
            return None
        try:
            day = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
        except ValueError:
            day = None
        if day is None:
            raise ValidationError("»%(value)s« er ikke en dag skrevet som 2018-12-01.", params={"value": value})
        return day


class DayField(WrittenDay):
    """A day that has been. Refuses the future, and the time before the first programme."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value > timezone.localdate():
            raise ValidationError(f"Den {date_format(value)} er ikke kommet endnu.")
        begun = first_day()
        if begun and value < begun:
            raise ValidationError(
                f"Den {date_format(value)} ligger før frikommuneforsøgene. De begyndte i {begun.year}."
            )


class Day(django_filters.Filter):
    """The parameter for the day. The filter set reads it; by itself it leaves the rows as they are."""

    field_class = DayField

    def __init__(self) -> None:
        super().__init__(label="Pr.")

    def filter(self, qs, value):
        return qs


def first_day() -> date | None:
    """The first day of the first programme; None without programmes. One query."""
    year = Programme.objects.aggregate(first=Min("first_year"))["first"]
    return date(year, 1, 1) if year else None


def asked(data: QueryDict) -> date | None:
    """The day that a query string asks for, or None. Raises `ValidationError` with a Danish sentence."""
    given = [value for value in dict.fromkeys(data.getlist(PARAMETER)) if value.strip()]
    if len(given) > 1:
        raise ValidationError(f"Parameteren »{PARAMETER}« kan kun have én værdi.")
    return DayField(required=False).clean(given[0]) if given else None
