"""Whether a user has leave to take back what was done to a record: the permissions that its pages and the admin ask.

Asked of the record as it stands now. That a record once hung on something of the user's gives no leave. Each function
returns why not, a sentence for the page, or an empty text.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from networks import versions
from networks.owner_rules import OWNERS, may, not_theirs
from trials.models import Participation, Trial
from trials.proposals import LEGAL_FIELDS
from trials.workspace.record_changes import RecordChange

LEGAL = "Kun ministeriet kan tilbageføre det, der har retlig betydning."
ANOTHERS = "Posten hører ikke til dine netværk. Den kan kun tilbageføres af dem, der må ændre den."
SOURCED = "Det, en kilde siger, bliver stående. Det kan rettes, men ikke slettes."
NOT_HERE = "Det kan ikke tilbageføres her."
ORPHAN = "Det, som posten hørte til, er slettet."
UNALLOWED = {
    "add": "Kun ministeriet kan oprette en sådan post, og dermed genskabe den.",
    "change": "Kun ministeriet kan ændre en sådan post.",
    "delete": "Kun ministeriet kan slette en sådan post.",
}

FIELDS = {
    Trial: {*LEGAL_FIELDS, "public_id", "network", "number", "publication"},
    Participation: {"trial", "municipality"},
}
"""The fields with legal meaning: what a coordinator proposes and the ministry changes."""


def to_keep(user, record) -> str:
    """Why `user` may not change the record, such as its status."""
    return "" if may(user, "change", type(record), record) else _why_not(user, "change", type(record))


def to_change(user, record, field: models.Field, now: Any, back: Any) -> str:
    """Why `user` may not give this field of the record the value `back` instead of `now`."""
    refused = to_keep(user, record)
    if refused:
        return refused
    if field.name in FIELDS.get(type(record), ()) and not user.has_perm("trials.decide"):
        return LEGAL
    if field.name not in OWNERS:
        return ""
    related: Any = field.related_model
    touched = related._base_manager.filter(pk__in=set(versions.keys_in(now)) ^ set(versions.keys_in(back)))
    return _named(not_theirs(user, type(record), touched))


def to_delete(user, record) -> str:
    """Why `user` may not delete the record."""
    model = type(record)
    if may(user, "delete", model, record):
        return ""
    own = may(user, "change", model, record) and may(user, "delete", model)
    return SOURCED if own else _why_not(user, "delete", model)


class MadeAgain:
    """The records that a change set deleted, as they were: what one hung on may be among the others."""

    def __init__(self, changes: Iterable[RecordChange]) -> None:
        deleted = [change for change in changes if change.is_deleted and change.before is not None]
        self._records = {(change.model, change.key): _as_it_was(change) for change in deleted}

    def leave(self, user, change: RecordChange) -> str:
        """Why `user` may not make the record again."""
        model, record = change.model, self._records[change.model, change.key]
        try:
            for field in record._meta.concrete_fields:
                if field.is_relation and getattr(record, field.attname) is not None:
                    setattr(record, field.name, self._found(field, getattr(record, field.attname)))
            owners = self._owners(change)
            allowed = may(user, "add", model, None if owners else record)
        except ObjectDoesNotExist:
            return ORPHAN
        return _named(not_theirs(user, model, owners)) if allowed else _why_not(user, "add", model)

    def _owners(self, change: RecordChange) -> list:
        fields = [field for field in versions.tracked(change.model) if field.name in OWNERS]
        return [self._found(field, key) for field in fields for key in versions.keys_in(change.values[field.name])]

    def _found(self, field: Any, key: Any):
        known = self._records.get((field.related_model, key))
        return known or field.related_model._base_manager.get(pk=key)


def _as_it_was(change: RecordChange) -> models.Model:
    fields = {field.name: field for field in versions.tracked(change.model)}
    single = {fields[n].attname: value for n, value in change.values.items() if not fields[n].many_to_many}
    return change.model(pk=change.key, **single)


def _why_not(user, action: str, model) -> str:
    if user.has_perm("trials.decide"):
        return NOT_HERE
    return ANOTHERS if may(user, action, model) else UNALLOWED[action]


def _named(others: list) -> str:
    named = ", ".join(f"»{record}«" for record in sorted(others, key=str))
    return f"Du kan kun vælge og fravælge inden for dine egne netværk, ikke {named}." if others else ""
