"""Evaluation designs that lack what an order requires of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from networks.models import Network
from trials.enums import DESIGN_LACKING, Status
from trials.models import Coverage, Evaluation
from trials.workspace.design.elements import said_lacking
from trials.workspace.duties.duty import Duty, Severity

KIND = "Evaluering"
NOT_EVALUATED = (Status.NOT_PURSUED, Status.REJECTED)


def evaluations(networks: Sequence[Network], today: date) -> Iterator[Duty]:
    """The evaluations of trials that are carried out whose design is not finished or lacks an element. Two queries."""
    coverages = Coverage.objects.filter(is_shared=False).select_related("trial").order_by("trial")
    found = Evaluation.objects.filter(coverages__trial__network__in=networks).distinct()
    for evaluation in found.prefetch_related(Prefetch("coverages", coverages)):
        trials = [each.trial for each in evaluation.coverages.all() if each.trial.status not in NOT_EVALUATED]
        elements, unfinished = said_lacking(evaluation), evaluation.design_status in DESIGN_LACKING
        if not trials or not (elements or unfinished):
            continue
        ids = ", ".join(trial.public_id for trial in trials)
        said = [f"mangler {', '.join(elements)}"] if elements else []
        said += [f"evalueringsdesignet er »{evaluation.get_design_status_display()}«"] if unfinished else []
        for network in {trial.network_id for trial in trials} & {each.pk for each in networks}:
            text = f"{evaluation.name or 'Evalueringen'} ({ids}): {'; '.join(said)}"
            url = reverse("trials:workspace_evaluation", args=[evaluation.slug])
            yield Duty(network, f"evaluation:{evaluation.code}", KIND, text, None, Severity.MISSING, url)
