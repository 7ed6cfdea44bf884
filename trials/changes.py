"""What has become known or was changed, the newest first: of trials, a network, a municipality, or all.

A change of status is an event. Of a milestone, an outcome, a figure or an experience there is one entry, which tells
when it became known and is newer after an editor has changed it. What is deleted is not told of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from networks.models import Municipality, Network
from trials import known, sentences
from trials.models import Experience, Milestone, Observation, Outcome, StatusEvent
from trials.querysets import TrialQuerySet
from trials.sentences import Change

SHOWN = 100
"""How many changes are told at most."""


@dataclass(frozen=True)
class Scope:
    """Whose changes are told: a condition on each kind of record."""

    events: Q = field(default_factory=Q)
    milestones: Q = field(default_factory=Q)
    outcomes: Q = field(default_factory=Q)
    figures: Q = field(default_factory=Q)
    experiences: Q = field(default_factory=Q)


def of_trials(trials: TrialQuerySet) -> Scope:
    """The changes of these trials and of the municipalities in them."""
    keys = trials.order_by().values("pk")
    shared = Q(trials__in=keys)
    events = Q(trial__in=keys) | Q(participation__trial__in=keys)
    return Scope(events, shared, Q(trial__in=keys), shared, shared)


def of_records(kind: str, rows: QuerySet) -> Scope:
    """The changes of these figures, experiences or milestones alone; `kind` is the scope's name for them."""
    nothing = Q(pk__in=[])
    scope = dict.fromkeys(("events", "milestones", "outcomes", "figures", "experiences"), nothing)
    return Scope(**scope | {kind: Q(pk__in=rows.order_by().values("pk"))})


def of_network(network: Network, trials: TrialQuerySet) -> Scope:
    """The changes of the network's `trials`, and what is told of the network as a whole."""
    scope, own = of_trials(trials.filter(network=network)), Q(network=network)
    return Scope(scope.events, scope.milestones | own, scope.outcomes, scope.figures | own, scope.experiences | own)


def of_municipality(municipality: Municipality, trials: TrialQuerySet) -> Scope:
    """Its own changes, those of its `trials` as a whole, and figures and experiences that are its own."""
    scope = of_trials(trials.in_municipalities([municipality.code]))
    events = Q(trial__in=trials.in_municipalities([municipality.code]).order_by().values("pk"))
    events |= Q(participation__municipality=municipality)
    own = Q(municipalities=municipality)
    return Scope(events, scope.milestones, scope.outcomes, own, own)


def changes(user, scope: Scope) -> list[Change]:
    """The newest changes in `scope` that `user` may see, newest first; at the same moment status comes first.

    A constant number of queries.
    """
    events = StatusEvent.objects.visible_to(user).filter(scope.events).told().select_related("cell__source", "source")
    found = [sentences.of_status(event) for event in events.changed_last()[:SHOWN]]
    for model, condition, say in (
        (Milestone, scope.milestones, sentences.of_milestone),
        (Outcome, scope.outcomes, sentences.of_outcome),
        (Observation, scope.figures, sentences.of_figure),
        (Experience, scope.experiences, sentences.of_experience),
    ):
        found += _of_records(user, model.objects.visible_to(user).filter(condition), say)
    return sorted(found, key=lambda change: change.times.updated, reverse=True)[:SHOWN]


def _of_records(user, records: QuerySet, say: Callable) -> list[Change]:
    """The newest of `records`, each said by `say`. First which they are, then what they say."""
    rows = known.with_edits(records).order_by().values_list("pk", "source__published_on", "written_at", "edited_at")
    told = {pk: times for pk, *moments in rows if (times := known.of_record(*moments))}
    newest = sorted(told, key=lambda pk: (told[pk].updated, -pk), reverse=True)[:SHOWN]
    shown = _shown_records(user, records.model, newest)
    return [say(shown[pk], told[pk]) for pk in newest]


def _shown_records(user, model, keys: Iterable[int]) -> dict[int, Any]:
    """The records with these keys, as `user` may see them, by key."""
    if model is Outcome:
        found = Outcome.objects.visible_to(user).select_related("trial__network", "cell__source", "source")
    else:
        found = model.objects.shown_to(user)
    return found.in_bulk(list(keys))
