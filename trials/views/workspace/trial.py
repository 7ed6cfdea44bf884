"""A trial's working page: what a coordinator changes directly, and the ways to everything else."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from networks.collision import hold
from trials.enums import Publication
from trials.models import Trial
from trials.views.workspace.entry import allowed, at_work, network_kept, trial_kept
from trials.workspace.trial_forms import NewTrialForm, TrialTextForm, edits_directly, warnings_of


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request, public_id: str):
    """The trial as it stands, and its texts in a form."""
    seen = trial_kept(request, public_id)
    if request.method != "POST":
        return render(request, "workspace/trial/trial.html", _page(request, seen, TrialTextForm(instance=seen)))
    with transaction.atomic():
        form = TrialTextForm(request.POST, instance=hold(Trial, seen.pk))
        if form.is_valid():
            form.save()
    if form.errors:
        return render(request, "workspace/trial/trial.html", _page(request, seen, form))
    messages.success(request, "Forsøgets tekster er gemt.")
    warn_of_contact_details(request, form)
    return redirect(working_page(seen))


@at_work()
@require_POST
def publish(request, public_id: str):
    """The ministry lets a draft be seen by all."""
    seen = trial_kept(request, public_id)
    allowed(request.user, "trials.decide", seen)
    with transaction.atomic():
        held = hold(Trial, seen.pk)
        if held.publication == Publication.DRAFT:
            held.publication = Publication.PUBLISHED
            held.save()
            messages.success(request, f"{held.public_id} er offentliggjort.")
    return redirect(working_page(seen))


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def new_trial(request, slug: str):
    """A new trial of a network, as a draft."""
    network = network_kept(request, slug)
    form = NewTrialForm(request.POST or None, instance=Trial(network=network))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save()
        messages.success(request, f"{made.public_id} er oprettet som kladde. Ministeriet offentliggør forsøget.")
        warn_of_contact_details(request, form)
        return redirect(working_page(made))
    return render(request, "workspace/trial/new_trial.html", {"network": network, "form": form})


def working_page(seen: Trial) -> str:
    """The address of a trial's working page."""
    return reverse("trials:workspace_trial", args=[seen.public_id])


def warn_of_contact_details(request, form) -> None:
    """Say which e-mail addresses and telephone numbers were written: they are public from now on."""
    for sentence in warnings_of(form):
        messages.warning(request, sentence)


def _page(request, seen: Trial, form) -> dict:
    return {
        "trial": seen,
        "network": seen.network,
        "form": form,
        "direct": edits_directly(request.user, seen),
        "is_draft": seen.publication == Publication.DRAFT,
        "decides": request.user.has_perm("trials.decide", seen),
        "participations": seen.participations.select_related("municipality").in_danish_order(),
        "bases": seen.legal_bases.in_order(),
        "proposals": seen.proposals.unsettled().select_related("participation__municipality", "proposed_by"),
        "application_round": seen.application_round,
    }
