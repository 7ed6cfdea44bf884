"""The part of an answer sheet that is about one participation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from frikommune.dates import refuse_strange_day
from frikommune.personal import contact_details, refuse_personal_numbers
from trials import workflow
from trials.enums import STATUSES_WITH_REASON, Precision, Reason, Status
from trials.models import Participation

UNCHANGED, CHANGED, NOTHING = "uaendret", "aendret", "intet"
OF_A_CHANGE = ("status", "effective_on", "precision")
"""The fields without which there is no change to propose."""


class AnswerForm(forms.Form):
    """Unchanged, changed to what, or no answer. With `all_unchanged` everything that has a status is unchanged."""

    choice = forms.ChoiceField(label="Svar", widget=forms.RadioSelect, initial=NOTHING)
    status = forms.ChoiceField(label="Ny status", error_messages={"required": "Vælg den nye status."})
    reason = forms.ChoiceField(
        label="Årsag",
        choices=[("", "Ingen årsag"), *Reason.choices],
        required=False,
        help_text="Kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«.",
    )
    effective_on = forms.DateField(
        label="Gældende fra",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Dagen, hvor det var sådan.",
        validators=[refuse_strange_day],
        error_messages={"required": "Skriv dagen, hvor det var sådan."},
    )
    precision = forms.ChoiceField(
        label="Datoens betydning",
        choices=[(Precision.ON, "Den dag ændrede status sig"), (Precision.BY, "Senest den dag var det sådan")],
        initial=Precision.ON,
    )
    note = forms.CharField(
        label="Bemærkning",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=1000,
        validators=[refuse_personal_numbers],
        help_text="Bliver offentlig, når koordinatoren godkender. Skriv ingen personoplysninger.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    use_required_attribute = False

    def __init__(self, participation: Participation, data=None, all_unchanged: bool = False) -> None:
        super().__init__(data, prefix=str(participation.pk))
        self.participation = participation
        self.all_unchanged = all_unchanged
        self.current = Status(participation.status)
        known = self.current != Status.UNKNOWN
        choices = [(CHANGED, "Ændret: jeg foreslår en ny status"), (NOTHING, "Jeg svarer ikke for dette forsøg nu")]
        fields: dict[str, Any] = self.fields
        fields["choice"].choices = [(UNCHANGED, f"Uændret: stadig »{self.current.label}«")] * known + choices
        fields["status"].choices = self._statuses()
        fields["seen"].initial = participation.newest_event or 0

    def full_clean(self) -> None:
        """What a change needs must be there when one is chosen. A trial that was not on the page when it was opened has
        nothing in what was sent."""
        chosen = self.data.get(self.add_prefix("choice")) == CHANGED and not self.all_unchanged
        needed = {"choice": self.add_prefix("choice") in self.data} | dict.fromkeys(OF_A_CHANGE, chosen)
        for name, is_needed in needed.items():
            self.fields[name].required = is_needed
        super().full_clean()
        for name in needed:
            self.fields[name].required = True  # as their labels say

    @property
    def contact_details(self) -> list[str]:
        """What its remark holds of e-mail addresses and telephone numbers."""
        return contact_details(self.cleaned_data.get("note", "")) if self.is_proposal else []

    @property
    def is_proposal(self) -> bool:
        return self.cleaned_data.get("choice") == CHANGED

    @property
    def is_changed_too(self) -> bool:
        """Whether a change was chosen before everything was said to be unchanged."""
        return self.data.get(self.add_prefix("choice")) == CHANGED or bool(self.data.get(self.add_prefix("status")))

    def clean_choice(self) -> str:
        if not self.all_unchanged:
            return self.cleaned_data["choice"] or NOTHING
        return NOTHING if self.current == Status.UNKNOWN else UNCHANGED

    def clean(self) -> dict:
        written = super().clean() or {}
        if written.get("choice") == CHANGED:
            self._check_proposal(written)
        elif written.get("choice") == NOTHING and not self.all_unchanged and written.get("status"):
            self.add_error("choice", "Du har valgt en ny status. Vælg også »Ændret«, eller fjern den nye status.")
        return written

    def answer(self) -> dict:
        """The answer as fields of `MunicipalAnswer`."""
        if not self.is_proposal:
            return {"unchanged": True}
        names = ("status", "reason", "effective_on", "precision", "note")
        return {name: self.cleaned_data[name] for name in names}

    def _statuses(self) -> list:
        """What may follow now comes first; the rest is for what was wrong before, which the coordinator looks into."""
        follows = workflow.allowed_from(self.current)
        others = [each for each in Status if each not in (*follows, self.current, Status.UNKNOWN)]
        groups = [
            (f"Kan følge efter »{self.current.label}«", [(each.value, each.label) for each in follows]),
            ("Hvis den nuværende status er forkert", [(each.value, each.label) for each in others]),
        ]
        return [("", "Vælg status"), *(group for group in groups if group[1])]

    def _check_proposal(self, written: dict) -> None:
        """What no proposal may lack or say; whether it can follow is for the coordinator and the workflow."""
        status, reason, day = written.get("status"), written.get("reason"), written.get("effective_on")
        if day and day > timezone.localdate():
            text = "Status kan ikke gælde fra en dag i fremtiden. En kommende start er »Planlagt« fra i dag."
            self.add_error("effective_on", text)
        if reason and status not in STATUSES_WITH_REASON:
            text = "En årsag hører kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«."
            self.add_error("reason", text)
        if reason == Reason.OTHER and not written.get("note") and "note" not in self.errors:
            self.add_error("note", ValidationError("Skriv årsagen i bemærkningen, når den er »Andet«."))
