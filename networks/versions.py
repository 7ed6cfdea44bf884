"""The versions that a record's history keeps: their values, how they differ, and how a value is read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format, number_format

EMPTY = "–"

Values = dict[str, Any]
"""A record's values by field: as stored, keys of related records, a sorted tuple where a field holds several."""


def latest(model: type[models.Model], keys: Iterable) -> dict[Any, int]:
    """The number of the newest version of each of these records; those without history are left out. One query."""
    rows = model.history.filter(id__in=list(keys)).order_by().values_list("id").annotate(Max("history_id"))
    return dict(rows)


def latest_of(record: models.Model) -> int:
    """The number of the record's newest version; 0 without history, as of one loaded from a fixture."""
    return latest(type(record), [record.pk]).get(record.pk, 0)


def newest(model: type[models.Model]) -> int:
    """The number of the newest version of any record of `model`; 0 without any."""
    return model.history.order_by().aggregate(newest=Max("history_id"))["newest"] or 0


def tracked(model: type[models.Model]) -> list[models.Field]:
    """The fields that history keeps of a record, its key apart, in the model's order."""
    historical = model.history.model
    several = [field for field in model._meta.many_to_many if field.name in _several(model)]
    return [*(f for f in historical.tracked_fields if not f.primary_key), *several]


def values_of(record: models.Model) -> Values:
    """What is tracked of `record` as it now stands in the database; one query for each field that holds several."""
    kept: Values = {}
    for field in tracked(type(record)):
        if field.many_to_many:
            kept[field.name] = tuple(sorted(getattr(record, field.name).values_list("pk", flat=True)))
        else:
            kept[field.name] = getattr(record, field.attname)
    return kept


def values_in(versions: Iterable) -> dict[int, Values]:
    """The values in each of `versions` of records of one model, by the version's number. A query for each field that
    holds several."""
    versions = list(versions)
    if not versions:
        return {}
    model = versions[0].instance_type
    found = {
        version.pk: {field.name: getattr(version, field.attname) for field in tracked(model) if not field.many_to_many}
        for version in versions
    }
    for name in _several(model):
        field = model._meta.get_field(name)
        rows = getattr(model.history.model, name).model._default_manager.filter(history__in=list(found))
        held = defaultdict(list)
        for version, key in rows.values_list("history", f"{field.m2m_reverse_field_name()}_id"):
            held[version].append(key)
        for version, kept in found.items():
            kept[name] = tuple(sorted(held[version]))
    return found


def _several(model) -> set[str]:
    return {field.name for field in model.history.model._history_m2m_fields}


@dataclass(frozen=True)
class Difference:
    """That a field has another value than before."""

    field: models.Field
    old: Any
    new: Any

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def label(self) -> str:
        return str(self.field.verbose_name)


def differences(model, old: Values, new: Values) -> list[Difference]:
    """The fields whose values differ, in the model's order."""
    return [
        Difference(field, old[field.name], new[field.name])
        for field in tracked(model)
        if old[field.name] != new[field.name]
    ]


class Reading:
    """Says values as a reader knows them. The names of related records are fetched for all at once, by `prepare`."""

    def __init__(self) -> None:
        self._names: dict[tuple[Any, Any], str] = {}

    def prepare(self, pairs: Iterable[tuple[models.Field, Any]]) -> None:
        """Fetch the names of the records that these values of fields are keys of: a query for each model."""
        wanted: dict[Any, set] = defaultdict(set)
        for field, value in pairs:
            if field.is_relation:
                wanted[field.related_model] |= set(keys_in(value))
        for model, found in wanted.items():
            for record in _with_names(model).filter(pk__in=found):
                self._names[model, record.pk] = str(record)

    def say(self, field: models.Field, value: Any) -> str:
        """The value in words: the name of a choice or of a record, a Danish date."""
        if value in (None, "", ()):
            return EMPTY
        if field.is_relation:
            return ", ".join(self._names.get((field.related_model, key), "(slettet)") for key in keys_in(value))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "ja" if value else "nej"
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "j. F Y H.i")
        if isinstance(value, date):
            return date_format(value, "j. F Y")
        if isinstance(field, models.DecimalField):
            return number_format(value.normalize(), use_l10n=True)
        return str(value)


def keys_in(value: Any) -> tuple:
    """The keys of records that a value of a relation holds."""
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _with_names(model):
    """The records of `model` with what their names are made of at hand."""
    links = [f.name for f in model._meta.concrete_fields if f.is_relation and not f.null]
    return model._base_manager.select_related(*links) if links else model._base_manager.all()
