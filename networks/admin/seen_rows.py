"""Rows of an inline that someone else has changed since the page was opened: whoever saves second chooses."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.template.loader import render_to_string
from django.utils.functional import cached_property

from frikommune.keys import read_key
from networks import versions
from networks.collision import MINE, THEIRS, said_of

SEEN, CHOICE = "SEEN", "choice"


class SeenRows(BaseInlineFormSet):
    """Lets whoever saves second choose, row by row, between what stands there and his own.

    The page carries the number of the newest version of its rows; a row with a newer one was changed since. A choice
    carries the number of the version that it was made on: it does not count when the row has been changed again.
    """

    @cached_property
    def management_form(self):
        form = super().management_form
        if self._has_history():
            form.fields[SEEN] = forms.IntegerField(required=False, widget=forms.HiddenInput)
            form.initial = {**(form.initial or {}), SEEN: versions.newest(self.model)}  # type: ignore[arg-type]
        return form

    def clean(self) -> None:
        open_rows = self._settle()
        super().clean()
        if open_rows:
            words = "En anden har ændret en række, siden du åbnede siden. Intet er gemt: vælg herunder, og gem igen."
            raise ValidationError(words, code="collision")

    def _settle(self) -> list[forms.ModelForm]:
        """Keep the rows that are to stay as they are stored, and return those in which one has not chosen yet."""
        waiting = []
        for row, version in self._overtaken():
            chosen = self.data.get(f"{row.prefix}-{CHOICE}")
            if chosen == f"{THEIRS}-{version.pk}":
                _keep_stored(row)
            elif chosen != f"{MINE}-{version.pk}":
                row.add_error(None, ValidationError(_question(row, version), code="collision"))
                waiting.append(row)
        return waiting

    def _overtaken(self) -> list[tuple[forms.ModelForm, object]]:
        """The rows that would overwrite what someone else has saved since, each with its newest version."""
        sent = read_key(self.data.get(f"{self.prefix}-{SEEN}", ""))
        if not self._has_history() or sent is None:
            return []
        rows = {row.instance.pk: row for row in self.initial_forms if row.instance.pk and row.has_changed()}
        # Held until all is saved, so that nobody changes them after they have been looked at.
        list(self.model._base_manager.select_for_update().filter(pk__in=rows).order_by("pk").values_list("pk"))
        newer = self.model.history.filter(id__in=rows, history_id__gt=sent)  # type: ignore[attr-defined]
        newest = {version.id: version for version in newer.select_related("history_user").order_by("history_id")}
        return [(rows[key], version) for key, version in newest.items()]

    def _has_history(self) -> bool:
        return hasattr(self.model, "history")


def _keep_stored(row: forms.ModelForm) -> None:
    """Let the row be as it is stored, whatever was sent of it."""
    row.errors.clear()
    row.cleaned_data |= {name: row.get_initial_for_field(field, name) for name, field in row.fields.items()}
    row.cleaned_data[DELETION_FIELD_NAME] = False
    row.__dict__["changed_data"] = []  # the rows that have changed are those that are saved


def _question(row: forms.ModelForm, version) -> str:
    """What stands in the fields that would be overwritten, who saved it, and the choice."""
    stored = versions.values_of(type(row.instance)._base_manager.get(pk=row.instance.pk))
    is_deletion = DELETION_FIELD_NAME in row.changed_data
    shown = row.fields if is_deletion else row.changed_data
    fields = {name: row.instance._meta.get_field(name) for name in shown if name in stored}
    reading = versions.Reading()
    reading.prepare((field, stored[name]) for name, field in fields.items())
    now = ", ".join(f"{field.verbose_name}: »{reading.say(field, stored[name])}«" for name, field in fields.items())
    context = {
        "name": f"{row.prefix}-{CHOICE}",
        "theirs": f"{THEIRS}-{version.pk}",
        "mine": f"{MINE}-{version.pk}",
        "now": now,
        "saved": said_of(version),
        "is_deletion": is_deletion,
    }
    return render_to_string("admin/includes/row_choice.html", context)
