"""What the registry holds of the trials. One file a concept."""

from trials.models.evaluation import Coverage, Evaluation
from trials.models.law import Act, LegalBasis, Provision
from trials.models.source import Correction, Source, SourceCell
from trials.models.status import StatusEvent
from trials.models.trial import Participation, Trial

__all__ = [
    "Act",
    "Correction",
    "Coverage",
    "Evaluation",
    "LegalBasis",
    "Participation",
    "Provision",
    "Source",
    "SourceCell",
    "StatusEvent",
    "Trial",
]
