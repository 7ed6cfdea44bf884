"""What the page of one evaluation says of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from networks.importers.merge import digest
from trials import figures
from trials.enums import DESIGN_LACKING, DESIGN_MEANINGS, Approach, DesignStatus, Element, Method
from trials.models import Coverage, Evaluation, Milestone, SourceCell


@dataclass(frozen=True)
class RequiredElement:
    """Something that an order requires of an evaluation design, how far it is there, and the words that show it.

    `place` is where the words stand. `quoted` is False when they are the registry's own.
    """

    label: str
    state: Element
    words: str
    place: str
    quoted: bool


@dataclass(frozen=True)
class MilestoneGroup:
    """Milestones of the same trials, under a heading with an id."""

    id: str
    label: str
    milestones: list[Milestone]

    @property
    def statements(self) -> list[figures.Statement]:
        """The milestones, those that say the same together."""
        dates = ("planned_from", "planned_to", "actual_from", "actual_to")
        return figures.merged(self.milestones, "kind", "label", *dates, "network_id")


class EvaluationPage:
    """What the page says of an evaluation got by `with_coverages`, to one who may see what `user` may.

    With `day` the milestones are those of that day.
    """

    FIELDS = (
        ("expected_results", "results_element"),
        ("target_group", "target_group_element"),
        ("method", "method_element"),
        ("baseline", "baseline_element"),
    )
    CHAPTERS = "notatets kapitler"

    def __init__(self, evaluation: Evaluation, user, day: date | None = None) -> None:
        self.evaluation = evaluation
        self.user = user
        self.day = day

    @cached_property
    def coverages(self) -> list[Coverage]:
        """The trials that it covers, that under which it is described first."""
        return self.evaluation.visible_coverages

    @property
    def meaning(self) -> str:
        """How far the design has come, in a sentence."""
        status = self.evaluation.design_status
        return DESIGN_MEANINGS[DesignStatus(status)] if status else ""

    @property
    def grounds(self) -> Coverage | None:
        """What the source says of why there is no finished design; None when there is one."""
        if self.evaluation.design_status not in DESIGN_LACKING:
            return None
        return next((coverage for coverage in self.coverages if not coverage.is_shared), None)

    @cached_property
    def elements(self) -> list[RequiredElement]:
        """The required elements; none when the source says nothing of them."""
        return [
            self._element(name, Element(getattr(self.evaluation, state)))
            for name, state in self.FIELDS
            if getattr(self.evaluation, state)
        ]

    @property
    def approaches(self) -> list[str]:
        return [approach.label for approach in Approach if approach in self._traits]

    @property
    def methods(self) -> list[str]:
        return [method.label for method in Method if method in self._traits]

    @cached_property
    def milestones(self) -> list[MilestoneGroup]:
        """The milestones of the evaluation by what they are of: its trials, all the network's, all trials."""
        found = Evaluation.objects.milestones(self.user, self.evaluation.pk, common=True)
        groups = [
            MilestoneGroup("egne-milepaele", "For forsøg i evalueringen", []),
            MilestoneGroup("netvaerkets-milepaele", "For alle netværkets forsøg", []),
            MilestoneGroup("faelles-milepaele", "For alle frikommuneforsøg", []),
        ]
        if self.day:
            found = found.known_by(self.day)
        for milestone in found.shown_to(self.user).in_time():
            if self.day:
                milestone.as_of(self.day)
            groups[0 if milestone.trials.all() else 1 if milestone.network else 2].milestones.append(milestone)
        return [group for group in groups if group.milestones]

    @cached_property
    def others(self) -> list[Evaluation]:
        """The other evaluations in which some of the trials take part."""
        trials = [coverage.trial_id for coverage in self.coverages]
        visible = Evaluation.objects.visible_to(self.user).filter(coverages__trial__in=trials)
        return list(visible.exclude(pk=self.evaluation.pk).distinct().order_by("code").with_coverages(self.user))

    @property
    def sources(self) -> list:
        """The documents that the page quotes."""
        return list(dict.fromkeys(coverage.source for coverage in self.coverages if coverage.source))

    @cached_property
    def _traits(self) -> set[str]:
        return {trait.trait for trait in self.evaluation.traits.all()}

    @cached_property
    def _cells(self) -> list[SourceCell]:
        """The cells of the trials; those on evaluation first."""
        trials = [coverage.trial_id for coverage in self.coverages]
        return list(SourceCell.objects.filter(trial__in=trials).order_by("-column", "table", "row"))

    def _element(self, name: str, state: Element) -> RequiredElement:
        words = getattr(self.evaluation, name)
        label = str(self.evaluation._meta.get_field(name).verbose_name).capitalize()
        cell = next((cell for cell in self._cells if words and words in cell.text), None)
        from_note = bool(words) and self.evaluation.imported.get(name) == digest(words)
        place = cell.place if cell else self.CHAPTERS if from_note else ""
        return RequiredElement(label, state, words, place, bool(place))
