"""What the registry holds of the trials. One file a concept."""

from trials.models.confirmation import ConfirmationRequest, MunicipalAnswer
from trials.models.evaluation import Assignment, Coverage, Evaluation, EvaluationTrait
from trials.models.experience import Experience
from trials.models.finding import Assessment, Contradiction, ContradictionPlace
from trials.models.idea import Idea, IdeaComment, IdeaInterest
from trials.models.law import Act, LegalBasis, Provision
from trials.models.milestone import Milestone, Outcome
from trials.models.observation import Observation
from trials.models.proposal import Proposal
from trials.models.reminder import CalendarKey, Reminder
from trials.models.report import Answer, Report
from trials.models.sheet import SheetDownload, SheetUpload
from trials.models.source import Correction, Source, SourceCell
from trials.models.status import StatusEvent
from trials.models.template import Question, Template
from trials.models.trial import Participation, Trial

__all__ = [
    "Act",
    "Answer",
    "Assessment",
    "Assignment",
    "CalendarKey",
    "ConfirmationRequest",
    "Contradiction",
    "ContradictionPlace",
    "Correction",
    "Coverage",
    "Evaluation",
    "EvaluationTrait",
    "Experience",
    "Idea",
    "IdeaComment",
    "IdeaInterest",
    "LegalBasis",
    "Milestone",
    "MunicipalAnswer",
    "Observation",
    "Outcome",
    "Participation",
    "Proposal",
    "Provision",
    "Question",
    "Reminder",
    "Report",
    "SheetDownload",
    "SheetUpload",
    "Source",
    "SourceCell",
    "StatusEvent",
    "Template",
    "Trial",
]
