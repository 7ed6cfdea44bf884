"""Which rows of a list a request of the API gets, and how it goes on to the others."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import QueryDict

from trials import search
from trials.api.problem import Problem
from trials.exports.listing import Extract

SIZE = "antal"
"""The parameter for the number of rows on a page."""

PAGE_SIZE, LARGEST = 100, 500


@dataclass(frozen=True)
class Asked:
    """The query of a request, less the page size, which the API has its own rule for."""

    filters: QueryDict
    size: int
    finds_nothing: bool = False
    """Whether a text without letters and digits is searched for, which no row holds."""


def asked(data: QueryDict) -> Asked:
    """Reads a request's query. Raises `Problem` when the page size is not a number from 1 to `LARGEST`."""
    filters, given = data.copy(), data.getlist(SIZE)
    if any(not number.strip() for number in data.getlist("side")):
        raise Problem(400, "Sidetallet er tomt.")
    filters.pop(SIZE, None)
    size = given[0] if given else str(PAGE_SIZE)
    if len(given) > 1 or not re.fullmatch("[1-9][0-9]{0,2}", size) or int(size) > LARGEST:
        shown = ", ".join(given)[:60]
        raise Problem(400, f"»{shown}« er ikke et antal rækker. Det kan være 1 til {LARGEST}.")
    text = "".join(filters.getlist("q"))
    finds_nothing = bool(text.strip()) and "\0" not in text and not search.words(text)
    if finds_nothing and len(text.strip()) <= search.LONGEST_QUERY and len(filters.getlist("q")) == 1:
        filters.pop("q")
    return Asked(filters, int(size), finds_nothing)


def page_of(extract: Extract, size: int, nothing: bool = False) -> dict[str, Any]:
    """The page asked for, with the addresses of those beside it. Raises `Problem` past the last page."""
    rows: Any = [] if nothing else extract.listing.rows(extract.filter)
    try:
        page: Page = Paginator(rows, size).page(extract.filter.page)
    except EmptyPage:
        raise Problem(404, "Listen har ikke så mange sider.") from None
    return {
        "titel": extract.said(page.paginator.count),
        "pr": extract.day,
        "antal": page.paginator.count,
        "side": page.number,
        "sider": page.paginator.num_pages,
        "naeste": _address(extract, page.next_page_number(), size) if page.has_next() else None,
        "forrige": _address(extract, page.previous_page_number(), size) if page.has_previous() else None,
        "rows": _rows(page),
    }


def _rows(page: Page) -> list[Any]:
    return list(page.object_list)


def _address(extract: Extract, number: int, size: int) -> str:
    query = QueryDict(extract.filter.query(), mutable=True)
    query["side"], query[SIZE] = str(number), str(size)
    return extract.absolute(f"/api/v1/{extract.listing.name}?{query.urlencode()}")
