"""What municipalities have answered, and the decisions on what they propose."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from frikommune.keys import read_key
from trials.lawfulness import Doubtful
from trials.models import MunicipalAnswer
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace import deciding

log = logging.getLogger(__name__)

SHOWN = 50
"""How many of the answers that need no decision the page shows."""


@at_work()
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposals that wait, with what they would change; status 400 and the reason when one is refused."""
    network = network_kept(request, slug)
    of_network = MunicipalAnswer.objects.filter(participation__trial__network=network)
    refusal: dict = {}
    if request.method == "POST":
        answer = get_object_or_404(of_network.filter(unchanged=False), pk=_number(request.POST.get("svar")))
        comment = request.POST.get("begrundelse", "").strip()
        try:
            _decide(request, answer, comment)
            return redirect("trials:answers", network.slug)
        except ValidationError as refused:
            refusal = {
                "answer": answer.pk,
                "messages": refused.messages,
                "comment": comment,
                "anyway": "anyway" in request.POST,
                "is_doubtful": "anyway" in request.POST or isinstance(refused, Doubtful),
            }
    shown = of_network.with_standing()
    waiting = shown.waiting().order_by("answered_at", "pk")
    context = {
        "network": network,
        "waiting": waiting,
        "refusal": refusal,
        "settled": shown.exclude(pk__in=of_network.waiting().values("pk"))[:SHOWN],
    }
    return render(request, "workspace/answers.html", context, status=400 if refusal else 200)


def _decide(request: HttpRequest, answer: MunicipalAnswer, comment: str) -> None:
    """Accept or return. Raises `ValidationError` when it cannot be done."""
    if request.POST.get("afgoerelse") == "godkend":
        seen, anyway = _number(request.POST.get("set")), "anyway" in request.POST
        made = deciding.accept(answer.pk, seen, request.user, comment, anyway)
        messages.success(request, f"Forslaget er godkendt: {made.participation} er »{made.get_status_display()}«.")
        return
    made = deciding.give_back(answer.pk, request.user, comment)
    messages.success(request, "Forslaget er sendt tilbage.")
    try:
        deciding.tell(made, request.user)
    except Exception:  # the decision stands, whatever the mail server says
        log.exception("Answer %s could not be told", made.pk)
        messages.warning(request, "E-mailen til kommunen kunne ikke sendes. Fortæl dem selv, hvorfor.")


def _number(text: str | None) -> int:
    """A key that a form sent; 0, which no row has, for anything else."""
    return read_key(text) or 0
