"""Days and periods as they are written by hand in the workspace."""

import re
from calendar import monthrange
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from frikommune.dates import refuse_future_day, refuse_strange_day
from trials import periods

Period = tuple[date, date]

_MONTHS = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november"]
_MONTHS += ["december"]
_SEASONS = {
    **dict.fromkeys(("forår", "foråret"), (3, 5)),
    **dict.fromkeys(("sommer", "sommeren"), (6, 8)),
    **dict.fromkeys(("efterår", "efteråret"), (9, 11)),
}
_MONTH = rf"(?:(?P<month>\d{{1,2}})[./-]|(?P<name>{'|'.join(_MONTHS)}))"
_DAY = rf"(?P<day>\d{{1,2}})[./-]\s?{_MONTH}\s?(?P<year>\d{{4}})"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_WRITTEN = re.compile(_DAY, re.IGNORECASE)


def read_day(text: str) -> date:
    """The day that `text` says: 1.5.2018, 1. maj 2018, 2018-05-01. Raises `ValidationError` that names it."""
    written = text.strip()
    found = _ISO.fullmatch(written) or _WRITTEN.fullmatch(written)
    parts = found.groupdict() if found else {}
    try:
        month = int(parts["month"]) if parts.get("month") else _MONTHS.index(parts["name"].lower()) + 1
        return date(int(parts["year"]), month, int(parts["day"]))
    except (KeyError, ValueError) as wrong:
        raise ValidationError(f"»{written}« er ikke en dato. Skriv den som 1.5.2018.", code="invalid") from wrong


class DayInput(forms.DateInput):
    """A field for a day. What is written and is no day stays to be seen; a browser's own date field would hide it."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if context["widget"]["value"] and not _is_day(context["widget"]["value"]):
            context["widget"]["type"] = "text"
        return context


class DayField(forms.Field):
    """A day, picked or written. With `past` a day to come is refused."""

    widget = DayInput

    def __init__(self, *, past: bool = False, **options) -> None:
        super().__init__(**options)
        self.past = past

    def to_python(self, value) -> date | None:
        if not value or isinstance(value, date):
            return value or None
        return read_day(value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value:
            _check(value, self.past)


class PeriodField(forms.Field):
    """A day, month, season, quarter, year, or a period from one to another; empty is None. With `past` it is over."""

    def __init__(self, *, past: bool = False, **options) -> None:
        super().__init__(**options)
        self.past = past

    def to_python(self, value) -> Period | None:
        return read_period(value) if value and value.strip() else None

    def prepare_value(self, value):
        return periods.in_words(*value) if isinstance(value, tuple) else value

    def validate(self, value: Period | None) -> None:
        super().validate(value)
        for day in value or ():
            _check(day, self.past)


def _is_day(written: str) -> bool:
    try:
        return bool(_ISO.fullmatch(written) and date.fromisoformat(written))
    except ValueError:
        return False


def _check(day: date, past: bool) -> None:
    (refuse_future_day if past else refuse_strange_day)(day)


def read_period(text: str) -> Period:
    """The first and the last day of what `text` says: 15.8.2018, april 2018, sommeren 2019, 2. kvartal 2019, 2018,
    juni–august 2019, 15. august – 31. oktober 2018. Raises `ValidationError` that names it.
    """
    written = " ".join(text.split())
    for first, last in _halves(written):
        try:
            period = _one(first)[0], _one(last)[1]
        except (ValidationError, ValueError):
            continue
        if period[0] > period[1]:
            raise ValidationError(f"»{written}« slutter, før det begynder.", code="order")
        return period
    raise ValidationError(
        f"»{written}« er ikke en tid. Skriv fx 15.8.2018, august 2018, sommeren 2018, 3. kvartal 2018, 2018 eller "
        "1.8.2018 – 31.10.2018.",
        code="invalid",
    )


def _halves(written: str):
    """What may be the first and the last part of the period: the whole, or what stands around a dash."""
    yield written, written
    for dash in re.finditer(r"\s*[–-]\s*", written):
        first, last = written[: dash.start()], written[dash.end() :]
        year = re.search(r"\d{4}$", last)
        yield first, last
        if year:
            yield f"{first} {year[0]}", last


def _one(text: str) -> Period:
    """The first and the last day of a day, month, season, quarter or year."""
    words = text.lower()
    if found := re.fullmatch(r"(?:i )?(?:(\w+|[1-4]\. kvartal) )?(\d{4})", words):
        year = int(found[2])
        first, last = _months(found[1]) if found[1] else (1, 12)
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    day = read_day(text)
    return day, day


def _months(word: str) -> tuple[int, int]:
    """The first and the last month of a month, a season or a quarter. Raises `ValueError` for another word."""
    if word in _SEASONS:
        return _SEASONS[word]
    if word.endswith(" kvartal"):
        last = 3 * int(word[0])
        return last - 2, last
    month = _MONTHS.index(word) + 1
    return month, month
