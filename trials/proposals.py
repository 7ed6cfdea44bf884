"""What becomes of proposals: made, accepted, returned, withdrawn. Each in one transaction.

Who may do so is asked by the pages (`trials.decide`, and `trials.propose` for proposing). What a municipality proposes
of its own status is a `MunicipalAnswer`: see `trials.workspace.deciding`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from networks import versions
from trials.enums import ProposalKind, ProposalState
from trials.models import LegalBasis, Participation, Proposal, Trial
from trials.workflow import Refused

LEGAL_FIELDS = ("title", "application_round", "in_force_from", "in_force_to")
"""The fields of a trial on which legal meaning rests."""

_MODELS: dict[str, type[models.Model]] = {
    ProposalKind.TRIAL: Trial,
    ProposalKind.JOIN: Participation,
    ProposalKind.LEAVE: Participation,
    ProposalKind.BASIS: LegalBasis,
    ProposalKind.BASIS_CHANGE: LegalBasis,
    ProposalKind.BASIS_REMOVAL: LegalBasis,
}

NEW = (ProposalKind.JOIN, ProposalKind.BASIS)
REMOVING = (ProposalKind.LEAVE, ProposalKind.BASIS_REMOVAL)


class Overtaken(Refused):
    """What a proposal would change has another value than when it was proposed, and whoever accepts has not seen it."""


@dataclass(frozen=True)
class ProposedChange:
    """A field of a proposal: what stood there, what stands there now, what is proposed. Values as in `versions`."""

    field: models.Field
    old: Any
    now: Any
    new: Any

    @property
    def is_overtaken(self) -> bool:
        """Whether someone has changed it since, to something else than is proposed."""
        return self.now not in (self.old, self.new)


def propose(
    trial: Trial,
    kind: ProposalKind,
    changes: Mapping[str, list],
    comment: str,
    by,
    participation: Participation | None = None,
    basis: LegalBasis | None = None,
    replaces: Proposal | None = None,
) -> Proposal:
    """Make the user `by`'s proposal about `trial`. `changes` has the old and the new value of each field, dates and
    keys included.

    Raises `Refused` when nothing would be changed, or when the returned proposal that it replaces has been replaced
    already.
    """
    stored = {name: [_stored(old), _stored(new)] for name, (old, new) in changes.items()}
    if not any(old != new for old, new in stored.values()):
        raise Refused("Forslaget ændrer ikke noget.")
    proposal = Proposal(
        trial=trial,
        kind=kind,
        participation=participation,
        basis=basis,
        subject=_subject(kind, stored, participation, basis),
        changes=stored,
        comment=comment.strip(),
        proposed_by=by,
        replaces=replaces,
    )
    proposal.clean_fields(exclude=[f.name for f in Proposal._meta.concrete_fields if f.is_relation])
    with transaction.atomic():
        if replaces:
            _check_replaceable(replaces)
        proposal.save()
    return proposal


def changes_of(proposal: Proposal) -> list[ProposedChange]:
    """What `proposal` would change, beside what stands in the register now, in the model's order."""
    now = _now(proposal)
    return [
        ProposedChange(field, old, now.get(field.name, old), new)
        for field, old, new in proposed(proposal.kind, proposal.changes)
    ]


def proposed(kind: str, changes: Mapping[str, list]) -> list[tuple[models.Field, Any, Any]]:
    """The fields of a proposal's stored `changes` with their old and new values, in the model's order."""
    fields = [field for field in _MODELS[kind]._meta.concrete_fields if field.name in changes]
    return [(field, *(_read(field, value) for value in changes[field.name])) for field in fields]


def overtaken(proposal: Proposal) -> list[ProposedChange]:
    """What someone has changed since it was proposed, to something else than is proposed."""
    return [change for change in changes_of(proposal) if change.is_overtaken]


def state_seen(proposal: Proposal) -> str:
    """What whoever accepts has seen of the register, as a page sends it along."""
    return "|".join(f"{change.field.name}={_stored(change.now)}" for change in changes_of(proposal))


