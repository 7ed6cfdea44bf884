"""Numbers of records and versions, as pages send them back. Imports nothing of ours."""

LONGEST = 18
"""Digits that any database's numbers have room for."""


def read_key(text: object) -> int | None:
    """The number that was sent; None when it is none, or one that no record can have."""
    digits = str(text)
    return int(digits) if len(digits) <= LONGEST and digits.isascii() and digits.isdigit() else None
