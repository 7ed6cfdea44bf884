"""A form sent by someone whose login has run out: it is kept in the session until he has logged in, and then shown
again to be sent or dropped. Nothing is sent unasked.

Kept for an hour at most, and never with passwords, files or the token of the form. It is shown to the one whose form it
was and to nobody else who logs in with the same browser. Whose it was a cookie says: it is set with the pages that have
forms, and a form of an earlier login is refused for its token, which each login renews.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.csrf import csrf_failure as refuse
from django.views.decorators.cache import never_cache

KEY = "kept_form"
LAST_USER = "sidste_bruger"
"""The cookie that says, as a code, who was logged in last. It lasts as long as the browser is open."""

SECONDS = 3600
MOST = 250_000
"""How many signs are kept: a whole network's grid is far below; an anonymous visitor may not fill the database."""

FORMS = ("/admin/", "/arbejdsbord/")


class KeptFormMiddleware:
    """Keeps the form when what was sent is answered with the way to the login, and it is known whose it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(FORMS):
            return response
        if request.user.is_authenticated:
            _remember(request, response)
            return response
        by = request.COOKIES.get(LAST_USER)
        if request.method != "POST" or not by:
            return response
        if urlsplit(response.get("Location", "")).path != resolve_url(settings.LOGIN_URL):
            return response
        sent = _sent(request)
        if not sent:
            return response
        request.session[KEY] = sent | {"at": time.time(), "by": by}
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': reverse('kept_form')})}")


@never_cache
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """What was written, to be sent after all; sending `drop` throws it away and leads to the form as it is now."""
    kept = request.session.get(KEY)
    if not kept or kept["at"] < time.time() - SECONDS or not constant_time_compare(kept["by"], _code(request.user)):
        request.session.pop(KEY, None)
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        del request.session[KEY]
        return redirect(kept["address"])
    return _show(request, kept)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is from an earlier login, sent from a page of ours, is shown again; all else is refused.

    A browser names the page's origin itself. A form of another site's is not shown, so that nobody is led to send it.
    """
    own = f"{request.scheme}://{request.get_host()}"
    user = getattr(request, "user", None)
    ours = request.headers.get("Origin") == own and request.path.startswith(FORMS)
    if ours and user and user.is_authenticated and (sent := _sent(request)):
        return _show(request, sent, status=403)
    return refuse(request, reason)


def _code(user) -> str:
    """What stands for `user` in the cookie: it tells nothing, and nobody else can make it."""
    return salted_hmac("frikommune.kept_form", str(user.pk), algorithm="sha256").hexdigest()


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    code = _code(request.user)
    if request.COOKIES.get(LAST_USER) != code:
        response.set_cookie(
            LAST_USER,
            code,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite=settings.SESSION_COOKIE_SAMESITE,
        )


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What can be kept of the form that was sent; empty when it held a password or is too long."""
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    if any("password" in name for name, _ in fields):
        return {}
    if sum(len(name) + len(value) for name, values in fields for value in values) > MOST:
        return {}
    return {
        "address": request.get_full_path(),
        "fields": fields,
        "files": [file.name for file in request.FILES.values()],
    }


def _show(request: HttpRequest, kept: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page on which the kept form is sent again, or, when files were lost with it, copied from."""
    pairs = [(name, value) for name, values in kept["fields"] for value in values]
    written = [(name, value) for name, value in pairs if value.strip() and not name.endswith("_FORMS")]
    return render(request, "account/kept_form.html", {**kept, "pairs": pairs, "written": written}, status=status)
