"""Asking the municipalities of a network how their trials stand."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trials.views.workspace.entry import at_work, network_kept
from trials.workspace.ask_form import AskForm
from trials.workspace.asking import DAYS_OPEN, ask, askable

log = logging.getLogger(__name__)


@at_work()
def ask_municipalities(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to ask, and who has been asked; status 400 and the reasons when nobody can be asked by what was sent."""
    network = network_kept(request, slug)
    form = AskForm(askable(network), request.POST if request.method == "POST" else None)
    unsent: list = []
    if form.is_valid():
        unsent = _send(request, network, form)
        if not unsent:
            return redirect("trials:ask_municipalities", network.slug)
        form.keep_only(unsent)
    context = {"network": network, "form": form, "unsent": unsent, "days_open": DAYS_OPEN}
    return render(request, "workspace/ask.html", context, status=400 if form.errors else 200)


def _send(request: HttpRequest, network, form: AskForm) -> list:
    """Ask those who are chosen, and say who was asked. Returns those to whom nothing could be sent."""
    sent, unsent = [], []
    for asked, email in form.chosen:
        try:
            ask(asked, network, email, form.cleaned_data["message"], request.user, request.build_absolute_uri)
            sent.append(f"{asked.municipality} ({email})")
        except Exception:  # one address that the mail server refuses must not keep the others' letters back
            log.exception("Question to %s could not be sent", asked.municipality.code)
            unsent.append(asked)
    if sent:
        messages.success(request, f"Spørgsmålet er sendt til {', '.join(sent)}.")
    return unsent
