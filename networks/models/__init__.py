"""Who takes part: programmes with their rounds, municipalities, networks and their members."""

from networks.models.account import Focus, Guidance, NetworkText
from networks.models.change import ChangeEntry, ChangeSet
from networks.models.imported import Imported
from networks.models.municipality import Municipality
from networks.models.network import Membership, Network
from networks.models.programme import ApplicationRound, Programme
from networks.models.role import Coordinator, MunicipalContact, Office

__all__ = [
    "ApplicationRound",
    "ChangeEntry",
    "ChangeSet",
    "Coordinator",
    "Focus",
    "Guidance",
    "Imported",
    "Membership",
    "MunicipalContact",
    "Municipality",
    "Network",
    "NetworkText",
    "Office",
    "Programme",
]
