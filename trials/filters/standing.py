"""Status and its reason as a filter asks for them: the trial's own, or those of the municipalities that are chosen."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from trials.models import Participation
from trials.querysets import ParticipationQuerySet, TrialQuerySet

FIELDS = {"kommune": "municipalities", "status": "statuses", "aarsag": "reasons"}
"""The parameters that are read together, and where each is kept."""


@dataclass(frozen=True)
class Standing:
    """What is asked for; an empty list asks for nothing.

    Without municipalities it is the trial that has one of the statuses, for one of the reasons. With municipalities it
    is the part that at least one of them takes in the trial. On a `day` it is how things stood then.
    """

    municipalities: list[str]
    statuses: list[str]
    reasons: list[str]
    day: date | None = None

    def of(self, trials: TrialQuerySet) -> TrialQuerySet:
        """Those of `trials` that stand so; on a day they come from `status_on`."""
        if not self.municipalities:
            return self._standing(trials)
        return trials.filter(Exists(self._parts().filter(trial=OuterRef("pk"))))

    def counts(self, name: str, trials: TrialQuerySet) -> dict[str, int]:
        """How many of `trials` stand so with just each value of the parameter `name`, by value. One query."""
        asked = self.without(name)
        if name != "kommune" and not self.municipalities:
            rows, trial = asked._standing(trials), "pk"
        else:
            rows, trial = asked._parts().filter(trial__in=trials.values("pk")), "trial"
        if name == "aarsag":
            rows = rows.reason_on(self.day)
        path = {"kommune": "municipality__code", "status": self.field, "aarsag": "reason_then"}[name]
        return dict(rows.order_by().values_list(path).annotate(Count(trial, distinct=True)))

    def without(self, name: str) -> "Standing":
        """The same less the parameter `name`, if it is one of these."""
        fields: dict[str, Any] = {FIELDS[name]: []} if name in FIELDS else {}
        return replace(self, **fields)

    @property
    def field(self) -> str:
        """The field, or on a day the annotation, with the status."""
        return "status_then" if self.day else "status"

    def _parts(self) -> ParticipationQuerySet:
        parts = Participation.objects.all()
        if self.day:
            parts = parts.status_on(self.day)
        if self.municipalities:
            parts = parts.filter(municipality__code__in=self.municipalities)
        return self._standing(parts)

    def _standing(self, rows: Any) -> Any:
        """Those of `rows`, trials or participations, that have the status and the reason themselves."""
        if self.statuses:
            rows = rows.filter(**{f"{self.field}__in": self.statuses})
        if self.reasons:
            rows = rows.reason_on(self.day).filter(reason_then__in=self.reasons)
        return rows
