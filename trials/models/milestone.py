"""What is planned and what has happened, and what became of a trial."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from frikommune.dates import refuse_future_day, refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.models import Imported, Network
from trials.activity_querysets import MilestoneQuerySet, OutcomeQuerySet
from trials.enums import Decision, MilestoneKind
from trials.models.source import Sourced


class Milestone(Imported, Sourced):
    """A planned or actual event of a network, trials or their evaluation; the two dates are kept apart.

    A season or a month is a period, and `date_text` has the source's words for it. A source names no evaluation;
    what its keepers plan in the workspace is `evaluation`'s alone, and has its trials.
    """

    code = models.CharField("kode", max_length=40, unique=True, editable=False, blank=True)
    kind = models.CharField("art", max_length=20, choices=MilestoneKind, db_index=True)
    label = models.CharField("milepæl", max_length=200, validators=[refuse_personal_numbers])
    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name="netværk", related_name="milestones", null=True, blank=True
    )
    trials = models.ManyToManyField("trials.Trial", verbose_name="forsøg", related_name="milestones", blank=True)
    evaluation = models.ForeignKey(
        "trials.Evaluation", models.PROTECT, verbose_name="evaluering", related_name="milestones", null=True, blank=True
    )
    planned_from = models.DateField("planlagt fra", null=True, blank=True, validators=[refuse_strange_day])
    planned_to = models.DateField("planlagt til", null=True, blank=True, validators=[refuse_strange_day])
    actual_from = models.DateField("sket fra", null=True, blank=True, validators=[refuse_future_day])
    actual_to = models.DateField("sket til", null=True, blank=True, validators=[refuse_future_day])
    date_text = models.CharField(
        "tidspunktet med kildens ord", max_length=100, blank=True, validators=[refuse_personal_numbers]
    )
    note = models.CharField("bemærkning", max_length=300, blank=True, validators=[refuse_personal_numbers])

    objects = MilestoneQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"], m2m_fields=["trials"])

    class Meta:
        verbose_name = "milepæl"
        verbose_name_plural = "milepæle"
        ordering = ["code"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=MilestoneKind.values), name="milestone_kind_valid"),
            models.CheckConstraint(
                condition=Q(planned_from=None, planned_to=None) | Q(planned_to__gte=F("planned_from")),
                name="milestone_planned_in_order",
                violation_error_message="Den planlagte periode skal have en start og en slutning, i den rækkefølge.",
            ),
            models.CheckConstraint(
                condition=Q(actual_from=None, actual_to=None) | Q(actual_to__gte=F("actual_from")),
                name="milestone_actual_in_order",
                violation_error_message="Perioden skal have en start og en slutning, i den rækkefølge.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    def save(self, *args, **kwargs) -> None:
        self.code = self.code or Milestone.objects.next_code("P")
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def slug(self) -> str:
        return self.code.replace(":", "-")

    natural_key.dependencies = ["trials.trial", "trials.evaluation", "trials.sourcecell"]  # type: ignore[attr-defined]

    def as_of(self, day: date) -> "Milestone":
        """This milestone in memory without what happened after `day`. It is not to be saved."""
        begun = self.actual_from or self.actual_to
        if begun and begun > day:
            self.actual_from = self.actual_to = None
        return self


class Outcome(Imported, Sourced):
    """What became of a trial, or is expected to, as far as it is known.

    A trial ends by being spread (made general law, wholly or partly), not spread, or dropped.
    """

    trial = models.ForeignKey("trials.Trial", models.PROTECT, verbose_name="forsøg", related_name="outcomes")
    decision = models.CharField("udfald", max_length=25, choices=Decision)
    is_expected = models.BooleanField("ventet, ikke afgjort", default=False)
    effective_on = models.DateField("gældende fra", null=True, blank=True, validators=[refuse_strange_day])
    body = models.CharField("besluttet af", max_length=200, blank=True, validators=[refuse_personal_numbers])
    law = models.CharField("lov, det førte til", max_length=200, blank=True, validators=[refuse_personal_numbers])
    reason = models.CharField("begrundelse", max_length=300, blank=True, validators=[refuse_personal_numbers])

    objects = OutcomeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "udfald"
        verbose_name_plural = "udfald"
        ordering = ["trial", "decision"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["trial", "decision", "is_expected"], name="outcome_unique"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="outcome_decision_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.trial}: {self.get_decision_display()}"

    def natural_key(self) -> tuple:
        return (*self.trial.natural_key(), self.decision, self.is_expected)

    natural_key.dependencies = ["trials.trial", "trials.sourcecell"]  # type: ignore[attr-defined]
