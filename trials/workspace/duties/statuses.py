"""Statuses that have not been confirmed for three months while the programme is open."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from networks.models import Network
from trials.enums import OPEN, Status
from trials.models import Participation, Trial
from trials.workspace.duties.duty import Duty, months_after, timed

KIND = "Status"
MONTHS = 3
SOON = timedelta(days=14)
LIVE = OPEN | {Status.APPLIED, Status.APPROVED}
"""What may change by itself. Of a status that is not known there is nothing to confirm."""


def statuses(networks: Sequence[Network], today: date) -> Iterator[Duty]:
    """One duty a trial: when the oldest of its statuses, the municipalities' included, is to be confirmed. Three
    queries.

    A status counts from its last confirmation, or from the day on which its newest event became known.
    """
    open_networks = [each for each in networks if each.programme.first_year <= today.year <= each.programme.last_year]
    trials = Trial.objects.filter(network__in=open_networks).select_related("network").order_by("network", "number")
    since: dict[int, list[date]] = {}
    parts = Participation.objects.filter(trial__network__in=open_networks)
    for key, day in (*_since(trials, "pk"), *_since(parts, "trial")):
        since.setdefault(key, []).append(day)
    for trial in trials:
        if trial.pk in since:
            yield from _duty(trial, since[trial.pk], today)


def _since(bearers: QuerySet, trial: str) -> Iterator[tuple[int, date]]:
    """The trial of each live status, and the day since when it was last heard of."""
    rows = bearers.filter(status__in=LIVE).annotate(known=Max("events__known_on")).order_by()
    for key, confirmed_on, known in rows.values_list(trial, "confirmed_on", "known"):
        if days := [day for day in (confirmed_on, known) if day]:
            yield key, max(days)


def _duty(trial: Trial, days: Sequence[date], today: date) -> Iterator[Duty]:
    oldest = min(days)
    due = months_after(oldest, MONTHS)
    if severity := timed(today, due, SOON):
        late = sum(timed(today, months_after(day, MONTHS), SOON) is not None for day in days)
        what = "status" if len(days) == 1 else f"{late} af {len(days)} statusser"
        yield Duty(
            trial.network_id,
            f"status:{trial.public_id}",
            KIND,
            f"{trial.public_id} {trial.title}: {what} er ikke bekræftet siden {date_format(oldest)}",
            due,
            severity,
            reverse("trials:workspace_row", args=[trial.network.slug, trial.public_id]),
        )
