"""What the public pages have in common: they are only read, compressed, and sent again only when they have changed."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from networks.enums import Channel
from networks.recording import recording

READING = ("GET", "HEAD")
NUL = "\0"


def is_editorial(request: HttpRequest) -> bool:
    """Whether the address is the editors', where forms are taken and cookies are set (`EDITORIAL_PATHS`)."""
    return request.path.startswith(tuple(settings.EDITORIAL_PATHS))


class PublicPagesMiddleware:
    """Lets browsers keep a public page as long as they ask each time whether it has changed, and answers 405 to
    whoever sends something there.

    It stands before the CSRF check, which would tell the sender of a form that was never there to load it again.
    A view exempt from that check answers for itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_editorial(request) and not response.has_header("Cache-Control"):
            # What an editor sees may hold drafts.
            private = settings.SESSION_COOKIE_NAME in request.COOKIES
            patch_cache_control(response, no_cache=True, **({"private": True} if private else {}))
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if request.method in READING or is_editorial(request) or getattr(view, "csrf_exempt", False):
            return None
        response = render(request, "405.html", status=405)
        response["Allow"] = ", ".join(READING)
        return response


class EditorialInputMiddleware:
    """Refuses signs that no text holds (NUL) in what the editors' pages are sent: PostgreSQL keeps none.

    Public pages say themselves what is wrong with an address; files are read by those who take them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if not is_editorial(request):
            return None
        if NUL in request.path:
            raise Http404
        sent = (pair for given in (request.GET, request.POST) for pair in given.lists())
        if any(NUL in text for name, values in sent for text in (name, *values)):
            return render(request, "400.html", status=400)
        return None


class PublicGZipMiddleware(GZipMiddleware):
    """Compresses pages that are the same for everyone.

    The length of a compressed page may tell what is in it to one who can put words into it (BREACH). The editors'
    pages, and any page for one with a session, which may hold tokens and drafts, are sent as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if is_editorial(request) or settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            return response
        return super().process_response(request, response)


CHANNELS = {"/admin/": Channel.ADMIN, "/arbejdsbord/": Channel.PAGE, "/bekraeft/": Channel.LINK}
"""Through what a change is made, by where its form was sent."""


class RecordingMiddleware:
    """Writes down what one form changes as one change set (see `networks.recording`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        channel = next((CHANNELS[path] for path in CHANNELS if request.path.startswith(path)), None)
        if channel is None or request.method in READING:
            return self.get_response(request)
        with recording(channel, by=request.user if request.user.is_authenticated else None):
            return self.get_response(request)
