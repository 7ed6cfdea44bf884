"""What every page with a filtered list has in common."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trials import facets
from trials.code_filter import PAGE_SIZES, CodeFilterSet
from trials.exports.forms import FORMS

PAGE_SIZE = PAGE_SIZES[0]


def list_page(
    request: HttpRequest,
    template: str,
    filtered: CodeFilterSet,
    rows: Callable[[], QuerySet],
    told: Callable[[dict], dict] = lambda context: {},
) -> HttpResponse:
    """The rows under the filter, a page at a time; status 400 and the reasons when the filter is not valid.

    `rows` gives those of a valid filter with all that is shown of them, `told` what else the page says.
    """
    context = filter_context(filtered)
    if not filtered.is_valid():
        return render(request, template, context, status=400)
    context |= page_context(filtered, rows())
    return render(request, template, context | told(context))


def sources(rows: Any) -> list:
    """The documents that the rows are taken from."""
    return list(dict.fromkeys(row.source for row in rows if row.source))


def filter_context(filtered: CodeFilterSet) -> dict:
    """The filter as the page shows it, whether it is valid or not; then with what is wrong as `errors`."""
    found = facets.facets(filtered)
    return {
        "filter": filtered,
        "facets": found,
        "sections": facets.sections(filtered, found),
        "pills": facets.pills(filtered),
        "list_url": filtered.url(),
        "clear_url": filtered.clear_url,
        "orders": [(value, label) for value, (label, _) in filtered.orders.items()],
        "errors": filtered.messages,
    }


def page_context(filtered: CodeFilterSet, rows: QuerySet) -> dict:
    """The page asked for of `rows`, which are those of a valid filter; raises 404 past the last."""
    page, query = _page(filtered, rows), filtered.page_query()
    return {
        "page_obj": page,
        "sentence": facets.sentence(filtered, page.paginator.count),
        "query": f"{query}&" if query else "",
        "downloads": downloads(filtered.listing, filtered.query()),
        "feed_url": reverse(f"trials:{filtered.listing}.atom"),
        "sizes": PAGE_SIZES,
        "day": filtered.day,
        "today": filtered.url(filtered.page_query(pr="")),
    }


def downloads(listing: str, query: str = "") -> list[tuple[str, str]]:
    """What each form of the list as a file is called, and its address; none when it cannot be taken away."""
    forms = FORMS.values() if listing else ()
    after = f"?{query}" if query else ""
    return [(form.label, reverse(f"trials:{listing}.{form.ending}") + after) for form in forms]


def _page(filtered: CodeFilterSet, rows: QuerySet) -> Page:
    try:
        return Paginator(rows, filtered.page_size).page(filtered.page)
    except EmptyPage as error:
        raise Http404("Listen har ikke så mange sider.") from error
