"""The Django fixture that ships: the register as the files give it, by natural keys."""

import json

from django.apps import apps
from django.core import serializers

from networks.models import (
    ApplicationRound,
    Focus,
    Guidance,
    Membership,
    Municipality,
    Network,
    NetworkText,
    Programme,
)
from trials.models import (
    Act,
    Contradiction,
    ContradictionPlace,
    Correction,
    Coverage,
    Evaluation,
    EvaluationTrait,
    Experience,
    LegalBasis,
    Milestone,
    Observation,
    Outcome,
    Participation,
    Provision,
    Source,
    SourceCell,
    StatusEvent,
    Trial,
)

MODELS = [
    Municipality,
    Programme,
    ApplicationRound,
    Network,
    Membership,
    NetworkText,
    Focus,
    Guidance,
    Source,
    Trial,
    SourceCell,
    Correction,
    Act,
    Provision,
    Participation,
    LegalBasis,
    Evaluation,
    EvaluationTrait,
    Coverage,
    StatusEvent,
    Observation,
    Experience,
    Milestone,
    Outcome,
    Contradiction,
    ContradictionPlace,
]
"""What the fixture holds, each after what it refers to."""

OF_THE_EDITORS = {
    "Answer",
    "Assessment",
    "Assignment",
    "CalendarKey",
    "ChangeEntry",
    "ChangeSet",
    "ConfirmationRequest",
    "Coordinator",
    "Idea",
    "IdeaComment",
    "IdeaInterest",
    "MunicipalAnswer",
    "MunicipalContact",
    "Office",
    "Proposal",
    "Question",
    "Reminder",
    "Report",
    "SheetDownload",
    "SheetUpload",
    "Template",
}
"""What editors write and no source gives."""

OF_THE_MOMENT = {"recorded_at"}
"""Fields that tell when a record was written here: not the fixture's to say."""


INTERNAL = {"overruled"}
"""Fields that only the editors may read."""


def serialise() -> str:
    """The whole register, history and users apart, as the JSON of a Django fixture."""
    records = []
    for model in MODELS:
        own = [*model._meta.local_fields, *model._meta.local_many_to_many]
        fields = [f.name for f in own if f.name not in OF_THE_MOMENT | INTERNAL]
        records += serializers.serialize(
            "python",
            model._default_manager.order_by("pk"),
            use_natural_foreign_keys=True,
            use_natural_primary_keys=True,
            fields=fields,
        )
    for record in records:
        # PostgreSQL keeps the keys of a JSON field in an order of its own.
        if "imported" in record["fields"]:
            record["fields"]["imported"] = dict(sorted(record["fields"]["imported"].items()))
    return json.dumps(records, ensure_ascii=False, indent=1, default=str) + "\n"


def left_out() -> set[str]:
    """The models of ours that the fixture does not hold, history apart (a test keeps it empty)."""
    ours = {m for app in ("networks", "trials") for m in apps.get_app_config(app).get_models()}
    return {m.__name__ for m in ours - set(MODELS) if not m.__name__.startswith("Historical")} - OF_THE_EDITORS
