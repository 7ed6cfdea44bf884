"""A network's trials by its municipalities, as those who keep the network write in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max
from django.urls import reverse

from frikommune.keys import read_key
from networks.enums import Standing
from networks.models import Municipality, Network
from trials import workflow
from trials.enums import Status
from trials.forms import words
from trials.grid import Grid
from trials.models import Participation, StatusEvent, Trial
from trials.workflow import Refused, Subject

WHOLE = "hele"
"""In the place of a kommunekode: the trial as a whole."""


@dataclass(frozen=True)
class Cell:
    """The status of a trial as a whole or in one municipality. `latest` is the newest event, 0 where there is none."""

    subject: Subject
    trial: Trial
    latest: int

    @property
    def place(self) -> str:
        """The kommunekode, or `WHOLE`."""
        return self.subject.municipality.code if isinstance(self.subject, Participation) else WHOLE

    @property
    def place_name(self) -> str:
        return self.subject.municipality.name if isinstance(self.subject, Participation) else "Hele forsøget"

    @property
    def key(self) -> str:
        """What names the cell in an address and in a form."""
        return f"{self.trial.public_id}/{self.place}"

    @property
    def token(self) -> str:
        """The key and what was the newest event when the page was made."""
        return f"{self.key}/{self.latest}"

    @property
    def anchor(self) -> str:
        return f"felt-{self.trial.public_id}-{self.place}"

    @property
    def status(self) -> Status:
        return Status(self.subject.status)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to confirm."""
        return self.status != Status.UNKNOWN

    @property
    def url(self) -> str:
        slug = self.trial.network.slug
        return reverse("trials:workspace_cell", args=[slug, self.trial.public_id, self.place])


@dataclass(frozen=True)
class Row:
    """A trial: the cell of the whole, and those of the municipalities; None where one does not take part."""

    trial: Trial
    whole: Cell
    places: Sequence[Cell | None]

    @property
    def cells(self) -> list[Cell]:
        return [self.whole, *(cell for cell in self.places if cell)]

    @property
    def known(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_known]

    @property
    def url(self) -> str:
        return reverse("trials:workspace_row", args=[self.trial.network.slug, self.trial.public_id])


class Board:
    """The rows of a network, drafts included, for one who keeps it. Four queries."""

    def __init__(self, network: Network, user, public_id: str = "") -> None:
        self.network = network
        parts = Participation.objects.with_latest_event().select_related("municipality").in_danish_order()
        trials = Trial.objects.visible_to(user).filter(network=network).order_by("number")
        if public_id:
            trials = trials.filter(public_id__iexact=public_id)
        self._trials = list(trials.with_latest_event().select_related("network").with_participations(parts))
        self._grid = Grid(self._trials, [] if public_id else _members(network))

    @property
    def municipalities(self) -> list[Municipality]:
        return self._grid.municipalities

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(trial) for trial in self._trials]

    def _row(self, trial: Trial) -> Row:
        parts = {part.municipality_id: Cell(part, trial, part.latest_event) for part in trial.participations.all()}
        whole = Cell(trial, trial, trial.latest_event)
        return Row(trial, whole, [parts.get(each.pk) for each in self.municipalities])

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """All cells by their keys."""
        return {cell.key: cell for row in self.rows for cell in row.cells}

    @cached_property
    def known(self) -> list[Cell]:
        """The cells that there is something to confirm in."""
        return [cell for cell in self.cells.values() if cell.is_known]

    @property
    def unknown_number(self) -> int:
        return len(self.cells) - len(self.known)

    @property
    def confirmed_on(self) -> date | None:
        """The day by which every cell that can be has been confirmed; None when one never was."""
        days = [cell.subject.confirmed_on or date.min for cell in self.known]
        return min(days) if days and date.min not in days else None

    @property
    def never_confirmed(self) -> int:
        return sum(cell.subject.confirmed_on is None for cell in self.known)

    def marked(self, tokens: Iterable[str]) -> Iterator[tuple[Cell, int]]:
        """The cells that tokens name, each with what was its newest event. Raises KeyError with a token of no cell."""
        for token in tokens:
            key, _, sent = token.rpartition("/")
            latest = read_key(sent)
            if key not in self.cells or latest is None:
                raise KeyError(token)
            yield self.cells[key], latest


def check_nothing_new(marked: Iterable[tuple[Cell, int]]) -> list[Subject]:
    """Hold the subjects of these cells until the transaction ends, and return them.

    Raises `Refused`, with what is new, when one of them has another newest event than the one given. Five queries.
    """
    seen = {cell.subject: latest for cell, latest in marked}
    held = workflow.hold(seen)
    newest = _newest("trial", [each for each in held if isinstance(each, Trial)])
    newest |= _newest("participation", [each for each in held if isinstance(each, Participation)])
    changed = [each for each in held if newest.get(each, 0) != seen[each]]
    if changed:
        events = StatusEvent.objects.in_bulk([newest[each] for each in changed if each in newest])
        raise Refused(
            [
                f"{workflow.name(each)} er ændret, siden du åbnede siden: {words(events[newest[each]])}. "
                "Send igen, hvis din ændring stadig gælder."
                for each in changed
            ]
        )
    return held


def _newest(field: str, subjects: Sequence[Subject]) -> dict[Subject, int]:
    rows = StatusEvent.objects.filter(**{f"{field}__in": subjects}).order_by().values_list(field)
    found = dict(rows.annotate(Max("pk")))
    return {each: found[each.pk] for each in subjects if each.pk in found}


def _members(network: Network) -> list[Municipality]:
    members = network.memberships.exclude(standing=Standing.FORMER).select_related("municipality")
    return [each.municipality for each in members]
