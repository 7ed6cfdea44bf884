"""Trials under way whose figures are older than six months."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from networks.models import Network
from trials.enums import UNDER_WAY
from trials.models import Observation, Trial
from trials.workspace.duties.duty import Duty, months_after, timed

KIND = "Aktivitetstal"
MONTHS = 6


def figures(networks: Sequence[Network], today: date) -> Iterator[Duty]:
    """One duty a trial: when its newest figure is to be followed by another. Two queries."""
    trials = Trial.objects.filter(network__in=networks, status__in=UNDER_WAY).order_by("network", "number")
    found = Observation.objects.filter(trials__in=trials.order_by()).with_as_of().order_by()
    newest: dict[int, date] = {}
    for key, day in found.values_list("trials", "as_of"):
        if day:
            newest[key] = max(day, newest.get(key, day))
    for trial in trials:
        if trial.pk not in newest:
            continue
        due = months_after(newest[trial.pk], MONTHS)
        if severity := timed(today, due):
            yield Duty(
                trial.network_id,
                f"figures:{trial.public_id}",
                KIND,
                f"{trial.public_id} {trial.title}: de nyeste aktivitetstal er fra {date_format(newest[trial.pk])}",
                due,
                severity,
                reverse("trials:figures_kept", args=[trial.public_id]),
            )
