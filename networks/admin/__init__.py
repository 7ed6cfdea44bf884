"""The admin of networks and municipalities. One file a concept; knows nothing of trials."""

from networks.admin.municipality import MunicipalityAdmin
from networks.admin.network import MembershipAdmin, NetworkAdmin
from networks.admin.programme import ApplicationRoundAdmin, ProgrammeAdmin

__all__ = ["ApplicationRoundAdmin", "MembershipAdmin", "MunicipalityAdmin", "NetworkAdmin", "ProgrammeAdmin"]
