"""Writing down milestones: what is planned and what has happened, each as exact as it is known."""

from typing import Any

from django import forms
from django.db import transaction

from networks.models import Network
from trials.enums import MilestoneKind
from trials.models import Milestone, Trial
from trials.workspace import staleness
from trials.workspace.codes import hold_codes
from trials.workspace.contact_warning import WarnsOfContacts
from trials.workspace.days import Period, PeriodField
from trials.workspace.experience_entry import labelled

EXAMPLES = "Fx 15.8.2018, august 2018, sommeren 2018, 3. kvartal 2018 eller 1.8.2018 – 31.10.2018."


class MilestoneForm(WarnsOfContacts, forms.ModelForm):
    """A milestone of a network. A month or a season is kept as the period it is."""

    planned = PeriodField(label="Planlagt", required=False, help_text=EXAMPLES)
    actual = PeriodField(label="Sket", required=False, past=True, help_text="Samme måde; tomt, til det er sket.")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data: Any

    class Meta:
        model = Milestone
        fields = ("label", "kind", "planned", "actual", "trials", "note")
        widgets = {"trials": forms.CheckboxSelectMultiple}
        help_texts = {"trials": "Ingen: milepælen gælder hele netværket.", "note": "Offentlig."}

    def __init__(self, network: Network, user, data=None, instance=None) -> None:
        times = {}
        if instance:
            times = {
                "planned": _period(instance.planned_from, instance.planned_to),
                "actual": _period(instance.actual_from, instance.actual_to),
            }
        super().__init__(data, instance=instance, initial=times)
        self.network = network
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", "Vælg art"), *MilestoneKind.choices]
        fields["trials"].queryset = Trial.objects.visible_to(user).filter(network=network).order_by("number")
        self.outside = list(instance.trials.exclude(pk__in=fields["trials"].queryset.values("pk"))) if instance else []
        self.changed_since: list[str] = []

    def clean(self):
        cleaned = super().clean()
        for name in ("planned", "actual"):
            period: Period | None = cleaned.get(name)
            first, last = period or (None, None)
            setattr(self.instance, f"{name}_from", first)
            setattr(self.instance, f"{name}_to", last)
        return cleaned

    @property
    def said(self) -> list[str]:
        """What is wrong or changed, for the top of the page."""
        return [*labelled(self), *self.changed_since]

    def write(self) -> Milestone | None:
        """Save the milestone. None when another has changed it since the form was opened."""
        with transaction.atomic():
            hold_codes()
            if self.instance.pk:
                seen = self.cleaned_data["seen"] or 0
                if staleness.version(self.instance) > seen:
                    self.changed_since = [
                        "En anden har rettet milepælen, siden du åbnede siden. Send igen, hvis din rettelse gælder.",
                        *staleness.changes_since(self.instance, seen),
                    ]
                    return None
            else:
                self.instance.network = self.network
            milestone = self.save()
            milestone.trials.add(*self.outside)
        return milestone

    def newest_seen(self) -> int:
        """The version for the form to send back."""
        if self.is_bound and not self.changed_since:
            return self.cleaned_data.get("seen") or 0
        return staleness.version(self.instance) if self.instance.pk else 0


def _period(first, last) -> Period | None:
    return (first or last, last or first) if first or last else None
