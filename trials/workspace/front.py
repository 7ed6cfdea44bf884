"""What the workspace's front page shows of those outside: municipalities that answer, networks that nobody keeps."""

from dataclasses import dataclass

from django.db.models import Count

from networks.models import Network
from trials.models import MunicipalAnswer
from trials.rules import is_ministry, roles_of
from trials.workspace.handover import networks_without_coordinator


@dataclass(frozen=True)
class Kept:
    """A network that the user keeps, and how many proposals wait in it."""

    network: Network
    waiting: int


def outward(user) -> dict:
    """The context of `workspace/outward.html`. Two queries beside those for the user's roles."""
    roles, ministry = roles_of(user), is_ministry(user)
    networks = Network.objects.active() if ministry else Network.objects.active().filter(pk__in=roles.networks)
    waiting = MunicipalAnswer.objects.waiting().kept_by(user).order_by().values_list("participation__trial__network")
    counts = dict(waiting.annotate(Count("pk")))
    return {
        "kept_networks": [Kept(each, counts.get(each.pk, 0)) for each in networks],
        "without_coordinator": networks_without_coordinator() if ministry else [],
    }
