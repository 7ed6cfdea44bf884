"""A column of a sheet: what its cells hold, and whether they may be changed."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class Kind(StrEnum):
    """What the cells hold. NAMES are municipalities, IDS are trials; there may be several of each in a cell."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    NAMES = "names"
    IDS = "ids"


class Use(StrEnum):
    """What a reader of the sheet may do to the cells."""

    ID = "id"
    SHOWN = "shown"
    EDITED = "edited"
    ONCE = "once"
    """Given in a new row, and never changed."""


@dataclass(frozen=True)
class Column:
    """`key` is the name of the value in snapshots, `name` its heading, `note` the heading's comment, in Danish.

    `limit` is the number of characters of a text, `required` holds of a row that is there. `width` is in characters.
    `is_public` says whether the public is shown what is written.
    """

    key: str
    name: str
    note: str
    kind: Kind = Kind.TEXT
    use: Use = Use.EDITED
    choices: type[TextChoices] | None = None
    required: bool = False
    limit: int = 5000
    width: int = 14
    is_public: bool = True

    @property
    def is_open(self) -> bool:
        """Whether the cells of a row that is there may be changed."""
        return self.use == Use.EDITED

    @property
    def is_open_once(self) -> bool:
        """Whether the cells of a new row may be filled in."""
        return self.use in (Use.EDITED, Use.ONCE)


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook. `about` is the column that says what a row is about.

    `grows` says whether rows may be added; `is_of_status` that its rows have a status.
    """

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    grows: bool = False
    is_of_status: bool = False

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)
