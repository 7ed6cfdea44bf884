"""The admin of networks and municipalities. One file a concept; knows nothing of trials."""

from networks.admin.account import FocusAdmin, GuidanceAdmin, NetworkTextAdmin
from networks.admin.change import ChangeEntryAdmin, ChangeSetAdmin
from networks.admin.municipality import MunicipalityAdmin
from networks.admin.network import MembershipAdmin, NetworkAdmin
from networks.admin.programme import ApplicationRoundAdmin, ProgrammeAdmin
from networks.admin.role import CoordinatorAdmin, MunicipalContactAdmin, OfficeAdmin

__all__ = [
    "ApplicationRoundAdmin",
    "ChangeEntryAdmin",
    "ChangeSetAdmin",
    "CoordinatorAdmin",
    "FocusAdmin",
    "GuidanceAdmin",
    "MembershipAdmin",
    "MunicipalContactAdmin",
    "MunicipalityAdmin",
    "NetworkAdmin",
    "NetworkTextAdmin",
    "OfficeAdmin",
    "ProgrammeAdmin",
]
