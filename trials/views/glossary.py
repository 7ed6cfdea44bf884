"""The glossary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.glossary import GROUPS


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the field, in groups, each with its meaning and an anchor."""
    return render(request, "glossary/glossary.html", {"groups": GROUPS})
