"""A single trial as JSON: everything public of it, in the columns of the lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Q

from trials import seen_findings
from trials.code_filter import CodeFilterSet
from trials.exports import json_object, rights
from trials.exports.listing import Absolute, Extract
from trials.exports.listings import LISTINGS
from trials.models import (
    Correction,
    Coverage,
    Evaluation,
    Experience,
    LegalBasis,
    Milestone,
    Observation,
    Outcome,
    Participation,
    SourceCell,
    StatusEvent,
    Trial,
)


@dataclass(frozen=True)
class Subset:
    """The rows of a list that belong to one trial, as its columns take them from a filter."""

    qs: Any
    user: Any
    day: date | None


def document(trial: Trial, user: Any, day: date | None, absolute: Absolute) -> dict[str, Any]:
    """The trial as `user` may see it, its status, figures and milestones as of `day` or today.

    Under `forsoeg` the row of the trial itself, then under the name of each list the rows of it that belong to the
    trial. A constant number of queries.
    """
    found = {name: _rows(name, qs, user, day, absolute) for name, qs in _parts(trial, user, day)}
    (own,) = found.pop("forsoeg")
    (texts,) = found.pop("forsoegstekster")
    return {
        "url": own["url"],
        "pr": day.isoformat() if day else None,
        "kilde": rights.SOURCE,
        "rettigheder": rights.TERMS,
        "forsoeg": own | texts,
        **found,
    }


def _rows(name: str, qs: Any, user: Any, day: date | None, absolute: Absolute) -> list[dict[str, object]]:
    subset = cast(CodeFilterSet, Subset(qs, user, day))
    return [json_object.typed(record) for record in Extract(LISTINGS[name], subset, absolute).records]


def _parts(trial: Trial, user: Any, day: date | None) -> Iterator[tuple[str, Any]]:
    """Of each list the rows that belong to the trial, in the list's order."""
    itself = Trial.objects.visible_to(user).filter(pk=trial.pk)
    yield "forsoeg", itself.status_on(day) if day else itself
    yield "forsoegstekster", itself
    participations = Participation.objects.visible_to(user).filter(trial=trial).in_danish_order()
    yield "deltagelser", participations.status_on(day) if day else participations
    events = StatusEvent.objects.visible_to(user).filter(Q(trial=trial) | Q(participation__trial=trial))
    events = events.filter(effective_on__lte=day) if day else events
    yield "statushaendelser", events.order_by("known_on", "effective_on", "key")
    yield "hjemmelsgrundlag", LegalBasis.objects.visible_to(user).filter(trial=trial).in_order()
    covered = Evaluation.objects.visible_to(user).filter(
        pk__in=Coverage.objects.filter(trial=trial).values("evaluation")
    )
    yield "evalueringer", covered.with_next_milestone(user).order_by("code")
    yield "evaluerede_forsoeg", Coverage.objects.visible_to(user).filter(trial=trial).order_by("evaluation__code")
    figures = Observation.objects.visible_to(user).filter(trials=trial).in_order()
    yield "aktivitetstal", figures.known_by(day) if day else figures
    yield "erfaringer", Experience.objects.visible_to(user).filter(trials=trial).order_by("code")
    milestones = Milestone.objects.visible_to(user).filter(trials=trial).order_by("code")
    yield "milepaele", milestones.known_by(day) if day else milestones
    yield "udfald", Outcome.objects.visible_to(user).filter(trial=trial).order_by("decision", "is_expected")
    yield "modstrid", seen_findings.findings_for(trial, user)
    placed = ("source__published_on", "table", "row", "column")
    yield "kildeceller", SourceCell.objects.visible_to(user).filter(trial=trial).order_by(*placed)
    corrections = Correction.objects.visible_to(user).filter(cell__trial=trial)
    yield "rettelser", corrections.order_by(*(f"cell__{field}" for field in placed), "verbatim")
