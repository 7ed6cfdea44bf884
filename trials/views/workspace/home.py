"""The workspace's front page."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from networks.models import Municipality, Network
from trials.models import Evaluation, Participation
from trials.rules import is_ministry, is_reader, roles_of
from trials.views.workspace.entry import at_work
from trials.workspace import duties
from trials.workspace.design.elements import said_lacking
from trials.workspace.duties import Severity
from trials.workspace.front import outward

FIRST = 3
"""How many duties of each network are shown."""


@at_work()
@require_safe
def home(request):
    """The networks that the user keeps or reads along with, and what else is the user's own."""
    roles = roles_of(request.user)
    networks = Network.objects.active().select_related("programme").order_by("programme", "number")
    if not (is_ministry(request.user) or is_reader(request.user)):
        networks = networks.filter(pk__in=roles.networks)
    found = duties.of_each(list(networks), timezone.localdate())
    context = {
        "networks": [_summary(network, found[network.pk]) for network in networks],
        "keeps": is_ministry(request.user) or bool(roles.networks),
        "municipalities": _municipalities(request.user, roles.municipalities),
        "evaluations": _evaluations(request.user, roles.evaluations),
    }
    return render(request, "workspace/home.html", context | outward(request.user))


def _summary(network: Network, found: list[duties.Duty]) -> dict:
    counts = [(severity, sum(duty.severity == severity for duty in found)) for severity in Severity]
    return {"network": network, "counts": counts, "first": found[:FIRST], "more": len(found) - FIRST}


def _municipalities(user, keys) -> list[tuple[Municipality, list[Participation]]]:
    """The municipalities that the user answers for, each with its part in the trials that the user may see."""
    parts = Participation.objects.visible_to(user).filter(municipality__in=keys)
    parts = parts.select_related("trial__network").order_by("trial__network", "trial__number")
    of_each: dict[int, list[Participation]] = {}
    for part in parts:
        of_each.setdefault(part.municipality_id, []).append(part)
    found = Municipality.objects.filter(pk__in=keys).order_by("sort_key")
    return [(each, of_each.get(each.pk, [])) for each in found]


def _evaluations(user, keys) -> list[tuple[Evaluation, list[str]]]:
    """The evaluations assigned to the user, each with the required elements that its design lacks."""
    found = Evaluation.objects.visible_to(user).filter(pk__in=keys).with_coverages(user).order_by("code")
    return [(each, said_lacking(each)) for each in found]
