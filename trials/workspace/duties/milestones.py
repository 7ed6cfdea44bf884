"""Milestones that are planned and not known to have happened."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from networks.models import Network
from trials.enums import EVALUATION_MILESTONES, Status
from trials.models import Milestone, Trial
from trials.sentences import milestone_time
from trials.workspace.duties.duty import Duty, timed

KIND = "Milepæl"


def milestones(networks: Sequence[Network], today: date) -> Iterator[Duty]:
    """The milestones of the networks or their trials whose planned time is over, or soon will be. Two queries.

    What was planned for trials that are not carried out is no duty; what is planned for all trials alike is not the
    network's. Only an evaluation is still due of a trial that has ended.
    """
    found = Milestone.objects.filter(Q(network__in=networks) | Q(trials__network__in=networks)).distinct()
    planned = found.filter(planned_to__isnull=False, actual_from=None, actual_to=None).order_by("planned_to", "code")
    for milestone in planned.prefetch_related("trials"):
        due: date = milestone.planned_to  # type: ignore[assignment]
        severity = timed(today, due)
        trials = list(milestone.trials.all())
        if severity is None or (trials and not any(_awaits(milestone, trial) for trial in trials)):
            continue
        ids = ", ".join(sorted(trial.public_id for trial in trials))
        concerned = {trial.network_id for trial in trials} | {milestone.network_id}
        for network in networks:
            if network.pk in concerned:
                yield Duty(
                    network.pk,
                    f"milestone:{milestone.code}",
                    KIND,
                    f"{milestone.label}{f' ({ids})' if ids else ''}: {milestone_time(milestone)}, ikke oplyst som sket",
                    due,
                    severity,
                    reverse("trials:milestones_kept", args=[network.slug]),
                )


def _awaits(milestone: Milestone, trial: Trial) -> bool:
    if trial.status == Status.ENDED:
        return milestone.kind in EVALUATION_MILESTONES
    return trial.status not in (Status.NOT_PURSUED, Status.REJECTED, Status.MADE_GENERAL)
