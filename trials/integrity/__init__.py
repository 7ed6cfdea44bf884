"""What is wrong, contradictory or missing in the register: one rule a function, one file a group of rules.

Start at `find_visible_to(user)` or `findings_for(subject, user)`; `find()` is the whole register, drafts included,
for commands and editors. All of it is loaded in a number of queries that does not grow with the register.
"""

from trials.integrity import (  # noqa: F401
    dates,
    figures,
    gaps,
    likeness,
    reader,
    records,
    statuses,
    words,
)
from trials.integrity.finding import RULES, Finding, Place, Rule, Severity
from trials.integrity.register import EVERYONE, Register

__all__ = ["RULES", "Finding", "Place", "Rule", "Severity", "find", "find_visible_to", "findings_for"]


def find(user=EVERYONE, codes=None) -> list[Finding]:
    """The findings of the whole register, or of what `user` may see of it; with `codes`, of these rules only.

    Errors first, then contradictions and gaps; within each in the order of the rules, and of the trials.
    """
    register = Register(user)
    rules = [each for each in RULES.values() if codes is None or each.code in codes]
    order = list(Severity)
    return [
        finding
        for each in sorted(rules, key=lambda each: order.index(each.severity))
        for finding in each.find(register)
    ]


def find_visible_to(user) -> list[Finding]:
    """The findings of what `user` may see: what concerns drafts is for editorial staff only."""
    return find(user)


def findings_for(subject, user) -> list[Finding]:
    """The findings that concern `subject` (a trial, a network or a municipality), as far as `user` may see them."""
    return [finding for finding in find(user) if finding.concerns(subject)]
