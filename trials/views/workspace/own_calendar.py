"""The user's own deadlines as a calendar: the page that gives the address, and the calendar itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trials.views.workspace.entry import at_work
from trials.workspace import own_calendar

DEEDS = {
    "ny": (own_calendar.renew, "Kalenderen har fået en ny adresse. En tidligere adresse virker ikke længere."),
    "luk": (own_calendar.revoke, "Kalenderens adresse er lukket."),
}


@at_work()
def own_calendar_page(request: HttpRequest) -> HttpResponse:
    """The secret address, which is made, made anew or taken away here."""
    if request.method == "POST" and request.POST.get("handling") in DEEDS:
        deed, sentence = DEEDS[request.POST["handling"]]
        deed(request.user)
        messages.success(request, sentence)
        return redirect("trials:own_calendar")
    path = own_calendar.address(request.user)
    context = {"address": request.build_absolute_uri(path) if path else ""}
    return render(request, "workspace/own_calendar.html", context)


@require_safe
def own_calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever the address belongs to. Calendar programs do not log in."""
    user = own_calendar.owner(token)
    if user is None:
        raise Http404
    return HttpResponse(
        own_calendar.written(user, request.build_absolute_uri),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="mine-frister.ics"',
            "Cache-Control": "private, no-cache",
            "X-Robots-Tag": "noindex",
        },
    )
