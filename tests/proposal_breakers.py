"""Breaks each constraint of proposals, by its name."""

from django.utils import timezone

from tests.factories import make_proposal, make_trial
from tests.roles import make_user


def _with(**fields) -> None:
    proposal = make_proposal(make_trial(), make_user())
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.save()


BREAKERS = {
    "proposal_kind_valid": lambda: _with(kind="wish"),
    "proposal_state_valid": lambda: _with(state="lost", decided_at=timezone.now()),
    "proposal_decided_when_not_open": lambda: _with(decided_at=timezone.now()),
    "proposal_returned_with_answer": lambda: _with(state="returned", decided_at=timezone.now()),
}
