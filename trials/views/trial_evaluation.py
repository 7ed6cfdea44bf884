"""The evaluations of a trial as its page shows them."""

from dataclasses import dataclass

from networks.importers.merge import digest
from trials.enums import DESIGN_LACKING, DESIGN_MEANINGS, Approach
from trials.models import Coverage, Evaluation


@dataclass(frozen=True)
class DesignPart:
    """An element of the design: how far it is there, and the words that show it.

    `is_quoted`: the words are the source's, as imported.
    """

    label: str
    state: str
    words: str
    is_quoted: bool


class Covered:
    """An evaluation as the page of one of its trials shows it."""

    ELEMENTS = {
        "expected_results": "results_element",
        "target_group": "target_group_element",
        "method": "method_element",
        "baseline": "baseline_element",
    }
    """The fields of the design, each with the field that says how far it is there."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.others = [other for other in coverage.evaluation.visible_coverages if other.trial_id != coverage.trial_id]

    @property
    def is_apart(self) -> bool:
        """Whether it is an evaluation by others beside the trial's own, with no design known."""
        return not self.coverage.evaluation.design_status

    @property
    def sentence(self) -> str:
        """How it stands with the trial's own evaluation."""
        status = self.coverage.design_status
        return DESIGN_MEANINGS[status] if status else ""

    @property
    def is_unfinished(self) -> bool:
        """Whether the reader asks why; the trial's own status then stands beside."""
        return self.coverage.design_status in DESIGN_LACKING

    @property
    def described_under(self) -> list[Coverage]:
        """Under which other trials the source describes the evaluation."""
        return [other for other in self.others if self.coverage.is_shared and not other.is_shared]

    @property
    def also_covers(self) -> list[Coverage]:
        """The other trials that it covers."""
        return [other for other in self.others if other not in self.described_under]

    @property
    def design(self) -> list[DesignPart]:
        """The elements of the design of which something is known."""
        parts = [self._part(name) for name in self.ELEMENTS]
        return [part for part in parts if part.state or part.words]

    @property
    def approaches(self) -> list[str]:
        return [str(trait) for trait in self.coverage.evaluation.traits.all() if trait.trait in Approach.values]

    @property
    def methods(self) -> list[str]:
        return [str(trait) for trait in self.coverage.evaluation.traits.all() if trait.trait not in Approach.values]

    def _part(self, name: str) -> DesignPart:
        evaluation: Evaluation = self.coverage.evaluation
        words = getattr(evaluation, name)
        state = getattr(evaluation, f"get_{self.ELEMENTS[name]}_display")()
        label = str(evaluation._meta.get_field(name).verbose_name)
        return DesignPart(label, state, words, bool(words) and evaluation.imported.get(name) == digest(words))
