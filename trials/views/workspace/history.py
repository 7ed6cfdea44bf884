"""The history of a trial or a network, and taking a change back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from frikommune.keys import read_key
from frikommune.people import name_of
from networks.models import ChangeSet
from trials.views.workspace.entry import at_work, network_kept, trial_kept
from trials.workspace import history, related, revert

PER_PAGE = 25


@at_work()
@require_http_methods(["GET", "HEAD"])
def trial_history(request, public_id: str):
    """Everything that was changed in a trial and all that hangs on it."""
    trial = trial_kept(request, public_id, "trials.follow")
    context = {"trial": trial, "network": trial.network, "of": f"{trial.public_id} {trial.title}"}
    return _history(request, related.of_trial(trial), trial, context, "trials:workspace_trial_revert", trial.public_id)


@at_work()
@require_http_methods(["GET", "HEAD"])
def network_history(request, slug: str):
    """Everything that was changed in a network, its trials and all that hangs on them."""
    network = network_kept(request, slug, "trials.follow")
    context = {"network": network, "of": network.name}
    keys = related.of_network(network)
    return _history(request, keys, network, context, "trials:workspace_network_revert", network.slug)


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def trial_revert(request, public_id: str, pk: int):
    """Take back what a change set did to a trial and all that hangs on it."""
    trial = trial_kept(request, public_id)
    context = {"trial": trial, "network": trial.network, "of": trial.public_id}
    back = reverse("trials:workspace_trial_history", args=[trial.public_id])
    return _revert(request, related.of_trial(trial), pk, context, back)


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def network_revert(request, slug: str, pk: int):
    """Take back what a change set did to a network, its trials and all that hangs on them."""
    network = network_kept(request, slug)
    context = {"network": network, "of": network.name}
    back = reverse("trials:workspace_network_history", args=[network.slug])
    return _revert(request, related.of_network(network), pk, context, back)


def _history(request, keys, record, context: dict, revert_url: str, ref: str):
    made = history.made_together(history.marks_of(keys))
    asked = read_key(request.GET.get("side", "1"))
    pages = Paginator(made, PER_PAGE)
    if asked is None or not 1 <= asked <= pages.num_pages:
        raise Http404
    page = pages.page(asked)
    keeps = request.user.has_perm("trials.keep_network", record)
    entries = [
        (entry, reverse(revert_url, args=[ref, entry.change_set.pk]) if keeps and entry.change_set else "")
        for entry in history.entries(list(page.object_list))
    ]
    return render(request, "workspace/history/history.html", context | {"entries": entries, "page": page})


def _revert(request, keys, pk: int, context: dict, back: str):
    change_set = get_object_or_404(ChangeSet.objects.select_related("made_by"), pk=pk)
    marks = history.marks_in(change_set, keys)
    if not marks:
        raise Http404
    errors: list[str] = []
    chosen = request.POST.getlist("tilbage")
    note = request.POST.get("begrundelse", "")
    if request.method == "POST":
        try:
            revert.revert(change_set, keys, request.user, chosen, request.POST.get("set", ""), note)
        except ValidationError as refused:
            errors = refused.messages
        else:
            messages.success(request, "Ændringen er tilbageført. Det fremgår af historikken.")
            return redirect(back)
    steps = revert.steps(change_set, keys, request.user)
    context |= {
        "change_set": change_set,
        "who": name_of(change_set.made_by) if change_set.made_by else "",
        "steps": [(step, step.code in chosen if errors else step.is_suggested) for step in steps],
        "possible": any(not step.barred for step in steps),
        "seen": revert.state(steps),
        "elsewhere": change_set.entries.count() - len(marks),
        "errors": errors,
        "note": note,
        "back": back,
    }
    return render(request, "workspace/history/revert.html", context)
