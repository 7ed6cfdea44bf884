"""Which days the registry takes: one rule for every stored day, and one for what has happened. Imports none of ours."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

YEARS = range(1970, 2101)
"""No trial, act or source is older, and nothing is planned for later."""


def refuse_strange_day(day: date) -> None:
    """A validator. Raises `ValidationError` when `day` is in none of `YEARS`: a digit too many or too few."""
    if day.year not in YEARS:
        raise ValidationError(
            f"Året {day.year} kan ikke passe. Skriv et år fra {YEARS[0]} til {YEARS[-1]}.", code="strange_year"
        )


def refuse_future_day(day: date) -> None:
    """A validator for the day of what has happened. Raises `ValidationError` for a strange day or one to come."""
    refuse_strange_day(day)
    if day > timezone.localdate():
        raise ValidationError(f"Den {date_format(day)} er ikke kommet endnu.", code="future")
