"""Evaluations and the trials that each covers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from networks.models import Imported
from trials.enums import Approach, DesignStatus, Element, Method
from trials.evaluation_querysets import CoverageQuerySet, EvaluationQuerySet
from trials.models.source import Sourced


class Evaluation(Imported):
    """An evaluation of one or several trials, and how far its design has come.

    An external one may have no design known to the source; its `design_status` is then empty.
    An order requires of the design at least the expected results, the target group, and the method with
    any baseline measurements (VIVE 2019, section 0.3). A design field that is empty is not given.
    """

    code = models.CharField("kode", max_length=40, unique=True, editable=False, blank=True)
    name = models.CharField("navn", max_length=200, blank=True, validators=[refuse_personal_numbers])
    design_status = models.CharField("evalueringsdesign", max_length=20, choices=DesignStatus, blank=True)
    evaluator = models.CharField("evaluator", max_length=150, blank=True, validators=[refuse_personal_numbers])
    is_external = models.BooleanField("ekstern", null=True, blank=True)
    may_be_shared = models.BooleanField("må deles", null=True, blank=True)
    comparison = models.CharField(
        "sammenligningsgruppe", max_length=200, blank=True, validators=[refuse_personal_numbers]
    )
    expected_results = models.TextField("forventede resultater", blank=True, validators=[refuse_personal_numbers])
    target_group = models.TextField("målgruppe", blank=True, validators=[refuse_personal_numbers])
    method = models.TextField("evalueringsmetode", blank=True, validators=[refuse_personal_numbers])
    baseline = models.TextField("baselinemålinger", blank=True, validators=[refuse_personal_numbers])
    results_element = models.CharField("forventede resultater er", max_length=10, choices=Element, blank=True)
    target_group_element = models.CharField("målgruppen er", max_length=10, choices=Element, blank=True)
    method_element = models.CharField("metoden er", max_length=10, choices=Element, blank=True)
    baseline_element = models.CharField("baselinemålinger er", max_length=10, choices=Element, blank=True)
    trials = models.ManyToManyField(
        "trials.Trial", through="Coverage", verbose_name="forsøg", related_name="evaluations"
    )

    objects = EvaluationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "evaluering"
        verbose_name_plural = "evalueringer"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                # "shared" is said of a trial (Coverage.is_shared): the evaluation itself stands elsewhere.
                condition=Q(design_status__in=["", *(s for s in DesignStatus.values if s != DesignStatus.SHARED)]),
                name="evaluation_design_status_valid",
                violation_error_message="Vælg evalueringsdesignets egen status.",
            )
        ]

    def __str__(self) -> str:
        return self.name or f"Evaluering {self.code}"

    def save(self, *args, **kwargs) -> None:
        if not self.code:
            given = self.history.model.objects.filter(code__regex=r"^E-\d+$").values_list("code", flat=True)
            self.code = f"E-{1 + max((int(code[2:]) for code in given), default=0):04d}"
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_absolute_url(self) -> str:
        return reverse("trials:evaluation", args=[self.slug])

    @property
    def slug(self) -> str:
        return self.code.replace(":", "-")

    @property
    def subject(self) -> str:
        """Its name, or the title of the trial under which it is described. Of one got by `with_coverages`."""
        return self.name or (self.visible_coverages[0].trial.title if self.visible_coverages else str(self))


class EvaluationTraitManager(models.Manager["EvaluationTrait"]):
    def get_by_natural_key(self, code: str, trait: str) -> "EvaluationTrait":
        return self.get(evaluation__code=code, trait=trait)


class EvaluationTrait(Imported):
    """An approach or a method of an evaluation."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="evaluering", related_name="traits")
    trait = models.CharField(
        "tilgang eller metode", max_length=25, choices=Approach.choices + Method.choices, db_index=True
    )

    objects = EvaluationTraitManager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "tilgang eller metode"
        verbose_name_plural = "tilgange og metoder"
        ordering = ["evaluation", "trait"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "trait"], name="evaluationtrait_unique"),
            models.CheckConstraint(
                condition=Q(trait__in=[*Approach.values, *Method.values]), name="evaluationtrait_valid"
            ),
        ]

    def __str__(self) -> str:
        return self.get_trait_display()

    def natural_key(self) -> tuple:
        return (*self.evaluation.natural_key(), self.trait)

    natural_key.dependencies = ["trials.evaluation"]  # type: ignore[attr-defined]


class Coverage(Imported, Sourced):
    """That an evaluation covers a trial, and what the source says of it there.

    `is_shared`: the source describes the evaluation under another trial and only refers to it here.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, verbose_name="evaluering", related_name="coverages")
    trial = models.ForeignKey("trials.Trial", models.PROTECT, verbose_name="forsøg", related_name="coverages")
    is_shared = models.BooleanField("beskrevet under et andet forsøg", default=False)
    description = models.TextField("beskrivelse", blank=True, validators=[refuse_personal_numbers])

    objects = CoverageQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "evalueret forsøg"
        verbose_name_plural = "evaluerede forsøg"
        ordering = ["trial", "evaluation"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["evaluation", "trial"], name="coverage_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.trial}"

    @property
    def design_status(self) -> DesignStatus | None:
        """The design's status as seen from this trial; None when the source does not tell."""
        if self.is_shared:
            return DesignStatus.SHARED
        return DesignStatus(self.evaluation.design_status) if self.evaluation.design_status else None

    def natural_key(self) -> tuple:
        return (*self.evaluation.natural_key(), *self.trial.natural_key())

    natural_key.dependencies = ["trials.evaluation", "trials.trial", "trials.sourcecell"]  # type: ignore[attr-defined]


class Assignment(models.Model):
    """That a user is an evaluation's evaluator and keeps its design."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="evaluering", related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bruger", related_name="evaluates")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "evaluatorrolle"
        verbose_name_plural = "evaluatorroller"
        ordering = ["evaluation", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "user"],
                name="assignment_once",
                violation_error_message="Brugeren er allerede evaluator for evalueringen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.evaluation}"
