"""Rows of an inline that someone else has changed since the page was opened."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property

from frikommune.keys import read_key
from networks import versions

SEEN = "SEEN"


class SeenRows(BaseInlineFormSet):
    """Says of a row that was changed meanwhile what now stands there, before it is overwritten.

    The page carries the number of the newest version of its rows; a row with a newer one was changed since.
    """

    @cached_property
    def management_form(self):
        form = super().management_form
        if self._has_history():
            form.fields[SEEN] = forms.IntegerField(required=False, widget=forms.HiddenInput)
            form.initial = {**(form.initial or {}), SEEN: self._newest()}
        return form

    def clean(self) -> None:
        super().clean()
        sent = read_key(self.data.get(f"{self.prefix}-{SEEN}", ""))
        if not self._has_history() or sent is None:
            return
        rows = {form.instance.pk: form for form in self.initial_forms if form.instance.pk}
        newer = self.model.history.filter(id__in=list(rows), history_id__gt=sent)
        for key in set(newer.order_by().values_list("id", flat=True)):
            if rows[key].has_changed():
                rows[key].add_error(None, ValidationError(_words(rows[key]), code="collision"))
        managed = self.management_form
        managed.data = {**managed.data.dict(), f"{self.prefix}-{SEEN}": self._newest()}

    def _has_history(self) -> bool:
        return hasattr(self.model, "history")

    def _newest(self) -> int:
        """The number of the newest version of any row of this kind."""
        return versions.newest(self.model)  # type: ignore[arg-type]


def _words(row: forms.ModelForm) -> str:
    """What stands in the fields that would be overwritten."""
    if "DELETE" in row.changed_data:
        return "En anden har ændret rækken, siden du åbnede siden. Gem igen, hvis den stadig skal slettes."
    stored = versions.values_of(type(row.instance)._base_manager.get(pk=row.instance.pk))
    fields = {name: row.instance._meta.get_field(name) for name in row.changed_data if name in stored}
    reading = versions.Reading()
    reading.prepare((field, stored[name]) for name, field in fields.items())
    now = ", ".join(f"{field.verbose_name}: »{reading.say(field, stored[name])}«" for name, field in fields.items())
    return (
        f"En anden har ændret rækken, siden du åbnede siden. Nu står der {now}. Gem igen for at skrive dit i stedet, "
        "eller ret rækken."
    )
