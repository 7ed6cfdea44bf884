"""Atom feeds of changes: of what a list holds under its filter, of a network, a municipality, a trial or a provision.

Each is sent with an entity tag, so that a reader who has it already is told so in a few bytes. There is no
Last-Modified, since a source that is loaded later may tell of what was known long before.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from networks.models import Municipality, Network
from trials import changes, facets, feeds
from trials.changes import Scope
from trials.evaluation_filters import EvaluationFilter
from trials.experience_filters import ExperienceFilter
from trials.exports.filters.law import ProvisionFilter
from trials.exports.filters.network import MunicipalityFilter, NetworkFilter
from trials.feeds import Feed
from trials.figure_filters import FigureFilter
from trials.filters import TrialFilter
from trials.milestone_filters import MilestoneFilter
from trials.models import Provision, Trial
from trials.querysets import TrialQuerySet
from trials.sentences import trial_name
from trials.views.law import provision_at
from trials.views.trial_page import reference


def _trials(found: Any) -> TrialQuerySet:
    """The trials that the user of a filter may see."""
    return Trial.objects.visible_to(found.user)


LISTS: dict[str, tuple[Callable[..., Any], str, Callable[[Any], Scope]]] = {
    "forsoeg": (TrialFilter, "frikommuneforsøgene", lambda found: changes.of_trials(found.qs)),
    "evalueringer": (
        EvaluationFilter,
        "forsøg med evalueringer",
        lambda found: changes.of_trials(
            _trials(found).filter(coverages__evaluation__in=found.qs.order_by().values("pk"))
        ),
    ),
    "aktivitetstal": (FigureFilter, "aktivitetstallene", lambda found: changes.of_records("figures", found.qs)),
    "erfaringer": (ExperienceFilter, "erfaringerne", lambda found: changes.of_records("experiences", found.qs)),
    "netvaerk": (
        NetworkFilter,
        "netværkenes forsøg",
        lambda found: changes.of_trials(_trials(found).filter(network__in=found.qs.order_by().values("pk"))),
    ),
    "kommuner": (
        MunicipalityFilter,
        "kommunernes forsøg",
        lambda found: changes.of_trials(_trials(found).in_municipalities(found.qs.order_by().values("code"))),
    ),
    "hjemler": (
        ProvisionFilter,
        "forsøgene efter bestemmelserne",
        lambda found: changes.of_trials(
            _trials(found).filter(legal_bases__provision__in=found.qs.order_by().values("pk"))
        ),
    ),
    "milepaele": (MilestoneFilter, "milepælene", lambda found: changes.of_records("milestones", found.qs)),
}
"""The lists with a feed: the filter, what its rows are called, and whose changes are told."""


@require_safe
@conditional_page
def list_atom(request: HttpRequest, name: str) -> HttpResponse:
    """The changes of what the list `name` holds under its filter; status 400 and the reasons when that is not valid.

    Of the trials without a filter, those of the whole register.
    """
    kind, rows, scope_of = LISTS[name]
    found: Any = kind(request.GET, request.user)
    if not found.is_valid():
        text = "".join(f"{message}\n" for message in found.messages)
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    asked = QueryDict(found.query(), mutable=True)
    for parameter in found.ordering():
        asked.pop(parameter, None)
    filters, query = facets.pills(found), f"?{asked.urlencode()}" if asked else ""
    title = f"Ændringer i {rows}{': ' if filters else ''}{'; '.join(pill.label for pill in filters)}"
    own = request.path + query
    scope = Scope() if name == "forsoeg" and not filters else scope_of(found)
    return _answer(request, Feed(title, reverse(found.list_name) + query, own, own), scope)


@require_safe
@conditional_page
def network_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """The changes of a network and its trials."""
    network = Network.objects.select_related("programme").at_address(slug)
    if network is None:
        raise Http404("Der er intet netværk med det navn.")
    own = reverse("trials:network_atom", args=[network.slug])
    if request.path != own:
        return redirect(own, permanent=True)
    key = f"network/{network.programme.code}/{network.number}"
    scope = changes.of_network(network, Trial.objects.visible_to(request.user))
    feed = Feed(f"Ændringer i netværket »{network.name}«", network.get_absolute_url(), own, key)
    return _answer(request, feed, scope)


@require_safe
@conditional_page
def municipality_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """The changes of a municipality, and of the trials in which it takes part as a whole."""
    municipality = Municipality.objects.at_address(slug)
    if municipality is None:
        raise Http404("Der er ingen kommune med det navn.")
    own = reverse("trials:municipality_atom", args=[municipality.slug])
    if request.path != own:
        return redirect(own, permanent=True)
    scope = changes.of_municipality(municipality, Trial.objects.visible_to(request.user))
    title = f"Ændringer i frikommuneforsøg: {municipality.official_name}"
    feed = Feed(title, municipality.get_absolute_url(), own, f"municipality/{municipality.code}")
    return _answer(request, feed, scope)


@require_safe
@conditional_page
def trial_changes_atom(request: HttpRequest, ref: str) -> HttpResponse:
    """The changes of a trial and of the municipalities in it. Its address is the trial's id, whatever its title."""
    wanted = Trial.objects.visible_to(request.user).filter(public_id__iexact=reference(ref))
    trial = wanted.first()
    if trial is None:
        raise Http404("Der er intet forsøg med det id.")
    own = reverse("trials:trial_changes_atom", args=[trial.public_id])
    if request.path != own:
        return redirect(own, permanent=True)
    feed = Feed(f"Ændringer i {trial_name(trial)}", trial.get_absolute_url(), own, f"trial/{trial.public_id}")
    return _answer(request, feed, changes.of_trials(wanted))


@require_safe
@conditional_page
def provision_atom(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The changes of the trials that rest on or deviate from a provision or what lies in it."""
    provision: Provision = provision_at(code, slug)
    trials = Trial.objects.visible_to(request.user).under_provision(provision)
    if not trials.exists():
        raise Http404("Intet forsøg hviler på eller fraviger den bestemmelse.")
    own = reverse("trials:provision_atom", args=[provision.act.code, provision.slug])
    if request.path != own:
        return redirect(own, permanent=True)
    title = f"Ændringer i forsøg efter {provision}"
    return _answer(request, Feed(title, provision.get_absolute_url(), own, own), changes.of_trials(trials))


def _answer(request: HttpRequest, feed: Feed, scope: Scope) -> HttpResponse:
    found = changes.changes(request.user, scope)
    return HttpResponse(
        feeds.written(feed, found, request.build_absolute_uri), content_type=feeds.ChangeFeed.content_type
    )
