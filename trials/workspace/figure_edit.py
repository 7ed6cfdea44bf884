"""Correcting one figure. What it was stays in its history."""

from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.utils.formats import date_format

from networks.collision import CollisionForm
from networks.versions import Reading, Values
from trials import figures, plausibility
from trials.enums import Accuracy
from trials.models import Observation, Trial
from trials.workspace.amounts import Amount, AmountField
from trials.workspace.contact_warning import WarnsOfContacts
from trials.workspace.days import DayField
from trials.workspace.faults import faults_of
from trials.workspace.figure_entry import Entry, write_amount
from trials.workspace.figure_series import Series, hold, subject_of

ONE = "tal"
"""How the one figure of the form is called in the names of its fields."""


class FigureForm(WarnsOfContacts, CollisionForm):
    """A figure of a trial: value, day and remark, and the reason for an unlikely value."""

    value = AmountField(label="Tal", help_text="Fx 1200, 3,6, ca. 450, højst 4 eller 5-15, uden enhed.")
    to_on = DayField(past=True, label="Opgjort pr.", required=False, help_text="Dagen, eller periodens sidste dag.")
    from_on = DayField(past=True, label="Fra", required=False, help_text="Kun når tallet gælder en periode.")
    note = forms.CharField(
        label="Bemærkning", max_length=300, required=False, help_text="Offentlig. Skriv ingen personoplysninger."
    )
    fordi_tal = forms.CharField(label="Begrundelse for at gemme alligevel", max_length=300, required=False)

    data: Any
    field_order = ("value", "to_on", "from_on", "note", "fordi_tal")

    class Meta:
        model = Observation
        fields = ("to_on", "from_on", "note")

    def __init__(self, trial: Trial, series: Series, figure: Observation, data=None) -> None:
        now = {"value": figures.amount(figure), "fordi_tal": figure.overruled}
        super().__init__(data, instance=figure, initial=now)
        self.trial, self.series, self.figure = trial, series, figure
        self.subject = subject_of(trial, figure)
        self.entry = Entry(ONE, reason=figure.overruled)
        self.entry.warned = plausibility.warnings(figure, self._alike(), self.subject.start)

    def own(self, values: Values) -> dict[str, Any]:
        amount = Amount(values["value"], values["value_to"], Accuracy(values["accuracy"]))
        return super().own(values) | {"value": amount, "fordi_tal": values["overruled"]}

    def in_words(self, name: str, value: Any, reading: Reading) -> str:
        if name == "fordi_tal":
            return super().in_words("overruled", value, reading)
        if isinstance(value, Amount):
            said = Observation()
            write_amount(said, value, Accuracy.COUNTED)
            return figures.amount(said)
        return super().in_words(name, value, reading)

    def clean_value(self) -> Amount:
        """The amount, counted where no word says otherwise."""
        amount: Amount = self.cleaned_data["value"]
        return replace(amount, accuracy=amount.accuracy or Accuracy.COUNTED)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and first > last:
            self.add_error("from_on", f"Perioden begynder den {date_format(first)}, efter at den er slut.")
        if not self.errors:
            self._look_at()
        return cleaned

    def _look_at(self) -> None:
        cleaned, figure = self.cleaned_data, self.figure
        stood = _weighed(figure)
        write_amount(figure, cleaned["value"], Accuracy.COUNTED)
        figure.from_on, figure.to_on, figure.note = cleaned["from_on"], cleaned["to_on"], cleaned["note"]
        self.entry = Entry.read(ONE, self.data, cleaned["fordi_tal"])
        if _weighed(figure) != stood or self.entry.reason != figure.overruled:
            self.entry.weigh(figure, self._alike(), self.subject.start)

    def _alike(self) -> list[Observation]:
        """The series' figures for the same municipalities."""
        named = {each.pk for each in self.figure.municipalities.all()}
        return [each for each in self.series.figures if {other.pk for other in each.municipalities.all()} == named]

    @property
    def said(self) -> list[str]:
        """What is wrong or unlikely, for the top of the page."""
        warned = [] if self.entry.is_let_through or not self.is_bound else [each.sentence for each in self.entry.warned]
        return [*faults_of(self), *warned]

    def write(self) -> bool:
        """Save the figure. False when it lacks a reason. To be called within the transaction that held it."""
        with transaction.atomic():
            hold(self.trial)
            if not self.entry.is_let_through:
                return False
            self.figure.full_clean(exclude=["network", "cell", "source", "part_of"])
            self.figure.save()
        return True


def _weighed(figure: Observation) -> list:
    """What warnings of the figure itself rest on."""
    names = (field.name for field in Observation._meta.concrete_fields)
    return [figure.serializable_value(name) for name in names if name in plausibility.RESTS_ON]
