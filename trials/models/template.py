"""Templates by which all municipalities of a network tell of experience and results in the same way."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from frikommune.personal import refuse_personal_numbers
from networks.models import Network
from trials.enums import QuestionKind, QuestionTheme
from trials.template_querysets import TemplateQuerySet


class Template(models.Model):
    """A set of questions (*skabelon*) that the municipalities of a network answer, or of all networks.

    The ministry's guidance recommends the same standards and templates in all municipalities of a network. Once
    answered a version is kept as it was asked: what is changed then is the next version, which names it in `previous`.
    """

    network = models.ForeignKey(
        Network,
        models.PROTECT,
        verbose_name="netværk",
        related_name="templates",
        null=True,
        blank=True,
        help_text="Tomt: fælles for alle netværk.",
    )
    name = models.CharField("navn", max_length=150, validators=[refuse_personal_numbers])
    introduction = models.TextField("indledning", blank=True, validators=[refuse_personal_numbers])
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="forrige version",
        related_name="next",
        null=True,
        blank=True,
        editable=False,
    )

    objects = TemplateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "skabelon"
        verbose_name_plural = "skabeloner"
        ordering = ["name", "version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(version=1, previous=None) | Q(version__gt=1, previous__isnull=False),
                name="template_version_fits_previous",
                violation_error_message="Kun en første version er uden en forrige.",
            )
        ]

    def __str__(self) -> str:
        return self.name if self.version == 1 else f"{self.name} (version {self.version})"


class Question(models.Model):
    """A question of a template (*spørgsmål*). `choices` are the possible answers, one a line, of a choice."""

    template = models.ForeignKey(Template, models.CASCADE, verbose_name="skabelon", related_name="questions")
    position = models.PositiveSmallIntegerField("nummer")
    theme = models.CharField("tema", max_length=20, choices=QuestionTheme, default=QuestionTheme.OTHER)
    text = models.CharField("spørgsmål", max_length=300, validators=[refuse_personal_numbers])
    help = models.CharField("hjælp", max_length=300, blank=True, validators=[refuse_personal_numbers])
    kind = models.CharField("svarets art", max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.TextField(
        "svarmuligheder", blank=True, help_text="En på hver linje.", validators=[refuse_personal_numbers]
    )
    is_required = models.BooleanField("skal besvares", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "spørgsmål"
        verbose_name_plural = "spørgsmål"
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "position"],
                name="question_position_unique",
                violation_error_message="Skabelonen har allerede et spørgsmål med det nummer.",
            ),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_valid"),
            models.CheckConstraint(condition=Q(theme__in=QuestionTheme.values), name="question_theme_valid"),
            models.CheckConstraint(
                condition=(Q(kind=QuestionKind.CHOICE) & ~Q(choices=""))
                | (~Q(kind=QuestionKind.CHOICE) & Q(choices="")),
                name="question_choices_fit_kind",
                violation_error_message="Svarmuligheder hører til »Valg mellem svar« og skal være der.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    @property
    def options(self) -> list[str]:
        """The possible answers of a choice, in their order."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]
