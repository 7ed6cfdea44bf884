"""Trying what came back, and saving it: one piece of work, whole or not at all.

A preview is the real thing, taken back: the rules that refuse a cell when it is saved are those that refuse it here.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from networks.enums import Channel
from networks.models import Network
from networks.recording import recording
from trials.models import Milestone, Observation, Participation, SheetUpload, Trial
from trials.signals import refreshing_once
from trials.workspace.codes import hold_codes
from trials.workspace.sheet.comparing import absent, compare
from trials.workspace.sheet.finding import CellError, Changed, Clash, Warned
from trials.workspace.sheet.reading import Reading
from trials.workspace.sheet.record_writing import write_row
from trials.workspace.sheet.row import Row
from trials.workspace.sheet.snapshot import Snapshot
from trials.workspace.sheet.weighing import weigh

_OVERTAKEN = (
    "Ændringen ville ikke slå igennem, fordi noget andet gælder i dag. Ret den tidligere oplysning på forsøgets side."
)


@dataclass(frozen=True)
class Choice:
    """A clash: the cells that are decided on together. `name` is the name of the choice, `is_mine` what was chosen."""

    name: str
    row: str
    cells: list[Clash]
    is_mine: bool


@dataclass
class Preview:
    """What a file would change, or has changed when `is_saved`. A cell with an error is only among `errors`."""

    rows: list[Row]
    absent: int = 0
    chosen: Collection[str] = ()
    is_saved: bool = False
    is_overtaken: bool = False
    """Whether something else would be saved than what was looked at."""
    is_unread: bool = False
    """Whether it was not said of all that is doubtful that it has been read."""

    @property
    def errors(self) -> list[CellError]:
        return [error for row in self.rows for error in row.errors]

    @property
    def warnings(self) -> list[Warned]:
        return [warning for row in self.rows for warning in row.warnings] + self.doubts

    @property
    def doubts(self) -> list[Warned]:
        """What speaks against a status, of which its writer must say that he has read it."""
        return [doubt for row in self.rows for doubt in row.doubts]

    @property
    def changes(self) -> list[Changed]:
        wrong = {error.address for error in self.errors}
        return [change for row in self.rows for change in row.changes if change.address not in wrong]

    @property
    def choices(self) -> list[Choice]:
        found = []
        for row in self.rows:
            for group, cells in row.clashes.items():
                name = row.choice_name(group)
                found.append(Choice(name, row.name, cells, name in self.chosen))
        return found

    @property
    def clashing(self) -> int:
        """How many cells others have changed as well."""
        return sum(len(choice.cells) for choice in self.choices)

    @property
    def saved(self) -> int:
        """How many cells are written with what was chosen."""
        return len(self.changes) + sum(len(choice.cells) for choice in self.choices if choice.is_mine)

    @property
    def can_be_sent(self) -> bool:
        """Whether there is something to save. What others have changed may be kept, and an error there be gone."""
        return bool(self.choices or (self.changes and not self.errors))

    @property
    def seen(self) -> str:
        """A digest of what a reader of the preview has seen, whatever he chooses."""
        changes = [asdict(change) for row in self.rows for change in row.changes]
        shown = [changes, [asdict(cell) for choice in self.choices for cell in choice.cells]]
        return _digest(shown)

    @property
    def doubted(self) -> str:
        """A digest of what is doubtful, which says that it has been read; empty when there is nothing."""
        return _digest([asdict(doubt) for doubt in self.doubts]) if self.doubts else ""


def _digest(shown: list) -> str:
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def reading_of(upload: SheetUpload) -> Reading:
    """What was read when the upload came in."""
    return Reading(upload.download, **upload.rows)


def preview(reading: Reading, user, chosen: Collection[str] = ()) -> Preview:
    """What `reading` would change now. It is written and taken back, so others wait meanwhile as for a saving."""
    with transaction.atomic():
        _hold(reading.download.network)
        tried = _write(reading, user, chosen)
        transaction.set_rollback(True)
    return tried


def save(upload: SheetUpload, user, seen: str, chosen: Collection[str] = (), doubted: str = "") -> Preview:
    """Write all that `upload` changes, keeping the writer's cells in the clashes that `chosen` names.

    Nothing is written when there is an error, when it is not what was `seen` in the preview, or when something is
    doubtful that was not `doubted` there; the answer says so.
    """
    reading = reading_of(upload)
    try:
        with recording(Channel.UPLOAD, user, f"Regneark hentet {_minute(upload)}"), transaction.atomic():
            _hold(reading.download.network)
            tried = _write(reading, user, chosen)
            tried.is_overtaken = tried.seen != seen
            tried.is_unread = bool(tried.doubts) and tried.doubted != doubted
            tried.is_saved = not (tried.errors or tried.is_overtaken or tried.is_unread)
            if tried.is_saved:
                upload.applied_at, upload.rows = timezone.now(), {}
                upload.save()
            else:
                transaction.set_rollback(True)
    except IntegrityError:
        # Somebody took the same new code at the same moment.
        tried = preview(reading, user, chosen)
        tried.is_overtaken = True
    return tried


def _minute(upload: SheetUpload) -> str:
    return f"{timezone.localtime(upload.download.made_at):%d.%m.%Y kl. %H.%M}"


def _hold(network: Network) -> None:
    """Let nobody else write what is compared, or give the same new codes, until it is written."""
    hold_codes()
    of_network = {
        Trial: Q(network=network),
        Participation: Q(trial__network=network),
        Observation: Q(network=network) | Q(pk__in=network.trials.values("observations")),
        Milestone: Q(network=network) | Q(pk__in=network.trials.values("milestones")),
    }
    for model, near in of_network.items():
        list(model._default_manager.filter(near).order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def _write(reading: Reading, user, chosen: Collection[str]) -> Preview:
    """Write, within the caller's transaction, each row that has no error, and look whether it says what was meant."""
    network = reading.download.network
    now = Snapshot(network, user)
    rows = compare(reading, now, chosen)
    weigh(rows, now)
    written = []
    with refreshing_once():
        for row in rows:
            if row.to_write and not row.errors:
                with transaction.atomic():
                    write_row(row, network, user)
                    transaction.set_rollback(bool(row.errors))
                written += [row] if not row.errors else []
    _check_written(written, Snapshot(network, user))
    return Preview(rows, absent(reading), chosen)


def _check_written(rows: list[Row], now: Snapshot) -> None:
    """Each cell must say what its writer wants: a correction dated before an earlier event would not."""
    for row in rows:
        if row.record is None:
            continue
        stands = now.rows[row.sheet.key][row.base["id"]]
        for key, value in row.to_write.items():
            if stands[key] != value:
                row.refuse("effective_on" if row.sheet.is_of_status else key, _OVERTAKEN)
