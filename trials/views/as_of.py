"""Pages of one record as of a day (`?pr=2018-12-01`)."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from trials import as_of
from trials.enums import Status
from trials.models import Trial


def on_a_day(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the day that the address asks for as `day`; a page that says why with 400 when it is refused."""

    @wraps(view)
    def with_day(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            day = as_of.asked(request.GET)
        except ValidationError as refused:
            return render(request, "day_refused.html", {"errors": refused.messages}, status=400)
        return view(request, *args, day=day, **kwargs)

    return with_day


def moved(to: Any, day: date | None) -> HttpResponse:
    """Leads to the right address of a record, as of the same day."""
    query = f"?{as_of.PARAMETER}={day.isoformat()}" if day else ""
    return redirect(f"{resolve_url(to)}{query}", permanent=True)


def show_status_on(trials: Iterable[Trial], day: date | None) -> None:
    """Lets the trials show the status that they had on `day`. One query; none without a day."""
    found = list(trials)
    if day is None or not found:
        return
    rows = Trial.objects.filter(pk__in={trial.pk for trial in found}).status_on(day)
    statuses = dict(rows.values_list("pk", "status_then"))
    for trial in found:
        trial.status_then = statuses.get(trial.pk, Status.UNKNOWN)
