"""Days as the tables write them: "pr. 1.7. 2017", "d. 1.1. 2018", "1. juli 2018"."""

import re
from datetime import date

_MONTHS = [
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
]
_DAY = re.compile(rf"\b(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.|({'|'.join(_MONTHS)}))\s?(\d{{4}})\b", re.IGNORECASE)
_IN_FORCE = re.compile(rf"ikrafttrædelse\s+(?:pr\.|d\.|den)?\s*(?={_DAY.pattern})", re.IGNORECASE)


def impossible_days(text: str) -> list[str]:
    """What is written as a date in `text` but is none, such as 31.2. 2018."""
    return [found[0] for found in _DAY.finditer(text) if _day(found) is None]


def in_force_from(text: str) -> date | None:
    """The day on which a trial came into force by law, from its sixth cell; None when it gives none."""
    found = _IN_FORCE.search(text)
    day = found and _DAY.match(text, found.end())
    return _day(day) if day else None


def _day(found: re.Match) -> date | None:
    number, month, name, year = found.groups()
    try:
        return date(int(year), int(month) if month else _MONTHS.index(name.lower()) + 1, int(number))
    except ValueError:
        return None
