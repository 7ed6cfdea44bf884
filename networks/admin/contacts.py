"""Whoever saves a page of the admin is told which e-mail addresses and telephone numbers were written in it."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages

from frikommune.personal import contact_warnings


class WarnsOfContacts(admin.ModelAdmin):
    """Warns of contact details in the texts that were changed, on the page and in its rows."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rows = [row for formset in formsets for row in formset.forms if row not in formset.deleted_forms]
        self.warn_of_contacts(request, [form, *rows])

    def warn_of_contacts(self, request, sent: Iterable[forms.BaseForm]) -> None:
        """Say which contact details stand in what was changed in these forms, which must be valid."""
        for sentence in contact_warnings(text for form in sent for text in _written(form)):
            self.message_user(request, sentence, messages.WARNING)


def _written(form: forms.BaseForm) -> list[str]:
    """The free text that was changed in `form`; in a field of its own an address is meant."""
    fields = [name for name in form.changed_data if isinstance(form.fields[name], forms.CharField)]
    meant = (forms.EmailField, forms.URLField)
    return [str(form.cleaned_data.get(name) or "") for name in fields if not isinstance(form.fields[name], meant)]
