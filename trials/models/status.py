"""Status: events that are never overwritten, and the records that carry a status."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from trials.enums import STATUSES_WITH_REASON, Precision, Reason, Status
from trials.models.source import Sourced
from trials.querysets import StatusEventQuerySet


class StatusBearer(models.Model):
    """A trial or a participation: what has a status.

    `status` repeats what the events give for today, so that it can be filtered. Only `trials.workflow`
    writes it; `save()` leaves it alone.
    """

    status = models.CharField(
        "status", max_length=20, choices=Status, default=Status.UNKNOWN, editable=False, db_index=True
    )
    confirmed_on = models.DateField(
        "sidst bekræftet",
        null=True,
        blank=True,
        editable=False,
        help_text="Dagen, hvor status sidst blev bekræftet uændret.",
        validators=[refuse_strange_day],
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="%(class)s_status_valid"),
        ]

    def save(self, *args, **kwargs) -> None:
        if self._state.adding:
            self.status = Status.UNKNOWN
        elif kwargs.get("update_fields") is None:
            written = [field.name for field in self._meta.concrete_fields if not field.primary_key]
            kwargs["update_fields"] = [name for name in written if name != "status"]
        super().save(*args, **kwargs)

    @property
    def shown_status(self) -> Status:
        """The status on the day for which the queryset was asked (`status_on`), otherwise the current one."""
        return Status(getattr(self, "status_then", self.status))

    def status_on(self, day: date, known_on: date | None = None) -> Status:
        """The status that held on `day`, as far as it was known on `known_on` (by default: as known now)."""
        event = self.events.in_effect(day, known_on).first()
        return Status(event.status) if event else Status.UNKNOWN


def _event_key() -> str:
    return str(uuid.uuid4())


class StatusEvent(Sourced):
    """A change of status of one trial or one participation. Events are appended, never changed or deleted.

    The rules are those of docs/data.md, "Status". A wrong event is corrected by a later one which names
    it in `corrects`; from then on the wrong one counts only in what was known before.
    """

    key = models.CharField("nøgle", max_length=120, unique=True, default=_event_key, editable=False)
    trial = models.ForeignKey(
        "trials.Trial", models.PROTECT, verbose_name="forsøg", related_name="events", null=True, blank=True
    )
    participation = models.ForeignKey(
        "trials.Participation",
        models.PROTECT,
        verbose_name="forsøgskommune",
        related_name="events",
        null=True,
        blank=True,
    )
    status = models.CharField("status", max_length=20, choices=Status)
    reason = models.CharField("årsag", max_length=30, choices=Reason, blank=True)
    note = models.TextField("bemærkning", blank=True, validators=[refuse_personal_numbers])
    effective_on = models.DateField(
        "gældende fra", help_text="Dagen, hvor det var sådan.", validators=[refuse_strange_day]
    )
    precision = models.CharField("datoens betydning", max_length=2, choices=Precision, default=Precision.ON)
    known_on = models.DateField(
        "kendt",
        help_text="For oplysninger fra en kilde: kildens udgivelse. Ellers dagen, de blev skrevet.",
        validators=[refuse_strange_day],
    )
    recorded_at = models.DateTimeField("registreret", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="registreret af", related_name="+", null=True, blank=True
    )
    is_correction = models.BooleanField("rettelse", default=False)
    corrects = models.OneToOneField(
        "self", models.PROTECT, verbose_name="retter", related_name="corrected_by", null=True, blank=True
    )

    objects = StatusEventQuerySet.as_manager()

    class Meta:
        verbose_name = "statushændelse"
        verbose_name_plural = "statushændelser"
        ordering = ["-effective_on", "-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["trial", "-effective_on"], name="statusevent_trial_effective"),
            models.Index(fields=["participation", "-effective_on"], name="statusevent_part_effective"),
            models.Index(fields=["-known_on", "-effective_on"], name="statusevent_newest"),
        ]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(trial=None, participation__isnull=False) | Q(trial__isnull=False, participation=None),
                name="statusevent_one_subject",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="statusevent_status_valid"),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="statusevent_precision_valid"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(status__in=sorted(STATUSES_WITH_REASON), reason__in=Reason.values),
                name="statusevent_reason_fits_status",
                violation_error_message="En årsag hører kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=Reason.OTHER) | ~Q(note=""),
                name="statusevent_other_reason_has_note",
                violation_error_message="Skriv årsagen i bemærkningen, når den er »Andet«.",
            ),
            models.CheckConstraint(
                condition=Q(is_correction=False) | ~Q(note=""),
                name="statusevent_correction_has_note",
                violation_error_message="En rettelse skal have en bemærkning.",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | Q(is_correction=True), name="statusevent_corrects_by_correction"
            ),
            models.CheckConstraint(
                condition=Q(effective_on__lte=F("known_on")),
                name="statusevent_not_in_the_future",
                violation_error_message="En status kan ikke gælde fra en dag, der ligger efter, at den er kendt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.get_precision_display()} {self.effective_on:%d.%m.%Y}"

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    natural_key.dependencies = ["trials.trial", "trials.participation", "trials.sourcecell"]  # type: ignore[attr-defined]

    @property
    def subject(self):
        """The trial or the participation whose status it is."""
        return self.trial or self.participation

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("A status event is never changed: append a correction.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A status event is never deleted: append a correction.")
