"""Trials and the municipalities that take part in them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from frikommune import danish
from frikommune.dates import refuse_future_day, refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.models import ApplicationRound, Imported, Municipality, Network
from trials.enums import Publication, Status
from trials.models.source import Sourced
from trials.models.status import StatusBearer
from trials.querysets import ParticipationQuerySet, TrialQuerySet

_DERIVED = ["imported", "status", "sort_key", "search_text", "search_stems"]


class Trial(Imported, StatusBearer):
    """One accommodated trial (*frikommuneforsøg*) of one network.

    The texts are the source's, with the corrections listed for its cells; the verbatim ones stay in
    `cells`. `in_force_from` and `in_force_to` are the days on which the exemption applies by law and say
    nothing of a start; the source does not give the end.
    """

    public_id = models.CharField("id", max_length=20, unique=True, editable=False, blank=True)
    network = models.ForeignKey(Network, models.PROTECT, verbose_name="netværk", related_name="trials")
    number = models.PositiveSmallIntegerField("nummer", help_text="Løbenummer i netværket; indgår i forsøgets id.")
    title = models.CharField("titel", max_length=300, validators=[refuse_personal_numbers])
    summary = models.TextField(
        "kort fortalt",
        blank=True,
        help_text="Et til tre sætninger: hvad kommunen må, for hvem, og hvad man håber på.",
        validators=[refuse_personal_numbers],
    )
    content = models.TextField("indhold", blank=True, validators=[refuse_personal_numbers])
    target_group = models.TextField("målgruppe", blank=True, validators=[refuse_personal_numbers])
    implementation = models.TextField(
        "ikrafttrædelse og implementering", blank=True, validators=[refuse_personal_numbers]
    )
    application_round = models.ForeignKey(
        ApplicationRound, models.PROTECT, verbose_name="ansøgningsrunde", related_name="trials", null=True, blank=True
    )
    in_force_from = models.DateField(
        "i kraft ved lov fra", null=True, blank=True, db_index=True, validators=[refuse_strange_day]
    )
    in_force_to = models.DateField("i kraft ved lov til", null=True, blank=True, validators=[refuse_strange_day])
    publication = models.CharField(
        "offentlighed", max_length=10, choices=Publication, default=Publication.DRAFT, db_index=True
    )
    municipalities = models.ManyToManyField(
        Municipality, through="Participation", verbose_name="kommuner", related_name="trials"
    )
    sort_key = models.CharField("sorteringsnøgle", max_length=200, editable=False, blank=True, db_index=True)
    search_text = models.TextField("søgetekst", editable=False, blank=True)
    search_stems = models.TextField("ordstammer", editable=False, blank=True)

    objects = TrialQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=_DERIVED)

    class Meta:
        verbose_name = "forsøg"
        verbose_name_plural = "forsøg"
        ordering = ["network", "number"]
        constraints = [
            *StatusBearer.Meta.constraints,
            models.UniqueConstraint(fields=["network", "number"], name="trial_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="trial_number_from_one"),
            models.CheckConstraint(condition=Q(publication__in=Publication.values), name="trial_publication_valid"),
            models.CheckConstraint(
                condition=Q(in_force_to__gte=F("in_force_from")) | Q(in_force_to=None),
                name="trial_in_force_in_order",
                violation_error_message="Undtagelsen kan ikke ophøre, før den er trådt i kraft.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.title}"

    def save(self, *args, **kwargs) -> None:
        if not self.public_id:
            self.public_id = f"{self.network.programme.code}-{self.network.number}-{self.number:02d}"
        self.sort_key = danish.sort_key(self.title, length=100)
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.public_id,)

    natural_key.dependencies = ["networks.network", "networks.applicationround"]  # type: ignore[attr-defined]

    @property
    def slug(self) -> str:
        return danish.slug(self.title)[:80].rstrip("-")

    def get_absolute_url(self) -> str:
        return reverse("trials:trial", args=[f"{self.public_id}-{self.slug}"])


class Participation(Imported, StatusBearer, Sourced):
    """A municipality in a trial (*forsøgskommune*), with its own status.

    `decided_on` is the day on which the municipal council decided to use the trial; the trial is not
    started there before (remarks to § 32, stk. 2, of bill L 200, cited in section 0.1 of VIVE's note).
    """

    trial = models.ForeignKey(Trial, models.PROTECT, verbose_name="forsøg", related_name="participations")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommune", related_name="participations"
    )
    decided_on = models.DateField(
        "besluttet i kommunalbestyrelsen", null=True, blank=True, validators=[refuse_future_day]
    )

    objects = ParticipationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported", "status"])

    class Meta:
        verbose_name = "forsøgskommune"
        verbose_name_plural = "forsøgskommuner"
        ordering = ["trial", "municipality__sort_key"]
        constraints = [
            *StatusBearer.Meta.constraints,
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["trial", "municipality"],
                name="participation_unique",
                violation_error_message="Kommunen er allerede med i forsøget.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.trial}"

    def natural_key(self) -> tuple:
        return (*self.trial.natural_key(), *self.municipality.natural_key())

    natural_key.dependencies = ["trials.trial", "networks.municipality", "trials.sourcecell"]  # type: ignore[attr-defined]

    def disagrees_with_trial(self) -> bool:
        """Whether the municipality's own status is known and differs from the trial's."""
        own, whole = self.shown_status, self.trial.shown_status
        return Status.UNKNOWN not in (own, whole) and own != whole
