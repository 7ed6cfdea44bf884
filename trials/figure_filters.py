"""The filter of the list of figures and its file (see `trials.code_filter`)."""

from dataclasses import replace
from datetime import date

from django.db.models import F
from django.http import QueryDict

from trials import search
from trials.activity_querysets import ObservationQuerySet
from trials.code_filter import Choice, CodeFilterSet, Codes, Option, SearchText, SingleValues
from trials.enums import Unit
from trials.filters import UNKNOWN_MUNICIPALITY, UNKNOWN_NETWORK, municipalities, networks
from trials.models import Observation, Trial

ORDERS = {
    "nummer": ("Kildens rækkefølge", ["code"]),
    "dato": ("Tidspunkt, ældste først", [F("to_on").asc(nulls_last=True), F("from_on").asc(nulls_last=True), "code"]),
    "-dato": (
        "Tidspunkt, nyeste først",
        [F("to_on").desc(nulls_last=True), F("from_on").desc(nulls_last=True), "code"],
    ),
}
"""The values of `sortering`. Not by value: figures of different things have no order."""

DEFAULT_ORDER = "nummer"


class FigureFilter(CodeFilterSet):
    """The figures that a user may see, by what an address asks for."""

    list_name = "trials:figure_list"
    listing = "aktivitetstal"
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
    forsoeg = Codes("Forsøg", "Der er intet forsøg med id'et »%(value)s«.", "by_path")
    enhed = Codes("Enhed", "Der er ingen enhed med koden »%(value)s«.", "by_path")
    sortering = Choice(
        label="Sortering",
        choices=[(value, label) for value, (label, _) in ORDERS.items()],
        error_messages={"invalid_choice": "Der kan ikke sorteres efter »%(value)s«."},
    )

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
        trials = Trial.objects.visible_to(self.user).order_by("network__number", "number")
        return {
            "netvaerk": networks(),
            "enhed": {unit.value: Option.quoted(unit.label, listed=False) for unit in Unit},
            "kommune": {code: replace(option, listed=False) for code, option in municipalities().items()},
            "forsoeg": {
                public_id: Option(f"{public_id} {title}", f"{public_id} »{title}«", listed=False)
                for public_id, title in trials.values_list("public_id", "title")
            },
        }

    def on_day(self, rows: ObservationQuerySet, day: date) -> ObservationQuerySet:
        return rows.known_by(day)

    def in_order(self, rows: ObservationQuerySet) -> ObservationQuerySet:
        return rows.order_by(*ORDERS[self.order][1])

    @property
    def order(self) -> str:
        """The value of `sortering` in force."""
        given = self.data.get("sortering")
        return given if given in ORDERS else DEFAULT_ORDER

    def ordering(self) -> dict[str, str]:
        return {"sortering": self.order} if self.order != DEFAULT_ORDER else {}

    def find(self, rows: ObservationQuerySet, name: str, text: str) -> ObservationQuerySet:
        """Those whose indicator, remark or code has every word of `text`. They are few and are read for it."""
        if not text:
            return rows
        told = rows.order_by().values_list("pk", "code", "indicator", "note")
        return rows.filter(pk__in=[pk for pk, *texts in told if search.has_words(texts, text)])
