"""What was learnt."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from networks.models import Imported, Municipality, Network
from trials import search
from trials.activity_querysets import ExperienceQuerySet
from trials.enums import ExperienceKind, Theme
from trials.models.source import Sourced


class Experience(Imported, Sourced):
    """Something learnt (*erfaring*): a barrier, a solution, a result or a recommendation, in the registry's words.

    It is tied to network, trials and municipalities as far as the source says.
    """

    code = models.CharField("kode", max_length=40, unique=True, editable=False, blank=True)
    kind = models.CharField("art", max_length=15, choices=ExperienceKind, db_index=True)
    theme = models.CharField("tema", max_length=25, choices=Theme, db_index=True)
    text = models.TextField("tekst", validators=[refuse_personal_numbers])
    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name="netværk", related_name="experiences", null=True, blank=True
    )
    trials = models.ManyToManyField("trials.Trial", verbose_name="forsøg", related_name="experiences", blank=True)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name="kommuner", related_name="experiences", blank=True
    )
    search_text = models.TextField("søgetekst", editable=False, blank=True)
    search_stems = models.TextField("ordstammer", editable=False, blank=True)

    objects = ExperienceQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["imported", "search_text", "search_stems"], m2m_fields=["trials", "municipalities"]
    )

    class Meta:
        verbose_name = "erfaring"
        verbose_name_plural = "erfaringer"
        ordering = ["code"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ExperienceKind.values), name="experience_kind_valid"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="experience_theme_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:60]}"

    def save(self, *args, **kwargs) -> None:
        self.code = self.code or Experience.objects.next_code("R")
        kind, theme = ExperienceKind(self.kind).label, Theme(self.theme).label
        self.search_text, self.search_stems = search.columns([self.text, kind, theme])
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_absolute_url(self) -> str:
        """An address that leads to the experience in the list of them all."""
        return reverse("trials:experience", args=[self.slug])

    @property
    def slug(self) -> str:
        return self.code.replace(":", "-")

    natural_key.dependencies = ["trials.trial", "trials.sourcecell"]  # type: ignore[attr-defined]
