"""The 98 municipalities."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from frikommune import danish
from frikommune.personal import refuse_personal_numbers
from networks.models.imported import Imported
from networks.querysets import MunicipalityQuerySet


class Municipality(Imported):
    """One of Denmark's 98 municipalities, known by its kommunekode."""

    code = models.CharField("kommunekode", max_length=4, unique=True)
    name = models.CharField(
        "navn",
        max_length=60,
        unique=True,
        help_text="Uden »Kommune«, fx København.",
        validators=[refuse_personal_numbers],
    )
    official_name = models.CharField(
        "officielt navn", max_length=80, help_text="Fx Københavns Kommune.", validators=[refuse_personal_numbers]
    )
    slug = models.SlugField("navn i adressen", max_length=60, unique=True, blank=True)
    region_code = models.CharField("regionskode", max_length=4)
    region = models.CharField("region", max_length=40, db_index=True, validators=[refuse_personal_numbers])
    sort_key = models.CharField("sorteringsnøgle", max_length=80, editable=False, blank=True, db_index=True)

    objects = MunicipalityQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported", "sort_key"])

    class Meta:
        verbose_name = "kommune"
        verbose_name_plural = "kommuner"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or danish.slug(self.name)
        self.sort_key = danish.sort_key(self.name)
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_absolute_url(self) -> str:
        return reverse("networks:municipality", args=[self.slug])
