"""What is unlikely about figures of any number of trials: each is held against those like it, trial by trial."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from networks.models import Municipality, Network
from trials import plausibility
from trials.models import Observation, Trial
from trials.plausibility import Start, Warned
from trials.workspace.figure_series import Subject, subject_among, subjects_of_each


@dataclass(frozen=True)
class Placed:
    """A figure, which need not be saved, and whom it is of."""

    figure: Observation
    trials: frozenset[int]
    municipalities: frozenset[Municipality]

    @classmethod
    def of(cls, figure: Observation) -> "Placed":
        """A saved figure where it stands."""
        return cls(figure, frozenset(each.pk for each in figure.trials.all()), frozenset(figure.municipalities.all()))

    def is_like(self, other: "Placed") -> bool:
        """Whether both say the same of the same municipalities, if of the same trial."""
        mine, theirs = self.figure, other.figure
        said = (mine.indicator, mine.unit, self.municipalities)
        return said == (theirs.indicator, theirs.unit, other.municipalities)


class Doubts:
    """The figures that `user` may see of some trials, or of networks as a whole, and when the trials began.

    A constant number of queries, made at once.
    """

    def __init__(self, trials: Collection[Trial], networks: Sequence[Network | None], user) -> None:
        self._subjects: dict[int, list[Subject]] = subjects_of_each(trials)
        near = Q(trials__in=trials) | Q(network__in=[each for each in networks if each])
        figures = Observation.objects.shown_to(user).filter(near).distinct()
        self._placed = {figure.pk: Placed.of(figure) for figure in figures}
        self._new: list[Placed] = []

    def put(self, placed: Placed) -> None:
        """Let a figure be as it is about to be written."""
        if placed.figure.pk:
            self._placed[placed.figure.pk] = placed
        else:
            self._new.append(placed)

    def about(self, placed: Placed) -> list[Warned]:
        """What is unlikely about a figure; each warning once, whichever of its trials gives rise to it."""
        found: dict[str, Warned] = {}
        for alike, start in self._surroundings(placed):
            for warned in plausibility.warnings(placed.figure, alike, start):
                found.setdefault(warned.code, warned)
        return list(found.values())

    def codes(self, placed: Placed) -> frozenset[str]:
        """The codes of what is unlikely about a figure."""
        return frozenset(warned.code for warned in self.about(placed))

    def _surroundings(self, placed: Placed) -> Iterator[tuple[list[Observation], Start]]:
        alike = [each for each in (*self._placed.values(), *self._new) if each.is_like(placed)]
        for key in sorted(placed.trials):
            start = subject_among(self._subjects[key], list(placed.municipalities)).start
            yield [each.figure for each in alike if key in each.trials], start
        if not placed.trials:
            network = placed.figure.network_id
            yield [e.figure for e in alike if not e.trials and e.figure.network_id == network], Start()
