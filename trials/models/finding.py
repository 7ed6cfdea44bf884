"""Contradictions that only a reader can see, and what the editors make of findings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from networks.models import Imported, Network
from trials.activity_querysets import ContradictionQuerySet
from trials.models.source import Sourced


class Contradiction(Imported):
    """Two statements that cannot both be right (*modstrid*), found by a reader, with both places.

    What can be derived is found by `trials.integrity` and has no record here.
    """

    code = models.CharField("kode", max_length=40, unique=True, editable=False, blank=True)
    message = models.TextField("modstrid", validators=[refuse_personal_numbers])
    shown = models.TextField("det, registeret viser imens, og hvorfor", validators=[refuse_personal_numbers])
    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name="netværk", related_name="contradictions", null=True, blank=True
    )
    trials = models.ManyToManyField("trials.Trial", verbose_name="forsøg", related_name="contradictions", blank=True)

    objects = ContradictionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"], m2m_fields=["trials"])

    class Meta:
        verbose_name = "modstrid"
        verbose_name_plural = "modstride"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="contradiction_has_message"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.message[:60]}"

    def save(self, *args, **kwargs) -> None:
        self.code = self.code or Contradiction.objects.next_code("D")
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    natural_key.dependencies = ["trials.trial"]  # type: ignore[attr-defined]


class ContradictionPlaceManager(models.Manager["ContradictionPlace"]):
    def get_by_natural_key(self, code: str, position: int) -> "ContradictionPlace":
        return self.get(contradiction__code=code, position=position)


class ContradictionPlace(Imported, Sourced):
    """One of the places of a contradiction, with the words that stand there."""

    contradiction = models.ForeignKey(Contradiction, models.CASCADE, verbose_name="modstrid", related_name="places")
    position = models.PositiveSmallIntegerField("nummer")

    objects = ContradictionPlaceManager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "sted for en modstrid"
        verbose_name_plural = "steder for modstride"
        ordering = ["contradiction", "position"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["contradiction", "position"], name="contradictionplace_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: »{self.quotation}«"

    def natural_key(self) -> tuple:
        return (*self.contradiction.natural_key(), self.position)

    natural_key.dependencies = ["trials.contradiction", "trials.sourcecell"]  # type: ignore[attr-defined]


class Assessment(models.Model):
    """What an editor makes of a finding. `finding` is the finding's key, which says what it is about."""

    finding = models.CharField("fund", max_length=200, unique=True, editable=False)
    text = models.TextField("vurdering", validators=[refuse_personal_numbers])
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="vurderet af", related_name="+", editable=False
    )
    assessed_at = models.DateTimeField("vurderet", auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "vurdering"
        verbose_name_plural = "vurderinger"
        ordering = ["finding"]

    def __str__(self) -> str:
        return self.finding
