"""The filter of milestones as files."""

from datetime import date

from trials.activity_querysets import MilestoneQuerySet
from trials.code_filter import Codes, Option, SearchText, SingleValues
from trials.enums import MilestoneKind
from trials.exports.filters.record import RecordFilter, in_network, of_trial
from trials.models import Milestone


class MilestoneRecordFilter(RecordFilter):
    """Milestones; on a day those that had happened or were planned."""

    listing = "milepaele"
    noun = ("milepæl", "milepæle")
    paths = {"netvaerk": "network__number", "forsoeg": "trials__public_id", "art": "kind"}
    clauses = {**RecordFilter.clauses, "art": "af arten {}"}
    order = ("code",)
    searched = ("code", "label", "note")

    q = SearchText()
    netvaerk = in_network()
    forsoeg = of_trial("by_path")
    art = Codes("Art", "Der er ingen art med koden »%(value)s«.", "by_field")

    class Meta:
        model = Milestone
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Two queries."""
        kinds = {kind.value: Option.quoted(kind.label) for kind in MilestoneKind}
        return super().make_vocabularies() | {"art": kinds}

    def on_day(self, rows: MilestoneQuerySet, day: date) -> MilestoneQuerySet:
        return rows.known_by(day)
