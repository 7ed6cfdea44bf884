"""The page behind a link that a municipality got by e-mail: answering for its own participations without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from trials.models import ConfirmationRequest
from trials.workspace import links
from trials.workspace.answering import AnswerSheet, UsedUp, asked_by_link

PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # Other sites are told nothing. With `no-referrer` the browser would send the form without saying from where, which
    # the CSRF check refuses.
    "Referrer-Policy": "same-origin",
}


@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening only shows; sending an answer uses the link up. 410 when it is used or has ended, 404 when it is none."""
    asked = links.at_token(ConfirmationRequest.objects.select_related("network", "municipality"), token)
    if asked is None:
        raise Http404
    if not asked.is_open:
        return _page(request, "gone", {"asked": asked}, 410)
    sheet = AnswerSheet(asked_by_link(asked), request.POST if request.method == "POST" else None)
    try:
        if sheet.is_valid() and sheet.save(_signed_in(request), asked):
            return _page(request, "received", {"asked": asked, "sheet": sheet}, 200)
    except UsedUp:
        asked.refresh_from_db()
        return _page(request, "gone", {"asked": asked}, 410)
    return _page(request, "answer", {"asked": asked, "sheet": sheet}, 400 if sheet.errors else 200)


def _signed_in(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


def _page(request: HttpRequest, name: str, context: dict, status: int) -> HttpResponse:
    response = render(request, f"answer_link/{name}.html", context, status=status)
    for header, value in PRIVATE.items():
        response[header] = value
    return response
