"""What a municipality has answered to a template."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format, number_format
from simple_history.models import HistoricalRecords

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.models import Municipality
from trials.enums import QuestionKind
from trials.models.experience import Experience
from trials.models.template import Question, Template
from trials.template_querysets import ReportQuerySet


class Report(models.Model):
    """A municipality's answers (*besvarelse*) to a template about a trial, as of a day. It is internal to the network.

    Who wrote it is never shown outside the workspace.
    """

    template = models.ForeignKey(Template, models.PROTECT, verbose_name="skabelon", related_name="reports")
    trial = models.ForeignKey("trials.Trial", models.PROTECT, verbose_name="forsøg", related_name="reports")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommune", related_name="reports")
    as_of = models.DateField("pr.", validators=[refuse_strange_day])
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skrevet af", related_name="+", null=True, blank=True
    )

    objects = ReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "besvarelse"
        verbose_name_plural = "besvarelser"
        ordering = ["template", "trial", "municipality__sort_key", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "trial", "municipality", "as_of"],
                name="report_once_a_day",
                violation_error_message="Kommunen har allerede svaret pr. den dag.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.as_of:%d.%m.%Y}"


class Answer(models.Model):
    """An answer (*svar*) in a report. `value` is the text, a number with a decimal point, the choice, ja or nej, or an
    ISO date, by the kind of its question. What is not answered has no row. `experience` is what was published of it.
    """

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="besvarelse", related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, verbose_name="spørgsmål", related_name="answers")
    value = models.TextField("svar", validators=[refuse_personal_numbers])
    experience = models.ForeignKey(
        Experience,
        models.SET_NULL,
        verbose_name="offentliggjort erfaring",
        related_name="answers",
        null=True,
        blank=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["report", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "question"], name="answer_once"),
            models.CheckConstraint(condition=~Q(value=""), name="answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.shown}"

    @property
    def shown(self) -> str:
        """The answer for a reader: 1.200,5; 1. maj 2018. Needs its question at hand."""
        if self.question.kind == QuestionKind.NUMBER:
            places = len(self.value.partition(".")[2])
            return number_format(Decimal(self.value), decimal_pos=places, use_l10n=True, force_grouping=True)
        if self.question.kind == QuestionKind.DATE:
            return date_format(date.fromisoformat(self.value))
        return self.value
