"""Activity figures."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from frikommune.dates import refuse_future_day
from frikommune.personal import refuse_personal_numbers
from networks.models import Imported, Municipality, Network
from trials.activity_querysets import ObservationQuerySet
from trials.enums import Accuracy, Unit
from trials.models.source import Sourced


class Observation(Imported, Sourced):
    """A figure (*aktivitetstal*): what, how many, in which unit, for whom, and as of when.

    `from_on` and `to_on` are its period; a count has only the day it was made (`to_on`).

    It is of single municipalities, or of a whole trial or network when it names none. A figure that a source
    gives for two municipalities together belongs to both and is one figure. `value_to` makes it a range.
    Without dates it is as of its source. `overruled` says why an unlikely figure (`trials.plausibility`) is right,
    for the editors alone.
    """

    code = models.CharField("kode", max_length=40, unique=True, editable=False, blank=True)
    indicator = models.CharField("indikator", max_length=150, validators=[refuse_personal_numbers])
    value = models.DecimalField("værdi", max_digits=14, decimal_places=2)
    value_to = models.DecimalField("værdi til", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("enhed", max_length=15, choices=Unit)
    accuracy = models.CharField("præcision", max_length=10, choices=Accuracy, default=Accuracy.COUNTED)
    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name="netværk", related_name="observations", null=True, blank=True
    )
    trials = models.ManyToManyField("trials.Trial", verbose_name="forsøg", related_name="observations", blank=True)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name="kommuner", related_name="observations", blank=True
    )
    from_on = models.DateField("fra", null=True, blank=True, validators=[refuse_future_day])
    to_on = models.DateField(
        "til",
        null=True,
        blank=True,
        help_text="Dagen, tallet er opgjort, eller periodens slutning.",
        validators=[refuse_future_day],
    )
    date_text = models.CharField(
        "tidspunktet med kildens ord", max_length=100, blank=True, validators=[refuse_personal_numbers]
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name="del af", related_name="parts", null=True, blank=True
    )
    note = models.CharField("bemærkning", max_length=300, blank=True, validators=[refuse_personal_numbers])
    overruled = models.CharField(
        "hvorfor advarslen er tilsidesat",
        max_length=300,
        blank=True,
        help_text="Vises aldrig offentligt.",
        validators=[refuse_personal_numbers],
    )

    objects = ObservationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"], m2m_fields=["trials", "municipalities"])

    class Meta:
        verbose_name = "aktivitetstal"
        verbose_name_plural = "aktivitetstal"
        ordering = ["code"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="observation_unit_valid"),
            models.CheckConstraint(condition=Q(accuracy__in=Accuracy.values), name="observation_accuracy_valid"),
            models.CheckConstraint(
                condition=Q(value_to=None) | Q(value_to__gt=F("value")),
                name="observation_range_in_order",
                violation_error_message="Slutværdien skal være større end værdien.",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="observation_dates_in_order",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.indicator}"

    def save(self, *args, **kwargs) -> None:
        self.code = self.code or Observation.objects.next_code("T")
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def slug(self) -> str:
        return self.code.replace(":", "-")

    natural_key.dependencies = ["trials.trial", "trials.sourcecell"]  # type: ignore[attr-defined]
