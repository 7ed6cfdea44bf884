"""The milestones of a network: a quick list to add to and to edit."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from networks.models import Network
from trials.models import Milestone
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace.milestone_entry import MilestoneForm


@at_work()
def milestones(request, slug: str) -> HttpResponse:
    """The milestones of a network in time, and a form for another."""
    network = network_kept(request, slug)
    form = MilestoneForm(network, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := form.write()):
        messages.success(request, f"Milepælen »{made.label}« er tilføjet.")
        return redirect("trials:milestones_kept", network.slug)
    context = {"network": network, "form": form, "milestones": _of(network, request.user).in_time()}
    return render(request, "workspace/milestones/milestones.html", context)


@at_work()
def milestone(request, slug: str, code: str) -> HttpResponse:
    """Edits a milestone."""
    network = network_kept(request, slug)
    found = _of(network, request.user).at_address(code)
    if found is None:
        raise Http404
    form = MilestoneForm(network, request.user, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, f"Milepælen »{found.label}« er rettet.")
        return redirect("trials:milestones_kept", network.slug)
    context = {"network": network, "form": form, "milestone": found}
    return render(request, "workspace/milestones/milestone.html", context)


def _of(network: Network, user):
    """The network's own, and those of its trials."""
    mine = Q(network=network) | Q(network=None, trials__network=network)
    return Milestone.objects.shown_to(user).filter(mine).distinct()
