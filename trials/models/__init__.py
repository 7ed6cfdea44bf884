"""What the registry holds of the trials. One file a concept."""

from trials.models.evaluation import Coverage, Evaluation, EvaluationTrait
from trials.models.experience import Experience
from trials.models.finding import Assessment, Contradiction, ContradictionPlace
from trials.models.law import Act, LegalBasis, Provision
from trials.models.milestone import Milestone, Outcome
from trials.models.observation import Observation
from trials.models.source import Correction, Source, SourceCell
from trials.models.status import StatusEvent
from trials.models.trial import Participation, Trial

__all__ = [
    "Act",
    "Assessment",
    "Contradiction",
    "ContradictionPlace",
    "Correction",
    "Coverage",
    "Evaluation",
    "EvaluationTrait",
    "Experience",
    "LegalBasis",
    "Milestone",
    "Observation",
    "Outcome",
    "Participation",
    "Provision",
    "Source",
    "SourceCell",
    "StatusEvent",
    "Trial",
]
