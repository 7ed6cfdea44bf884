"""What users have been reminded of, and where they find their own deadlines."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from frikommune.dates import refuse_strange_day
from trials.models.confirmation import random_key


class Reminder(models.Model):
    """That a user was last reminded of a thing on a day. It is gone when the thing is no longer due."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="bruger", related_name="reminders")
    key = models.CharField("hvad", max_length=200)
    due_on = models.DateField("frist", null=True, blank=True, validators=[refuse_strange_day])
    sent_on = models.DateField("sidst sendt", validators=[refuse_strange_day])

    class Meta:
        verbose_name = "påmindelse"
        verbose_name_plural = "påmindelser"
        ordering = ["user", "key"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.key}"


class CalendarKey(models.Model):
    """The secret part of the address at which a user's own deadlines can be read without logging in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="bruger", related_name="calendar_key"
    )
    key = models.CharField("nøgle", max_length=40, unique=True, default=random_key, editable=False)
    made_at = models.DateTimeField("lavet", default=timezone.now)

    class Meta:
        verbose_name = "kalenderadresse"
        verbose_name_plural = "kalenderadresser"
        ordering = ["user"]

    def __str__(self) -> str:
        return f"{self.user}"
