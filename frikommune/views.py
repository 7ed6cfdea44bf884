"""The front page, and what the registry is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from networks.enums import GuidanceLevel
from networks.models import Guidance, Municipality, Network, Programme
from trials import maps
from trials.enums import STATUS_MEANINGS, Status
from trials.models import Participation, Source, StatusEvent, Trial
from trials.sentences import StatusChange

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
        "changes": [StatusChange(event) for event in changes],
        "meanings": STATUS_MEANINGS.items(),
        "map": maps.of_trials(trials, Municipality.get_absolute_url),
    }
    return render(request, "home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The programme and its rounds, how the registry is to be read, what is not known, source and rights."""
    trials = Trial.objects.visible_to(request.user)
    participations = Participation.objects.visible_to(request.user)
    guidance = list(Guidance.objects.all())
    context = {
        "programmes": Programme.objects.prefetch_related("application_rounds"),
        "trial_count": trials.count(),
        "without_end": trials.filter(in_force_to=None).count(),
        "participation_count": participations.count(),
        "without_decision": participations.filter(decided_on=None).count(),
        "unknown_participations": participations.filter(status=Status.UNKNOWN).count(),
        "without_coordinator": Network.objects.active().without_coordinator().count(),
        "sources": Source.objects.all(),
        "guidance": [(level, [each for each in guidance if each.level == level]) for level in GuidanceLevel],
        "meanings": STATUS_MEANINGS.items(),
    }
    return render(request, "about.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The draft of the accessibility statement that the law asks for."""
    return render(request, "accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored of whom."""
    return render(request, "privacy.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone, and where they find all pages."""
    context = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
