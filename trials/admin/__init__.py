"""The admin of trials and all that hangs on them. One file a concept."""

from trials.admin.activity import ExperienceAdmin, MilestoneAdmin, ObservationAdmin, OutcomeAdmin
from trials.admin.assignment import AssignmentAdmin
from trials.admin.confirmation import ConfirmationRequestAdmin, MunicipalAnswerAdmin
from trials.admin.evaluation import CoverageAdmin, EvaluationAdmin, EvaluationTraitAdmin
from trials.admin.finding import AssessmentAdmin, ContradictionAdmin, ContradictionPlaceAdmin
from trials.admin.idea import IdeaAdmin, IdeaCommentAdmin, IdeaInterestAdmin
from trials.admin.law import ActAdmin, LegalBasisAdmin, ProvisionAdmin
from trials.admin.participation import ParticipationAdmin
from trials.admin.proposal import ProposalAdmin
from trials.admin.reminder import CalendarKeyAdmin, ReminderAdmin
from trials.admin.sheet import SheetDownloadAdmin, SheetUploadAdmin
from trials.admin.source import CorrectionAdmin, SourceAdmin, SourceCellAdmin
from trials.admin.status import StatusEventAdmin
from trials.admin.template import AnswerAdmin, QuestionAdmin, ReportAdmin, TemplateAdmin
from trials.admin.trial import TrialAdmin

__all__ = [
    "ActAdmin",
    "AnswerAdmin",
    "AssessmentAdmin",
    "AssignmentAdmin",
    "CalendarKeyAdmin",
    "ConfirmationRequestAdmin",
    "ContradictionAdmin",
    "ContradictionPlaceAdmin",
    "CorrectionAdmin",
    "CoverageAdmin",
    "EvaluationAdmin",
    "EvaluationTraitAdmin",
    "ExperienceAdmin",
    "IdeaAdmin",
    "IdeaCommentAdmin",
    "IdeaInterestAdmin",
    "LegalBasisAdmin",
    "MilestoneAdmin",
    "MunicipalAnswerAdmin",
    "ObservationAdmin",
    "OutcomeAdmin",
    "ParticipationAdmin",
    "ProposalAdmin",
    "ProvisionAdmin",
    "QuestionAdmin",
    "ReminderAdmin",
    "ReportAdmin",
    "SheetDownloadAdmin",
    "SheetUploadAdmin",
    "SourceAdmin",
    "SourceCellAdmin",
    "StatusEventAdmin",
    "TemplateAdmin",
    "TrialAdmin",
]
