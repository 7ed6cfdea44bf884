"""A municipality's answers to a template, as of a day."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format, number_format

from trials.enums import QuestionKind
from trials.models import Answer, Participation, Question, Report, Template
from trials.workspace.contact_warning import WrittenForm
from trials.workspace.days import DayField, DayInput, read_day
from trials.workspace.faults import faults_of

_NUMBER = re.compile(r"[-−]?\s?(?:\d{1,3}(?:[. \u00a0]\d{3})+|\d{1,15})(?:,\d{1,4})?")


class NumberAnswer(forms.CharField):
    """A number as Danes write it; what is kept has a decimal point."""

    def clean(self, value) -> str:
        written = super().clean(value)
        if not written:
            return ""
        if not _NUMBER.fullmatch(written):
            raise ValidationError(f"»{written}« er ikke et tal. Skriv fx 1200, -35.000 eller 3,6, uden enhed.")
        number = Decimal(re.sub(r"[. \u00a0]", "", written).replace("−", "-").replace(",", "."))
        return f"{number:f}"

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return number_format(
            value, decimal_pos=max(0, -int(value.as_tuple().exponent)), use_l10n=True, force_grouping=True
        )


class DayAnswer(forms.Field):
    """A day; what is kept is its ISO date."""

    widget = DayInput

    def to_python(self, value) -> str:
        return read_day(value).isoformat() if value else ""


def field_for(question: Question) -> forms.Field:
    """The form field for the question's kind of answer."""
    shared: dict[str, Any] = {"label": question.text, "help_text": question.help, "required": question.is_required}
    if question.kind == QuestionKind.NUMBER:
        return NumberAnswer(**shared, max_length=40)
    if question.kind == QuestionKind.DATE:
        return DayAnswer(**shared)
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(**shared, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    options = ["ja", "nej"] if question.kind == QuestionKind.YES_NO else question.options
    choices = [(option, option.capitalize() if question.kind == QuestionKind.YES_NO else option) for option in options]
    if not question.is_required:
        choices = [("", "Ikke besvaret"), *choices]
    return forms.ChoiceField(**shared, choices=choices, widget=forms.RadioSelect)


class ReportForm(WrittenForm):
    """The answers of a municipality. `seen` is the newest version of any of them when the form was opened."""

    as_of = DayField(past=True, label="Svar til og med", initial=timezone.localdate)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data: Any

    def __init__(self, template: Template, part: Participation, report: Report | None = None, data=None) -> None:
        self.template, self.part, self.report = template, part, report
        self.questions = list(template.questions.order_by("position"))
        self.answers = {each.question_id: each for each in report.answers.all()} if report else {}
        initial = {f"svar_{pk}": _initial(answer) for pk, answer in self.answers.items()}
        super().__init__(data, initial=initial | ({"as_of": report.as_of} if report else {}))
        for question in self.questions:
            self.fields[f"svar_{question.pk}"] = field_for(question)
        self.changed_since: list[str] = []

    def version(self) -> int:
        """The newest version of any answer, those taken away included; 0 for a report that is not there yet."""
        if self.report is None:
            return 0
        return Answer.history.filter(report_id=self.report.pk).aggregate(newest=Max("history_id"))["newest"] or 0

    def groups(self) -> list[tuple[str, list]]:
        """The fields by the theme of their questions, in the questions' order."""
        found: list[tuple[str, list]] = []
        for question in self.questions:
            if not found or found[-1][0] != question.get_theme_display():
                found.append((question.get_theme_display(), []))
            found[-1][1].append(self[f"svar_{question.pk}"])
        return found

    def clean(self):
        cleaned = super().clean()
        given = [question for question in self.questions if cleaned.get(f"svar_{question.pk}")]
        if not given and not self.errors:
            raise ValidationError("Svar på mindst ét spørgsmål.")
        return cleaned

    @property
    def said(self) -> list[str]:
        """What is wrong or changed, for the top of the page."""
        return [*faults_of(self), *self.changed_since]

    def save(self, by) -> bool:
        """Save the answers, written by the user `by`. False when there are such, or when another has changed them."""
        with transaction.atomic():
            Template.objects.select_for_update(of=("self",)).get(pk=self.template.pk)
            Participation.objects.select_for_update(of=("self",)).get(pk=self.part.pk)
            if self._is_asked_otherwise() or self._is_taken() or self._is_stale():
                return False
            if self.report is None:
                self.report = Report(template=self.template, trial=self.part.trial, municipality=self.part.municipality)
            if self.report.as_of != self.cleaned_data["as_of"] or self.report.pk is None:
                self.report.as_of = self.cleaned_data["as_of"]
                self.report.recorded_by = by
                self.report.save()
            for question in self.questions:
                self._put(question, self.cleaned_data[f"svar_{question.pk}"])
        return True

    def _put(self, question: Question, value: str) -> None:
        answer = self.answers.get(question.pk)
        if answer is None and value:
            Answer(report=self.report, question=question, value=value).save()
        elif answer is not None and not value:
            answer.delete()
        elif answer is not None and answer.value != value:
            answer.value = value
            answer.save()

    def _is_asked_otherwise(self) -> bool:
        """Whether the template has been changed since the form was made."""
        asked = set(self.template.questions.values_list("pk", flat=True))
        newer = self.report is None and Template.objects.filter(previous=self.template).exists()
        if newer or asked != {question.pk for question in self.questions}:
            self.changed_since = ["Skabelonen er ændret, siden du åbnede siden. Åbn den igen, og svar på den nye."]
        return bool(self.changed_since)

    def _is_taken(self) -> bool:
        day: date = self.cleaned_data["as_of"]
        others = Report.objects.filter(
            template=self.template, trial=self.part.trial, municipality=self.part.municipality, as_of=day
        ).exclude(pk=self.report.pk if self.report else None)
        if others.exists():
            self.add_error(
                "as_of",
                f"{self.part.municipality} har allerede svaret til og med den {date_format(day)}. Ret det svar.",
            )
        return bool(self.errors)

    def _is_stale(self) -> bool:
        seen = self.cleaned_data["seen"] or 0
        if self.report is None or self.version() == seen:
            return False
        changed = Answer.history.filter(report_id=self.report.pk, history_id__gt=seen).values("question_id")
        now = {each.question_id: each for each in self.report.answers.select_related("question")}
        self.changed_since = [
            "En anden har rettet svarene, siden du åbnede siden. Send igen, hvis dine stadig gælder."
        ] + [
            f"»{question.text}« er nu: {now[question.pk].shown if question.pk in now else 'ikke besvaret'}"
            for question in self.questions
            if question.pk in {row["question_id"] for row in changed}
        ]
        self.answers = now
        return True

    def newest_seen(self) -> int:
        """The version for the form to send back."""
        if self.is_bound and not self.changed_since:
            return self.cleaned_data.get("seen") or 0
        return self.version()


def _initial(answer: Answer) -> Any:
    if answer.question.kind == QuestionKind.NUMBER:
        return Decimal(answer.value)
    return date.fromisoformat(answer.value) if answer.question.kind == QuestionKind.DATE else answer.value
