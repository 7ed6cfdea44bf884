"""The filter of the list of figures and its file (see `trials.code_filter`)."""

from datetime import date

from django.db.models import F
from django.http import QueryDict

from trials import search
from trials.activity_querysets import ObservationQuerySet
from trials.code_filter import CodeFilterSet, Codes, Option, SearchText, SingleValues, Sorting
from trials.enums import Unit
from trials.filters import UNKNOWN_MUNICIPALITY, UNKNOWN_NETWORK, UNKNOWN_TRIAL, municipalities, networks, trials
from trials.models import Observation

ORDERS: dict[str, tuple[str, list]] = {
    "nummer": ("Kildens rækkefølge", ["code"]),
    "dato": ("Tidspunkt, ældste først", [F("to_on").asc(nulls_last=True), F("from_on").asc(nulls_last=True), "code"]),
    "-dato": (
        "Tidspunkt, nyeste først",
        [F("to_on").desc(nulls_last=True), F("from_on").desc(nulls_last=True), "code"],
    ),
}
"""The values of `sortering`. Not by value: figures of different things have no order."""


class FigureFilter(CodeFilterSet):
    """The figures that a user may see, by what an address asks for."""

    list_name = "trials:figure_list"
    listing = "aktivitetstal"
    orders = ORDERS
    noun = ("aktivitetstal", "aktivitetstal")
    paths = {
        "netvaerk": "network__number",
        "kommune": "municipalities__code",
        "forsoeg": "trials__public_id",
        "enhed": "unit",
    }
    clauses = {
        "netvaerk": "fra netværket {}",
        "kommune": "for {}",
        "forsoeg": "fra forsøget {}",
        "enhed": "i enheden {}",
    }
    unfolded = ("netvaerk", "enhed")
    day_groups = {"pr": ("Som det var på en dag", {"pr": "Dag"})}
    hints = {"pr": "De tal, der var opgjort den dag."}

    q = SearchText()
    netvaerk = Codes("Netværk", UNKNOWN_NETWORK, "by_path")
    kommune = Codes("Kommune", UNKNOWN_MUNICIPALITY, "by_path")
    forsoeg = Codes("Forsøg", UNKNOWN_TRIAL, "by_path")
    enhed = Codes("Enhed", "Der er ingen enhed med koden »%(value)s«.", "by_path")
    sortering = Sorting(ORDERS)

    class Meta:
        model = Observation
        fields = ()
        form = SingleValues

    def __init__(self, data: QueryDict, user) -> None:
        self.user = user
        super().__init__(data, Observation.objects.visible_to(user))

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries.

        Municipalities, trials and units are only offered where there is a figure to find.
        """
        return {
            "netvaerk": networks(),
            "enhed": {unit.value: Option.quoted(unit.label, listed=False) for unit in Unit},
            "kommune": municipalities(listed=False),
            "forsoeg": trials(self.user, listed=False),
        }

    def on_day(self, rows: ObservationQuerySet, day: date) -> ObservationQuerySet:
        return rows.known_by(day)

    def find(self, rows: ObservationQuerySet, name: str, text: str) -> ObservationQuerySet:
        """Those whose indicator, remark or code has every word of `text`. They are few and are read for it."""
        if not text:
            return rows
        told = rows.order_by().values_list("pk", "code", "indicator", "note")
        return rows.filter(pk__in=[pk for pk, *texts in told if search.has_words(texts, text)])
