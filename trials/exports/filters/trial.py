"""The filters of what belongs to one trial: its texts, the evaluations that cover it, what became of it."""

from trials.code_filter import Codes, Option, SearchText, SingleValues
from trials.enums import Decision
from trials.exports.filters.record import RecordFilter, in_network, of_trial
from trials.exports.filters.status import IN_TRIAL_ORDER
from trials.filters import NUMBERED
from trials.models import Coverage, Outcome, Trial

_PATHS = {"netvaerk": "trial__network__number", "forsoeg": "trial__public_id"}


class TrialTextFilter(RecordFilter):
    listing = "forsoegstekster"
    noun = ("forsøg", "forsøg")
    paths = {"netvaerk": "network__number", "forsoeg": "public_id"}
    clauses = {**RecordFilter.clauses, "forsoeg": "med id'et {}"}
    fixed_order = NUMBERED

    q = SearchText()
    netvaerk = in_network()
    forsoeg = of_trial()

    class Meta:
        model = Trial
        fields = ()
        form = SingleValues

    def find(self, rows, name, text):
        return rows.search(text)


class CoverageFilter(RecordFilter):
    listing = "evaluerede_forsoeg"
    noun = ("evalueret forsøg", "evaluerede forsøg")
    paths = _PATHS
    fixed_order = (*IN_TRIAL_ORDER, "evaluation__code")

    netvaerk = in_network()
    forsoeg = of_trial()

    class Meta:
        model = Coverage
        fields = ()
        form = SingleValues


class OutcomeFilter(RecordFilter):
    listing = "udfald"
    noun = ("udfald", "udfald")
    paths = {**_PATHS, "udfald": "decision"}
    clauses = {**RecordFilter.clauses, "udfald": "med udfaldet {}"}
    fixed_order = (*IN_TRIAL_ORDER, "decision", "is_expected")

    netvaerk = in_network()
    forsoeg = of_trial()
    udfald = Codes("Udfald", "Der er intet udfald med koden »%(value)s«.", "by_field")

    class Meta:
        model = Outcome
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Two queries."""
        decisions = {decision.value: Option.quoted(decision.label) for decision in Decision}
        return super().make_vocabularies() | {"udfald": decisions}
