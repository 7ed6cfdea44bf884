"""Networks of municipalities and their members."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from frikommune import danish
from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.enums import Standing
from networks.models.imported import Imported
from networks.models.municipality import Municipality
from networks.models.programme import Programme
from networks.querysets import MembershipQuerySet, NetworkQuerySet


class Network(Imported):
    """A *frikommunenetværk*: municipalities joined around a theme (VIVE 2019, Bilagstabel 1.1).

    A network for which no trial was accommodated is not active (section 0.1 of the note).
    """

    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="forsøgsprogram", related_name="networks")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("navn", max_length=150, validators=[refuse_personal_numbers])
    slug = models.SlugField("navn i adressen", max_length=150, unique=True, blank=True)
    theme = models.TextField("tema", blank=True, help_text="Ordret fra kilden.", validators=[refuse_personal_numbers])
    is_active = models.BooleanField("aktivt", default=True)
    source_place = models.CharField("sted i kilden", max_length=200, blank=True, validators=[refuse_personal_numbers])
    municipalities = models.ManyToManyField(
        Municipality, through="Membership", verbose_name="kommuner", related_name="networks"
    )

    objects = NetworkQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "frikommunenetværk"
        verbose_name_plural = "frikommunenetværk"
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="network_number_unique")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or danish.slug(self.name)
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str, int]:
        return (self.programme.code, self.number)

    natural_key.dependencies = ["networks.programme"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return reverse("networks:network", args=[self.slug])


class Membership(Imported):
    """A municipality in a network (*netværkskommune*), active, passive or former."""

    network = models.ForeignKey(Network, models.CASCADE, verbose_name="netværk", related_name="memberships")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommune", related_name="memberships")
    standing = models.CharField("deltagelse", max_length=10, choices=Standing, default=Standing.ACTIVE)
    from_on = models.DateField("fra", null=True, blank=True, validators=[refuse_strange_day])
    to_on = models.DateField("til", null=True, blank=True, validators=[refuse_strange_day])
    source_place = models.CharField("sted i kilden", max_length=200, blank=True, validators=[refuse_personal_numbers])

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "netværkskommune"
        verbose_name_plural = "netværkskommuner"
        ordering = ["network", "municipality__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "municipality"],
                name="membership_unique",
                violation_error_message="Kommunen er allerede med i netværket.",
            ),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="membership_standing_valid"),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")) | Q(from_on=None) | Q(to_on=None),
                name="membership_dates_in_order",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} i {self.network}"

    def natural_key(self) -> tuple:
        return (*self.network.natural_key(), *self.municipality.natural_key())

    natural_key.dependencies = ["networks.network", "networks.municipality"]  # type: ignore[attr-defined]
