"""The filter of every page and export that lists trials (see `trials.code_filter`)."""

from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Value, When
from django.http import QueryDict

from networks.models import ApplicationRound, Membership, Municipality, Network
from trials.code_filter import Choice, CodeFilterSet, Codes, InvalidFilter, Option, PageNumber, SearchText, SingleValues
from trials.enums import BasisKind, Status
from trials.models import Trial
from trials.querysets import TrialQuerySet

__all__ = ["CHOSEN", "DEFAULT_ORDER", "ORDERS", "InvalidFilter", "TrialFilter", "municipalities", "networks"]

CHOSEN = ("netvaerk", "kommune", "status", "runde", "hjemmelstype")
"""The parameters that take codes of a vocabulary and may be repeated."""

NUMBERED = ("network__programme__first_year", "network__programme__code", "network__number", "number")
"""The order of the trials' ids, which also settles ties in every other order."""

ORDERS = {
    "nummer": ("Nummer, stigende", [F(name).asc() for name in NUMBERED]),
    "-nummer": ("Nummer, faldende", [F(name).desc() for name in NUMBERED]),
    "titel": ("Titel, A til Å", [F("sort_key").asc(), *NUMBERED]),
    "-titel": ("Titel, Å til A", [F("sort_key").desc(), *NUMBERED]),
    "ikrafttraedelse": ("Ikrafttrædelse, ældste først", [F("in_force_from").asc(nulls_last=True), *NUMBERED]),
    "-ikrafttraedelse": ("Ikrafttrædelse, nyeste først", [F("in_force_from").desc(nulls_last=True), *NUMBERED]),
    "status": ("Status, fra ansøgt til afsluttet", [F("status_place").asc(), *NUMBERED]),
    "-status": ("Status, fra afsluttet til ansøgt", [F("status_place").desc(), *NUMBERED]),
}
"""The values of `sortering`: what each is called and what it orders by. Nulls come last on every database."""

DEFAULT_ORDER = "nummer"

UNKNOWN_NETWORK = "Der er intet netværk med nummeret »%(value)s«."
UNKNOWN_MUNICIPALITY = "Der er ingen kommune med kommunekoden »%(value)s«."


def networks() -> dict[str, Option]:
    """The networks by number. One query."""
    return {str(network.number): Option.quoted(network.name) for network in Network.objects.all()}


def municipalities() -> dict[str, Option]:
    """The municipalities by kommunekode, in Danish order; listed are those with a network. One query."""
    memberships = Membership.objects.filter(municipality=OuterRef("pk"))
    found = Municipality.objects.annotate(in_network=Exists(memberships)).order_by("sort_key")
    return {m.code: Option(m.name, m.official_name, m.in_network) for m in found}


class TrialFilter(CodeFilterSet):
    """Trials by what an address asks for."""

    list_name = "trials:trial_list"
    listing = "forsoeg"
    noun = ("forsøg", "forsøg")
    paths = {
        "netvaerk": "network__number",
        "kommune": "participations__municipality__code",
        "status": "status",
        "runde": "application_round__number",
        "hjemmelstype": "legal_bases__kind",
    }
    clauses = {
        "netvaerk": "i netværket {}",
        "kommune": "i {}",
        "status": "med status {}",
        "runde": "fra {} ansøgningsrunde",
        "hjemmelstype": "med hjemmelstypen {}",
    }
    unfolded = ("netvaerk", "status")

    q = SearchText()
    netvaerk = Codes("Netværk", UNKNOWN_NETWORK, "by_path")
    kommune = Codes("Kommune", UNKNOWN_MUNICIPALITY, "in_municipalities")
    status = Codes("Status", "Der er ingen status med koden »%(value)s«.", "with_status")
    runde = Codes("Ansøgningsrunde", "Der er ingen ansøgningsrunde med nummeret »%(value)s«.", "by_path")
    hjemmelstype = Codes("Hjemmelstype", "Der er ingen hjemmelstype med koden »%(value)s«.", "of_kinds")
    sortering = Choice(
        label="Sortering",
        choices=[(value, label) for value, (label, _) in ORDERS.items()],
        error_messages={"invalid_choice": "Der kan ikke sorteres efter »%(value)s«."},
    )
    side = PageNumber()

    class Meta:
        model = Trial
        fields = ()
        form = SingleValues

    def __init__(self, data: QueryDict, user) -> None:
        self.user = user
        super().__init__(data, Trial.objects.visible_to(user))

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter of `CHOSEN` may have, by code. Three queries."""
        found = {
            "netvaerk": networks(),
            "kommune": municipalities(),
            "status": {status.value: Option.quoted(status.label) for status in Status},
            "runde": {str(r.number): Option(str(r), f"{r.number}.") for r in ApplicationRound.objects.all()},
            "hjemmelstype": {kind.value: Option.quoted(kind.label) for kind in BasisKind},
        }
        return {name: found[name] for name in CHOSEN}

    def on_day(self, rows: TrialQuerySet, day: date) -> TrialQuerySet:
        return rows.status_on(day)

    def path(self, name: str) -> str:
        return self.status_field if name == "status" else super().path(name)

    @property
    def status_field(self) -> str:
        """The field, or on a day the annotation, with the trial's own status."""
        return "status_then" if self.day else "status"

    def in_order(self, rows: TrialQuerySet) -> TrialQuerySet:
        if self.order.endswith("status"):
            places = [When(**{self.status_field: status}, then=Value(place)) for place, status in enumerate(Status)]
            rows = rows.annotate(status_place=Case(*places, output_field=IntegerField()))
        return rows.order_by(*ORDERS[self.order][1])

    @property
    def order(self) -> str:
        """The value of `sortering` in force."""
        given = self.data.get("sortering")
        return given if given in ORDERS else DEFAULT_ORDER

    def ordering(self) -> dict[str, str]:
        return {"sortering": self.order} if self.order != DEFAULT_ORDER else {}

    def in_municipalities(self, trials: TrialQuerySet, name: str, codes: list[str]) -> TrialQuerySet:
        return trials.in_municipalities(codes)

    def with_status(self, trials: TrialQuerySet, name: str, codes: list[str]) -> TrialQuerySet:
        return trials.filter(**{f"{self.status_field}__in": codes})

    def of_kinds(self, trials: TrialQuerySet, name: str, kinds: list[str]) -> TrialQuerySet:
        return trials.resting_on_kinds(kinds)
