"""A design as a whole: what each step holds, how far it has come, and what is lacking."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from trials.enums import DESIGN_MEANINGS, Approach, DesignStatus, Element, Method, Publication
from trials.models import Evaluation
from trials.periods import in_words
from trials.workspace.design import steps
from trials.workspace.design.coverage import TrialsStep
from trials.workspace.design.elements import MissingElement, has_baseline, missing_elements
from trials.workspace.design.milestones import KINDS, MilestonesStep, own_milestones

STEPS: dict[str, type[steps.Step]] = {
    step.slug: step
    for step in (
        steps.ResultsStep,
        steps.TargetGroupStep,
        steps.MethodStep,
        steps.BaselineStep,
        steps.EvaluatorStep,
        MilestonesStep,
        TrialsStep,
        steps.StatusStep,
    )
}
"""The steps by their names in the address, in order."""

UNKNOWN = "Ikke oplyst"


@dataclass(frozen=True)
class Part:
    """A step as the overview shows it. `mark` is the code of a tag, `state` the word beside it; `facts` are label and
    value, in lines."""

    slug: str
    title: str
    mark: str
    state: str
    facts: list[tuple[str, str]]
    url: str


class DesignOverview:
    """What is known of the design of an evaluation got by `with_all_coverages`, with its traits at hand."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

    @cached_property
    def missing(self) -> list[MissingElement]:
        """What keeps the design from being marked submitted."""
        return missing_elements(self.evaluation)

    @property
    def is_submitted(self) -> bool:
        return self.evaluation.design_status == DesignStatus.SUBMITTED

    @property
    def meaning(self) -> str:
        """How far the design has come, in a sentence."""
        status = self.evaluation.design_status
        return (
            DESIGN_MEANINGS[DesignStatus(status)]
            if status
            else "Det er ikke oplyst, hvor langt evalueringsdesignet er."
        )

    @cached_property
    def parts(self) -> list[Part]:
        made = self.evaluation
        return [
            self._element("resultater", "expected_results", "results_element"),
            self._element("maalgruppe", "target_group", "target_group_element"),
            self._element("metode", "method", "method_element", self._method_facts()),
            self._element("baseline", "baseline", "baseline_element", optional=not has_baseline(made)),
            self._told("evaluator", self._evaluator_facts()),
            self._told("milepaele", self._milestone_facts()),
            self._told("forsoeg", [("Forsøg", "\n".join(self._trials()) or UNKNOWN)]),
            self._told("status", [("Evalueringsdesign", made.get_design_status_display() or UNKNOWN)]),
        ]

    @property
    def filled(self) -> int:
        """How many of the parts are filled in."""
        return sum(part.mark == Element.PRESENT for part in self.parts)

    def _element(self, slug: str, field: str, state: str, more=(), optional: bool = False) -> Part:
        lacking = any(lack.field == field for lack in self.missing)
        words = getattr(self.evaluation, field)
        judged = self.evaluation._meta.get_field(state).verbose_name, getattr(self.evaluation, f"get_{state}_display")()
        label = str(self.evaluation._meta.get_field(field).verbose_name).capitalize()
        facts = [(label, words or UNKNOWN), (judged[0].capitalize(), judged[1] or "Ikke vurderet"), *more]
        if optional:
            return self._part(slug, "", "Ingen oplyst, ikke et krav", facts)
        if not lacking:
            return self._part(slug, Element.PRESENT, "Udfyldt", facts)
        if words:
            return self._part(slug, Element.PARTLY, "Mangler noget", facts)
        return self._part(slug, Element.MISSING, "Mangler", facts)

    def _told(self, slug: str, facts: list[tuple[str, str]]) -> Part:
        known = [value for _, value in facts if value != UNKNOWN]
        if len(known) == len(facts):
            return self._part(slug, Element.PRESENT, "Udfyldt", facts)
        return self._part(slug, "", "Delvist oplyst" if known else UNKNOWN, facts)

    def _part(self, slug: str, mark: str, state: str, facts: list[tuple[str, str]]) -> Part:
        url = reverse("trials:evaluation_step", args=[self.evaluation.slug, slug])
        return Part(slug, STEPS[slug].title, mark, state, facts, url)

    def _method_facts(self) -> list[tuple[str, str]]:
        traits = {trait.trait for trait in self.evaluation.traits.all()}
        approaches = ", ".join(each.label for each in Approach if each in traits)
        methods = ", ".join(each.label for each in Method if each in traits)
        said = [("Tilgang", approaches or UNKNOWN), ("Metoder", methods or UNKNOWN)]
        return [*said, ("Sammenligningsgruppe", self.evaluation.comparison or UNKNOWN)]

    def _evaluator_facts(self) -> list[tuple[str, str]]:
        made, words = self.evaluation, {True: "Ja", False: "Nej", None: UNKNOWN}
        return [
            ("Evaluator", made.evaluator or UNKNOWN),
            ("Ekstern", words[made.is_external]),
            ("Må deles", words[made.may_be_shared]),
        ]

    def _milestone_facts(self) -> list[tuple[str, str]]:
        own, facts = own_milestones(self.evaluation), []
        for kind in KINDS.values():
            milestone = own.get(kind)
            when = in_words(milestone.planned_from, milestone.planned_to) if milestone else ""
            words = f"»{milestone.date_text}«" if milestone and milestone.date_text else ""
            facts.append((str(kind.label), ", ".join(filter(None, (when, words))) or UNKNOWN))
        return facts

    def _trials(self) -> list[str]:
        trials = [coverage.trial for coverage in self.evaluation.visible_coverages]
        drafts = {trial for trial in trials if trial.publication == Publication.DRAFT}
        return [f"{trial.public_id} {trial.title}{' (kladde)' if trial in drafts else ''}" for trial in trials]
