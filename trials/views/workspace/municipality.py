"""A municipality's own participations, for whoever answers for them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from networks.models import Municipality
from trials.models import MunicipalAnswer
from trials.views.workspace.entry import allowed, at_work
from trials.workspace.answering import AnswerSheet, answered_by

SHOWN = 50
"""How many earlier answers the page shows."""


@at_work()
def municipality_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the municipality's own trials stand, to be confirmed or changed; 400 and the reasons when refused."""
    municipality = Municipality.objects.at_address(slug)
    if municipality is None:
        raise Http404
    allowed(request.user, "trials.answer_for", municipality)
    participations = answered_by(request.user, municipality)
    sheet = AnswerSheet(participations, request.POST if request.method == "POST" else None)
    if sheet.is_valid() and sheet.save(by=request.user):
        messages.success(request, sheet.receipt)
        return redirect("trials:municipality_answers", municipality.slug)
    answers = MunicipalAnswer.objects.filter(participation__in=[each.pk for each in participations])
    context = {
        "municipality": municipality,
        "sheet": sheet,
        "answers": answers.filter(unchanged=False).with_standing()[:SHOWN],
    }
    return render(request, "workspace/municipality.html", context, status=400 if sheet.errors else 200)
