"""How pages write figures and periods."""

from datetime import date

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from trials import figures, periods
from trials.models import Observation

register = template.Library()


@register.filter
def short_code(code: str) -> str:
    """O-001 of vive-2019:O-001."""
    return figures.short_code(code)


@register.filter
def amount(figure: Observation) -> str:
    """The figure without its unit, as exact as it is: ca. 450, 5–15, mindst 200.000, 3,6."""
    return figures.amount(figure)


@register.filter
def published_day(figure: Observation) -> date | None:
    """The day by which a figure without dates was so; None when it has dates, or no source."""
    return figures.as_of(figure)


@register.simple_tag
def period(first: date | None, last: date | None) -> SafeString:
    """A period in few words (see `trials.periods`), readable to machines too. Empty without dates."""
    written = (
        format_html('<time datetime="{}">{}</time>', part.machine, part.words) if part.machine else escape(part.words)
        for part in periods.parts(first, last)
    )
    return mark_safe("".join(written))
