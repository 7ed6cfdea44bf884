"""Which of the registry's users have a role in a network."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from networks.models.network import Network
from networks.querysets import CoordinatorQuerySet


class Coordinator(models.Model):
    """A user who is, or was, a network's coordinator: the ministries' contact, and the one who keeps its trials.

    Every network must have one (the ministry's guidance to networks). The source's own contacts are not kept.
    """

    network = models.ForeignKey(Network, models.CASCADE, verbose_name="netværk", related_name="coordinators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bruger", related_name="coordinates"
    )
    from_on = models.DateField("fra", null=True, blank=True)
    to_on = models.DateField("til", null=True, blank=True)

    objects = CoordinatorQuerySet.as_manager()
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
