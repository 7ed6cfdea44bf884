"""Figures as they are written by hand: »1.200«, »ca. 450«, »højst 4«, »5-15«. The opposite of `figures.amount`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from trials.enums import Accuracy

_NUMBER = r"\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_WORDS = {"ca": Accuracy.ABOUT, "cirka": Accuracy.ABOUT, "omkring": Accuracy.ABOUT}
_WORDS |= {"mindst": Accuracy.AT_LEAST, "højst": Accuracy.AT_MOST, "højest": Accuracy.AT_MOST}
_AMOUNT = re.compile(
    rf"(?:(?P<word>{'|'.join(_WORDS)})\.?[ \u00a0]*)?(?P<value>{_NUMBER})(?:\s*[-–]\s*(?P<to>{_NUMBER}))?",
    re.IGNORECASE,
)
LARGEST = Decimal(10) ** 12
"""No figure is as large: the database has twelve digits before the comma and two after it."""


@dataclass(frozen=True)
class Amount:
    """A figure less its unit. With `value_to` it is a range; without an `accuracy` none was written."""

    value: Decimal
    value_to: Decimal | None = None
    accuracy: Accuracy | None = None


def read_amount(text: str) -> Amount:
    """The figure that `text` says. Raises `ValidationError` with a sentence that names it when it says none."""
    written = text.strip()
    if re.match(r"[-–]\s*\d", written):
        raise ValidationError(f"»{written}« er negativt. Et tal kan ikke være under 0.", code="negative")
    found = _AMOUNT.fullmatch(written)
    if found is None:
        raise ValidationError(
            f"»{written}« er ikke et tal. Skriv fx 1200, 3,6, ca. 450, højst 4 eller 5-15, uden enhed.", code="invalid"
        )
    value, to = _number(found["value"]), _number(found["to"]) if found["to"] else None
    if to is not None and to <= value:
        raise ValidationError(f"»{written}« er ikke et interval: det sidste tal skal være det største.", code="range")
    return Amount(value, to, _WORDS[found["word"].lower()] if found["word"] else None)


class AmountField(forms.Field):
    """A field for an amount; empty is None."""

    def to_python(self, value) -> Amount | None:
        return read_amount(value) if value and value.strip() else None


def _number(text: str) -> Decimal:
    number = Decimal(re.sub(r"[. \u00a0]", "", text).replace(",", "."))
    if number >= LARGEST or number != round(number, 2):
        raise ValidationError(f"»{text}« er for langt: højst 12 cifre før kommaet og 2 efter.", code="too_long")
    return number
