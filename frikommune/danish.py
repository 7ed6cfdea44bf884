"""The Danish alphabet: sort keys and URL slugs that are the same on every database."""

import unicodedata

from django.utils.text import slugify

# The order of Dansk Sprognævn: æ, ø and å after z. "aa" in a name is an å (Aarhus comes last).
_ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
_CODES = {" ": "00"} | {c: f"{i:02d}" for i, c in enumerate("0123456789" + _ALPHABET, start=1)}
_FOLDED = {"ä": "æ", "ö": "ø", "é": "e", "è": "e", "ê": "e", "ü": "y", "ß": "ss", "aa": "å"}
_LATIN = {"æ": "ae", "ø": "oe", "å": "aa"}


def casefold(text: str) -> str:
    """`text` in small letters, each letter one character (NFC), so that equal words are equal strings."""
    return unicodedata.normalize("NFC", text).casefold()


def sort_key(text: str, length: int = 40) -> str:
    """Digits that sort like `text` does in Danish, from its first `length` letters.

    Databases disagree on letters (SQLite sorts Å before Æ, PostgreSQL by its locale) but not on digits.
    """
    text = casefold(text)
    for written, letter in _FOLDED.items():
        text = text.replace(written, letter)
    kept = " ".join("".join(c if c in _CODES else " " for c in text).split())
    return "".join(_CODES[c] for c in kept[:length])


def slug(text: str) -> str:
    """`text` for a URL: æ as ae, ø as oe, å as aa."""
    text = casefold(text)
    for letter, written in _LATIN.items():
        text = text.replace(letter, written)
    return slugify(text)
