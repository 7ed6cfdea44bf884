"""Who takes part: programmes with their rounds, municipalities, networks and their members."""

from networks.models.imported import Imported
from networks.models.municipality import Municipality
from networks.models.network import Membership, Network
from networks.models.programme import ApplicationRound, Programme

__all__ = ["ApplicationRound", "Imported", "Membership", "Municipality", "Network", "Programme"]
