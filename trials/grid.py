"""A network's trials by its municipalities, with the status in each cell."""

from collections.abc import Iterable
from dataclasses import dataclass

from networks.models import Municipality
from trials.enums import Status
from trials.models import Trial


@dataclass(frozen=True)
class Row:
    """A trial with its own status, and the status in each municipality; None where it does not take part."""

    trial: Trial
    status: Status
    cells: list[Status | None]


class Grid:
    """The trials, which have their municipalities at hand, by `members` and all others that take part. No query."""

    def __init__(self, trials: Iterable[Trial], members: Iterable[Municipality] = ()) -> None:
        trials = list(trials)
        parts = [(trial, part) for trial in trials for part in trial.participations.all()]
        found = {each.pk: each for each in (*members, *(part.municipality for _, part in parts))}
        self.municipalities = sorted(found.values(), key=lambda each: each.sort_key)
        status = {(trial.pk, part.municipality_id): part.shown_status for trial, part in parts}
        self.rows = [
            Row(trial, trial.shown_status, [status.get((trial.pk, each.pk)) for each in self.municipalities])
            for trial in trials
        ]

    @property
    def numbers(self) -> list[int]:
        """In how many of the trials each municipality is."""
        return [sum(row.cells[place] is not None for row in self.rows) for place in range(len(self.municipalities))]

    @property
    def legend(self) -> list[Status]:
        """The statuses in the grid, in the vocabulary's order."""
        used = {status for row in self.rows for status in (row.status, *row.cells)}
        return [status for status in Status if status in used]
