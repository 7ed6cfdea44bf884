"""Choices of records in the admin that take whatever is sent, or stands in the address."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from frikommune.keys import read_key
from frikommune.record_fields import RecordsField


class RecordSelect(AutocompleteSelect):
    """A record that is looked up in the admin. What was sent and is no number of a record is not looked up."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, _keys(value), attr)


class RecordsSelect(AutocompleteSelectMultiple):
    """Any number of records that are looked up in the admin, as `RecordSelect`."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, _keys(value), attr)


class ChosenRecords(admin.options.BaseModelAdmin):
    """Offers records in choices that ask the database for numbers of records only."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RecordSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RecordsSelect(db_field, self.admin_site, using=kwargs.get("using")))
        kwargs.setdefault("form_class", RecordsField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _keys(values: Iterable) -> list[str]:
    return [str(each) for each in values if read_key(each) is not None]
