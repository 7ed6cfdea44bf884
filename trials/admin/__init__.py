"""The admin of trials and all that hangs on them. One file a concept."""

from trials.admin.evaluation import CoverageAdmin, EvaluationAdmin
from trials.admin.law import ActAdmin, LegalBasisAdmin, ProvisionAdmin
from trials.admin.participation import ParticipationAdmin
from trials.admin.source import CorrectionAdmin, SourceAdmin, SourceCellAdmin
from trials.admin.status import StatusEventAdmin
from trials.admin.trial import TrialAdmin

__all__ = [
    "ActAdmin",
    "CorrectionAdmin",
    "CoverageAdmin",
    "EvaluationAdmin",
    "LegalBasisAdmin",
    "ParticipationAdmin",
    "ProvisionAdmin",
    "SourceAdmin",
    "SourceCellAdmin",
    "StatusEventAdmin",
    "TrialAdmin",
]
