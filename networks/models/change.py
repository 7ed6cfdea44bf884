"""What was changed together: who, when, through what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from frikommune.personal import refuse_personal_numbers
from networks.enums import Channel


class ChangeSet(models.Model):
    """Changes made together: one form, one upload, one run of a command. `networks.recording` writes it, once."""

    made_at = models.DateTimeField("tidspunkt", default=timezone.now, db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bruger", related_name="+", null=True, blank=True
    )
    channel = models.CharField("gennem", max_length=10, choices=Channel)
    note = models.CharField("bemærkning", max_length=300, blank=True, validators=[refuse_personal_numbers])
    reverts = models.ForeignKey(
        "self", models.PROTECT, verbose_name="tilbagefører", related_name="reverted_by", null=True, blank=True
    )

    class Meta:
        verbose_name = "ændring"
        verbose_name_plural = "ændringer"
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(channel__in=Channel.values), name="changeset_channel_valid")]

    def __str__(self) -> str:
        return f"{self.made_at:%d.%m.%Y %H.%M}: {self.get_channel_display()}"


class ChangeEntry(models.Model):
    """A version of a record that a change set wrote. A status event is its own version."""

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, verbose_name="ændring", related_name="entries")
    model = models.CharField("model", max_length=60)
    record = models.BigIntegerField("post")
    version = models.BigIntegerField("version")

    class Meta:
        verbose_name = "ændret post"
        verbose_name_plural = "ændrede poster"
        ordering = ["change_set", "pk"]
        indexes = [models.Index(fields=["model", "record"], name="changeentry_of_record")]
        constraints = [models.UniqueConstraint(fields=["model", "version"], name="changeentry_version_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.record}"
