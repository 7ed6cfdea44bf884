"""What the admin pages of all records that editors may change have in common."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.utils.text import capfirst

from frikommune import danish
from frikommune.keys import read_key
from networks.admin.contacts import WarnsOfContacts
from networks.admin.fixed import FixedFields
from networks.admin.history import HistoryAdmin
from networks.admin.permission import RecordPermissions
from networks.admin.search import DanishSearch
from networks.collision import CollisionForm, hold


class ProtectedFirst(admin.ModelAdmin):
    """Says what keeps a record from being deleted, before asking for leave to delete that as well.

    Mere links between records, which go with either, are no records to a reader and are not listed.
    """

    def get_deleted_objects(self, objs, request):
        to_delete, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        links = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        named = tuple(f"{capfirst(link.verbose_name)}: " for link in links)
        counts = {
            name: count for name, count in counts.items() if name not in {link.verbose_name_plural for link in links}
        }
        return _without(to_delete, named), counts, set() if protected else missing_permissions, protected


def _without(listed: list, beginnings: tuple[str, ...]) -> list:
    """The nested list without the lines that begin so."""
    return [
        _without(each, beginnings) if isinstance(each, list) else each
        for each in listed
        if isinstance(each, list) or not str(each).startswith(beginnings)
    ]


class RecordAdmin(RecordPermissions, WarnsOfContacts, DanishSearch, FixedFields, ProtectedFirst, HistoryAdmin):
    """Permissions by record, search in Danish, fields that are chosen once, history, nothing overwritten unseen, and a
    word on contact details."""

    form = CollisionForm

    def get_object(self, request, object_id, from_field=None):
        """The record; held by whoever is about to save it, from before it is read."""
        if request.method == "POST" and connection.in_atomic_block and read_key(object_id) is not None:
            hold(self.model, object_id)
        return super().get_object(request, object_id, from_field)

    def get_ordering(self, request):
        # Said outright, since Django forgets a model's own ordering where rows are counted.
        return super().get_ordering(request) or self.model._meta.ordering


class SlugForm(CollisionForm):
    """A record with a name in its address, which is made from its name when it is left empty."""

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"] or danish.slug(self.cleaned_data.get("name", ""))
        if not slug:
            raise forms.ValidationError("Skriv et navn til adressen: det kan ikke dannes af navnet.")
        return slug
