"""The filter of the list of milestones and its calendar (see `trials.code_filter`)."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.formats import date_format

from networks.models import Membership
from trials import search
from trials.activity_querysets import MilestoneQuerySet
from trials.code_filter import CodeFilterSet, Codes, Option, SearchText, Sorting
from trials.enums import MilestoneKind
from trials.filters import UNKNOWN_MUNICIPALITY, UNKNOWN_NETWORK, UNKNOWN_TRIAL, municipalities, networks, trials
from trials.filters.period import BoundingDay, Period
from trials.models import Milestone, Participation

_BEGINS = Coalesce("actual_from", "actual_to", "planned_from", "planned_to")
_ENDS = Coalesce("actual_to", "actual_from", "planned_to", "planned_from")
ORDERS: dict[str, tuple[str, list]] = {
    "dato": ("Tidspunkt, ældste først", [_BEGINS.asc(nulls_last=True), _ENDS.asc(nulls_last=True), "code"]),
    "-dato": ("Tidspunkt, nyeste først", [_BEGINS.desc(nulls_last=True), _ENDS.desc(nulls_last=True), "code"]),
}
"""The values of `sortering`: by the time it happened or, when that is not known, is planned for."""

UNDATED = Q(planned_from=None, planned_to=None, actual_from=None, actual_to=None)
"""The milestones without any time."""


class MilestoneFilter(CodeFilterSet):
    """The milestones that a user may see, by what an address asks for.

    A milestone is of a municipality that takes part in one of its trials or, when it names none, is in its network.
    It is in a period that its planned or its actual time overlaps; one without any time is in no period.
    """

    list_name = "trials:milestone_list"
    listing = "milepaele"
    orders = ORDERS
    noun = ("milepæl", "milepæle")
    paths = {"netvaerk": "network__number", "forsoeg": "trials__public_id", "art": "kind"}
    clauses = {
        "netvaerk": "i netværket {}",
        "kommune": "i {}",
        "forsoeg": "for forsøget {}",
        "art": "af arten {}",
    }
    unfolded = ("netvaerk", "art")
    day_groups = {
        "fra": ("Periode", {"fra": "Fra og med", "til": "Til og med"}),
        "pr": ("Som det var på en dag", {"pr": "Dag"}),
    }
    hints = {
        "fra": "Den planlagte eller den faktiske tid ligger helt eller delvist i perioden.",
        "pr": "Det, der var sket den dag, og de planer, der var meldt ud.",
    }

    q = SearchText()
    netvaerk = Codes("Netværk", UNKNOWN_NETWORK, "by_path")
    art = Codes("Art", "Der er ingen art med koden »%(value)s«.", "by_path")
    kommune = Codes("Kommune", UNKNOWN_MUNICIPALITY, "in_municipalities")
    forsoeg = Codes("Forsøg", UNKNOWN_TRIAL, "by_path")
    fra = BoundingDay(label="Fra og med")
    til = BoundingDay(label="Til og med")
    sortering = Sorting(ORDERS)

    class Meta:
        model = Milestone
        fields = ()
        form = Period

    def __init__(self, data: QueryDict, user) -> None:
        self.user = user
        super().__init__(data, Milestone.objects.visible_to(user))

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries.

        Municipalities, trials and kinds are only offered where there is a milestone to find.
        """
        return {
            "netvaerk": networks(),
            "art": {kind.value: Option.quoted(kind.label, listed=False) for kind in MilestoneKind},
            "kommune": municipalities(listed=False),
            "forsoeg": trials(self.user, listed=False),
        }

    def on_day(self, rows: MilestoneQuerySet, day: date) -> MilestoneQuerySet:
        return rows.known_by(day)

    def days(self) -> dict[str, date]:
        self.is_valid()
        given = {name: self.form.cleaned_data.get(name) for name in ("fra", "til")}
        return {name: day for name, day in given.items() if day} | super().days()

    def said_days(self) -> list[str]:
        """How the sentence says the period and the day: fra og med 1. juni 2019."""
        days = {name: date_format(day) for name, day in self.days().items()}
        said = [f"fra og med {days['fra']}"] if "fra" in days else []
        said += [f"til og med {days['til']}"] if "til" in days else []
        return [*said, *super().said_days()]

    def narrowed(self, without: str = "") -> MilestoneQuerySet:
        rows, days = super().narrowed(without), self.days()
        if "fra" not in days and "til" not in days:
            return rows
        first, last = days.get("fra", date.min), days.get("til", date.max)
        rows = rows.alias(
            planned_begins=Coalesce("planned_from", "planned_to"),
            planned_ends=Coalesce("planned_to", "planned_from"),
            began=Coalesce("actual_from", "actual_to"),
            ended=Coalesce("actual_to", "actual_from"),
        )
        planned = Q(planned_begins__lte=last, planned_ends__gte=first)
        return rows.filter(planned | Q(began__lte=last, ended__gte=first))

    def undated(self) -> int:
        """How many of the milestones found have no time. One query."""
        return self.narrowed().filter(UNDATED).count()

    def counts(self, name: str) -> dict[str, int]:
        if name != "kommune":
            return super().counts(name)
        rows = self.narrowed(without=name)
        of_trials = Participation.objects.visible_to(self.user).filter(trial__milestones__in=rows)
        of_networks = Membership.objects.filter(network__milestones__in=rows.filter(trials=None))
        found: Counter[str] = Counter()
        for counted, path in ((of_trials, "trial__milestones"), (of_networks, "network__milestones")):
            numbers = counted.order_by().values_list("municipality__code").annotate(Count(path, distinct=True))
            found.update(dict(numbers))
        return found

    def in_municipalities(self, rows: MilestoneQuerySet, name: str, codes: list[str]) -> MilestoneQuerySet:
        takes_part = Participation.objects.visible_to(self.user).filter(municipality__code__in=codes)
        members = Membership.objects.filter(municipality__code__in=codes)
        of_trials = Milestone.objects.filter(trials__participations__in=takes_part)
        of_networks = Milestone.objects.filter(trials=None, network__memberships__in=members)
        return rows.filter(Q(pk__in=of_trials.values("pk")) | Q(pk__in=of_networks.values("pk")))

    def find(self, rows: MilestoneQuerySet, name: str, text: str) -> MilestoneQuerySet:
        """Those whose label, kind, time, remark or code has every word of `text`. They are few and are read for it."""
        if not text:
            return rows
        told = rows.order_by().values_list("pk", "kind", "code", "label", "date_text", "note")
        found = [pk for pk, kind, *texts in told if search.has_words([*texts, MilestoneKind(kind).label], text)]
        return rows.filter(pk__in=found)
