"""How the pages of the trials write days and excerpts."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

EXCERPT = 170
"""Characters of a text that a list shows."""


@register.filter
def day(value: date) -> SafeString:
    """`value` in words, readable to machines too: <time datetime="2019-02-28">28. februar 2019</time>."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value))


@register.filter
def excerpt(text: str) -> str:
    """The beginning of `text`, cut between two words."""
    text = " ".join(text.split())
    if len(text) <= EXCERPT:
        return text
    whole_words = text[:EXCERPT].rpartition(" ")[0] or text[:EXCERPT]
    return whole_words.rstrip(" ,;:–-") + "\N{NO-BREAK SPACE}…"
