"""One thing that those who keep a network have to see to."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

SOON = timedelta(days=30)
"""How long before its day a duty is told of."""


class Severity(models.TextChoices):
    """How pressing a duty is, the most pressing first."""

    OVERDUE = "overdue", "Overskredet"
    SOON = "soon", "Snart"
    MISSING = "missing", "Mangler"


@dataclass(frozen=True)
class Duty:
    """What is to be done in the network with this primary key, and where.

    `key` is the same every time the duty is worked out, also when its day moves. `due` is the day on which it is or was
    to be done; None where nothing sets one.
    """

    network: int
    key: str
    kind: str
    text: str
    due: date | None
    severity: Severity
    url: str


def timed(today: date, due: date, soon: timedelta = SOON) -> Severity | None:
    """How pressing it is on `today` that something is due on `due`; None when it is not to be told of yet."""
    if due < today:
        return Severity.OVERDUE
    return Severity.SOON if due <= today + soon else None


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
