"""What stands in the cells of a network's sheets now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from networks.models import Municipality, Network
from trials.enums import Status
from trials.models import Milestone, Observation, Participation, StatusEvent, Trial
from trials.workspace.sheet.layout import FIGURES, MILESTONES, OVERRULED, PARTICIPATIONS, TRIALS
from trials.workspace.sheet.values import Known, written

Cells = dict[str, str]
"""The values of a row in their written form, by the column's key."""

Record = Trial | Participation | Observation | Milestone


@dataclass
class Snapshot:
    """The rows of every sheet that `user` may see, in a constant number of queries.

    A figure or a milestone that trials of other networks share is not this network's alone, and is left out.
    """

    network: Network
    user: object

    @cached_property
    def records(self) -> dict[str, dict[str, Record]]:
        """The records of each sheet by the id in their row."""
        trials = Trial.objects.visible_to(self.user).filter(network=self.network)
        parts = Participation.objects.visible_to(self.user).filter(trial__network=self.network)
        standing = Prefetch("events", StatusEvent.objects.in_effect(timezone.localdate()), to_attr="standing_events")
        found: dict[str, Iterable[Record]] = {
            TRIALS.key: trials.order_by("number").prefetch_related(standing),
            PARTICIPATIONS.key: parts.select_related("trial", "municipality")
            .order_by("trial__number", "municipality__sort_key")
            .prefetch_related(standing),
            FIGURES.key: self._own(Observation),
            MILESTONES.key: self._own(Milestone),
        }
        return {key: {row_id(record): record for record in rows} for key, rows in found.items()}

    @cached_property
    def rows(self) -> dict[str, dict[str, Cells]]:
        """The cells of each sheet by the row's id, as they are kept with a download."""
        return {
            key: {name: {k: written(v) for k, v in _VALUES[key](record).items()} for name, record in records.items()}
            for key, records in self.records.items()
        }

    @cached_property
    def known(self) -> Known:
        return Known(list(Municipality.objects.values_list("name", flat=True)), list(self.records[TRIALS.key]))

    @cached_property
    def members(self) -> set[str]:
        """The names of the municipalities that are, or were, in the network or one of its trials."""
        near = Q(memberships__network=self.network) | Q(participations__trial__network=self.network)
        return set(Municipality.objects.filter(near).values_list("name", flat=True))

    def _own(self, model) -> Iterable[Record]:
        near = Q(network=self.network) | Q(trials__network=self.network)
        found = model.objects.visible_to(self.user).filter(near).with_subjects().order_by("code").distinct()
        return [record for record in found if self._is_own(record)]

    def _is_own(self, record: Observation | Milestone) -> bool:
        nearby = {trial.network_id for trial in record.trials.all()} | {record.network_id}
        return nearby <= {self.network.pk, None}


def row_id(record: Record) -> str:
    """What a row is known by: the trial's id, with the municipality's code for its part in it, or the record's code."""
    if isinstance(record, Participation):
        return f"{record.trial.public_id}/{record.municipality.code}"
    return record.public_id if isinstance(record, Trial) else record.code


def current_event(subject: Trial | Participation) -> StatusEvent | None:
    """The event that gives the status today, of a record got by `Snapshot`."""
    return subject.standing_events[0] if subject.standing_events else None  # type: ignore[union-attr]


def _status(subject: Trial | Participation) -> dict:
    event = current_event(subject)
    return {
        "status": event.status if event else Status.UNKNOWN.value,
        "reason": event.reason if event else "",
        "effective_on": event.effective_on if event else None,
        "note": event.note if event else "",
        "confirmed_on": subject.confirmed_on,
    }


def _trial(trial: Trial) -> dict:
    fixed = ("title", "in_force_from", "in_force_to")
    return {"id": row_id(trial), **{name: getattr(trial, name) for name in fixed}, **_status(trial)}


def _participation(part: Participation) -> dict:
    return {
        "id": row_id(part),
        "trial": part.trial.title,
        "municipality": part.municipality.name,
        **_status(part),
        "decided_on": part.decided_on,
    }


def _of_trials(record: Observation | Milestone, names: tuple[str, ...]) -> dict:
    return {
        "id": record.code,
        "trials": [trial.public_id for trial in sorted(record.trials.all(), key=lambda each: each.number)],
        **{name: getattr(record, name) for name in (*names, "note", "date_text", "place")},
    }


def _figure(figure: Observation) -> dict:
    names = ("indicator", "value", "value_to", "unit", "accuracy", "from_on", "to_on", OVERRULED)
    municipalities = sorted(figure.municipalities.all(), key=lambda each: each.sort_key)
    return {**_of_trials(figure, names), "municipalities": [each.name for each in municipalities]}


def _milestone(milestone: Milestone) -> dict:
    return _of_trials(milestone, ("kind", "label", "planned_from", "planned_to", "actual_from", "actual_to"))


_VALUES: dict[str, Callable[[Any], dict]] = {
    TRIALS.key: _trial,
    PARTICIPATIONS.key: _participation,
    FIGURES.key: _figure,
    MILESTONES.key: _milestone,
}
