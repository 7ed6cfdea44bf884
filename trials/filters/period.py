"""A period that bounds a list: the parameters `fra` and `til`, both days included."""

import django_filters
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from trials import as_of
from trials.code_filter import SingleValues

CONTRADICTION = "contradiction"
"""The code of the error that says that two parameters cannot both be met."""


class BoundingDay(django_filters.Filter):
    """A day that begins or ends the period."""

    field_class = as_of.WrittenDay


class Period(SingleValues):
    """Refuses also a period that ends before it begins."""

    def clean(self) -> None:
        super().clean()
        begins, ends = self.cleaned_data.get("fra"), self.cleaned_data.get("til")
        if begins and ends and begins > ends:
            message = f"»fra« ({date_format(begins)}) ligger efter »til« ({date_format(ends)})."
            self.add_error("fra", ValidationError(message, code=CONTRADICTION))
