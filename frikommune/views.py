"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.models import Municipality, Network
from trials.enums import STATUS_MEANINGS, Status
from trials.models import StatusEvent, Trial

CHANGES_SHOWN = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the registry is, what it holds in figures, the networks, and what has become known last."""
    trials = Trial.objects.visible_to(request.user)
    statuses = trials.count_by_status()
    by_network = trials.count_by("network")
    changes = StatusEvent.objects.visible_to(request.user).newest()[:CHANGES_SHOWN]
    context = {
        "trial_count": sum(statuses.values()),
        "running_count": statuses.get(Status.RUNNING, 0),
        "statuses": statuses.items(),
        "most": max(statuses.values(), default=0),
        "municipality_count": Municipality.objects.active().count(),
        "networks": [
            (network, by_network.get(network.pk, 0)) for network in Network.objects.active().with_member_count()
        ],
        "changes": [(event, Status(event.previous_status or Status.UNKNOWN)) for event in changes],
        "meanings": STATUS_MEANINGS.items(),
    }
    return render(request, "home.html", context)
