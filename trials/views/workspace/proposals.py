"""Proposals: those to decide on, and those returned to whoever keeps the network."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from networks.versions import Reading
from trials import proposals
from trials.enums import ProposalKind
from trials.models import Proposal
from trials.views.workspace.entry import at_work

FORMS = {
    ProposalKind.TRIAL: "workspace_legal_fields",
    ProposalKind.JOIN: "workspace_join",
    ProposalKind.BASIS: "workspace_new_basis",
    ProposalKind.LEAVE: "workspace_participation_removal",
    ProposalKind.BASIS_CHANGE: "workspace_basis",
    ProposalKind.BASIS_REMOVAL: "workspace_basis_removal",
}
"""Where a proposal of a kind is made, and made again."""

SHOWN = 100
"""How many decided proposals are listed."""


@at_work()
@require_http_methods(["GET", "HEAD"])
def proposal_list(request):
    """What waits for the user's decision, what was returned to him, what he waits for, and what has been decided."""
    mine = Proposal.objects.of_networks_of(request.user) | Proposal.objects.filter(proposed_by=request.user)
    told = Proposal.objects.told()
    to_decide = told.to_decide_for(request.user)
    context = {
        "to_decide": to_decide,
        "returned": told.returned().filter(pk__in=mine.values("pk")),
        "waiting": told.open().filter(pk__in=mine.values("pk")).exclude(pk__in=to_decide.values("pk")),
        "decided": told.filter(pk__in=mine.values("pk"))
        .exclude(pk__in=Proposal.objects.unsettled().values("pk"))
        .order_by("-decided_at", "-pk")[:SHOWN],
    }
    return render(request, "workspace/proposals/list.html", context)


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request, pk: int):
    """One proposal: what it would change beside what stands there now; accepted, returned or withdrawn here."""
    found = get_object_or_404(Proposal.objects.told(), pk=pk)
    decides = request.user.has_perm("trials.decide", found.trial)
    keeps = request.user.has_perm("trials.keep_network", found.trial)
    if not (decides or keeps or found.proposed_by == request.user):
        raise PermissionDenied
    error = ""
    if request.method == "POST":
        try:
            sentence = _act(request, found, decides)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, sentence)
            return redirect("trials:workspace_proposals")
        found = get_object_or_404(Proposal.objects.told(), pk=pk)
    return render(request, "workspace/proposals/proposal.html", _page(request, found, decides, error))


def _act(request, found: Proposal, decides: bool) -> str:
    """Do what was asked, and say so."""
    act, answer = request.POST.get("handling"), request.POST.get("svar", "")
    if act == "traek-tilbage":
        if (
            decides
            and found.proposed_by != request.user
            and not request.user.has_perm("trials.keep_network", found.trial)
        ):
            raise PermissionDenied
        proposals.withdraw(found, request.user)
        return "Forslaget er trukket tilbage."
    if not decides:
        raise PermissionDenied
    if act == "godkend":
        proposals.accept(found, request.user, request.POST.get("set", ""), answer)
        return f"Forslaget er godkendt: {found}."
    if act == "send-tilbage":
        proposals.return_(found, answer, request.user)
        return "Forslaget er sendt tilbage."
    raise ValidationError("Vælg, om forslaget skal godkendes eller sendes tilbage.")


def _page(request, found: Proposal, decides: bool, error: str) -> dict:
    changes = proposals.changes_of(found)
    reading = Reading()
    reading.prepare((change.field, value) for change in changes for value in (change.old, change.now, change.new))
    return {
        "proposal": found,
        "trial": found.trial,
        "network": found.trial.network,
        "changes": [
            {
                "label": change.field.verbose_name,
                "old": reading.say(change.field, change.old),
                "now": reading.say(change.field, change.now),
                "new": reading.say(change.field, change.new),
                "overtaken": found.is_open and change.is_overtaken,
            }
            for change in changes
        ],
        "is_overtaken": found.is_open and any(change.is_overtaken for change in changes),
        "seen": proposals.state_seen(found),
        "decides": decides and found.is_open,
        "withdrawable": _is_unsettled(found),
        "again": _again(found) if found.is_returned and _is_unsettled(found) else "",
        "answer": request.POST.get("svar", "") if error else "",
        "error": error,
    }


def _is_unsettled(found: Proposal) -> bool:
    return found.is_open or (found.is_returned and not hasattr(found, "replaced_by"))


def _again(found: Proposal) -> str:
    """Where it is proposed again; empty when what it was about is gone."""
    arguments: list = [found.trial.public_id]
    if found.kind in (ProposalKind.LEAVE, ProposalKind.BASIS_CHANGE, ProposalKind.BASIS_REMOVAL):
        about = found.participation_id or found.basis_id
        if about is None:
            return ""
        arguments.append(about)
    return f"{reverse(f'trials:{FORMS[ProposalKind(found.kind)]}', args=arguments)}?forslag={found.pk}"
