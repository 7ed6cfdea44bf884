"""Writing down milestones: what is planned and what has happened, each as exact as it is known."""

from typing import Any

from django import forms

from frikommune.record_fields import RecordsField
from networks.models import Network
from networks.versions import EMPTY, Reading, Values
from trials import periods
from trials.enums import MilestoneKind
from trials.models import Milestone, Trial
from trials.workspace.days import Period, PeriodField
from trials.workspace.network_record import NetworkRecordForm

TIMES = ("planned", "actual")
"""The form's fields that a milestone keeps as two days each."""

EXAMPLES = "Fx 15.8.2018, august 2018, sommeren 2018, 3. kvartal 2018 eller 1.8.2018 – 31.10.2018."


class MilestoneForm(NetworkRecordForm):
    """A milestone of a network. A month or a season is kept as the period it is."""

    planned = PeriodField(label="Planlagt", required=False, help_text=EXAMPLES)
    actual = PeriodField(label="Sket", required=False, past=True, help_text="Samme måde; tomt, til det er sket.")

    class Meta:
        model = Milestone
        fields = ("label", "kind", "planned", "actual", "trials", "note")
        field_classes = {"trials": RecordsField}
        widgets = {"trials": forms.CheckboxSelectMultiple}
        help_texts = {"trials": "Ingen: milepælen gælder hele netværket.", "note": "Offentlig."}

    def __init__(self, network: Network, user, data=None, instance=None) -> None:
        times = {
            name: _period(getattr(instance, f"{name}_from"), getattr(instance, f"{name}_to"))
            for name in (TIMES if instance else ())
        }
        super().__init__(data, instance=instance, initial=times)
        self.network = network
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", "Vælg art"), *MilestoneKind.choices]
        fields["trials"].queryset = Trial.objects.visible_to(user).filter(network=network).order_by("number")

    def clean(self):
        cleaned = super().clean()
        for name in TIMES:
            period: Period | None = cleaned.get(name)
            first, last = period or (None, None)
            setattr(self.instance, f"{name}_from", first)
            setattr(self.instance, f"{name}_to", last)
        return cleaned

    def own(self, values: Values) -> dict[str, Any]:
        times = {name: _period(values[f"{name}_from"], values[f"{name}_to"]) for name in TIMES}
        return super().own(values) | times

    def in_words(self, name: str, value: Any, reading: Reading) -> str:
        if name not in TIMES:
            return super().in_words(name, value, reading)
        return periods.in_words(*value) if isinstance(value, tuple) else value or EMPTY


def _period(first, last) -> Period | None:
    return (first or last, last or first) if first or last else None
