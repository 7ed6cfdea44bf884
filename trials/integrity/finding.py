"""What a finding is, and the registry of the rules that make them. Imports no model: it says nothing of trials."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models


class Severity(models.TextChoices):
    """How bad a finding is. Only an error is a fault of the register itself."""

    ERROR = "error", "Fejl i registeret"
    CONTRADICTION = "contradiction", "Modstrid i kilden"
    GAP = "gap", "Mangler"


@dataclass(frozen=True)
class Place:
    """Where a statement stands, and its words.

    A place is a table cell, a section, or neither, when the register itself says it (`label` then says what).
    `is_quotation` is false where `words` are the register's own.
    """

    words: str
    table: str = ""
    row: int | None = None
    column: int | None = None
    section: str = ""
    label: str = ""
    is_quotation: bool = True

    def __str__(self) -> str:
        words = f"»{self.words}«" if self.is_quotation else self.words
        return f"{self.label}: {words}" if self.label else words


@dataclass(frozen=True)
class Found:
    """What a rule yields. `about` tells its findings apart and stays the same from run to run."""

    about: str
    message: str
    shown: str = ""
    trials: tuple = ()
    networks: tuple = ()
    municipalities: tuple = ()
    places: tuple[Place | None, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A fault, a contradiction (*modstrid*) or a gap, with what the registry shows meanwhile and why.

    `key` is stable, so that an editor's assessment stays with it. `trials`, `networks` and `municipalities` are
    the records it concerns; the networks of its trials are among them.
    """

    key: str
    code: str
    severity: Severity
    title: str
    message: str
    shown: str
    trials: tuple = ()
    networks: tuple = ()
    municipalities: tuple = ()
    places: tuple[Place, ...] = ()

    def concerns(self, subject: Any) -> bool:
        """Whether `subject`, a trial, a network or a municipality, is among those it concerns."""
        return subject in (*self.trials, *self.networks, *self.municipalities)


@dataclass(frozen=True)
class Rule:
    """A rule: what it is called in Danish, what it finds, and what the registry shows meanwhile."""

    code: str
    severity: Severity
    title: str
    explanation: str
    shown: str
    look: Callable[[Any], Iterable[Found]] = field(repr=False)

    def find(self, register: Any) -> Iterator[Finding]:
        """The findings of this rule in `register`."""
        for found in self.look(register):
            networks = dict.fromkeys([*found.networks, *(trial.network for trial in found.trials)])
            yield Finding(
                key=f"{self.code}:{found.about}",
                code=self.code,
                severity=self.severity,
                title=self.title,
                message=found.message,
                shown=found.shown or self.shown,
                trials=tuple(found.trials),
                networks=tuple(networks),
                municipalities=tuple(found.municipalities),
                places=tuple(dict.fromkeys(place for place in found.places if place)),
            )


RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order in which they are shown."""


def rule(code: str, severity: Severity, title: str, explanation: str, shown: str):
    """Register the decorated function, which takes a `Register` and yields `Found`s, as the rule `code`."""

    def register_rule(look: Callable[[Any], Iterable[Found]]):
        if code in RULES:
            raise ValueError(f"There are two rules called {code}")
        RULES[code] = Rule(code, severity, title, explanation, shown, look)
        return look

    return register_rule
