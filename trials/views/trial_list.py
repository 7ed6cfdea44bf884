"""All trials under a filter: as a page, and as comma-separated values."""

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials import exports, facets
from trials.filters import DEFAULT_ORDER, ORDERS, TrialFilter
from trials.models import Trial

PAGE_SIZE = 25


@require_safe
def trial_list(request: HttpRequest) -> HttpResponse:
    """The trials under the filter, a page at a time; status 400 and the reasons when the filter is not valid."""
    trials = _filtered(request)
    context = {
        "filter": trials,
        "facets": facets.facets(trials),
        "pills": facets.pills(trials),
        "clear_url": facets.list_url(f"sortering={trials.order}" if trials.order != DEFAULT_ORDER else ""),
        "orders": [(value, label) for value, (label, _) in ORDERS.items()],
    }
    if not trials.is_valid():
        return render(request, "trials/trial_list.html", context | {"errors": trials.messages}, status=400)
    page = _page(trials)
    query = trials.query()
    context |= {
        "page_obj": page,
        "sentence": facets.sentence(trials, page.paginator.count),
        "query": f"{query}&" if query else "",
        "csv_url": reverse("trials:trial_csv") + (f"?{query}" if query else ""),
        "sources": _sources(page),
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


def _page(trials: TrialFilter) -> Page:
    try:
        return Paginator(trials.qs.for_list(), PAGE_SIZE).page(trials.page)
    except EmptyPage as error:
        raise Http404("Listen har ikke så mange sider.") from error


def _sources(page: Page) -> list:
    """The documents that the page's trials are taken from."""
    return list(dict.fromkeys(cell.source for trial in page for cell in trial.cells.all()))
