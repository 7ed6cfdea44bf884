"""The findings as pages show them, looked for anew only when the register has changed.

The rules read the whole register, which takes half a second; a page of one trial shows what concerns that trial.
"""

from trials.integrity import Finding, find_visible_to
from trials.remembered import Remembered, forget

__all__ = ["findings", "findings_for", "forget"]

findings: Remembered[list[Finding]] = Remembered(find_visible_to)
"""All findings that `user` may see. One query, unless the register has changed since they were last asked for."""


def findings_for(subject, user) -> list[Finding]:
    """Those that concern `subject`: a trial, a network or a municipality."""
    return [finding for finding in findings(user) if finding.concerns(subject)]
