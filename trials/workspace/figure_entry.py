"""A figure on its way in: warned of when it is unlikely, and let through with a reason for what was shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trials import plausibility
from trials.enums import Accuracy
from trials.models import Observation
from trials.plausibility import Start, Warned
from trials.workspace.amounts import Amount


@dataclass
class Entry:
    """What is warned of about one written figure. `key` ends the names of its fields in the form."""

    key: str
    warned: list[Warned] = field(default_factory=list)
    reason: str = ""
    shown: frozenset[str] = frozenset()

    @classmethod
    def read(cls, key: str, data: Mapping[str, str], reason: str) -> "Entry":
        """What the form sent: the reason, and the codes of the warnings that its writer had been shown."""
        return cls(key, reason=reason.strip(), shown=frozenset(str(data.get(f"set_{key}", "")).split()))

    def weigh(self, figure: Observation, others: Iterable[Observation], start: Start) -> None:
        """Look at the figure: what is warned of, and what is written of it on the figure."""
        self.settle(figure, plausibility.warnings(figure, others, start))

    def settle(self, figure: Observation, warned: list[Warned]) -> None:
        """Take note of what is warned of. Only a reason for that is written on the figure."""
        self.warned = warned
        figure.overruled = self.reason if self.warned and self.is_let_through else ""

    @property
    def is_let_through(self) -> bool:
        """Whether there is nothing to warn of, or its writer gave a reason after seeing all of it."""
        return not self.warned or (bool(self.reason) and self.codes <= self.shown)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(each.code for each in self.warned)

    @property
    def mark(self) -> str:
        """The codes for the form to send back."""
        return " ".join(sorted(self.codes))


def write_amount(figure: Observation, amount: Amount, accuracy: str) -> None:
    """Put an amount into `figure`; `accuracy` goes where the amount has no word of its own."""
    figure.value, figure.value_to = amount.value, amount.value_to
    figure.accuracy = amount.accuracy or Accuracy(accuracy)
