"""Trials by what an address asks for."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import QueryDict
from django.utils.formats import date_format

from trials.code_filter import Choice, CodeFilterSet, Codes, Option, SearchText, Sorting
from trials.enums import BasisKind, Reason, Status
from trials.filters import known, vocabularies
from trials.filters.orders import ORDERS
from trials.filters.period import BoundingDay, Period
from trials.filters.provisions import UsedProvisions
from trials.filters.standing import FIELDS, Standing
from trials.models import Trial
from trials.querysets import TrialQuerySet

CHOSEN = (
    *("netvaerk", "kommune", "region", "maalgruppe", "status", "aarsag", "runde", "lov", "paragraf", "hjemmelstype"),
    *("evaluering", "ekstern", "evaluator", "tal", "fund"),
)
"""The parameters that take codes of a vocabulary and may be repeated."""

LAYOUTS = {"kort": "Liste", "tabel": "Tabel"}
"""The values of `visning`; the first unless another is asked for."""


class TrialFilter(CodeFilterSet):
    """Trials by what an address asks for."""

    list_name = "trials:trial_list"
    listing = "forsoeg"
    orders = ORDERS
    noun = ("forsøg", "forsøg")
    paths = {
        "netvaerk": "network__number",
        "region": "participations__municipality__region_code",
        "runde": "application_round__number",
        "lov": "legal_bases__provision__act__code",
        "hjemmelstype": "legal_bases__kind",
    }
    clauses = {
        "netvaerk": "i netværket {}",
        "kommune": "i {}",
        "region": "i {}",
        "maalgruppe": "i kommuner med fokus på {}",
        "status": "med status {}",
        "aarsag": "med årsagen {}",
        "runde": "fra {} ansøgningsrunde",
        "lov": "som hviler på eller fraviger {}",
        "paragraf": "som hviler på eller fraviger {}",
        "hjemmelstype": "med hjemmelstypen {}",
        "evaluering": "med evalueringsdesignet {}",
        "ekstern": "{}",
        "evaluator": "med {} som evaluator",
        "tal": "{}",
        "fund": "hvor registeret har fundet {}",
    }
    unfolded = ("netvaerk", "status")
    sections = (
        ("Hvem", ("netvaerk", "kommune", "region", "maalgruppe")),
        ("Hvor langt", ("status", "aarsag", "pr")),
        ("Regler", ("fra", "runde", "lov", "paragraf", "hjemmelstype")),
        ("Viden", ("evaluering", "ekstern", "evaluator", "tal", "fund")),
    )
    day_groups = {
        "fra": ("I kraft ved lov", {"fra": "Fra og med", "til": "Til og med"}),
        "pr": ("Som det var på en dag", {"pr": "Dag"}),
    }
    hints = {
        "fra": "Den dag, undtagelsen trådte i kraft ved lov. Forsøg uden en kendt dag er ikke med.",
        "pr": "Status og aktivitetstal, som de var den dag. Kommuner, hjemmel og tekster er som i dag.",
        "region": "En af forsøgets kommuner ligger i regionen.",
        "maalgruppe": "En af forsøgets kommuner har i netværket valgt fokus på målgruppen. Det er kun oplyst for nogle "
        "kommuner.",
        "aarsag": "Hvorfor forsøget afventer, ikke gennemføres eller er afsluttet.",
        "lov": "Forsøget hviler på loven eller fraviger den.",
        "paragraf": "Forsøget hviler på bestemmelsen eller fraviger den. Det, der ligger i den, tæller med.",
        "fund": "Det, registeret selv finder i kilden og i sine oplysninger.",
    }

    q = SearchText()
    netvaerk = Codes("Netværk", vocabularies.UNKNOWN_NETWORK, "by_path")
    kommune = Codes("Kommune", vocabularies.UNKNOWN_MUNICIPALITY)
    region = Codes("Region", "Der er ingen region med regionskoden »%(value)s«.", "by_path")
    maalgruppe = Codes("Kommunernes målgruppe", "Der er ingen målgruppe med koden »%(value)s«.", "by_condition")
    status = Codes("Status", "Der er ingen status med koden »%(value)s«.")
    aarsag = Codes("Årsag", "Der er ingen årsag med koden »%(value)s«.")
    runde = Codes("Ansøgningsrunde", "Der er ingen ansøgningsrunde med nummeret »%(value)s«.", "by_path")
    fra = BoundingDay(label="I kraft ved lov fra", method="entered_from")
    til = BoundingDay(label="I kraft ved lov senest", method="entered_to")
    lov = Codes("Lov", "Intet forsøg hviler på eller fraviger en lov med koden »%(value)s«.", "by_path")
    paragraf = Codes(
        "Bestemmelse", "Intet forsøg hviler på eller fraviger bestemmelsen »%(value)s«.", "under_provisions"
    )
    hjemmelstype = Codes("Hjemmelstype", "Der er ingen hjemmelstype med koden »%(value)s«.", "of_kinds")
    evaluering = Codes("Evalueringsdesign", "Evalueringsdesignet kan ikke have koden »%(value)s«.", "by_condition")
    ekstern = Codes("Ekstern evaluering", "»%(value)s« er hverken »ja« eller »nej«.", "by_condition")
    evaluator = Codes("Evaluator", "Der er ingen evaluator med navnet »%(value)s«.", "by_condition")
    tal = Codes("Aktivitetstal", "»%(value)s« er hverken »ja« eller »nej«.", "by_condition")
    fund = Codes("Fund i datakvaliteten", "Der er ingen slags fund med koden »%(value)s«.", "by_condition")
    sortering = Sorting(ORDERS)
    visning = Choice(
        label="Visning",
        choices=list(LAYOUTS.items()),
        error_messages={"invalid_choice": "»%(value)s« er ikke en visning. Der er »kort« og »tabel«."},
    )

    class Meta:
        model = Trial
        fields = ()
        form = Period

    def __init__(self, data: QueryDict, user) -> None:
        self.user = user
        self.provisions = UsedProvisions(user)
        super().__init__(data, Trial.objects.visible_to(user))

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter of `CHOSEN` may have, by code. Six queries."""
        found = {
            "netvaerk": vocabularies.networks(),
            "kommune": vocabularies.municipalities(),
            "region": vocabularies.regions(),
            "maalgruppe": vocabularies.target_groups(),
            "status": {status.value: Option.quoted(status.label) for status in Status},
            "aarsag": {reason.value: Option.quoted(reason.label, listed=False) for reason in Reason},
            "runde": vocabularies.rounds(),
            "lov": self.provisions.acts(),
            "paragraf": self.provisions.options(),
            "hjemmelstype": {kind.value: Option.quoted(kind.label) for kind in BasisKind},
            "evaluering": known.designs(),
            "ekstern": known.external(),
            "evaluator": known.evaluators(self.user),
            "tal": known.figures(),
            "fund": known.findings(),
        }
        return {name: found[name] for name in CHOSEN}

    @property
    def narrowing(self) -> tuple[str, ...]:
        apart = (name for name in super().narrowing if name not in FIELDS)
        return (*apart, "fra", "til")

    def narrowed(self, without: str = "") -> TrialQuerySet:
        rows = super().narrowed(without)
        return self.standing.without(without).of(rows)

    @property
    def standing(self) -> Standing:
        """Whose status is asked for, which, and why."""
        return Standing(self.chosen("kommune"), self.chosen("status"), self.chosen("aarsag"), self.day)

    def counts(self, name: str) -> dict[str, int]:
        if name in FIELDS:
            return self.standing.counts(name, super().narrowed())
        if name == "paragraf":
            return self.provisions.counts(self.narrowed(without=name))
        return super().counts(name)

    def conditions(self, name: str) -> dict[str, Any]:
        if name == "tal":
            return known.figure_conditions(self.day)
        return self._findings if name == "fund" else super().conditions(name)

    @cached_property
    def _findings(self) -> dict[str, Q]:
        return known.finding_conditions(self.user)

    def on_day(self, rows: TrialQuerySet, day: date) -> TrialQuerySet:
        return rows.status_on(day)

    def in_order(self, rows: TrialQuerySet) -> TrialQuerySet:
        if self.order.endswith("status"):
            field = self.standing.field
            places = [When(**{field: status}, then=Value(place)) for place, status in enumerate(Status)]
            rows = rows.annotate(status_place=Case(*places, output_field=IntegerField()))
        return super().in_order(rows)

    @property
    def shown_as(self) -> str:
        """The value of `visning` in force."""
        given = self.data.get("visning")
        return given if given in LAYOUTS else next(iter(LAYOUTS))

    def layout(self) -> dict[str, str]:
        usual = self.shown_as == next(iter(LAYOUTS))
        return super().layout() | ({} if usual else {"visning": self.shown_as})

    def days(self) -> dict[str, date]:
        self.is_valid()
        given = {name: self.form.cleaned_data.get(name) for name in ("fra", "til")}
        return {name: day for name, day in given.items() if day} | super().days()

    def clause(self, name: str) -> str:
        """As the others; with municipalities chosen, status and reason are theirs."""
        chosen = self.chosen("kommune")
        if not chosen or name not in ("status", "aarsag"):
            return super().clause(name)
        whose = "kommunens status" if len(chosen) == 1 else "status i en af kommunerne"
        if name == "status":
            return f"hvor {whose} er {{}}"
        return "og årsagen er {}" if self.chosen("status") else f"hvor {whose} har årsagen {{}}"

    def said_days(self) -> list[str]:
        """The period in which the exemption entered into force, and the day as of which the rows are."""
        days = {name: date_format(day) for name, day in self.days().items()}
        if "fra" in days and "til" in days:
            period = [f"som er trådt i kraft ved lov i perioden {days['fra']} til {days['til']}"]
        elif "fra" in days:
            period = [f"som er trådt i kraft ved lov den {days['fra']} eller senere"]
        else:
            period = [f"som er trådt i kraft ved lov senest den {days['til']}"] if "til" in days else []
        return [*period, *super().said_days()]

    def entered_from(self, trials: TrialQuerySet, name: str, day: date) -> TrialQuerySet:
        return trials.filter(in_force_from__gte=day)

    def entered_to(self, trials: TrialQuerySet, name: str, day: date) -> TrialQuerySet:
        return trials.filter(in_force_from__lte=day)

    def under_provisions(self, trials: TrialQuerySet, name: str, codes: list[str]) -> TrialQuerySet:
        return trials.under_provisions([self.provisions.by_code[code] for code in codes])

    def of_kinds(self, trials: TrialQuerySet, name: str, kinds: list[str]) -> TrialQuerySet:
        return trials.resting_on_kinds(kinds)
