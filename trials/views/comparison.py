"""Trials side by side."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.comparison import Comparison, Selection
from trials.models import Trial
from trials.views.as_of import on_a_day


@require_safe
@on_a_day
def comparison(request: HttpRequest, day: date | None) -> HttpResponse:
    """Two to four trials side by side; with fewer how to choose them; status 400 and the reasons when it cannot be."""
    visible = Trial.objects.visible_to(request.user)
    selection = Selection(request.GET, visible.for_page(request.user, day), day)
    chosen = [trial.pk for trial in selection.trials]
    context = {
        "selection": selection,
        "day": day,
        "errors": selection.messages,
        "comparison": Comparison(selection.trials, request.user, day) if selection.is_enough else None,
        "others": visible.exclude(pk__in=chosen).select_related("network").order_by("network__number", "number"),
        "sources": list(dict.fromkeys(cell.source for trial in selection.trials for cell in trial.cells.all())),
    }
    return render(request, "trials/comparison.html", context, status=400 if selection.messages else 200)
