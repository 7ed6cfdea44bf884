"""The trials in charts, each with a table that says the same."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.models import Network
from trials import charts, figures
from trials.charts import Column, Spans, Stacked
from trials.enums import START_MILESTONES, DesignStatus, Status
from trials.figures import FigureTable
from trials.models import Coverage, Milestone, Observation, Participation, Trial
from trials.templatetags.figure_texts import amount
from trials.views.as_of import on_a_day


@dataclass(frozen=True)
class Series:
    """A series of figures in time: the network it is of, its table, and a column for each of its figures."""

    network: Network | None
    table: FigureTable
    columns: list[Column]


@require_safe
@on_a_day
def numbers(request: HttpRequest, day: date | None) -> HttpResponse:
    """Status and evaluation by network, entry into force and start over time, and figures over time."""
    trials, participations = Trial.objects.visible_to(request.user), Participation.objects.visible_to(request.user)
    status = "status"
    if day:
        trials, participations, status = trials.status_on(day), participations.status_on(day), "status_then"
    networks = list(Network.objects.active())
    statuses = trials.count_by_pair("network", status)
    own_statuses = participations.count_by_pair("trial__network", status)
    in_force = trials.count_by("in_force_from")
    labels = [(status.value, status.label) for status in Status]
    context = {
        "trial_count": sum(in_force.values()),
        "statuses": _by_network(networks, statuses, labels),
        "own_statuses": _by_network(networks, own_statuses, labels),
        "in_force": charts.by_half_year(in_force),
        "without_day": in_force.get(None, 0),
        "starts": Spans(_starts(request.user, day)),
        "designs": _designs(request.user, networks),
        "series": _series(request.user, day),
        "day": day,
    }
    return render(request, "trials/numbers.html", context)


def _by_network(networks: list[Network], counts: dict[tuple, int], categories: list[tuple[str, str]]) -> Stacked:
    rows = [
        (each.name, each.get_absolute_url(), {code: n for (network, code), n in counts.items() if network == each.pk})
        for each in networks
    ]
    return Stacked(rows, categories)


def _starts(user, day: date | None) -> list[figures.Statement]:
    """What the source tells of starts; what two places both say is one."""
    found = Milestone.objects.shown_to(user).filter(kind__in=START_MILESTONES).in_time()
    if day:
        found = [each.as_of(day) for each in found.known_by(day)]
    return figures.merged(found, "label", "network_id", "planned_from", "planned_to", "actual_from", "actual_to")


def _designs(user, networks: list[Network]) -> Stacked:
    """How far the evaluation of each trial is. A trial of several evaluations counts with the first in order."""
    order = [*DesignStatus, None]
    network_of = dict(Trial.objects.visible_to(user).values_list("pk", "network"))
    of_trial: dict[int, DesignStatus | None] = dict.fromkeys(network_of)
    for coverage in Coverage.objects.visible_to(user).select_related("evaluation"):
        of_trial[coverage.trial_id] = min(of_trial[coverage.trial_id], coverage.design_status, key=order.index)
    counts = Counter((network_of[trial], status or "") for trial, status in of_trial.items())
    labels = [*((status.value, status.label) for status in DesignStatus), ("", "Ikke oplyst")]
    return _by_network(networks, counts, labels)


def _series(user, day: date | None) -> list[Series]:
    """The indicators that the source gives at different times, network by network."""
    shown = Observation.objects.shown_to(user).in_order()
    shown = shown.known_by(day) if day else shown
    found = sorted(shown, key=lambda figure: figure.network.number if figure.network else 0)
    series = []
    for network, of_network in groupby(found, key=lambda figure: figure.network):
        for table in figures.tables(of_network):
            if table.is_in_time:
                rows = [row.figure for row in table.rows if not row.depth]
                timed = [(charts.when(f.from_on, f.to_on), f) for f in rows if f.from_on and f.to_on]
                values = [(time, figure.value_to or figure.value, amount(figure)) for time, figure in timed]
                series.append(Series(network, table, charts.columns(values)))
    return series
