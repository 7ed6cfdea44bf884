"""What a reader of the preview is told of a cell."""

from dataclasses import dataclass

from trials.workspace.sheet.layout import BY_KEY


@dataclass(frozen=True)
class _AtCell:
    sheet: str
    row: int
    letter: str

    @property
    def address(self) -> str:
        """Where the cell is, as a spreadsheet says it: Forsøgskommuner!D7."""
        return f"{BY_KEY[self.sheet].title}!{self.letter}{self.row}"


@dataclass(frozen=True)
class CellError(_AtCell):
    """Why a cell cannot be saved."""

    message: str


@dataclass(frozen=True)
class Warned(_AtCell):
    """What should be thought of before a cell is saved."""

    message: str


@dataclass(frozen=True)
class Changed(_AtCell):
    """A cell that will change; `why` when it does so because of another one. `old` and `new` are in written form."""

    name: str
    column: str
    old: str
    new: str
    why: str = ""


@dataclass(frozen=True)
class Clash(_AtCell):
    """A cell that both its writer and others have changed since the download: what stood there, and what each says."""

    name: str
    column: str
    base: str
    theirs: str
    mine: str
