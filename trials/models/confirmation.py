"""What municipalities are asked of their own participations, and what they answer."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.models import Municipality, Network
from trials.confirmation_querysets import AnswerQuerySet, RequestQuerySet
from trials.enums import STATUSES_WITH_REASON, Precision, Reason, Status
from trials.models.status import StatusEvent
from trials.models.trial import Participation


def random_key() -> str:
    """A name that cannot be guessed. What is sent out is this name signed, so a copy of the database opens nothing."""
    return secrets.token_urlsafe(16)


class ConfirmationRequest(models.Model):
    """That a coordinator asked a municipality, by a link in an e-mail, how its part in a network's trials stands.

    The link is used up by an answer, not by being opened. The letter itself is not kept.
    """

    key = models.CharField("nøgle", max_length=40, unique=True, default=random_key, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, verbose_name="netværk", related_name="confirmation_requests")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommune", related_name="confirmation_requests"
    )
    email = models.EmailField("e-mail", validators=[refuse_personal_numbers])
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="spurgt af", related_name="+")
    asked_at = models.DateTimeField("spurgt", default=timezone.now)
    expires_at = models.DateTimeField("udløber")
    used_at = models.DateTimeField("besvaret", null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "spørgsmål til en kommune"
        verbose_name_plural = "spørgsmål til kommuner"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("asked_at")), name="confirmationrequest_expires_after_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.network}"

    @property
    def is_open(self) -> bool:
        """Whether the link can still be used."""
        return self.used_at is None and timezone.now() < self.expires_at


class MunicipalAnswer(models.Model):
    """What a municipality says of one of its participations: that it is unchanged, or what its status is now.

    A change is a proposal, which the network's coordinator accepts (`trials.workflow` then writes it) or returns.
    An answer is written once; only the decision on it is added.
    """

    request = models.ForeignKey(
        ConfirmationRequest,
        models.PROTECT,
        verbose_name="spørgsmål",
        related_name="answers",
        null=True,
        blank=True,
        help_text="Tom, når en kommunekontakt har svaret på sin egen konto.",
    )
    participation = models.ForeignKey(
        Participation, models.CASCADE, verbose_name="forsøgskommune", related_name="answers"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="svaret af", related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField("svaret", default=timezone.now)
    seen_event = models.ForeignKey(
        StatusEvent, models.PROTECT, verbose_name="status ved svaret", related_name="+", null=True, blank=True
    )
    unchanged = models.BooleanField("uændret", default=False)
    status = models.CharField("status", max_length=20, choices=Status, blank=True)
    reason = models.CharField("årsag", max_length=30, choices=Reason, blank=True)
    effective_on = models.DateField("gældende fra", null=True, blank=True, validators=[refuse_strange_day])
    precision = models.CharField("datoens betydning", max_length=2, choices=Precision, blank=True)
    note = models.TextField("bemærkning", blank=True, validators=[refuse_personal_numbers])
    accepted = models.BooleanField("godkendt", null=True, blank=True)
    decided_at = models.DateTimeField("afgjort", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="afgjort af", related_name="+", null=True, blank=True
    )
    comment = models.TextField("begrundelse", blank=True, validators=[refuse_personal_numbers])

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "svar fra en kommune"
        verbose_name_plural = "svar fra kommuner"
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unchanged=True, status="", effective_on=None, reason="", precision="")
                | Q(
                    unchanged=False,
                    status__in=[status for status in Status.values if status != Status.UNKNOWN],
                    effective_on__isnull=False,
                    precision__in=Precision.values,
                ),
                name="municipalanswer_unchanged_or_proposal",
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(status__in=sorted(STATUSES_WITH_REASON), reason__in=Reason.values),
                name="municipalanswer_reason_fits_status",
                violation_error_message="En årsag hører kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=Reason.OTHER) | ~Q(note=""),
                name="municipalanswer_other_reason_has_note",
                violation_error_message="Skriv årsagen i bemærkningen, når den er »Andet«.",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, decided_at=None, decided_by=None)
                | Q(unchanged=False, accepted__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="municipalanswer_decision_whole",
            ),
            models.CheckConstraint(
                condition=~Q(accepted=False) | ~Q(comment=""),
                name="municipalanswer_returned_with_comment",
                violation_error_message="Skriv en begrundelse, når et forslag sendes tilbage.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {'uændret' if self.unchanged else self.get_status_display()}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is a proposal that the coordinator has not decided on."""
        return not self.unchanged and self.accepted is None
