"""The milestones of a network: a quick list to add to and to edit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from trials.models import Milestone
from trials.views.workspace.deleted import deleted
from trials.views.workspace.editing import edited
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
    context = {
        "network": network,
        "form": form,
        "milestones": Milestone.objects.shown_to(request.user).of_network(network).in_time(),
    }
    return render(request, "workspace/milestones/milestones.html", context)


@at_work()
def milestone(request, slug: str, code: str) -> HttpResponse:
    """Edits a milestone."""
    network = network_kept(request, slug)
    found = Milestone.objects.shown_to(request.user).of_network(network).at_address(code)
    answer = edited(request, network, found, MilestoneForm)
    if answer is None:
        back = reverse("trials:milestones_kept", args=[network.slug])
        return deleted(request, network, code, MilestoneForm, "Milepælen", back)
    form, saved = answer
    if saved:
        messages.success(request, f"Milepælen »{saved.label}« er rettet.")
        return redirect("trials:milestones_kept", network.slug)
    context = {"network": network, "form": form, "milestone": found}
    return render(request, "workspace/milestones/milestone.html", context)
