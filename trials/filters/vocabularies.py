"""The values that can be chosen among: networks, municipalities, trials, regions, rounds, target groups."""

from django.db.models import Exists, OuterRef

from networks.enums import TargetGroup
from networks.models import ApplicationRound, Focus, Membership, Municipality, Network
from trials.code_filter import Option
from trials.models import Trial

UNKNOWN_NETWORK = "Der er intet netværk med nummeret »%(value)s«."
UNKNOWN_MUNICIPALITY = "Der er ingen kommune med kommunekoden »%(value)s«."
UNKNOWN_TRIAL = "Der er intet forsøg med id'et »%(value)s«."

TARGET_GROUPS = {TargetGroup.ADULTS: "voksne", TargetGroup.FAMILIES: "familier", TargetGroup.YOUNG_PEOPLE: "unge"}
"""How a sentence says each."""


def networks() -> dict[str, Option]:
    """The networks by number. One query."""
    return {str(network.number): Option.quoted(network.name) for network in Network.objects.all()}


def municipalities(listed: bool = True) -> dict[str, Option]:
    """The municipalities by kommunekode, in Danish order; listed are those with a network, or none. One query."""
    memberships = Membership.objects.filter(municipality=OuterRef("pk"))
    found = Municipality.objects.annotate(in_network=Exists(memberships)).order_by("sort_key")
    return {m.code: Option(m.name, m.official_name, listed and m.in_network) for m in found}


def trials(user, listed: bool = True) -> dict[str, Option]:
    """The trials that `user` may see, by id. One query."""
    seen = Trial.objects.visible_to(user).order_by("network__number", "number").values_list("public_id", "title")
    return {public_id: Option(f"{public_id} {title}", f"{public_id} »{title}«", listed) for public_id, title in seen}


def regions() -> dict[str, Option]:
    """The regions by regionskode, in the order of their names. One query."""
    found = Municipality.objects.order_by("region", "region_code").values_list("region_code", "region").distinct()
    return {code: Option(name, name if name.startswith("Region") else f"Region {name}") for code, name in found}


def rounds() -> dict[str, Option]:
    """The application rounds by number. One query."""
    return {str(r.number): Option(str(r), f"{r.number}.") for r in ApplicationRound.objects.all()}


def target_groups() -> dict[str, Option]:
    """The target groups, each with the condition that a municipality of the trial has its focus there in the trial's
    network. Of the trials themselves no source gives one."""
    focused = Focus.objects.filter(
        membership__network=OuterRef("network"), membership__municipality__participations__trial=OuterRef("pk")
    )
    return {
        group.value: Option(group.label, TARGET_GROUPS[group], condition=Exists(focused.filter(target_group=group)))
        for group in TargetGroup
    }
