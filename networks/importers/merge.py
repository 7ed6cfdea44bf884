"""Brings imported values into records that editors may have changed.

A field counts as edited when its value is no longer what the last import gave it. Edited fields keep
their value; when the files have changed there too, that is reported. A record that an editor has deleted
is not made again.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from networks.models import Imported

R = TypeVar("R", bound=Imported)


@dataclass
class Report:
    """What an import did, or would do, line by line in Danish."""

    changes: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0

    def __iadd__(self, other: "Report") -> "Report":
        self.changes += other.changes
        self.kept += other.kept
        self.unchanged += other.unchanged
        return self


class Merge:
    """Writes records of one import and keeps the report of what changed."""

    def __init__(self) -> None:
        self.report = Report()

    def put(self, model: type[R], key: dict[str, Any], values: dict[str, Any]) -> R | None:
        """The record of `model` known by `key`, with `values` brought in. None if an editor deleted it.

        A value is a list of records where the field holds several.
        """
        record = model._default_manager.filter(**key).first()
        if record is None:
            return self._create(model, key, values)
        changed = {name: value for name, value in values.items() if self._is_brought_in(record, name, value)}
        digests = record.imported | {name: digest(value) for name, value in values.items()}
        if changed or record.imported != digests:
            record.imported = digests
            _save(record, changed, is_new=False)
        else:
            self.report.unchanged += 1
        return record

    def _create(self, model: type[R], key: dict[str, Any], values: dict[str, Any]) -> R | None:
        deleted = model.history.filter(history_type="-", **key).exclude(history_change_reason=CHANGE_REASON)
        if deleted.exists():
            label = " · ".join(str(part) for part in key.values() if part is not None)
            self.report.kept.append(f"{model._meta.verbose_name} {label}: slettet i registeret, oprettes ikke igen")
            return None
        record = model(**key, imported={name: digest(value) for name, value in values.items()})
        _save(record, values, is_new=True)
        self.report.changes.append(f"{model._meta.verbose_name} {record}: oprettet")
        return record

    def _is_brought_in(self, record: Imported, name: str, value: Any) -> bool:
        """Whether the field `name` takes `value`: it is another, and no editor has written in the field."""
        current = _current(record, name)
        if _same(current, value):
            return False
        label = f"{record._meta.verbose_name} {record}, {record._meta.get_field(name).verbose_name}"
        before = record.imported.get(name)
        # A field that no import has written yet is an editor's as soon as there is something in it.
        edited = digest(current) != before if before is not None else current not in ("", None, [])
        if edited:
            if digest(value) != before:
                kept, said = _shown(current), _shown(value)
                self.report.kept.append(f"{label}: rettet i registeret, beholdt »{kept}«; filen siger »{said}«")
            return False
        old, new = _shown(current), _shown(value)
        if old == new:  # two records that read alike, such as the same place in two sources
            old, new = (" · ".join(map(str, record.natural_key())) for record in (current, value))
        self.report.changes.append(f"{label}: »{old}« → »{new}«")
        return True

    def remove_stale(self, records: models.QuerySet) -> None:
        """Remove imported records that the files no longer give, unless an editor has changed them."""
        for record in records:
            if any(digest(_current(record, name)) != before for name, before in record.imported.items()):
                self.report.kept.append(f"{record._meta.verbose_name} {record}: rettet i registeret, beholdt")
            else:
                self.report.changes.append(f"{record._meta.verbose_name} {record}: fjernet")
                record._change_reason = CHANGE_REASON
                record.delete()


CHANGE_REASON = "Indlæst fra filer"


def digest(value: Any) -> str:
    """A short fingerprint of a field's value; the same for records and their keys."""
    return hashlib.sha256(json.dumps(_keyed(value), default=str, ensure_ascii=False).encode()).hexdigest()[:16]


def _keyed(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(list(record.natural_key()) for record in value)
    return list(value.natural_key()) if isinstance(value, models.Model) else value


def _current(record: Imported, name: str) -> Any:
    """The field's value; a list of records where it holds several."""
    return list(getattr(record, name).all()) if record._meta.get_field(name).many_to_many else getattr(record, name)


def _same(current: Any, value: Any) -> bool:
    return set(current) == set(value) if isinstance(value, list) else current == value


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _save(record: Imported, values: dict[str, Any], is_new: bool) -> None:
    """Write `values` into the record. One line of history, or none when no value changed."""
    several = {name for name in values if record._meta.get_field(name).many_to_many}
    for name in values.keys() - several:
        setattr(record, name, values[name])
    record._change_reason = CHANGE_REASON
    if not is_new and not values:
        record.skip_history_when_saving = True
    try:
        # The database holds the constraints; validating them here as well would double the time of an import.
        record.clean_fields(exclude=[f.name for f in record._meta.concrete_fields if f.is_relation])
        record.save()
        for name in several:
            getattr(record, name).set(values[name])
    finally:
        if hasattr(record, "skip_history_when_saving"):
            del record.skip_history_when_saving
