"""The form on which a coordinator chooses whom to ask, at what address, and with what words."""

from collections.abc import Sequence
from typing import Any

from django import forms

from frikommune.personal import refuse_personal_numbers
from trials.workspace.asking import Asked
from trials.workspace.faults import Fault, faults_of

WORDS = (
    "Netværket samler op på, hvor langt forsøgene er. Vil I se, om det, der står om jeres forsøg, stadig er rigtigt? "
    "Det tager få minutter."
)


class AskForm(forms.Form):
    """A row for each municipality that can be asked, and the message to all that are chosen."""

    message = forms.CharField(
        label="Besked",
        widget=forms.Textarea(attrs={"rows": 4}),
        initial=WORDS,
        max_length=2000,
        validators=[refuse_personal_numbers],
        help_text="Står øverst i e-mailen. Linket, fristen og dit navn kommer med af sig selv.",
    )

    def __init__(self, askable: Sequence[Asked], data=None) -> None:
        super().__init__(data)
        self.askable = askable
        fields: dict[str, Any] = self.fields
        for each in askable:
            name = each.municipality.official_name
            fields[_ask(each)] = forms.BooleanField(label=each.municipality.name, required=False)
            fields[_email(each)] = forms.EmailField(
                label=f"E-mail til {name}",
                initial=each.email,
                required=False,
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
                validators=[refuse_personal_numbers],
            )

    @property
    def rows(self) -> list[tuple[Asked, forms.BoundField, forms.BoundField]]:
        """Each municipality with its two fields."""
        return [(each, self[_ask(each)], self[_email(each)]) for each in self.askable]

    @property
    def chosen(self) -> list[tuple[Asked, str]]:
        """Those to be asked, each with its address."""
        cleaned = self.cleaned_data
        return [(each, cleaned.get(_email(each), "")) for each in self.askable if cleaned.get(_ask(each))]

    @property
    def messages(self) -> list[Fault]:
        """What is wrong, in sentences that name the municipality."""
        return faults_of(self)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not self.chosen:
            self.add_error(None, "Vælg mindst én kommune.")
        for each, email in self.chosen:
            if not email and _email(each) not in self.errors:
                self.add_error(_email(each), "Skriv den adresse, spørgsmålet skal sendes til.")
        return cleaned

    def keep_only(self, unsent: Sequence[Asked]) -> None:
        """Leave chosen only those that could not be asked, so that sending again asks nobody twice."""
        self.data = self.data.copy()
        for each in self.askable:
            if each not in unsent:
                self.data.pop(_ask(each), None)


def _ask(each: Asked) -> str:
    return f"spoerg-{each.municipality.code}"


def _email(each: Asked) -> str:
    return f"email-{each.municipality.code}"
