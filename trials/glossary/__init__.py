"""The words of the field in plain Danish, each explained in one place.

The page of the glossary, the explanations of words on other pages and the search all read them here. The meanings of
statuses and designs are those of `trials.enums`.
"""

from trials.glossary.evaluation import EVALUATION, METHODS
from trials.glossary.law import LAW
from trials.glossary.learning import FIGURES, SOURCES
from trials.glossary.status import OUTCOMES, REASONS, STATUS
from trials.glossary.taking_part import TAKING_PART
from trials.glossary.term import Term, TermGroup

__all__ = ["GROUPS", "TERMS", "Term", "TermGroup", "named"]

GROUPS = [TAKING_PART, LAW, STATUS, REASONS, OUTCOMES, EVALUATION, METHODS, FIGURES, SOURCES]

TERMS = {term.slug: term for group in GROUPS for term in group.terms}
"""Every term by its anchor."""

_NAMED = {term.name: term for term in TERMS.values() if not term.about}


def named(name: str) -> Term | None:
    """The term with this name, when the name alone says which."""
    return _NAMED.get(name)
