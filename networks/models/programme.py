"""Programmes and their application rounds."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.models.imported import Imported


class ProgrammeManager(models.Manager["Programme"]):
    def get_by_natural_key(self, code: str) -> "Programme":
        return self.get(code=code)


class Programme(Imported):
    """A round of public experiments set up by the state, such as Frikommuneforsøg II, 2016-2020.

    The source gives the period in whole years (VIVE 2019, title page and preface).
    """

    code = models.CharField("kode", max_length=8, unique=True, help_text="Indgår i forsøgenes id, fx FKII.")
    name = models.CharField("navn", max_length=100, validators=[refuse_personal_numbers])
    first_year = models.PositiveSmallIntegerField("første år")
    last_year = models.PositiveSmallIntegerField("sidste år")
    decision_deadline = models.DateField(
        "frist for lokal beslutning",
        null=True,
        blank=True,
        help_text="Sidste dag, en kommunalbestyrelse kunne beslutte at sætte et forsøg i gang.",
        validators=[refuse_strange_day],
    )
    applied_for = models.PositiveSmallIntegerField("ansøgte forsøg", null=True, blank=True)
    accommodated = models.PositiveSmallIntegerField("imødekommede forsøg", null=True, blank=True)
    by_general_law = models.PositiveSmallIntegerField(
        "imødekommet ved generel hjemmel", null=True, blank=True, help_text="Forsøg, der ikke krævede særlig lov."
    )
    source_place = models.CharField("sted i kilden", max_length=200, blank=True, validators=[refuse_personal_numbers])

    objects = ProgrammeManager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "forsøgsprogram"
        verbose_name_plural = "forsøgsprogrammer"
        ordering = ["first_year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="programme_years_in_order",
                violation_error_message="Det sidste år ligger før det første.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class ApplicationRoundManager(models.Manager["ApplicationRound"]):
    def get_by_natural_key(self, programme: str, number: int) -> "ApplicationRound":
        return self.get(programme__code=programme, number=number)


class ApplicationRound(Imported):
    """A round in which networks applied for trials.

    The accommodated trials of a round that needed new law came into force on `in_force_on`
    (VIVE 2019, section 0.1).
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="forsøgsprogram", related_name="application_rounds"
    )
    number = models.PositiveSmallIntegerField("nummer")
    in_force_on = models.DateField("i kraft ved lov", null=True, blank=True, validators=[refuse_strange_day])
    source_place = models.CharField("sted i kilden", max_length=200, blank=True, validators=[refuse_personal_numbers])

    objects = ApplicationRoundManager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "ansøgningsrunde"
        verbose_name_plural = "ansøgningsrunder"
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="applicationround_number_unique")]

    def __str__(self) -> str:
        return f"{self.number}. runde"

    def natural_key(self) -> tuple[str, int]:
        return (self.programme.code, self.number)

    natural_key.dependencies = ["networks.programme"]  # type: ignore[attr-defined]
