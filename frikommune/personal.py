"""What should not stand in free text: personal numbers are refused, addresses and telephone numbers are warned of.

The registry stores no citizen's name, number or address (docs/decisions.md). Imports nothing of ours.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError

_DAY, _MONTH, _YEAR = r"(?:[06][1-9]|[1278]\d|[39][01])", r"(?:0[1-9]|1[0-2])", r"\d\d"
"""A replacement number has sixty more than the day."""

_SPACE = r"\s{0,20}"
_APART = r"[ \t]?[-./]?[ \t]?"
_PERSONAL_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])(?:"
    rf"{_DAY}(?P<space>{_SPACE}){_MONTH}(?P=space){_YEAR}{_SPACE}[-.]?{_SPACE}"
    rf"|{_DAY}(?P<apart>{_APART}){_MONTH}(?P=apart){_YEAR}{_APART}"
    rf")\d{{4}}(?!/?\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\d.,/-])(?:(?:\+|00)45[ \u00a0]?)?[2-9]\d(?:[ \u00a0]?\d\d){3}(?![\d.,/-]*\d)")


def refuse_personal_numbers(text: str) -> None:
    """A validator. Raises `ValidationError` when `text` has something like a CPR number: a date, then four digits.

    What stands between them, and between the parts of the date, may be written in many ways; the number of digits is
    the same in all of them.
    """
    if _PERSONAL_NUMBER.search(_plain(str(text))):
        raise ValidationError(
            "Teksten ser ud til at indeholde et CPR-nummer. Registeret må ikke rumme personnumre: fjern det, og gem.",
            code="personal_number",
        )


def _plain(text: str) -> str:
    """`text` with plain digits and hyphens, without signs that are not seen."""
    return "".join(filter(None, map(_plain_sign, unicodedata.normalize("NFKC", text))))


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return "-" if kind == "Pd" or sign in "\N{MINUS SIGN}\N{HYPHEN BULLET}" else "" if kind == "Cf" else sign


def contact_details(text: str) -> list[str]:
    """The e-mail addresses and Danish telephone numbers in `text`, which its writer should be warned of."""
    return [found.group() for pattern in (_EMAIL, _TELEPHONE) for found in pattern.finditer(str(text))]


def contact_warnings(texts: Iterable[str]) -> list[str]:
    """What to say of the contact details in `texts`, which have been saved; each is named once."""
    found = dict.fromkeys(detail for text in texts for detail in contact_details(text))
    return [f"Teksten indeholder »{detail}«. Er det en persons oplysning, så fjern den." for detail in found]
