"""Days and periods in words, as exact as they are known."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format


@dataclass(frozen=True)
class Part:
    """Words of a period: `machine` is the day, month or year that they name, or empty for what stands between."""

    words: str
    machine: str = ""


def in_words(first: date | None, last: date | None) -> str:
    """A period in few words: a day, april 2018, 2018, juni–august 2019, 15. august – 31. oktober 2018.

    Empty without dates.
    """
    return "".join(part.words for part in parts(first, last))


def parts(first: date | None, last: date | None) -> list[Part]:
    """The words of a period with what each names."""
    if first and last:
        return [_day(last)] if first == last else _between(first, last)
    if first:
        return [Part("fra "), _day(first)]
    return [_day(last)] if last else []


def _between(first: date, last: date) -> list[Part]:
    after = last + timedelta(days=1) if last < date.max else last
    same_year = first.year == last.year
    if first.day == after.day == 1 and same_year and first.month == last.month:
        return [Part(date_format(first, "F Y"), f"{first:%Y-%m}")]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and same_year:
        return [Part(str(first.year), f"{first:%Y}")]
    if first.day == after.day == 1:
        begin = Part(date_format(first, "F" if same_year else "F Y"), f"{first:%Y-%m}")
        return [begin, Part("–"), Part(date_format(last, "F Y"), f"{last:%Y-%m}")]
    begin = Part(date_format(first, "j. F" if same_year else "j. F Y"), first.isoformat())
    return [begin, Part(" – "), _day(last)]


def _day(value: date) -> Part:
    return Part(date_format(value), value.isoformat())
