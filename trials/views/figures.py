"""All activity figures under a filter, a page at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.figure_filters import ORDERS, FigureFilter
from trials.views.listing import filter_context, page_context


@require_safe
def figure_list(request: HttpRequest) -> HttpResponse:
    """The figures under the filter, a page at a time; status 400 and the reasons when the filter is not valid."""
    figures = FigureFilter(request.GET, request.user)
    context = filter_context(figures) | {"orders": [(value, label) for value, (label, _) in ORDERS.items()]}
    if not figures.is_valid():
        return render(request, "figures/figure_list.html", context, status=400)
    context |= page_context(figures, figures.qs.shown_to(request.user).select_related("part_of"))
    context["sources"] = list(dict.fromkeys(figure.source for figure in context["page_obj"] if figure.source))
    return render(request, "figures/figure_list.html", context)