@transaction.atomic
def accept(proposal: Proposal, by, seen: str = "", answer: str = "") -> Proposal:
    """Do what is proposed. `seen` is `state_seen` as it was shown to whoever accepts.

    Raises `Overtaken` when a value has been changed since it was proposed and that has not been seen, and `Refused`
    when the proposal is no longer open or the register does not allow it.
    """
    proposal = _held(proposal)
    if overtaken(proposal) and seen != state_seen(proposal):
        raise Overtaken("Registeret er ændret, siden forslaget blev stillet. Se ændringerne, før du godkender.")
    try:
        with transaction.atomic():
            _apply(proposal)
    except ProtectedError:
        raise Refused("Det kan ikke fjernes, for der er registreret noget om det.") from None
    except ValidationError as error:
        raise Refused(error.messages) from None
    return _decide(proposal, ProposalState.ACCEPTED, by, answer)


@transaction.atomic
def return_(proposal: Proposal, comment: str, by) -> Proposal:
    """Send it back. Raises `Refused` without a comment that says why, or when it is no longer open."""
    proposal = _held(proposal)
    if not comment.strip():
        raise Refused("Skriv, hvorfor forslaget sendes tilbage.")
    return _decide(proposal, ProposalState.RETURNED, by, comment)


@transaction.atomic
def withdraw(proposal: Proposal, by) -> Proposal:
    """Take it back, open or returned. Raises `Refused` when it has been accepted, withdrawn or replaced."""
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not Proposal.objects.unsettled().filter(pk=held.pk).exists():
        raise Refused("Forslaget er afgjort og kan ikke trækkes tilbage.")
    return _decide(held, ProposalState.WITHDRAWN, by, held.answer)


def _held(proposal: Proposal) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not held.is_open:
        raise Refused(f"Forslaget er allerede besvaret: {held.get_state_display().lower()}.")
    # Whoever edits the trial waits until the proposal is in, or is seen by it.
    Trial.objects.select_for_update(of=("self",)).get(pk=held.trial_id)
    return held


def _decide(proposal: Proposal, state: ProposalState, by, answer: str) -> Proposal:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.answer = answer.strip()
    proposal.clean_fields(exclude=[f.name for f in Proposal._meta.concrete_fields if f.is_relation])
    proposal.save()
    return proposal


def _check_replaceable(returned: Proposal) -> None:
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=returned.pk)
    if not Proposal.objects.returned().filter(pk=held.pk).exists():
        raise Refused("Forslaget er allerede stillet igen eller trukket tilbage.")


def _apply(proposal: Proposal) -> None:
    if proposal.kind in REMOVING:
        record = _target(proposal)
        if record is not None:
            record.delete()
        proposal.participation = proposal.basis = None
    else:
        _write(proposal)


def _write(proposal: Proposal) -> None:
    model = _MODELS[proposal.kind]
    if proposal.kind in NEW:
        record = model(trial=proposal.trial)
    else:
        found = _target(proposal)
        if found is None:
            raise Refused("Det, forslaget handler om, er slettet siden.")
        record = model._base_manager.select_for_update(of=("self",)).get(pk=found.pk)
    for change in changes_of(proposal):
        setattr(record, change.field.attname, change.new)
    record.full_clean()
    record.save()


def _target(proposal: Proposal) -> models.Model | None:
    """The record that it would change or remove; None for a new one, or when it is gone."""
    if proposal.kind == ProposalKind.TRIAL:
        return proposal.trial
    return proposal.participation or proposal.basis


def _now(proposal: Proposal) -> versions.Values:
    """What stands in the register of what it would change; nothing for a new record."""
    record = _target(proposal)
    if record is None:
        return {}
    fresh = type(record)._base_manager.get(pk=record.pk)
    return {name: getattr(fresh, fresh._meta.get_field(name).attname) for name in proposal.changes}


def _subject(kind: str, changes: dict, participation, basis) -> str:
    """What it is about, in words that stay when the record is gone."""
    if participation:
        return str(participation.municipality)
    if basis:
        return str(basis)
    model = _MODELS[kind]
    for name in ("municipality", "provision"):
        if name in changes and changes[name][1]:
            return str(model._meta.get_field(name).related_model._base_manager.get(pk=changes[name][1]))
    return ""


def _stored(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def _read(field: models.Field, value: Any) -> Any:
    """A value of `changes` as the field has it."""
    if value in (None, "") or field.is_relation:
        return value
    return field.to_python(value)
