"""Which of the registry's users have a role: in a network, for a municipality, or over all."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from frikommune.dates import refuse_strange_day
from networks.enums import OfficeKind
from networks.models.municipality import Municipality
from networks.models.network import Network
from networks.querysets import RoleQuerySet


class Coordinator(models.Model):
    """A user who is, or was, a network's coordinator: the ministries' contact, and the one who keeps its trials.

    Every network must have one (the ministry's guidance to networks). The source's own contacts are not kept.
    """

    network = models.ForeignKey(Network, models.CASCADE, verbose_name="netværk", related_name="coordinators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bruger", related_name="coordinates"
    )
    from_on = models.DateField("fra", null=True, blank=True, validators=[refuse_strange_day])
    to_on = models.DateField("til", null=True, blank=True, validators=[refuse_strange_day])

    objects = RoleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "koordinator"
        verbose_name_plural = "koordinatorer"
        ordering = ["network", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "user"],
                condition=Q(to_on=None),
                name="coordinator_once_at_a_time",
                violation_error_message="Brugeren er allerede koordinator for netværket.",
            ),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")) | Q(from_on=None) | Q(to_on=None),
                name="coordinator_dates_in_order",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.network}"


class MunicipalContact(models.Model):
    """A user who answers, or answered, for a municipality: confirms and proposes what is said of its own trials."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="kommune", related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bruger", related_name="contact_for"
    )
    from_on = models.DateField("fra", null=True, blank=True, validators=[refuse_strange_day])
    to_on = models.DateField("til", null=True, blank=True, validators=[refuse_strange_day])

    objects = RoleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommunekontakt"
        verbose_name_plural = "kommunekontakter"
        ordering = ["municipality__sort_key", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user"],
                condition=Q(to_on=None),
                name="municipalcontact_once_at_a_time",
                violation_error_message="Brugeren er allerede kontakt for kommunen.",
            ),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")) | Q(from_on=None) | Q(to_on=None),
                name="municipalcontact_dates_in_order",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.municipality}"


class Office(models.Model):
    """That a user is of the ministry, which publishes and approves, or reads along with the internal view."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bruger", related_name="offices")
    kind = models.CharField("rolle", max_length=10, choices=OfficeKind)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "tværgående rolle"
        verbose_name_plural = "tværgående roller"
        ordering = ["kind", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="office_once", violation_error_message="Brugeren har allerede rollen."
            ),
            models.CheckConstraint(condition=Q(kind__in=OfficeKind.values), name="office_kind_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"
