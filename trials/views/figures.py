"""All activity figures under a filter, a page at a time."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trials.figure_filters import FigureFilter
from trials.views.listing import list_page, sources


@require_safe
def figure_list(request: HttpRequest) -> HttpResponse:
    """The figures under the filter (`list_page`)."""
    figures = FigureFilter(request.GET, request.user)
    return list_page(
        request,
        "figures/figure_list.html",
        figures,
        lambda: figures.qs.shown_to(request.user).select_related("part_of"),
        lambda context: {"sources": sources(context["page_obj"])},
    )
