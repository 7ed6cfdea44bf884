"""Fields that name a record. They are chosen once: imports, events and addresses know the record by them."""

from django import forms
from django.contrib import admin

from networks.admin.seen_rows import SeenRows


class FixedFields(admin.ModelAdmin):
    """Shows `fixed_fields` as text once the record exists."""

    fixed_fields: tuple[str, ...] = ()

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return (*readonly, *self.fixed_fields) if obj else readonly


class WholeRecordForm(forms.ModelForm):
    """Holds a changed record against its constraints as a whole; Django leaves those out that name a field which is
    not in the form, so that the database would refuse without a sentence."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.pk and not self.errors:
            try:
                self.instance.validate_constraints()
            except forms.ValidationError as error:
                self.add_error(None, error.messages)


class LabelledRows(SeenRows):
    """Rows of an inline whose fields have names for a screen reader: a table gives them none."""

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for field in filter(lambda field: field.label, form.fields.values()):
            # A choice of a record is wrapped in links to add and change it; the name belongs to the choice within.
            getattr(field.widget, "widget", field.widget).attrs["aria-label"] = field.label


class FixedRowForm(forms.ModelForm):
    """A row of an inline whose `fixed_fields` can be chosen in a new row only.

    What is sent for them in an old row is ignored. Their choice is shown without a query for each row.
    """

    fixed_fields: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fixed_fields if self.instance.pk else ():
            self.fields[name].disabled = True
            self.fields[name].widget = forms.Select(choices=[self._choice_made(name)])

    def _choice_made(self, name: str) -> tuple:
        field = self.instance._meta.get_field(name)
        value, shown = getattr(self.instance, field.attname), getattr(self.instance, name)
        return value, dict(field.flatchoices).get(shown, shown) or "–"
