"""Sources and their cells, which are only read, and the corrections of the cells' words."""

from typing import Any

from django.contrib import admin

from networks.admin.history import HistoryAdmin
from networks.admin.readonly import ReadOnlyAdmin
from networks.admin.record import RecordAdmin
from networks.admin.search import DanishSearch
from trials.models import Correction, Source, SourceCell

PLACE: Any = (
    "Sted i kilden",
    {
        "classes": ("collapse",),
        "fields": ("source", "cell", "section", "quotation"),
        "description": "Hvor oplysningen står: en celle i en tabel eller et afsnit. Tomt for redaktionens egen viden.",
    },
)
"""The fields of a record that may rest on a source."""


@admin.register(Source)
class SourceAdmin(DanishSearch, ReadOnlyAdmin, HistoryAdmin):
    """Sources come with an import; their versions can be read."""

    list_display = ("title", "authors", "publisher", "published_on", "code")
    search_fields = ("title", "authors", "publisher")
    fields = ("code", "title", "authors", "publisher", "published_on", "published_text", "isbn", "rights")


@admin.register(SourceCell)
class SourceCellAdmin(DanishSearch, ReadOnlyAdmin):
    """The verbatim cells. What is wrong in one gets a correction."""

    list_display = ("__str__", "trial", "text")
    list_filter = ("source", "table", "column")
    list_select_related = ("source", "trial")
    list_per_page = 50
    search_fields = ("text", "trial__public_id", "table")
    search_help_text = "Søg i den ordrette tekst eller på forsøgets id."
    fields = ("source", ("table", "row", "column", "page"), "text", "trial")


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    """Corrections of a cell's words. The trial's own text is changed on the page of the trial."""

    list_display = ("verbatim", "corrected", "reason", "cell", "trial")
    list_filter = ("cell__table", "cell__column")
    list_select_related = ("cell__trial",)
    search_fields = ("verbatim", "corrected", "reason", "cell__trial__public_id")
    fields = ("cell", "verbatim", "corrected", "reason")
    fixed_fields = ("cell", "verbatim")
    autocomplete_fields = ("cell",)

    @admin.display(description="forsøg", ordering="cell__trial__public_id")
    def trial(self, correction) -> str:
        return correction.cell.trial.public_id if correction.cell.trial else ""
