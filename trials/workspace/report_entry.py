"""A municipality's answers to a template, as of a day."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, number_format

from trials.enums import QuestionKind
from trials.models import Answer, Participation, Question, Report, Template
from trials.workspace.contact_warning import WarnsOfContacts
from trials.workspace.days import DayField, DayInput, read_day
from trials.workspace.seen import SeenForm

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


class ReportForm(WarnsOfContacts, SeenForm):
    """The answers of a municipality as of a day, written by the user `by`; without a report they are its first."""

    as_of = DayField(past=True, label="Svar til og med")

    record: Report | None
    base_fields: dict[str, forms.Field]

    def __init__(self, template: Template, part: Participation, report: Report | None, by, data=None) -> None:
        self.template, self.part, self.by = template, part, by
        self.questions = {f"svar_{each.pk}": each for each in template.questions.order_by("position")}
        # Of this form alone: its class goes on with the fields that all reports have.
        self.base_fields = self.base_fields | {name: field_for(each) for name, each in self.questions.items()}
        super().__init__(report, data)
        answers = {f"svar_{each.question_id}": each for each in report.answers.all()} if report else {}
        self.initial.update({name: _initial(answer) for name, answer in answers.items()})
        self.initial["as_of"] = report.as_of if report else timezone.localdate()

    def stored(self) -> dict[str, Any]:
        blank: dict[str, Any] = {"as_of": None} | dict.fromkeys(self.questions, "")
        if self.record is None:
            return blank
        answers = {f"svar_{each.question_id}": each.value for each in self.record.answers.all()}
        return blank | {"as_of": self.record.as_of} | {name: answers[name] for name in blank if name in answers}

    def lock(self) -> None:
        Template.objects.select_for_update(of=("self",)).get(pk=self.template.pk)
        Participation.objects.select_for_update(of=("self",)).get(pk=self.part.pk)
        super().lock()

    def groups(self) -> list[tuple[str, list]]:
        """The fields by the theme of their questions, in the questions' order."""
        found: list[tuple[str, list]] = []
        for name, question in self.questions.items():
            if not found or found[-1][0] != question.get_theme_display():
                found.append((question.get_theme_display(), []))
            found[-1][1].append(self[name])
        return found

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in self.questions):
            raise ValidationError("Svar på mindst ét spørgsmål.")
        return cleaned

    def check(self, values: dict[str, Any]) -> None:
        asked = set(self.template.questions.values_list("pk", flat=True))
        newer = self.record is None and Template.objects.filter(previous=self.template).exists()
        if newer or asked != {question.pk for question in self.questions.values()}:
            raise ValidationError("Skabelonen er ændret, siden du åbnede siden. Åbn den igen, og svar på den nye.")
        reports = Report.objects.filter(
            template=self.template, trial=self.part.trial, municipality=self.part.municipality, as_of=values["as_of"]
        )
        if reports.exclude(pk=self.record.pk if self.record else None).exists():
            day, place = date_format(values["as_of"]), self.part.municipality
            raise ValidationError({"as_of": f"{place} har allerede svaret til og med den {day}. Ret det svar."})

    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        report = self.record or Report(
            template=self.template, trial=self.part.trial, municipality=self.part.municipality
        )
        if "as_of" in changed:
            report.as_of, report.recorded_by = values["as_of"], self.by
            report.save()
        self.record = report
        answers = {each.question_id: each for each in report.answers.all()}
        for name in changed & set(self.questions):
            self._put(answers.get(self.questions[name].pk), self.questions[name], values[name])

    def _put(self, answer: Answer | None, question: Question, value: str) -> None:
        if answer is None:
            Answer(report=self.record, question=question, value=value).save()
        elif value:
            answer.value = value
            answer.save()
        else:
            answer.delete()

    def in_words(self, name: str, value: Any) -> str:
        if name not in self.questions:
            return super().in_words(name, value)
        return Answer(question=self.questions[name], value=value).shown if value else "Ikke besvaret"


def _initial(answer: Answer) -> Any:
    if answer.question.kind == QuestionKind.NUMBER:
        return Decimal(answer.value)
    return date.fromisoformat(answer.value) if answer.question.kind == QuestionKind.DATE else answer.value
