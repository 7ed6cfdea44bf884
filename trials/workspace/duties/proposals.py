"""Proposals that the ministry has sent back, and municipalities' answers that wait for the coordinator."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from networks.models import Network
from trials.models import MunicipalAnswer, Proposal
from trials.workspace.duties.duty import Duty, Severity

KIND = "Forslag"


def proposals(networks: Sequence[Network], today: date) -> Iterator[Duty]:
    """What is returned and what waits in the networks. Two queries."""
    for proposal in Proposal.objects.told().returned().filter(trial__network__in=networks):
        url = reverse("trials:workspace_proposal", args=[proposal.pk])
        text = f"{proposal.trial.public_id}: Forslaget »{proposal.get_kind_display()}« er sendt tilbage"
        yield Duty(proposal.trial.network_id, f"proposal:{proposal.pk}", KIND, text, None, Severity.MISSING, url)
    waiting = MunicipalAnswer.objects.waiting().filter(participation__trial__network__in=networks)
    for answer in waiting.select_related("participation__trial__network", "participation__municipality"):
        part = answer.participation
        url = reverse("trials:answers", args=[part.trial.network.slug])
        day = localdate(answer.answered_at)
        text = f"{part.trial.public_id}: {part.municipality} foreslog en anden status den {day:%d.%m.%Y}"
        yield Duty(part.trial.network_id, f"answer:{answer.pk}", KIND, text, None, Severity.MISSING, url)
