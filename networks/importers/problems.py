"""What is wrong with the files of an import, and where."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong at a place in a file. `line` and `column` count from 1; a column is a cell."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ImportRefused(Exception):
    """The files cannot be imported; nothing has been saved. `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Problems:
    """Collects every problem before any of them stops the import."""

    found: list[Problem] = field(default_factory=list)
    unreadable: list[Problem] = field(default_factory=list)
    """Files that cannot be read: what else is found is but their consequence."""

    def add(self, file: str, line: int, column: int, message: str) -> None:
        self.found.append(Problem(file, line, column, message))

    def add_unreadable(self, file: str, line: int, message: str) -> None:
        self.unreadable.append(Problem(file, line, 1, message))

    def raise_if_any(self) -> None:
        """Raise `ImportRefused` with all problems found, in the order of the files."""
        if problems := self.unreadable or self.found:
            raise ImportRefused(sorted(set(problems)))
