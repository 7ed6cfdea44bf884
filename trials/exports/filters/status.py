"""The filters of the lists of participations and of status events. Both follow the day."""

from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from trials.code_filter import Codes, Option, SingleValues
from trials.enums import Status
from trials.exports.filters.record import RecordFilter, in_municipality, in_network, of_trial
from trials.filters import NUMBERED
from trials.models import Participation, StatusEvent
from trials.querysets import ParticipationQuerySet, StatusEventQuerySet

IN_TRIAL_ORDER = tuple(f"trial__{field}" for field in NUMBERED)
"""The order of the trials' ids, seen from what belongs to one."""


def _statuses() -> Codes:
    return Codes("Status", "Der er ingen status med koden »%(value)s«.", "by_field")


def _status_options() -> dict[str, Option]:
    return {status.value: Option.quoted(status.label) for status in Status}


class ParticipationFilter(RecordFilter):
    """Participations; on a day by the status that each had then."""

    listing = "deltagelser"
    noun = ("deltagelse", "deltagelser")
    paths = {
        "netvaerk": "trial__network__number",
        "kommune": "municipality__code",
        "forsoeg": "trial__public_id",
        "status": "status",
    }
    clauses = {**RecordFilter.clauses, "kommune": "for {}", "status": "med status {}"}
    fixed_order = (*IN_TRIAL_ORDER, "municipality__sort_key")

    netvaerk = in_network()
    kommune = in_municipality()
    forsoeg = of_trial()
    status = _statuses()

    class Meta:
        model = Participation
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries."""
        return super().make_vocabularies() | {"status": _status_options()}

    def on_day(self, rows: ParticipationQuerySet, day: date) -> ParticipationQuerySet:
        return rows.status_on(day)

    def path(self, name: str) -> str:
        return "status_then" if name == "status" and self.day else super().path(name)


class StatusEventFilter(RecordFilter):
    """Status events of trials and of municipalities in them; on a day those effective by then."""

    listing = "statushaendelser"
    noun = ("statushændelse", "statushændelser")
    paths = {
        "netvaerk": "of_network",
        "kommune": "participation__municipality__code",
        "forsoeg": "of_trial",
        "status": "status",
    }
    clauses = {**RecordFilter.clauses, "kommune": "for {}", "status": "med status {}"}
    fixed_order = ("known_on", "effective_on", "of_network", "of_number", "key")

    netvaerk = in_network()
    kommune = in_municipality()
    forsoeg = of_trial()
    status = _statuses()

    class Meta:
        model = StatusEvent
        fields = ()
        form = SingleValues

    def seen(self) -> QuerySet:
        """What the user may see, each event with what trial it is of, whether itself or a municipality in it."""
        return (
            super()
            .seen()
            .annotate(
                of_network=Coalesce("trial__network__number", "participation__trial__network__number"),
                of_number=Coalesce("trial__number", "participation__trial__number"),
                of_trial=Coalesce("trial__public_id", "participation__trial__public_id"),
            )
        )

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries."""
        return super().make_vocabularies() | {"status": _status_options()}

    def on_day(self, rows: StatusEventQuerySet, day: date) -> StatusEventQuerySet:
        return rows.filter(effective_on__lte=day)
