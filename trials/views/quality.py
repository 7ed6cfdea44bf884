"""What the source says against itself, what is missing, and what the registry shows meanwhile."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials import seen_findings
from trials.integrity import RULES, Finding, Rule, Severity
from trials.views.as_of import on_a_day
from trials.views.listing import downloads


@dataclass(frozen=True)
class Group:
    """The findings of one rule."""

    rule: Rule
    findings: list[Finding]


@dataclass(frozen=True)
class Choice:
    """A severity to choose, or all of them (`code` empty), with the number of findings."""

    code: str
    label: str
    count: int
    url: str


@require_safe
@on_a_day
def quality(request: HttpRequest, day: date | None) -> HttpResponse:
    """The findings, by severity and rule; status 400 and the reason when the severity asked for is unknown."""
    found = seen_findings.findings(request.user)
    asked = [value for value in request.GET.getlist("alvor") if value.strip()]
    unknown = [value for value in asked if value not in Severity.values]
    context: dict[str, Any] = {"choices": _choices(found), "chosen": asked[0] if len(asked) == 1 else "", "day": day}
    if unknown:
        errors = [f"Der er ingen alvor med koden »{value[:60]}«." for value in unknown]
        return render(request, "quality/quality.html", context | {"errors": errors}, status=400)
    shown = [severity for severity in Severity if not asked or severity.value in asked]
    context["downloads"] = downloads("modstrid", urlencode({"alvor": asked}, doseq=True))
    context["groups"] = [(severity, groups_of(found, severity)) for severity in shown]
    return render(request, "quality/quality.html", context)


def groups_of(found: list[Finding], severity: Severity) -> list[Group]:
    """The findings of a severity by rule, in the order of the rules; rules that found nothing are left out."""
    rules = [rule for rule in RULES.values() if rule.severity == severity]
    groups = [Group(rule, [finding for finding in found if finding.code == rule.code]) for rule in rules]
    return [group for group in groups if group.findings]


def _choices(found: list[Finding]) -> list[Choice]:
    address, counts = reverse("trials:quality"), Counter(finding.severity for finding in found)
    every = Choice("", "Alle", len(found), address)
    return [every, *(Choice(s.value, s.label, counts[s], f"{address}?alvor={s.value}") for s in Severity)]
