"""The permanent reference to a page."""

from dataclasses import dataclass
from datetime import date

from django import template
from django.utils import timezone

from trials import as_of

register = template.Library()


@dataclass(frozen=True)
class Citation:
    """The day as of which a page is cited, and its whole address as of that day."""

    day: date
    url: str


@register.simple_tag(takes_context=True)
def citation(context: template.Context) -> Citation:
    """The reference to the page that is shown, as of the day that it shows: today, or the day asked for."""
    request, day = context["request"], context.get("day") or timezone.localdate()
    query = request.GET.copy()
    query[as_of.PARAMETER] = day.isoformat()
    return Citation(day, request.build_absolute_uri(f"{request.path}?{query.urlencode('/')}"))
