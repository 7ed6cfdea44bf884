"""A new round of figures: a day, and a value for each municipality of the trial, or the whole of it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from networks import versions
from trials import figures, periods
from trials.enums import Accuracy, Unit
from trials.models import Observation, Trial
from trials.workspace.amounts import Amount, AmountField
from trials.workspace.contact_warning import WrittenForm
from trials.workspace.days import DayField
from trials.workspace.faults import faults_of
from trials.workspace.figure_entry import Entry, write_amount
from trials.workspace.figure_series import Series, Subject, hold


class RoundForm(WrittenForm):
    """Values of one series as of one day. Nothing is saved until each unlikely value has a reason.

    `seen` is the newest version of any figure when the form was opened: what another has written in the series since is
    shown before anything is saved.
    """

    to_on = DayField(
        past=True, label="Opgjort pr.", help_text="Dagen, tallene er talt op til og med.", initial=timezone.localdate
    )
    from_on = DayField(
        past=True,
        label="Fra",
        required=False,
        help_text="Kun når tallene gælder en periode og ikke er talt op fra begyndelsen.",
    )
    accuracy = forms.ChoiceField(
        label="Tallene er",
        choices=Accuracy.choices,
        help_text="Gælder, hvor der ikke står et ord foran tallet, fx »ca. 450«.",
    )
    note = forms.CharField(
        label="Bemærkning", max_length=300, required=False, help_text="Offentlig. Skriv ingen personoplysninger."
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data: Any

    def __init__(self, trial: Trial, series: Series | None, subjects: list[Subject], data=None) -> None:
        super().__init__(data, initial={"accuracy": series.accuracy if series else Accuracy.COUNTED})
        self.trial, self.subjects = trial, subjects
        self.series = series or Series("", "")
        self.is_new = series is None
        self.entries: dict[str, Entry] = {}
        self.made: list[tuple[Subject, Observation]] = []
        self.written_since: list[str] = []
        if self.is_new:
            self._ask_for_series()
        for subject in subjects:
            self.fields[f"tal_{subject.key}"] = AmountField(label=f"Nyt tal: {subject.name}", required=False)
            self.fields[f"fordi_{subject.key}"] = forms.CharField(
                label=f"Begrundelse: {subject.name}", max_length=300, required=False
            )
        self.fields["seen"].initial = versions.newest(Observation)

    def _ask_for_series(self) -> None:
        indicator = Observation._meta.get_field("indicator")
        self.fields["indicator"] = forms.CharField(
            label="Tallet viser", max_length=indicator.max_length, help_text="Fx »Borgere, der har deltaget«."
        )
        self.fields["unit"] = forms.ChoiceField(label="Enhed", choices=[("", "Vælg enhed"), *Unit.choices])
        self.order_fields(["indicator", "unit"])

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and first > last:
            self.add_error("from_on", f"Perioden begynder den {date_format(first)}, efter at den er slut.")
        written = [subject for subject in self.subjects if isinstance(cleaned.get(f"tal_{subject.key}"), Amount)]
        if not written and not any(name.startswith("tal_") for name in self.errors):
            raise ValidationError("Skriv mindst ét tal.")
        if last and (not self.is_new or (cleaned.get("indicator") and cleaned.get("unit"))):
            for subject in written:
                self._look_at(subject)
        return cleaned

    def _look_at(self, subject: Subject) -> None:
        """Make the figure of `subject`, and what is to be said of it."""
        cleaned, name = self.cleaned_data, f"tal_{subject.key}"
        figure = Observation(
            indicator=cleaned.get("indicator", self.series.indicator),
            unit=cleaned.get("unit", self.series.unit),
            network=self.trial.network,
            from_on=cleaned.get("from_on"),
            to_on=cleaned["to_on"],
            note=cleaned.get("note", ""),
        )
        write_amount(figure, cleaned[name], cleaned.get("accuracy", Accuracy.COUNTED))
        alike = self.series.of(subject.municipality)
        same = [each for each in alike if (each.from_on, each.to_on) == (figure.from_on, figure.to_on)]
        if same:
            self.add_error(
                name,
                f"{subject.name} har allerede et tal {_when(figure)}: {figures.amount(same[0])}. Ret det i tabellen.",
            )
        entry = Entry.read(subject.key, self.data, cleaned.get(f"fordi_{subject.key}", ""))
        entry.weigh(figure, alike, subject.start)
        self.entries[subject.key] = entry
        self.made.append((subject, figure))

    @property
    def is_let_through(self) -> bool:
        """Whether each unlikely value has a reason."""
        return all(entry.is_let_through for entry in self.entries.values())

    def rows(self) -> Iterator[dict]:
        """For each subject: the last figure, the field, its reason, and what is warned of."""
        for subject in self.subjects:
            alike = self.series.of(subject.municipality)
            yield {
                "subject": subject,
                "last": alike[0] if alike else None,
                "field": self[f"tal_{subject.key}"],
                "reason": self[f"fordi_{subject.key}"],
                "entry": self.entries.get(subject.key),
            }

    @property
    def said(self) -> list[str]:
        """What is wrong, unlikely or new, for the top of the page."""
        warned = [
            f"{subject.name}: {each.sentence}"
            for subject, _ in self.made
            if not self.entries[subject.key].is_let_through
            for each in self.entries[subject.key].warned
        ]
        return [*faults_of(self), *self.written_since, *warned]

    def save(self) -> bool:
        """Save the round, all of it or nothing. False when a value lacks a reason, or another has written meanwhile."""
        with transaction.atomic():
            hold(self.trial)
            self.written_since = self._written_since()
            if self.written_since or not self.is_let_through:
                return False
            for subject, figure in self.made:
                figure.full_clean(exclude=["network", "cell", "source", "part_of"])
                figure.save()
                figure.trials.set([self.trial])
                figure.municipalities.set([subject.municipality] if subject.municipality else [])
        return True

    def _written_since(self) -> list[str]:
        """What others have written in the series since the form was opened; the form is then as if opened now."""
        first = self.made[0][1] if self.made else None
        past = Observation.history.filter(history_id__gt=self.cleaned_data["seen"] or 0)
        keys = past.filter(indicator=first.indicator, unit=first.unit).values("id") if first else []
        found = Observation.objects.filter(pk__in=keys, trials=self.trial).prefetch_related("municipalities")
        return [
            f"En anden har skrevet i mellemtiden: {_name(each)} {_when(each)} er {figures.amount(each)}. "
            "Send igen, hvis dine tal stadig gælder."
            for each in found
        ]

    def newest_seen(self) -> int:
        """The newest version now, for the form to send back."""
        if self.is_bound and not self.written_since:
            return self.cleaned_data.get("seen") or 0
        return versions.newest(Observation)


def _name(figure: Observation) -> str:
    return ", ".join(each.name for each in figure.municipalities.all()) or "hele forsøget"


def _when(figure: Observation) -> str:
    when = periods.in_words(figure.from_on, figure.to_on)
    return f"for {when}" if figure.from_on else f"pr. {when}"
