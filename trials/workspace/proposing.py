"""From a form to a proposal: what it would change, and a returned proposal shown in the form again."""

from django.db import models

from frikommune.keys import read_key
from trials.models import LegalBasis, Participation, Proposal
from trials.proposals import changes_of


def changed_in(form) -> dict[str, list]:
    """The fields of a valid form that differ from the record, with the stored and the written value."""
    record, found = form.instance, {}
    stored = type(record)._base_manager.filter(pk=record.pk).first() if record.pk else None
    for name in form.cleaned_data.keys() & {field.name for field in record._meta.concrete_fields}:
        old = getattr(stored, name) if stored else None
        new = form.cleaned_data[name]
        if old != new and not (stored is None and new in ("", None)):
            found[name] = [old, new]
    return found


def removal_of(record: Participation | LegalBasis) -> dict[str, list]:
    """The change that a proposal to remove `record` is: what names it, then nothing."""
    name = "municipality" if isinstance(record, Participation) else "role"
    return {name: [getattr(record, name), None]}


def proposed_before(user, key: str, trial) -> Proposal | None:
    """The returned proposal about `trial` that `user` wants to put forward again; None when there is none."""
    number = read_key(key)
    if number is None:
        return None
    return Proposal.objects.of_networks_of(user).returned().filter(pk=number, trial=trial).first()


def initial_of(proposal: Proposal | None) -> dict:
    """What a form shows of a proposal that is put forward again."""
    if proposal is None:
        return {}
    new = {change.field.name: change.new for change in changes_of(proposal)}
    return new | {"comment": proposal.comment}


def hangs_on(record: models.Model) -> bool:
    """Whether something that keeps `record` from being removed hangs on it: its events of status."""
    return isinstance(record, Participation) and record.events.exists()
