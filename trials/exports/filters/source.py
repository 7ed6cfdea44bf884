"""The filters of the lists of sources, their verbatim cells, and the corrections of those."""

from django.db.models import QuerySet

from trials.code_filter import SearchText, SingleValues
from trials.exports.filters.record import RecordFilter, in_network, of_trial
from trials.models import Correction, Source, SourceCell


class SourceFilter(RecordFilter):
    """The documents; they are public whatever is taken from them."""

    listing = "kilder"
    noun = ("kilde", "kilder")
    fixed_order = ("published_on", "code")

    class Meta:
        model = Source
        fields = ()
        form = SingleValues

    def seen(self) -> QuerySet:
        return Source.objects.all()


class CellFilter(RecordFilter):
    listing = "kildeceller"
    noun = ("kildecelle", "kildeceller")
    paths = {"netvaerk": "trial__network__number", "forsoeg": "trial__public_id"}
    clauses = {"netvaerk": "om netværket {}", "forsoeg": "om forsøget {}"}
    fixed_order = ("source__published_on", "source__code", "table", "row", "column")
    searched = ("text",)

    q = SearchText()
    netvaerk = in_network()
    forsoeg = of_trial()

    class Meta:
        model = SourceCell
        fields = ()
        form = SingleValues


class CorrectionFilter(RecordFilter):
    listing = "rettelser"
    noun = ("rettelse", "rettelser")
    paths = {"netvaerk": "cell__trial__network__number", "forsoeg": "cell__trial__public_id"}
    clauses = CellFilter.clauses
    fixed_order = (*(f"cell__{field}" for field in CellFilter.fixed_order), "verbatim")

    netvaerk = in_network()
    forsoeg = of_trial()

    class Meta:
        model = Correction
        fields = ()
        form = SingleValues
