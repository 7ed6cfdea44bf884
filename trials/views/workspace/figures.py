"""Entering and correcting the figures of a trial."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from networks.collision import hold
from trials.models import Observation, Trial
from trials.views.workspace.deleted import deleted
from trials.views.workspace.entry import at_work, trial_kept
from trials.workspace.figure_edit import FigureForm
from trials.workspace.figure_round import RoundForm
from trials.workspace.figure_series import Series, chosen, series_of, subjects_of

NEW = "ny"
"""The series that is not there yet."""


@at_work()
def figures(request, public_id: str) -> HttpResponse:
    """The series of a trial; with `serie` the figures of one, and a form for a new round of it."""
    trial = trial_kept(request, public_id)
    series = series_of(trial, request.user)
    code = request.GET.get("serie", "")
    found = chosen(series, code)
    context = {"network": trial.network, "trial": trial, "series": series, "code": code}
    if code and code != NEW and found is None:
        unknown = f"»{code}« er ikke en talrække i {trial.public_id}. Vælg en på listen."
        return render(request, "workspace/figures/figures.html", context | {"unknown": unknown}, status=400)
    if not code and request.method != "POST":
        return render(request, "workspace/figures/figures.html", context)
    form = RoundForm(trial, found, subjects_of(trial), request.POST or None)
    if request.method == "POST" and form.is_valid() and form.save():
        count = len(form.made)
        messages.success(request, "1 tal er gemt." if count == 1 else f"{count} tal er gemt.")
        return redirect(_address(trial, found.key if found else form.made[0][1].code))
    return render(request, "workspace/figures/round.html", context | {"chosen": found, "form": form})


@at_work()
def figure(request, public_id: str, slug: str) -> HttpResponse:
    """Corrects one figure of a trial."""
    trial = trial_kept(request, public_id)
    series = series_of(trial, request.user)
    of: Series | None = next((s for s in series if any(_slug(each.code) == slug for each in s.figures)), None)
    if of is None:
        return _deleted(request, trial, slug)
    found = next(each for each in of.figures if _slug(each.code) == slug)
    with transaction.atomic():
        held = hold(Observation, found.pk) if request.method == "POST" else found
        if held is None:
            return _deleted(request, trial, slug)
        form = FigureForm(trial, of, held, request.POST or None)
        saved = request.method == "POST" and form.is_valid() and form.write()
    if saved:
        messages.success(request, "Tallet er rettet. Det tidligere står i historikken.")
        return redirect(_address(trial, of.key))
    versions = found.history.select_related("history_user").order_by("-history_date", "-history_id")
    context = {"network": trial.network, "trial": trial, "chosen": of, "figure": found, "form": form}
    return render(request, "workspace/figures/figure.html", context | {"versions": versions})


def _deleted(request, trial: Trial, slug: str) -> HttpResponse:
    back = reverse("trials:figures_kept", args=[trial.public_id])
    return deleted(request, trial, slug, FigureForm, "Tallet", back)


def _slug(code: str) -> str:
    return code.replace(":", "-")


def _address(trial: Trial, code: str) -> str:
    return f"{reverse('trials:figures_kept', args=[trial.public_id])}?{urlencode({'serie': code})}"
