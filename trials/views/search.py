"""The search over everything."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from trials import lookup
from trials import search as matching
from trials.lookup import Entry, Group, Hit, Index, Kind, SearchFilter
from trials.models import Trial
from trials.views.listing import PAGE_SIZE

SHOWN = 5
"""How many finds of each kind are shown together."""

POPULAR = 6
"""How many entries of a kind the page offers to one who has not searched yet."""

LISTS = {Kind.TRIAL: "trials:trial_list", Kind.EXPERIENCE: "trials:experience_list"}
"""The kinds whose own list searches the same texts."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found by the words `q`, by kind; with `slags` all of a kind, a page at a time.

    An id, a kommunekode or a § leads to its page. Without words the page tells what can be searched. Status 400 and the
    reasons when a parameter is not valid.
    """
    asked = SearchFilter(request.GET, Trial.objects.none())
    if not asked.is_valid():
        return render(request, "search/search.html", {"text": asked.text, "errors": asked.messages}, status=400)
    index = lookup.index(request.user)
    if not asked.text:
        return render(request, "search/search.html", _start(index))
    straight = lookup.direct(index, asked.text)
    if straight.url and not asked.kinds:
        return redirect(straight.url)
    found = lookup.find(index, asked.text)
    context = {
        "text": asked.text,
        "direct": straight.targets,
        "count": sum(len(group.entries) for group in found),
        "kinds": [(group.kind, len(group.entries), _url(asked.text, group.kind)) for group in found],
        "sources": index.sources,
    }
    context |= _shown(asked, found) if found else _nothing(index, asked.text)
    return render(request, "search/search.html", context)


def _start(index: Index) -> dict:
    """What is offered before a search."""
    kinds = (Kind.MUNICIPALITY, Kind.LAW)
    return {
        "popular": [(kind, index.popular(kind, POPULAR)) for kind in kinds],
        "networks": index.entries[Kind.NETWORK],
    }


def _shown(asked: SearchFilter, found: list[Group]) -> dict:
    """The first finds of each kind, or a page of all finds of the kinds asked for. Raises 404 past the last page."""
    entries = [entry for group in found if group.kind in asked.kinds for entry in group.entries]
    first = [entry for group in found for entry in group.entries[:SHOWN]]
    rows, size = (entries, PAGE_SIZE) if asked.kinds else (first, max(len(first), 1))
    try:
        page = Paginator(rows, size).page(asked.page)
    except EmptyPage as error:
        raise Http404("Søgningen har ikke så mange sider.") from error
    words = matching.words(asked.text)
    groups = [_group(group, list(page.object_list), words, asked) for group in found]
    return {
        "page_obj": page,
        "chosen": asked.kinds,
        "groups": [group for group in groups if group["hits"]],
        "query": f"{asked.query()}&",
        "all_url": f"{reverse('trials:search')}?{urlencode({'q': asked.text})}",
    }


def _group(group: Group, entries: list[Entry], words: list[str], asked: SearchFilter) -> dict:
    """A kind with those of its finds that are among `entries`, and where all of them are."""
    hits = [Hit(entry, words) for entry in entries if entry.kind == group.kind]
    count = len(group.entries)
    more = "" if asked.kinds or count <= SHOWN else _url(asked.text, group.kind)
    return {"kind": group.kind, "count": count, "hits": hits, "more": more}


def _url(text: str, kind: Kind) -> str:
    """Where all the finds of a kind are: in its own list, or on the page of the search narrowed to it."""
    if kind in LISTS:
        return f"{reverse(LISTS[kind])}?{urlencode({'q': text})}"
    return f"{reverse('trials:search')}?{urlencode({'q': text, 'slags': kind.value})}"


def _nothing(index: Index, text: str) -> dict:
    """What may help one who found nothing: other spellings, or the words one at a time."""
    meant = lookup.suggestions(index, text, lambda query: bool(lookup.find(index, query)))
    words = list(dict.fromkeys(matching.words(text)))
    single = [(word, sum(len(group.entries) for group in lookup.find(index, word))) for word in words[:SHOWN]]
    return {"meant": meant, "single": [(word, number) for word, number in single if number and len(words) > 1]}
