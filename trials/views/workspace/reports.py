"""Answering a template for a municipality, and the answers side by side."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from networks.models import Network
from trials.as_of import DayField
from trials.models import Participation, Report, Template, Trial
from trials.views.workspace.entry import allowed, at_work
from trials.views.workspace.templates import network_followed, template_of
from trials.workspace.answers_beside import beside
from trials.workspace.report_entry import ReportForm


@at_work()
def answers(request, slug: str, pk: int, public_id: str) -> HttpResponse:
    """The answers of all municipalities of a trial side by side; with `pr` those of that day."""
    network = network_followed(request, slug)
    template, trial = template_of(network, pk), _trial(request, network, public_id)
    context: dict[str, Any] = {"network": network, "template": template, "trial": trial}
    try:
        day = DayField(required=False).clean(request.GET.get("pr", ""))
    except ValidationError as error:
        return render(request, "workspace/templates/answers.html", context | {"errors": error.messages}, status=400)
    context |= {
        "day": day,
        "beside": beside(template, trial, day),
        "keeps": request.user.has_perm("trials.keep_network", network),
    }
    return render(request, "workspace/templates/answers.html", context)


@at_work()
def report(request, slug: str, pk: int, public_id: str, municipality: str) -> HttpResponse:
    """Answers a template for a municipality; with `dato` those of an earlier day are corrected."""
    network = network_followed(request, slug)
    template, trial = template_of(network, pk), _trial(request, network, public_id)
    parts = Participation.objects.select_related("municipality", "trial__network")
    part = allowed(
        request.user, "trials.answer_for", get_object_or_404(parts, trial=trial, municipality__slug=municipality)
    )
    reports = Report.objects.filter(template=template, trial=trial, municipality=part.municipality)
    earlier = list(reports.with_answers().newest_first())
    found = _of_day(earlier, request.GET.get("dato", ""))
    newer = Template.objects.filter(previous=template).first()
    if newer and found is None:
        messages.warning(request, "Skabelonen har fået en ny version. Svar på den.")
        return redirect("trials:report", network.slug, newer.pk, trial.public_id, municipality)
    form = ReportForm(template, part, found, request.user, request.POST or None)
    if request.method == "POST" and form.save():
        messages.success(request, f"Svarene fra {part.municipality} er gemt.")
        if form.kept_words:
            messages.info(request, form.kept_words)
        return redirect("trials:template_answers", network.slug, template.pk, trial.public_id)
    context = {"network": network, "template": template, "trial": trial, "part": part, "form": form}
    context |= {"report": found, "earlier": earlier}
    return render(request, "workspace/templates/report.html", context)


def _trial(request, network: Network, public_id: str) -> Trial:
    seen = Trial.objects.visible_to(request.user).filter(network=network).select_related("network")
    return get_object_or_404(seen, public_id__iexact=public_id)


def _of_day(reports: list[Report], written: str) -> Report | None:
    """The report of the day `written`; None when none is asked for. Raises `Http404` when there is none of the day."""
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Http404 from None
    found = next((each for each in reports if each.as_of == day), None)
    if found is None:
        raise Http404
    return found
