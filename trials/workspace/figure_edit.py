"""Correcting one figure. What it was stays in its history."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.formats import date_format

from trials import figures, plausibility
from trials.enums import Accuracy
from trials.models import Observation, Trial
from trials.workspace import staleness
from trials.workspace.amounts import AmountField
from trials.workspace.contact_warning import WrittenForm
from trials.workspace.days import DayField
from trials.workspace.figure_entry import Entry, write_amount
from trials.workspace.figure_series import Series, hold, subject_of

ONE = "tal"
"""How the one figure of the form is called in the names of its fields."""


class FigureForm(WrittenForm):
    """A figure of a trial: value, day and remark. `seen` is its version when the form was opened."""

    value = AmountField(label="Tal", help_text="Fx 1200, 3,6, ca. 450, højst 4 eller 5-15, uden enhed.")
    to_on = DayField(past=True, label="Opgjort pr.", required=False, help_text="Dagen, eller periodens sidste dag.")
    from_on = DayField(past=True, label="Fra", required=False, help_text="Kun når tallet gælder en periode.")
    note = forms.CharField(
        label="Bemærkning", max_length=300, required=False, help_text="Offentlig. Skriv ingen personoplysninger."
    )
    fordi_tal = forms.CharField(label="Begrundelse for at gemme alligevel", max_length=300, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data: Any

    def __init__(self, trial: Trial, series: Series, figure: Observation, data=None) -> None:
        now = {"value": figures.amount(figure), "to_on": figure.to_on, "from_on": figure.from_on, "note": figure.note}
        super().__init__(data, initial=now | {"seen": staleness.version(figure), "fordi_tal": figure.overruled})
        self.trial, self.series, self.figure = trial, series, figure
        self.subject = subject_of(trial, figure)
        self.entry = Entry(ONE, reason=figure.overruled)
        self.entry.warned = plausibility.warnings(figure, self._alike(), self.subject.start)
        self.changed_since: list[str] = []

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
        named = list(self.figure.municipalities.all())
        return [each for each in self.series.figures if list(each.municipalities.all()) == named]

    @property
    def said(self) -> list[str]:
        """What is wrong, unlikely or changed, for the top of the page."""
        found = [
            f"{self.fields[name].label}: {error}" if name in self.fields else str(error)
            for name in self.errors
            for error in self.errors[name]
        ]
        warned = [] if self.entry.is_let_through or not self.is_bound else [each.sentence for each in self.entry.warned]
        return [*found, *self.changed_since, *warned]

    def save(self) -> bool:
        """Save the figure. False when it lacks a reason, or when another has changed it meanwhile."""
        with transaction.atomic():
            hold(self.trial)
            seen = self.cleaned_data["seen"] or 0
            if staleness.version(self.figure) > seen:
                changes = staleness.changes_since(self.figure, seen)
                self.changed_since = [
                    "En anden har rettet tallet, siden du åbnede siden. Send igen, hvis din rettelse stadig gælder.",
                    *changes,
                ]
            if self.changed_since or not self.entry.is_let_through:
                return False
            self.figure.full_clean(exclude=["network", "cell", "source", "part_of"])
            self.figure.save()
        return True

    def newest_seen(self) -> int:
        """The version for the form to send back: that of when it was opened, or of what has been shown since."""
        if self.changed_since or not self.is_bound:
            return staleness.version(self.figure)
        return getattr(self, "cleaned_data", {}).get("seen") or 0


def _weighed(figure: Observation) -> list:
    """What warnings of the figure itself rest on."""
    names = (field.name for field in Observation._meta.concrete_fields)
    return [figure.serializable_value(name) for name in names if name in plausibility.RESTS_ON]
