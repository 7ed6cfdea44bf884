"""Permissions in the admin, asked of the very record: one who keeps a network changes its records and no others.

Who may do what is written in the rules; here it is only asked, as `networks/owner_rules.py` asks.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.models import BaseInlineFormSet

from networks.admin.chosen import ChosenRecords
from networks.admin.fixed import WholeRecordForm
from networks.owner_rules import OWNERS, may, not_theirs


class OwnersForm(WholeRecordForm):
    """A record is given to, or taken from, those only whose records the user may change."""

    user: Any

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name in (name for name in OWNERS if name in self.changed_data and name in cleaned):
            before = _records(self.get_initial_for_field(self.fields[name], name), self.fields[name])
            touched = before ^ set(_records(cleaned[name], self.fields[name]))
            others = not_theirs(self.user, self._meta.model, touched)
            if others:
                named = ", ".join(f"»{record}«" for record in sorted(others, key=str))
                self.add_error(name, f"Du kan kun vælge og fravælge inden for dine egne netværk, ikke {named}.")
        owned = any(cleaned.get(name) for name in OWNERS)
        if not owned and any(name in self.fields for name in OWNERS) and not self._may_be_of_none():
            self.add_error(None, "Vælg dit netværk eller et af dets forsøg.")
        return cleaned

    def _may_be_of_none(self) -> bool:
        return may(self.user, "change", self._meta.model, self._meta.model())


def _records(value: Any, field: Any) -> set:
    """The records that a field's value stands for: one, several, or keys of them."""
    if value is None or value == "":
        return set()
    many = [value] if isinstance(value, models.Model) or not isinstance(value, Iterable) else list(value)
    keys = [each for each in many if not isinstance(each, models.Model)]
    found = set(field.queryset.filter(pk__in=keys)) if keys else set()
    return found | {each for each in many if isinstance(each, models.Model)}


class DeletableRows(BaseInlineFormSet):
    """Rows of which each is deleted only by one who may delete that very row."""

    user: Any

    def clean(self) -> None:
        super().clean()
        rows = [form.instance for form in self.deleted_forms if form.instance.pk]
        kept = [f"»{row}«" for row in rows if not may(self.user, "delete", self.model, row)]
        if kept:
            raise forms.ValidationError(f"Du kan ikke slette {', '.join(kept)}. Det, en kilde siger, bliver stående.")


class AskedOfRecord(ChosenRecords):
    """The permissions to view, change and delete, of the record; in an inline, of the record that the page is about."""

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", self.model, obj) or may(request.user, "change", self.model, obj)

    def has_change_permission(self, request, obj=None):
        return may(request.user, "change", self.model, obj)

    def has_delete_permission(self, request, obj=None):
        return may(request.user, "delete", self.model, obj)


def _with_owners(form: type, user) -> type:
    """`form`, which refuses owners that are not the user's."""
    return type(form)(form.__name__, (OwnersForm, form), {"user": user})


class RecordPermissions(AskedOfRecord, admin.ModelAdmin):
    def get_form(self, request, obj=None, change=False, **kwargs):
        return _with_owners(super().get_form(request, obj, change=change, **kwargs), request.user)


class RowPermissions(AskedOfRecord, admin.TabularInline):
    """Rows on the page of a record. Who may change the record may not always change what hangs on it."""

    def has_add_permission(self, request, obj=None):
        return may(request.user, "add", self.model, obj)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = _with_owners(formset.form, request.user)
        return type(formset.__name__, (DeletableRows, formset), {"user": request.user})
