"""Where a statement stands: the documents, their table cells, and the places that other records cite."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.models import Imported
from trials.querysets import CorrectionQuerySet, SourceCellQuerySet, SourceQuerySet

COLUMNS = {
    1: "Titel",
    2: "Kommuner",
    3: "Indhold",
    4: "Målgruppe",
    5: "Hjemmel",
    6: "Ikrafttrædelse",
    7: "Evaluering",
}
"""The seven columns of the status tables and what they hold, whatever their heading is in print."""


class Source(models.Model):
    """A document that statements are taken from, such as VIVE's status note of February 2019."""

    code = models.SlugField("kode", max_length=40, unique=True)
    title = models.CharField("titel", max_length=200, validators=[refuse_personal_numbers])
    authors = models.CharField("forfattere", max_length=200, validators=[refuse_personal_numbers])
    publisher = models.CharField("udgiver", max_length=100, validators=[refuse_personal_numbers])
    published_on = models.DateField(
        "udgivet",
        help_text="Kendes kun måneden, er det månedens sidste dag. Dagen, hvor kildens oplysninger var kendt.",
        validators=[refuse_strange_day],
    )
    published_text = models.CharField(
        "udgivet, som kilden skriver det", max_length=40, validators=[refuse_personal_numbers]
    )
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    rights = models.TextField(
        "rettigheder", help_text="Hvad kilden selv siger om brug af teksten.", validators=[refuse_personal_numbers]
    )
    files_digest = models.CharField("indlæste filers kontrolsum", max_length=64, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["files_digest"])

    class Meta:
        verbose_name = "kilde"
        verbose_name_plural = "kilder"
        ordering = ["published_on", "code"]

    def __str__(self) -> str:
        return f"{self.authors}: {self.title}. {self.publisher} {self.published_on.year}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class SourceCell(models.Model):
    """One cell of a table in a source, verbatim. It is never edited; what is wrong gets a `Correction`.

    `row` counts the table's data rows from 1, headings not counted; `column` is a key of `COLUMNS`.
    """

    source = models.ForeignKey(Source, models.PROTECT, verbose_name="kilde", related_name="cells")
    table = models.CharField("tabel", max_length=10)
    row = models.PositiveSmallIntegerField("række")
    column = models.PositiveSmallIntegerField("kolonne", choices=list(COLUMNS.items()))
    page = models.PositiveSmallIntegerField("side")
    text = models.TextField("ordret tekst", blank=True)
    trial = models.ForeignKey(
        "trials.Trial", models.PROTECT, verbose_name="forsøg", related_name="cells", null=True, blank=True
    )

    objects = SourceCellQuerySet.as_manager()

    class Meta:
        verbose_name = "kildecelle"
        verbose_name_plural = "kildeceller"
        ordering = ["source", "table", "row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["source", "table", "row", "column"], name="sourcecell_place_unique"),
            models.CheckConstraint(condition=Q(column__in=list(COLUMNS)), name="sourcecell_column_valid"),
            models.CheckConstraint(condition=Q(row__gte=1), name="sourcecell_row_from_one"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def public_id(self) -> str:
        """What the cell is known by in files: vive-2019:2.1:8:5. Needs its source at hand."""
        return f"{self.source.code}:{self.table}:{self.row}:{self.column}"

    @property
    def place(self) -> str:
        """Where the cell stands, for a reader."""
        return f"Bilagstabel {self.table}, række {self.row}, »{COLUMNS[self.column]}«, side {self.page}"

    def natural_key(self) -> tuple:
        return (*self.source.natural_key(), self.table, self.row, self.column)

    natural_key.dependencies = ["trials.source", "trials.trial"]  # type: ignore[attr-defined]


class Correction(Imported):
    """A piece of a cell that the registry shows corrected, and why. The cell itself stays as it is."""

    cell = models.ForeignKey(SourceCell, models.PROTECT, verbose_name="celle", related_name="corrections")
    verbatim = models.CharField("i kilden", max_length=300)
    corrected = models.CharField("rettet til", max_length=300, blank=True, validators=[refuse_personal_numbers])
    reason = models.CharField("begrundelse", max_length=300, validators=[refuse_personal_numbers])

    objects = CorrectionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        verbose_name = "rettelse"
        verbose_name_plural = "rettelser"
        ordering = ["cell", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cell", "verbatim"], name="correction_unique"),
            models.CheckConstraint(condition=~Q(verbatim=""), name="correction_names_its_words"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="correction_has_reason",
                violation_error_message="En rettelse skal have en begrundelse.",
            ),
        ]

    def __str__(self) -> str:
        return f"»{self.verbatim}« rettet til »{self.corrected}«"

    def natural_key(self) -> tuple:
        return (*self.cell.natural_key(), self.verbatim)

    natural_key.dependencies = ["trials.sourcecell"]  # type: ignore[attr-defined]


class Sourced(models.Model):
    """A record that may rest on a source: on a table cell, or on a section of its text.

    A record with neither was written by an editor, and its history says by whom.
    """

    cell = models.ForeignKey(
        SourceCell, models.PROTECT, verbose_name="celle i kilden", related_name="+", null=True, blank=True
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="kilde", related_name="+", null=True, blank=True)
    section = models.CharField("afsnit i kilden", max_length=20, blank=True, validators=[refuse_personal_numbers])
    quotation = models.CharField("ordret citat", max_length=500, blank=True, validators=[refuse_personal_numbers])

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(cell=None) | Q(section=""),
                name="%(class)s_one_place",
                violation_error_message="Angiv enten en celle eller et afsnit, ikke begge.",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(cell=None, section="", quotation=""),
                name="%(class)s_place_has_source",
                violation_error_message="Et sted eller et citat kræver, at kilden er angivet.",
            ),
        ]

    @property
    def place(self) -> str:
        """Where the record's ground stands, for a reader; empty when an editor wrote it."""
        if self.cell is not None:
            return self.cell.place
        return section_name(self.section) if self.section else ""


def section_name(section: str) -> str:
    """A section of a note for a reader: `forord`, `1.1`, or `0.1` to `0.4` for the unnumbered overview."""
    if section.startswith("0."):
        return f"»Overordnet status«, afsnit {section}"
    return "forordet" if section == "forord" else f"afsnit {section}"
