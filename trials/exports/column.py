"""A column of a list that is taken away: what it is called, what it holds, and how its values are written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

SEPARATOR = " | "
"""Between several values of one field, where a form has no lists."""

Value = str | int | Decimal | bool | date | list[str] | None
"""None is what is not given."""


class Kind(StrEnum):
    """What a column's values are. An address is a path of the site, which an export makes absolute."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ADDRESS = "address"


@dataclass(frozen=True)
class Column:
    """`description` is in Danish, for the documentation; `value` finds the value of a row.

    `references` names the list whose `id`s the values are, when each of them is a row of it.
    """

    name: str
    description: str
    value: Callable[[Any], Value]
    kind: Kind = Kind.TEXT
    references: str = ""


def each_once(values: Iterable[str]) -> list[str]:
    """Several values of one field, each once, in their order."""
    return list(dict.fromkeys(values))


def plain(value: Value) -> str:
    """`value` as text: dates ISO, numbers with a decimal point and no more digits than they need, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return SEPARATOR.join(value) if isinstance(value, list) else str(value)
