"""What is known of a trial beside its own fields: evaluations, figures and findings, as conditions on trials."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from trials import seen_findings
from trials.code_filter import Option
from trials.enums import DesignStatus
from trials.integrity import Severity
from trials.models import Coverage, Evaluation, Observation

NOT_TOLD = "ikke-oplyst"
"""The code for what no source says."""

NO_FINDINGS = "ingen"

FINDING_PHRASES = {Severity.ERROR: "en fejl", Severity.CONTRADICTION: "en modstrid", Severity.GAP: "en mangel"}


def designs() -> dict[str, Option]:
    """How far the evaluation design of one of the trial's evaluations has come; last that none is told."""
    coverages = Coverage.objects.filter(trial=OuterRef("pk"))
    own = coverages.filter(is_shared=False)
    rows = {status: own.filter(evaluation__design_status=status) for status in DesignStatus}
    rows[DesignStatus.SHARED] = coverages.filter(is_shared=True)
    found = {status.value: Option.quoted(status.label, condition=Exists(of)) for status, of in rows.items()}
    told = coverages.exclude(is_shared=False, evaluation__design_status="")
    return found | {NOT_TOLD: Option.quoted("Ikke oplyst", condition=~Exists(told))}


def external() -> dict[str, Option]:
    """Whether the register knows an external evaluation of the trial."""
    known = Exists(Coverage.objects.filter(trial=OuterRef("pk"), evaluation__is_external=True))
    return {
        "ja": Option("Ja", "med ekstern evaluering", condition=known),
        "nej": Option("Nej, ingen oplyst", "uden oplyst ekstern evaluering", condition=~known),
    }


def evaluators(user) -> dict[str, Option]:
    """The evaluators of the evaluations that `user` may see, by name; last that none is told. One query."""
    named = Evaluation.objects.visible_to(user).exclude(evaluator="")
    names = named.order_by("evaluator").values_list("evaluator", flat=True).distinct()
    coverages = Coverage.objects.filter(trial=OuterRef("pk"))
    told = {name: Option(name, name, condition=Exists(coverages.filter(evaluation__evaluator=name))) for name in names}
    unknown = ~Exists(coverages.exclude(evaluation__evaluator=""))
    return told | {NOT_TOLD: Option("Ikke oplyst", "en evaluator, der ikke er oplyst", condition=unknown)}


def figures() -> dict[str, Option]:
    """Whether the register has figures of the trial; see `figure_conditions`."""
    return {"ja": Option("Ja", "med aktivitetstal"), "nej": Option("Nej", "uden aktivitetstal")}


def figure_conditions(day: date | None) -> dict[str, Any]:
    """Which trials have figures, and which none; on a `day` those that were known by then."""
    rows = Observation.objects.known_by(day) if day else Observation.objects.all()
    known = Exists(rows.filter(trials=OuterRef("pk")))
    return {"ja": known, "nej": ~known}


def findings() -> dict[str, Option]:
    """What integrity finds of the trial, by severity; see `finding_conditions`."""
    by_severity = {each.value: Option(each.label, FINDING_PHRASES[each]) for each in Severity}
    return by_severity | {NO_FINDINGS: Option("Ingen fund", "intet")}


def finding_conditions(user) -> dict[str, Q]:
    """Which trials have findings of each severity as `user` sees them, and which none. One query (`seen_findings`)."""
    found: dict[str, set[int]] = {severity.value: set() for severity in Severity}
    for finding in seen_findings.findings(user):
        found[finding.severity].update(trial.pk for trial in finding.trials)
    conditions = {severity: Q(pk__in=sorted(trials)) for severity, trials in found.items()}
    return conditions | {NO_FINDINGS: ~Q(pk__in=sorted(set().union(*found.values())))}
