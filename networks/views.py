"""The networks and the municipalities, with the trials in which they take part."""

from collections import Counter
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from networks.enums import Standing, TargetGroup, TextKind
from networks.models import Focus, Municipality, Network, Programme
from networks.querysets import AddressedQuerySet
from trials import charts, maps
from trials.enums import START_MILESTONES, STATUS_MEANINGS, Status
from trials.exemptions import Exemptions
from trials.grid import Grid
from trials.models import Participation, Source, Trial
from trials.querysets import TrialQuerySet
from trials.told import Told
from trials.views.as_of import moved, on_a_day
from trials.views.listing import downloads


@require_safe
@on_a_day
def network_list(request: HttpRequest, day: date | None) -> HttpResponse:
    """The active networks with what VIVE's Tabel 1 counts of each, and those that are not active."""
    counts = Trial.objects.visible_to(request.user).count_by("network")
    networks = list(Network.objects.active().with_member_count())
    context = {
        "networks": [(network, counts.get(network.pk, 0)) for network in networks],
        "inactive_networks": Network.objects.inactive().with_members(),
        "membership_count": sum(network.member_count for network in networks),
        "municipality_count": Municipality.objects.active().count(),
        "trial_count": sum(counts.get(network.pk, 0) for network in networks),
        "downloads": downloads("netvaerk"),
        "day": day,
    }
    return render(request, "networks/network_list.html", context)


@require_safe
@on_a_day
def network(request: HttpRequest, slug: str, day: date | None) -> HttpResponse:
    """A network: what it is for, its members by standing, its trials by status, and what came of them."""
    network = _at_address(Network.objects.select_related("programme").with_member_count().with_members(), slug)
    if network.slug != slug:
        return moved(network, day)
    trials = _trials(request, network, day)
    by_status = _grouped(trials, "shown_status", Status)
    told = Told(request.user, "network", network, day)
    context = {
        "network": network,
        "texts": {kind.value: [text for text in network.texts.all() if text.kind == kind] for kind in TextKind},
        "has_coordinator": network.coordinators.on(timezone.localdate()).exists(),
        "target_groups": TargetGroup,
        "focuses": _focuses(network),
        "told": told,
        "members": _grouped(network.memberships.all(), "standing", Standing).items(),
        "trials": trials,
        "trials_by_status": by_status.items(),
        "statuses": [(status, len(group)) for status, group in by_status.items()],
        "most": max(map(len, by_status.values()), default=0),
        "map": _network_map(network, trials),
        "in_force": charts.by_half_year(Counter(trial.in_force_from for trial in trials)),
        "day": day,
        "starts": charts.Spans(each for each in told.milestones if each.first.kind in START_MILESTONES),
    }
    return render(request, "networks/network.html", context)


@require_safe
@on_a_day
def network_grid(request: HttpRequest, slug: str, day: date | None) -> HttpResponse:
    """A network's trials by its municipalities, with the status in each cell."""
    network = _at_address(Network.objects.with_members(), slug)
    if network.slug != slug:
        return moved(reverse("networks:network_grid", args=[network.slug]), day)
    trials = _trials(request, network, day).order_by("number")
    members = [each.municipality for each in network.memberships.all() if each.standing != Standing.FORMER]
    grid = Grid(trials, members)
    meanings = [(status, STATUS_MEANINGS[status]) for status in grid.legend]
    crumbs = [("Netværk", reverse("networks:network_list")), (network.name, network.get_absolute_url())]
    context = {"network": network, "grid": grid, "meanings": meanings, "crumbs": crumbs, "day": day}
    return render(request, "networks/network_grid.html", context)


@require_safe
@on_a_day
def municipality_list(request: HttpRequest, day: date | None) -> HttpResponse:
    """All municipalities: those that are or were in a network, and the others."""
    counts = Participation.objects.visible_to(request.user).count_by("municipality")
    members = Municipality.objects.in_a_network().with_memberships()
    context = {
        "members": [(municipality, counts.get(municipality.pk, 0)) for municipality in members],
        "others": list(Municipality.objects.outside_networks()),
        "active_count": Municipality.objects.active().count(),
        "downloads": downloads("kommuner"),
        "day": day,
    }
    return render(request, "networks/municipality_list.html", context)


@require_safe
@on_a_day
def municipality(request: HttpRequest, slug: str, day: date | None) -> HttpResponse:
    """A municipality: which exemptions the register knows there, its networks, and what is told of it."""
    municipality = _at_address(Municipality.objects.with_memberships(), slug)
    if municipality.slug != slug:
        return moved(municipality, day)
    participations = Participation.objects.visible_to(request.user).filter(municipality=municipality)
    exemptions = Exemptions(participations.for_municipality(day), day or timezone.localdate())
    context = {
        "municipality": municipality,
        "memberships": municipality.memberships.all(),
        "active_count": municipality.memberships.active().count(),
        "focuses": Focus.objects.filter(membership__municipality=municipality).select_related("membership__network"),
        "told": Told(request.user, "municipalities", municipality, day),
        "exemptions": exemptions,
        "programmes": Programme.objects.all(),
        "newest_source": Source.objects.order_by("published_on").last(),
        "statuses": exemptions.statuses.items(),
        "most": max(exemptions.statuses.values(), default=0),
        "day": day,
        "map": _municipality_map(request, municipality),
    }
    return render(request, "networks/municipality.html", context)


def _trials(request: HttpRequest, network: Network, day: date | None) -> TrialQuerySet:
    """The trials of the network with their municipalities, with the statuses of `day` or of today."""
    trials = Trial.objects.visible_to(request.user).filter(network=network).with_municipalities(day)
    return trials.status_on(day) if day else trials


def _network_map(network: Network, trials: TrialQuerySet) -> maps.Map:
    """In how many of the network's `trials`, which have their municipalities at hand, each municipality is."""
    taking_part = {each.municipality_id for trial in trials for each in trial.participations.all()}
    members = [each for each in network.memberships.all() if each.standing != Standing.FORMER]
    silent = {each.municipality.code for each in members if each.municipality_id not in taking_part}
    marks = dict.fromkeys(silent, "medlem uden forsøg")
    return maps.of_trials(trials, lambda each: maps.list_url(netvaerk=network.number, kommune=each.code), marks)


def _municipality_map(request: HttpRequest, municipality: Municipality) -> maps.Map:
    """The municipality, and how many of its trials each of the others is in."""
    trials = Trial.objects.visible_to(request.user).in_municipalities([municipality.code])
    own = {municipality.code: "denne kommune"}
    return maps.of_trials(trials, lambda each: "" if each == municipality else each.get_absolute_url(), own)


def _at_address(queryset: AddressedQuerySet, slug: str):
    record = queryset.at_address(slug)
    if record is None:
        raise Http404
    return record


def _grouped(records, field: str, vocabulary) -> dict:
    """The records by the value of `field`, in the vocabulary's order; a value that none has is left out."""
    groups = {value: [record for record in records if getattr(record, field) == value] for value in vocabulary}
    return {value: group for value, group in groups.items() if group}


def _focuses(network: Network) -> list[tuple]:
    """Each member that focuses on a target group: its municipality, the groups it focuses on, and the place."""
    found = Focus.objects.filter(membership__network=network).select_related("membership__municipality")
    found = found.order_by("membership__municipality__sort_key", "pk")
    members: dict[Municipality, list[Focus]] = {}
    for focus in found:
        members.setdefault(focus.membership.municipality, []).append(focus)
    return [
        (municipality, [focus.target_group for focus in focuses], focuses[0].source_place)
        for municipality, focuses in members.items()
    ]
