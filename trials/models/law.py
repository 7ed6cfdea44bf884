"""Acts, their provisions, and the legal basis of each trial."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from networks.models import Imported
from trials.enums import ActKind, BasisKind, BasisRole
from trials.models.source import Sourced
from trials.querysets import ActQuerySet, LegalBasisQuerySet, ProvisionQuerySet


class Act(Imported):
    """A statute (*lov*) or an order (*bekendtgørelse*), by the name that the source gives it."""

    code = models.SlugField("kode", max_length=40, unique=True)
    title = models.CharField("titel", max_length=200, validators=[refuse_personal_numbers])
    short_title = models.CharField(
        "kort titel", max_length=60, help_text="Fx frikommuneloven.", validators=[refuse_personal_numbers]
    )
    kind = models.CharField("art", max_length=10, choices=ActKind, default=ActKind.STATUTE)

    objects = ActQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "lov eller bekendtgørelse"
        verbose_name_plural = "love og bekendtgørelser"
        ordering = ["title"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=ActKind.values), name="act_kind_valid")]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_absolute_url(self) -> str:
        """The act among the others."""
        return f"{reverse('trials:law_list')}#{self.code}"


class Provision(models.Model):
    """A paragraph of an act with its letter (§ 27 c), and a stykke or nummer of it when one is meant.

    0 and the empty letter mean that the source names none.
    """

    act = models.ForeignKey(Act, models.PROTECT, verbose_name="lov", related_name="provisions")
    paragraph = models.PositiveSmallIntegerField("paragraf")
    letter = models.CharField("litra", max_length=1, blank=True)
    subsection = models.PositiveSmallIntegerField("stykke", default=0)
    number = models.PositiveSmallIntegerField("nummer", default=0)

    objects = ProvisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "bestemmelse"
        verbose_name_plural = "bestemmelser"
        ordering = ["act", "paragraph", "letter", "subsection", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "paragraph", "letter", "subsection", "number"], name="provision_unique"
            ),
            models.CheckConstraint(condition=Q(paragraph__gte=1), name="provision_paragraph_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("trials:provision", args=[self.act.code, self.slug])

    @property
    def reference(self) -> str:
        """The provision as it is cited within its act: § 27 c, stk. 3, nr. 1."""
        text = f"§ {self.paragraph} {self.letter}".strip()
        text += f", stk. {self.subsection}" if self.subsection else ""
        return text + (f", nr. {self.number}" if self.number else "")

    @property
    def slug(self) -> str:
        """The provision in its address: paragraf-27-c-stk-3-nr-1."""
        text = f"paragraf-{self.paragraph}" + (f"-{self.letter}" if self.letter else "")
        text += f"-stk-{self.subsection}" if self.subsection else ""
        return text + (f"-nr-{self.number}" if self.number else "")

    @property
    def sort_key(self) -> tuple:
        """Its place within the act."""
        return (self.paragraph, self.letter, self.subsection, self.number)

    def holds(self, other: "Provision") -> bool:
        """Whether `other` is this provision or lies in it (see `ProvisionQuerySet.within`)."""
        return (
            (other.act_id, other.paragraph, other.letter) == (self.act_id, self.paragraph, self.letter)
            and self.subsection in (0, other.subsection)
            and self.number in (0, other.number)
        )

    def natural_key(self) -> tuple:
        return (*self.act.natural_key(), self.paragraph, self.letter, self.subsection, self.number)

    natural_key.dependencies = ["trials.act"]  # type: ignore[attr-defined]


class LegalBasis(Imported, Sourced):
    """What a trial rests on or deviates from (*hjemmel*).

    A trial rests on a provision, or on no named one (`provision` empty: a general change of law, existing
    law). Only what it rests on has a kind. The verbatim words stand in the cell that it cites.
    """

    trial = models.ForeignKey("trials.Trial", models.PROTECT, verbose_name="forsøg", related_name="legal_bases")
    role = models.CharField("rolle", max_length=15, choices=BasisRole, default=BasisRole.RESTS_ON)
    kind = models.CharField("hjemmelstype", max_length=20, choices=BasisKind, blank=True, db_index=True)
    provision = models.ForeignKey(
        Provision, models.PROTECT, verbose_name="bestemmelse", related_name="legal_bases", null=True, blank=True
    )
    note = models.CharField("bemærkning", max_length=300, blank=True, validators=[refuse_personal_numbers])

    objects = LegalBasisQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "hjemmel"
        verbose_name_plural = "hjemler"
        ordering = ["trial", "-role", "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["trial", "role", "provision"], name="legalbasis_unique"),
            models.UniqueConstraint(
                fields=["trial", "role"], condition=Q(provision=None), name="legalbasis_one_without_provision"
            ),
            models.CheckConstraint(
                condition=Q(role=BasisRole.RESTS_ON, kind__in=BasisKind.values)
                | Q(role=BasisRole.DEVIATES_FROM, kind="", provision__isnull=False),
                name="legalbasis_kind_fits_role",
                violation_error_message=(
                    "Det, forsøget hviler på, skal have en hjemmelstype. Det, forsøget fraviger, skal være en "
                    "bestemmelse uden hjemmelstype."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.provision) if self.provision else self.get_kind_display()

    def natural_key(self) -> tuple:
        provision = self.provision.natural_key() if self.provision else ()
        return (*self.trial.natural_key(), self.role, *provision)

    natural_key.dependencies = ["trials.trial", "trials.provision", "trials.sourcecell"]  # type: ignore[attr-defined]
