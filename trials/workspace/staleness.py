"""Whether someone has written in a record since a form with it was opened, and what."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils.formats import date_format

EMPTY = "(tomt)"


def version(record: models.Model) -> int:
    """The number of the record's newest version; 0 before its first."""
    return record.history.aggregate(newest=Max("history_id"))["newest"] or 0


def newest(model: type[models.Model]) -> int:
    """The number of the newest version of any record of `model`."""
    return model.history.aggregate(newest=Max("history_id"))["newest"] or 0


def changes_since(record: models.Model, seen: int) -> list[str]:
    """What each field was in the version `seen` and is now, in sentences; empty when nothing is another."""
    then = record.history.filter(history_id=seen).first()
    now = record.history.order_by("-history_id").first()
    if then is None or now is None or then.pk == now.pk:
        return []
    fields = [f for f in type(record)._meta.get_fields() if isinstance(f, models.Field) and hasattr(then, f.name)]
    shown = [(f.verbose_name, _shown(then, f), _shown(now, f)) for f in fields if not f.primary_key]
    return [
        f"{str(label).capitalize()} er nu »{after}«, før »{before}«."
        for label, before, after in shown
        if before != after
    ]


def _shown(past: Any, field: models.Field) -> str:
    """The value of a field in a version, for a reader."""
    if field.many_to_many:
        return ", ".join(
            sorted(str(getattr(row, field.m2m_reverse_field_name())) for row in getattr(past, field.name).all())
        )
    value = getattr(past, field.attname)
    if value is None or value == "":
        return EMPTY
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, date):
        return date_format(value)
    if isinstance(field, models.BooleanField):
        return "ja" if value else "nej"
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._base_manager.filter(pk=value).first() or EMPTY)
    return f"{value.normalize():f}".replace(".", ",") if isinstance(field, models.DecimalField) else str(value)
