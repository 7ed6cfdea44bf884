"""The form by which a network's spreadsheet comes back."""

from django import forms


class SheetForm(forms.Form):
    """One file; what is in it is for `trials.workspace.sheet` to judge."""

    file = forms.FileField(
        label="Regneark",
        help_text="XLSX, eller ét ark som CSV. Højst 5 MB.",
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom."},
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
