"""On what legal meaning rests: what a coordinator proposes and the ministry changes."""

from networks.models import Coordinator, Focus, Membership, Network, NetworkText
from trials.models import (
    Assignment,
    Contradiction,
    ContradictionPlace,
    Correction,
    LegalBasis,
    Outcome,
    Participation,
    Proposal,
    Trial,
)
from trials.proposals import LEGAL_FIELDS

WHOLE = {
    *(Network, Membership, NetworkText, Focus, Coordinator, Assignment),
    *(LegalBasis, Outcome, Correction, Contradiction, ContradictionPlace, Proposal),
}
"""Records of which nothing is the coordinator's to change directly."""

EXISTENCE = {Trial, Participation}
"""Records that only the ministry makes or removes (a coordinator's new trial is a draft)."""

FIELDS = {
    Trial: {*LEGAL_FIELDS, "public_id", "network", "number", "publication"},
    Participation: {"trial", "municipality"},
}


def barred(user, model, field: str = "") -> bool:
    """Whether it is not for `user` to change this field directly, or without one to make or remove such a record."""
    if user.has_perm("trials.decide"):
        return False
    return model in WHOLE or (field in FIELDS.get(model, ()) if field else model in EXISTENCE)
