"""All activity figures under a filter: as a page, and as comma-separated values."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials import figure_exports
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
    query = figures.query()
    context |= {
        "csv_url": reverse("trials:figure_csv") + (f"?{query}" if query else ""),
        "sources": list(dict.fromkeys(figure.source for figure in context["page_obj"] if figure.source)),
    }
    return render(request, "figures/figure_list.html", context)


@require_safe
def figure_csv(request: HttpRequest) -> HttpResponse:
    """All figures under the filter as a file; status 400 and the reasons when the filter is not valid."""
    figures = FigureFilter(request.GET, request.user)
    if not figures.is_valid():
        text = "".join(f"{message}\n" for message in figures.messages)
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    text = figure_exports.csv_of(figures.qs, request.user, request.build_absolute_uri)
    headers = {"Content-Disposition": 'attachment; filename="aktivitetstal.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8; header=present", headers=headers)
