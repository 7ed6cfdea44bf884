"""One row that came back, beside what stood in it and what stands in it now."""

from dataclasses import dataclass, field

from trials.workspace.sheet.column import Sheet
from trials.workspace.sheet.finding import CellError, Changed, Clash, Warned
from trials.workspace.sheet.layout import STATUS
from trials.workspace.sheet.snapshot import Cells, Record
from trials.workspace.sheet.values import shown

ROW_IS_NEW = "ny række"


@dataclass
class Row:
    """`base` stood in it at the download, `now` stands in it, `mine` is what its writer wants, and `to_write`
    the part of that which is to be written. A new row has no `record`.
    """

    sheet: Sheet
    number: int
    letters: dict[str, str]
    base: Cells
    now: Cells
    mine: Cells
    record: Record | None = None
    to_write: Cells = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    doubts: list[Warned] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    clashes: dict[str, list[Clash]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the row is called in the preview: its id, and what it is about."""
        if not self.base:
            return ROW_IS_NEW
        return f"{self.base['id']} {self.base[self.sheet.about]}"

    @property
    def edited(self) -> set[str]:
        """The columns in which the writer has changed something that nobody else has changed to the same."""
        return {key for key in self.mine if self.mine[key] not in (self.base.get(key, ""), self.now.get(key, ""))}

    def refuse(self, key: str, message: str) -> None:
        """Say why a cell cannot be saved; the first reason is the one that is told."""
        letter = self.letters[key]
        if letter not in {error.letter for error in self.errors}:
            self.errors.append(CellError(self.sheet.key, self.number, letter, message))

    def warn(self, key: str, message: str) -> None:
        self.warnings.append(Warned(self.sheet.key, self.number, self.letters[key], message))

    def doubt(self, key: str, message: str) -> None:
        """Say what speaks against a cell, which is saved only by one who says that he has read it."""
        self.doubts.append(Warned(self.sheet.key, self.number, self.letters[key], message))

    def change(self, key: str, why: str = "") -> None:
        """Note that the cell will be as its writer wants it."""
        self.to_write[key] = self.mine[key]
        column = self.sheet.column(key)
        old, new = (shown(column, cells.get(key, "")) for cells in (self.now, self.mine))
        place = (self.sheet.key, self.number, self.letters[key])
        self.changes.append(Changed(*place, self.name, column.name, old, new, why))

    def empty(self, key: str, why: str) -> None:
        """Let the cell be empty, whatever its writer wants."""
        self.mine[key] = ""
        self.to_write.pop(key, None)
        self.changes = [change for change in self.changes if change.letter != self.letters[key]]
        if self.now.get(key):
            self.change(key, why)

    def clash(self, group: str, keys: list[str], is_mine_chosen: bool) -> None:
        """Note that the cells `keys`, which are decided on together, were changed by others too."""
        for key in keys:
            column = self.sheet.column(key)
            said = [shown(column, cells.get(key, "")) for cells in (self.base, self.now, self.mine)]
            place = (self.sheet.key, self.number, self.letters[key])
            self.clashes.setdefault(group, []).append(Clash(*place, self.name, column.name, *said))
            if is_mine_chosen:
                self.to_write[key] = self.mine[key]

    def choice_name(self, group: str) -> str:
        """The name of the choice between mine and theirs."""
        return f"{self.sheet.key}-{self.number}-{group}"


def group_of(sheet: Sheet, key: str) -> str:
    """The cells that are decided on together have one name."""
    return "status" if sheet.is_of_status and key in STATUS else key
