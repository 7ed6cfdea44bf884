"""All trials under a filter, a page at a time."""

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials import maps
from trials.enums import Status
from trials.facets import Facet
from trials.filters import LAYOUTS, ORDERS, TrialFilter
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
    context |= {
        "sources": _sources(context["page_obj"]),
        "map": maps.of_list(trials, mark="valgt"),
        "layouts": _layouts(trials),
        "municipalities": trials.chosen("kommune"),
        "unknown": _unknown(trials, context["facets"]),
    }
    return render(request, "trials/trial_list.html", context)


def _sources(page: Page) -> list:
    """The documents that the page's trials are taken from."""
    return list(dict.fromkeys(cell.source for trial in page for cell in trial.cells.all()))


def _layouts(trials: TrialFilter) -> list[tuple[str, str, bool]]:
    """What each way to show the list is called, its address, and whether it is the one shown."""
    usual = next(iter(LAYOUTS))
    return [
        (label, trials.url(trials.page_query(visning="" if value == usual else value)), value == trials.shown_as)
        for value, label in LAYOUTS.items()
    ]


def _unknown(trials: TrialFilter, facets: list[Facet]) -> int:
    """Under the other filters than status, of how many trials the status on the day asked for is not known."""
    if not trials.day:
        return 0
    status = next(facet for facet in facets if facet.name == "status")
    return next(choice.count or 0 for choice in status.choices if choice.value == Status.UNKNOWN)
