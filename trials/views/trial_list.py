"""All trials under a filter: as a page, and as comma-separated values."""

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials import exports, maps
from trials.filters import ORDERS, TrialFilter
from trials.models import Trial
from trials.views.listing import PAGE_SIZE, filter_context, page_context

__all__ = ["PAGE_SIZE", "trial_csv", "trial_list"]


@require_safe
def trial_list(request: HttpRequest) -> HttpResponse:
    """The trials under the filter, a page at a time; status 400 and the reasons when the filter is not valid."""
    trials = _filtered(request)
    context = filter_context(trials) | {"orders": [(value, label) for value, (label, _) in ORDERS.items()]}
    if not trials.is_valid():
        return render(request, "trials/trial_list.html", context, status=400)
    context |= page_context(trials, trials.qs.for_list())
    query = trials.query()
    context |= {
        "csv_url": reverse("trials:trial_csv") + (f"?{query}" if query else ""),
        "sources": _sources(context["page_obj"]),
        "map": maps.of_list(trials, mark="valgt"),
    }
    return render(request, "trials/trial_list.html", context)


@require_safe
def trial_csv(request: HttpRequest) -> HttpResponse:
    """All trials under the filter as a file; status 400 and the reasons when the filter is not valid."""
    trials = _filtered(request)
    if not trials.is_valid():
        text = "".join(f"{message}\n" for message in trials.messages)
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    text = exports.csv_of(trials.qs, request.build_absolute_uri)
    headers = {"Content-Disposition": 'attachment; filename="forsoeg.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8; header=present", headers=headers)


def _filtered(request: HttpRequest) -> TrialFilter:
    return TrialFilter(request.GET, Trial.objects.visible_to(request.user))


def _sources(page: Page) -> list:
    """The documents that the page's trials are taken from."""
    return list(dict.fromkeys(cell.source for trial in page for cell in trial.cells.all()))
