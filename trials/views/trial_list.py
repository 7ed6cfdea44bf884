"""All trials under a filter, a page at a time."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trials import maps
from trials.enums import Status
from trials.facets import Facet
from trials.filters import LAYOUTS, TrialFilter
from trials.views.listing import PAGE_SIZE, list_page, sources

__all__ = ["PAGE_SIZE", "trial_list"]


@require_safe
def trial_list(request: HttpRequest) -> HttpResponse:
    """The trials under the filter (`list_page`)."""
    trials = TrialFilter(request.GET, request.user)

    def told(context: dict) -> dict:
        return {
            "sources": sources(cell for trial in context["page_obj"] for cell in trial.cells.all()),
            "map": maps.of_list(trials, mark="valgt"),
            "layouts": _layouts(trials),
            "municipalities": trials.chosen("kommune"),
            "unknown": _unknown(trials, context["facets"]),
        }

    return list_page(request, "trials/trial_list.html", trials, lambda: trials.qs.for_list(trials.day), told)


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
