"""All trials under a filter, a page at a time."""

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials import maps
from trials.filters import ORDERS, TrialFilter
from trials.views.listing import PAGE_SIZE, filter_context, page_context

__all__ = ["PAGE_SIZE", "trial_list"]


@require_safe
def trial_list(request: HttpRequest) -> HttpResponse:
    """The trials under the filter, a page at a time; status 400 and the reasons when the filter is not valid."""
    trials = TrialFilter(request.GET, request.user)
    context = filter_context(trials) | {"orders": [(value, label) for value, (label, _) in ORDERS.items()]}
    if not trials.is_valid():
        return render(request, "trials/trial_list.html", context, status=400)
    context |= page_context(trials, trials.qs.for_list(trials.day))
    context |= {"sources": _sources(context["page_obj"]), "map": maps.of_list(trials, mark="valgt")}
    return render(request, "trials/trial_list.html", context)


def _sources(page: Page) -> list:
    """The documents that the page's trials are taken from."""
    return list(dict.fromkeys(cell.source for trial in page for cell in trial.cells.all()))
