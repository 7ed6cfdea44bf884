"""What an evaluation design still lacks before it can be marked submitted. The one place where that is decided.

An order requires of a design at least the expected results, the target group, and the method with any baseline
measurements (VIVE 2019, section 0.3).
"""

from dataclasses import dataclass

from trials.enums import Element, Method
from trials.models import Evaluation


@dataclass(frozen=True)
class MissingElement:
    """Something a design lacks: the evaluation's field that it is about, its name, and a sentence that says so."""

    field: str
    label: str
    sentence: str


@dataclass(frozen=True)
class RequiredElement:
    """An element of a design: its words and how far they are there, as fields of an evaluation."""

    field: str
    state: str
    label: str
    definite: str


REQUIRED = (
    RequiredElement("expected_results", "results_element", "Forventede resultater", "De forventede resultater"),
    RequiredElement("target_group", "target_group_element", "Målgruppe", "Målgruppen"),
    RequiredElement("method", "method_element", "Evalueringsmetode", "Evalueringsmetoden"),
)
BASELINE = RequiredElement("baseline", "baseline_element", "Baselinemålinger", "Baselinemålingerne")
"""Required only of a design that has any."""


def missing_elements(evaluation: Evaluation) -> list[MissingElement]:
    """What `evaluation` lacks before its design can be marked submitted, in the order of the law; empty when nothing.

    An element is there when it has words and its keeper says that they describe it wholly. Reads the evaluation's
    traits: have them at hand (`prefetch_related("traits")`) when asking of several.
    """
    required = [*REQUIRED, *([BASELINE] if has_baseline(evaluation) else [])]
    lacking = [(element, _lack(evaluation, element)) for element in required]
    return [MissingElement(element.field, element.label, sentence) for element, sentence in lacking if sentence]


def said_lacking(evaluation: Evaluation) -> list[str]:
    """The required elements that the source or the keeper of `evaluation` says are missing, wholly or partly. One of
    which nothing is said is not among them.
    """
    partly = {Element.MISSING: "", Element.PARTLY: " (kun delvist)"}
    said = [(element.label.lower(), getattr(evaluation, element.state)) for element in REQUIRED]
    return [f"{label}{partly[Element(state)]}" for label, state in said if state in partly]


def has_baseline(evaluation: Evaluation) -> bool:
    """Whether the design has baseline measurements: by its methods, its words or its keeper's word."""
    said = evaluation.baseline_element in (Element.PRESENT, Element.PARTLY)
    by_method = any(trait.trait == Method.BASELINE for trait in evaluation.traits.all())
    return said or by_method or bool(evaluation.baseline.strip())


def _lack(evaluation: Evaluation, element: RequiredElement) -> str:
    """What is lacking of one element, in a sentence; empty when it is there."""
    state = getattr(evaluation, element.state)
    if not getattr(evaluation, element.field).strip():
        return f"{element.definite} er ikke beskrevet."
    if state == Element.PRESENT:
        return ""
    if state == Element.PARTLY:
        return f"{element.definite} er kun delvist beskrevet."
    if state == Element.MISSING:
        return f"{element.definite} er sat til »{Element.MISSING.label}«, selv om der er skrevet noget."
    return f"Angiv, om {element.definite[0].lower()}{element.definite[1:]} er fuldt beskrevet."
