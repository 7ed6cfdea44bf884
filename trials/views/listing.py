"""What every page with a filtered list has in common."""

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from trials import facets
from trials.code_filter import CodeFilterSet
from trials.exports.forms import FORMS

PAGE_SIZE = 25


def filter_context(filtered: CodeFilterSet) -> dict:
    """The filter as the page shows it, whether it is valid or not; then with what is wrong as `errors`."""
    return {
        "filter": filtered,
        "facets": facets.facets(filtered),
        "pills": facets.pills(filtered),
        "list_url": filtered.url(),
        "clear_url": filtered.clear_url,
        "errors": filtered.messages,
    }


def page_context(filtered: CodeFilterSet, rows: QuerySet) -> dict:
    """The page asked for of `rows`, which are those of a valid filter; raises 404 past the last."""
    page, query = _page(filtered, rows), filtered.query()
    return {
        "page_obj": page,
        "sentence": facets.sentence(filtered, page.paginator.count),
        "query": f"{query}&" if query else "",
        "downloads": downloads(filtered.listing, query),
        "day": filtered.day,
    }


def downloads(listing: str, query: str = "") -> list[tuple[str, str]]:
    """What each form of the list as a file is called, and its address; none when it cannot be taken away."""
    forms = FORMS.values() if listing else ()
    after = f"?{query}" if query else ""
    return [(form.label, reverse(f"trials:{listing}.{form.ending}") + after) for form in forms]


def _page(filtered: CodeFilterSet, rows: QuerySet) -> Page:
    try:
        return Paginator(rows, PAGE_SIZE).page(filtered.page)
    except EmptyPage as error:
        raise Http404("Listen har ikke så mange sider.") from error
