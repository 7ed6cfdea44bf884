"""What the municipalities of a network share with one another before and during trials. Never shown to the public."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from networks.models import Municipality, Network
from trials.enums import IdeaKind, IdeaState
from trials.idea_querysets import IdeaCommentQuerySet, IdeaQuerySet, OfIdeaQuerySet


class Idea(models.Model):
    """A barrier that a municipality meets, or a solution model that it proposes, shared within its network.

    Procedures for developing ideas and sharing knowledge, barriers and possible solution models among them, are
    recommended to networks (the ministry's guidance). Without a municipality the idea is the network's.
    """

    network = models.ForeignKey(Network, models.PROTECT, verbose_name="netværk", related_name="ideas")
    kind = models.CharField("art", max_length=10, choices=IdeaKind)
    title = models.CharField("titel", max_length=150, validators=[refuse_personal_numbers])
    text = models.TextField("tekst", validators=[refuse_personal_numbers])
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommune", related_name="ideas", null=True, blank=True
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="forfatter", related_name="+")
    state = models.CharField("tilstand", max_length=10, choices=IdeaState, default=IdeaState.OPEN)
    trial = models.ForeignKey(
        "trials.Trial", models.PROTECT, verbose_name="forsøg, den blev til", related_name="ideas", null=True, blank=True
    )
    made_at = models.DateTimeField("skrevet", default=timezone.now, editable=False)

    objects = IdeaQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "idé"
        verbose_name_plural = "idéer"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=IdeaKind.values), name="idea_kind_valid"),
            models.CheckConstraint(condition=Q(state__in=IdeaState.values), name="idea_state_valid"),
            models.CheckConstraint(
                condition=Q(state=IdeaState.TRIAL, trial__isnull=False) | (~Q(state=IdeaState.TRIAL) & Q(trial=None)),
                name="idea_trial_fits_state",
                violation_error_message="Vælg det forsøg, som idéen blev til, netop når den blev til et forsøg.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("trials:idea", args=[self.pk])


class IdeaComment(models.Model):
    """What someone says of an idea. It is never deleted; a withdrawn one keeps its place without its words."""

    idea = models.ForeignKey(Idea, models.PROTECT, verbose_name="idé", related_name="comments")
    text = models.TextField("kommentar", validators=[refuse_personal_numbers])
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="forfatter", related_name="+")
    made_at = models.DateTimeField("skrevet", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("trukket tilbage", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="trukket tilbage af",
        related_name="+",
        null=True,
        blank=True,
    )

    WITHDRAWN = "(trukket tilbage)"

    objects = IdeaCommentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommentar til en idé"
        verbose_name_plural = "kommentarer til idéer"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="ideacomment_withdrawn_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.made_at:%d.%m.%Y}"


class IdeaInterest(models.Model):
    """That a municipality is interested in an idea, or a user of the network who speaks for none."""

    idea = models.ForeignKey(Idea, models.PROTECT, verbose_name="idé", related_name="interests")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommune", related_name="+", null=True, blank=True
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="vist af", related_name="+")
    made_at = models.DateTimeField("vist", default=timezone.now, editable=False)

    objects = OfIdeaQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "interesse for en idé"
        verbose_name_plural = "interesser for idéer"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "municipality"],
                condition=Q(municipality__isnull=False),
                name="ideainterest_municipality_once",
                violation_error_message="Kommunen har allerede vist interesse.",
            ),
            models.UniqueConstraint(
                fields=["idea", "user"],
                condition=Q(municipality=None),
                name="ideainterest_user_once",
                violation_error_message="Du har allerede vist interesse.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.municipality or self.user}"
