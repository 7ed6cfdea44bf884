"""What is told of a trial, a network or a municipality beyond its status: figures, experience, milestones, findings."""

from collections import Counter
from datetime import date
from functools import cached_property

from trials import figures, seen_findings
from trials.enums import ExperienceKind, Theme
from trials.figures import FigureTable, Statement
from trials.integrity import Finding, Severity
from trials.models import Experience, Milestone, Observation


class Told:
    """What `user` may see of a subject; `relation` is how the records name it. Each kind is read once.

    `Told(user, "trials", trial)`, `Told(user, "network", network)`, `Told(user, "municipalities", municipality)`.
    With `day` the figures and milestones are those of that day.
    """

    def __init__(self, user, relation: str, subject, day: date | None = None) -> None:
        self.user = user
        self.subject = subject
        self.day = day
        self.of = {relation: subject}

    @cached_property
    def figures(self) -> list[Observation]:
        found = Observation.objects.shown_to(self.user).filter(**self.of).in_order()
        return list(found.known_by(self.day) if self.day else found)

    @cached_property
    def tables(self) -> list[FigureTable]:
        """The figures in tables."""
        return figures.tables(self.figures)

    @cached_property
    def tables_by_trial(self) -> list[tuple[tuple, int, list[FigureTable]]]:
        """The figures in tables, trial by trial."""
        return figures.tables_by_trial(self.figures)

    @cached_property
    def experiences(self) -> list[Experience]:
        return list(Experience.objects.shown_to(self.user).filter(**self.of))

    @property
    def experiences_by_kind(self) -> list[tuple[ExperienceKind, list[Experience]]]:
        """The experiences of each kind, in the vocabulary's order."""
        kinds = [(kind, [each for each in self.experiences if each.kind == kind]) for kind in ExperienceKind]
        return [(kind, found) for kind, found in kinds if found]

    @property
    def themes(self) -> list[tuple[Theme, list[Experience]]]:
        """The experiences of each theme, the theme with most of them first."""
        counts = Counter(each.theme for each in self.experiences)
        order = sorted(counts, key=lambda theme: (-counts[theme], Theme.values.index(theme)))
        return [(Theme(theme), [each for each in self.experiences if each.theme == theme]) for theme in order]

    @cached_property
    def milestones(self) -> list[Statement]:
        """The milestones in time; what two places of a source both say is one."""
        found = Milestone.objects.shown_to(self.user).filter(**self.of).in_time()
        if self.day:
            found = [each.as_of(self.day) for each in found.known_by(self.day)]
        dates = ("planned_from", "planned_to", "actual_from", "actual_to")
        return figures.merged(found, "kind", "label", "network_id", *dates)

    @cached_property
    def findings(self) -> list[Finding]:
        return seen_findings.findings_for(self.subject, self.user)

    @property
    def contradictions(self) -> list[Finding]:
        """What the source says against itself, and faults of the register itself."""
        return [finding for finding in self.findings if finding.severity != Severity.GAP]

    @property
    def gaps(self) -> list[Finding]:
        """What is missing."""
        return [finding for finding in self.findings if finding.severity == Severity.GAP]
