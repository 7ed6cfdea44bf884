"""My network today: what is due in a network, and what has changed."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials import changes
from trials.models import Trial
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace import duties
from trials.workspace.board import Board
from trials.workspace.duties import Severity

NEWEST = 10
"""How many changes are shown."""


@at_work()
@require_safe
def network(request, slug: str):
    """What is overdue, soon due or missing in a network, and its newest changes, for those who follow it."""
    network = network_kept(request, slug, "trials.follow")
    found = duties.of(network, timezone.localdate())
    groups = [(severity, [duty for duty in found if duty.severity == severity]) for severity in Severity]
    scope = changes.of_network(network, Trial.objects.visible_to(request.user))
    context = {
        "network": network,
        "is_kept": request.user.has_perm("trials.keep_network", network),
        "board": Board(network, request.user),
        "groups": [(severity, group) for severity, group in groups if group],
        "changes": changes.changes(request.user, scope)[:NEWEST],
    }
    return render(request, "workspace/network.html", context)
