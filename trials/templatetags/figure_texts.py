"""How pages write figures and periods."""

from datetime import date, timedelta
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from trials import figures
from trials.enums import Accuracy
from trials.models import Observation
from trials.templatetags.trial_texts import day

register = template.Library()


@register.filter
def short_code(code: str) -> str:
    """O-001 of vive-2019:O-001."""
    return figures.short_code(code)


@register.filter
def amount(figure: Observation) -> str:
    """The figure without its unit, as exact as it is: ca. 450, 5–15, mindst 200.000, 3,6."""
    value = _number(figure.value)
    if figure.value_to is not None:
        value = f"{value}–{_number(figure.value_to)}"
    return value if figure.accuracy == Accuracy.COUNTED else f"{figure.get_accuracy_display()}\N{NO-BREAK SPACE}{value}"


@register.filter
def published_day(figure: Observation) -> date | None:
    """The day by which a figure without dates was so; None when it has dates, or no source."""
    return figures.as_of(figure)


@register.simple_tag
def period(first: date | None, last: date | None) -> SafeString | str:
    """A period in few words: a day, april 2018, 2018, juni–august 2019, 15. august – 31. oktober 2018.

    Empty without dates.
    """
    if first and last:
        return day(last) if first == last else _between(first, last)
    if first:
        return format_html("fra {}", day(first))
    return day(last) if last else ""


def _between(first: date, last: date) -> SafeString:
    after = last + timedelta(days=1)
    if first.day == after.day == 1 and (first.year, first.month) == (last.year, last.month):
        return format_html('<time datetime="{}">{}</time>', f"{first:%Y-%m}", date_format(first, "F Y"))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return format_html('<time datetime="{}">{}</time>', f"{first:%Y}", str(first.year))
    if first.day == after.day == 1:
        begin = date_format(first, "F" if first.year == last.year else "F Y")
        between = '<time datetime="{}">{}</time>–<time datetime="{}">{}</time>'
        return format_html(between, f"{first:%Y-%m}", begin, f"{last:%Y-%m}", date_format(last, "F Y"))
    begin = date_format(first, "j. F" if first.year == last.year else "j. F Y")
    return format_html('<time datetime="{}">{}</time> – {}', first.isoformat(), begin, day(last))


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    places = len(text.rstrip("0").partition(".")[2]) if "." in text else 0
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
