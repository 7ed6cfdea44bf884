"""The step for when an evaluation takes place: the milestones that are its own."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from trials.enums import MilestoneKind
from trials.models import Evaluation, Milestone
from trials.workspace.design import fields
from trials.workspace.design.steps import Step

KINDS = {"midterm": MilestoneKind.EVALUATION_MIDTERM, "final": MilestoneKind.EVALUATION_FINAL}
"""What each field of the form begins with, and the kind of milestone that it is about."""

TO = "Lad feltet stå tomt, hvis det er en enkelt dag."
WORDS = "Kan udelades: »sommeren 2019«, »når sidste forløb er slut«."


class MilestonesStep(Step):
    """A midterm and a final evaluation of this evaluation's own. What a source says is not changed here."""

    slug, title = "milepaele", "Hvornår der evalueres"
    lead = (
        "En årstid eller en måned er en periode: skriv dens første og sidste dag. Er en evaluerings felter tomme, er "
        "den ikke planlagt her."
    )

    midterm_from = fields.day("Midtvejsevaluering, planlagt fra")
    midterm_to = fields.day("Midtvejsevaluering, planlagt til", TO)
    midterm_words = fields.text("date_text", "Midtvejsevaluering, tidspunktet med ord", WORDS, 1, Milestone)
    final_from = fields.day("Slutevaluering, planlagt fra")
    final_to = fields.day("Slutevaluering, planlagt til", TO)
    final_words = fields.text("date_text", "Slutevaluering, tidspunktet med ord", WORDS, 1, Milestone)

    def stored(self) -> dict[str, Any]:
        own = own_milestones(self.record)
        stored: dict[str, Any] = {}
        for name, kind in KINDS.items():
            milestone = own.get(kind) or Milestone()
            stored[f"{name}_from"], stored[f"{name}_to"] = milestone.planned_from, milestone.planned_to
            stored[f"{name}_words"] = milestone.date_text
        return stored

    def clean(self) -> dict[str, Any]:
        """A day alone is a period of one day."""
        for name in KINDS:
            first, last = self.cleaned_data.get(f"{name}_from"), self.cleaned_data.get(f"{name}_to")
            if first and not last and f"{name}_to" not in self.errors:
                self.cleaned_data[f"{name}_to"] = first
        return self.cleaned_data

    def check(self, values: dict[str, Any]) -> None:
        faults = [_fault(kind, values[f"{name}_from"], values[f"{name}_to"]) for name, kind in KINDS.items()]
        if any(faults):
            raise ValidationError([fault for fault in faults if fault])

    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        own = own_milestones(self.record)
        for name, kind in KINDS.items():
            told = {
                "planned_from": values[f"{name}_from"],
                "planned_to": values[f"{name}_to"],
                "date_text": values[f"{name}_words"],
            }
            if any(field.startswith(name) for field in changed):
                _put(self.record, kind, own.get(kind), told)


def own_milestones(evaluation: Evaluation) -> dict[str, Milestone]:
    """The evaluation's own midterm and final milestone by kind, the oldest of each. One query."""
    found = Milestone.objects.filter(evaluation=evaluation, kind__in=KINDS.values()).order_by("-code")
    return {milestone.kind: milestone for milestone in found}


def set_trials(evaluation: Evaluation) -> None:
    """Lets the evaluation's own milestones be those of the trials that it covers."""
    for milestone in evaluation.milestones.all():
        milestone.network_id = _network(evaluation)
        milestone.save()
        milestone.trials.set(evaluation.trials.all())


def _network(evaluation: Evaluation) -> int | None:
    """The primary key of the network of all its trials; None when they are of several."""
    networks = set(evaluation.trials.values_list("network", flat=True))
    return networks.pop() if len(networks) == 1 else None


def _put(evaluation: Evaluation, kind: MilestoneKind, milestone: Milestone | None, told: dict[str, Any]) -> None:
    """Make, change or remove one milestone so that it says what is told."""
    if not any(told.values()) and milestone and not (milestone.actual_from or milestone.actual_to):
        milestone.delete()
        return
    if milestone is None:
        milestone = Milestone(evaluation=evaluation, kind=kind, label=kind.label, network_id=_network(evaluation))
    for name, value in told.items():
        setattr(milestone, name, value)
    milestone.full_clean()
    milestone.save()
    milestone.trials.set(evaluation.trials.all())


def _fault(kind: MilestoneKind, first: date | None, last: date | None) -> str:
    if last and not first:
        return f"{kind.label}: skriv også, hvornår perioden begynder."
    if first and last and last < first:
        return f"{kind.label}: perioden slutter, før den begynder."
    return ""
