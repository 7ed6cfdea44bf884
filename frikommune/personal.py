"""What should not stand in free text: personal numbers are refused, addresses and telephone numbers are warned of.

The registry stores no citizen's name, number or address (docs/decisions.md). Imports nothing of ours.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_PERSONAL_NUMBER = re.compile(rf"(?<![\d.,/-]){_DAY}{_MONTH}\d\d[ \u00a0]?[-–]?[ \u00a0]?\d{{4}}(?![\d/])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\d.,/-])(?:(?:\+|00)45[ \u00a0]?)?[2-9]\d(?:[ \u00a0]?\d\d){3}(?![\d.,/-]*\d)")


def refuse_personal_numbers(text: str) -> None:
    """A validator. Raises `ValidationError` when `text` has something like a CPR number: a date, then four digits."""
    if _PERSONAL_NUMBER.search(str(text)):
        raise ValidationError(
            "Teksten ser ud til at indeholde et CPR-nummer. Registeret må ikke rumme personnumre: fjern det, og gem.",
            code="personal_number",
        )


def contact_details(text: str) -> list[str]:
    """The e-mail addresses and Danish telephone numbers in `text`, which its writer should be warned of."""
    return [found.group() for pattern in (_EMAIL, _TELEPHONE) for found in pattern.finditer(str(text))]


def contact_warnings(texts: Iterable[str]) -> list[str]:
    """What to say of the contact details in `texts`, which have been saved; each is named once."""
    found = dict.fromkeys(detail for text in texts for detail in contact_details(text))
    return [f"Teksten indeholder »{detail}«. Er det en persons oplysning, så fjern den." for detail in found]
