"""The admin of trials and all that hangs on them. One file a concept."""

from trials.admin.activity import ExperienceAdmin, MilestoneAdmin, ObservationAdmin, OutcomeAdmin
from trials.admin.evaluation import CoverageAdmin, EvaluationAdmin, EvaluationTraitAdmin
from trials.admin.finding import AssessmentAdmin, ContradictionAdmin, ContradictionPlaceAdmin
from trials.admin.law import ActAdmin, LegalBasisAdmin, ProvisionAdmin
from trials.admin.participation import ParticipationAdmin
from trials.admin.source import CorrectionAdmin, SourceAdmin, SourceCellAdmin
from trials.admin.status import StatusEventAdmin
from trials.admin.trial import TrialAdmin

__all__ = [
    "ActAdmin",
    "AssessmentAdmin",
    "ContradictionAdmin",
    "ContradictionPlaceAdmin",
    "CorrectionAdmin",
    "CoverageAdmin",
    "EvaluationAdmin",
    "EvaluationTraitAdmin",
    "ExperienceAdmin",
    "LegalBasisAdmin",
    "MilestoneAdmin",
    "ObservationAdmin",
    "OutcomeAdmin",
    "ParticipationAdmin",
    "ProvisionAdmin",
    "SourceAdmin",
    "SourceCellAdmin",
    "StatusEventAdmin",
    "TrialAdmin",
]
