"""The milestones of a network: a quick list to add to and to edit."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from networks.collision import hold
from networks.models import Network
from trials.models import Milestone
from trials.views.workspace.deleted import deleted
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace.milestone_entry import MilestoneForm


@at_work()
def milestones(request, slug: str) -> HttpResponse:
    """The milestones of a network in time, and a form for another."""
    network = network_kept(request, slug)
    form = MilestoneForm(network, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Milepælen »{form.write().label}« er tilføjet.")
        return redirect("trials:milestones_kept", network.slug)
    context = {"network": network, "form": form, "milestones": _of(network, request.user).in_time()}
    return render(request, "workspace/milestones/milestones.html", context)


@at_work()
def milestone(request, slug: str, code: str) -> HttpResponse:
    """Edits a milestone."""
    network = network_kept(request, slug)
    found = _of(network, request.user).at_address(code)
    with transaction.atomic():
        held = hold(Milestone, found.pk) if found and request.method == "POST" else found
        form = MilestoneForm(network, request.user, request.POST or None, instance=held)
        saved = form.write() if held and request.method == "POST" and form.is_valid() else None
    if found is None or held is None:
        back = reverse("trials:milestones_kept", args=[network.slug])
        return deleted(request, network, code, MilestoneForm, "Milepælen", back)
    if saved:
        messages.success(request, f"Milepælen »{saved.label}« er rettet.")
        return redirect("trials:milestones_kept", network.slug)
    context = {"network": network, "form": form, "milestone": found}
    return render(request, "workspace/milestones/milestone.html", context)


def _of(network: Network, user):
    """The network's own, and those of its trials."""
    mine = Q(network=network) | Q(network=None, trials__network=network)
    return Milestone.objects.shown_to(user).filter(mine).distinct()
