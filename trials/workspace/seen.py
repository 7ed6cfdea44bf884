"""A form that overwrites nothing unseen: it knows what its sender had before him, field by field.

Each field's value as the page showed it goes along as a fingerprint. When a stored value has changed since, and the
sender has changed it too, he is shown both and chooses; a field that he left alone keeps what the other wrote.
"""

import json
from abc import ABCMeta, abstractmethod
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from trials.workspace.faults import Fault, faults_of

MINE, THEIRS = "mit", "deres"
CHOICE = "valg_"
"""Begins the name of the field in which one chooses between two values of another."""


@dataclass(frozen=True)
class Collision:
    """A field that someone else has changed meanwhile: what he wrote, what the sender wrote, and the choice."""

    label: str
    theirs: str
    mine: str
    choice: forms.BoundField


def fingerprint(value: Any) -> str:
    """A short digest of a field's value; blank is blank, however it is stored."""
    if isinstance(value, (list, tuple, set)):
        value = sorted(str(each) for each in value)
    if isinstance(value, str):
        value = "\n".join(line.rstrip() for line in value.strip().splitlines())
    blank = value is None or value == "" or value == []
    return "" if blank else sha256(json.dumps(value, default=str).encode()).hexdigest()[:12]


class AbstractForm(type(forms.Form), ABCMeta):  # type: ignore[misc]
    """The class of forms of which some methods are for subclasses to write."""


class SeenForm(forms.Form, metaclass=AbstractForm):  # type: ignore[metaclass]
    """A form over the stored values of `record`, None when a new one is written. Subclasses say what is stored and how
    it is written.

    `save` locks the record, compares, and writes only what the sender has changed. It returns False when something is
    wrong or has to be chosen; the form then says what.
    """

    data: Any

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    strid = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, record, data=None) -> None:
        self.record = record
        self.kept: list[str] = []
        stored = self.stored()
        super().__init__(data, initial=stored | {"seen": _written(stored)})
        self._offer_choices(self._disputed())

    @abstractmethod
    def stored(self) -> dict[str, Any]:
        """The value of each field as it is stored now."""

    @abstractmethod
    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        """Store `values`, of which those in `changed` differ from what is stored."""

    def lock(self) -> None:
        """Read the record anew, and keep others from writing it until the transaction is over."""
        if self.record is None:
            return
        self.record = type(self.record)._default_manager.select_for_update(of=("self",)).get(pk=self.record.pk)

    def check(self, values: dict[str, Any]) -> None:
        """Refuse values that cannot be stored together. Raises `ValidationError`."""

    @property
    def kept_words(self) -> str:
        """What of another's was kept since the sender had left it alone, in a sentence; empty when nothing."""
        names = ", ".join(f"»{name}«" for name in self.kept)
        return f"En anden har ændret {names} imens. Det, den anden skrev, er beholdt." if names else ""

    def value_fields(self) -> list[str]:
        """The names of the fields that are stored, in order."""
        return [name for name in self.fields if name not in ("seen", "strid") and not name.startswith(CHOICE)]

    def save(self) -> bool:
        """Write what was sent, as far as nothing has to be chosen first."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.lock()
                return self._save_over(self.stored())
        except ValidationError as refused:
            self.add_error(None, refused)
            return False

    def _save_over(self, stored: dict[str, Any]) -> bool:
        values, disputed = self._reconciled(stored)
        if disputed:
            self._ask_anew(stored, disputed)
            return False
        self.check(values)
        changed = {name for name in values if fingerprint(values[name]) != fingerprint(stored[name])}
        if changed:
            self.write(values, changed)
        return True

    def _reconciled(self, stored: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """The values to store, and the fields of which someone else has written another value unseen."""
        seen, values, disputed = self.seen_before(), {}, []
        for name in self.value_fields():
            mine, now = self.cleaned_data[name], stored[name]
            values[name] = mine
            if self.cleaned_data.get(CHOICE + name) == THEIRS:
                values[name] = now
            if seen.get(name) == fingerprint(now) or fingerprint(mine) == fingerprint(now):
                continue
            if seen.get(name) == fingerprint(mine):
                values[name] = now
                self.kept.append(str(self.fields[name].label))
            else:
                disputed.append(name)
        return values, disputed

    def _ask_anew(self, stored: dict[str, Any], disputed: list[str]) -> None:
        """Show what was sent with both values of what is disputed; the next sending has seen what is stored now."""
        data = self.data.copy()
        for name in [name for name in data if name.startswith(CHOICE)]:
            del data[name]
        data["seen"], data["strid"] = _written(stored), " ".join(disputed)
        self.data = data
        self._offer_choices(disputed)
        self.add_error(
            None, "En anden har gemt ændringer, siden du åbnede siden. Intet er overskrevet: vælg for hvert felt."
        )

    @property
    def collisions(self) -> list[Collision]:
        """What the sender has to choose between; empty when nothing collides."""
        disputed = self._disputed()
        stored = self.stored() if disputed else {}
        return [self._collision(name, stored[name]) for name in disputed]

    def _collision(self, name: str, theirs: Any) -> Collision:
        label, mine = str(self.fields[name].label), self.cleaned_data.get(name, self[name].value())
        return Collision(label, self.in_words(name, theirs), self.in_words(name, mine), self[CHOICE + name])

    def _offer_choices(self, disputed: list[str]) -> None:
        for name in disputed:
            label = str(self.fields[name].label)
            self.fields[CHOICE + name] = forms.ChoiceField(
                label=f"Hvad skal gælde for »{label}«?",
                choices=[(THEIRS, "Behold det, den anden har gemt"), (MINE, "Gem det, der står i feltet nedenfor")],
                widget=forms.RadioSelect,
                error_messages={"required": "Vælg en af de to."},
            )

    def _disputed(self) -> list[str]:
        """The fields of which the sender was asked to choose."""
        asked = str(self.data.get("strid", "")).split() if self.is_bound else []
        return [name for name in self.value_fields() if name in asked]

    def seen_before(self) -> dict[str, str]:
        """The fingerprints that came along; none of what is not readable, so that nothing passes for seen.

        Of a record that is not there yet everything has been seen: nothing.
        """
        if self.record is None:
            return dict.fromkeys(self.value_fields(), "")
        pairs = (pair.partition(":") for pair in self.cleaned_data["seen"].split())
        return {name: digest for name, _, digest in pairs}

    def in_words(self, name: str, value: Any) -> str:
        """A value of a field for a reader."""
        labels = _labels(self.fields[name])
        if isinstance(value, (list, tuple, set)):
            return ", ".join(labels.get(str(each), str(each)) for each in value) or "Ikke oplyst"
        if isinstance(value, date):
            return date_format(value)
        return labels.get("" if value is None else str(value), str(value or "")) or "Ikke oplyst"

    @property
    def messages(self) -> list[Fault]:
        """What is wrong, in sentences that name the field."""
        return faults_of(self)


def _written(stored: dict[str, Any]) -> str:
    return " ".join(f"{name}:{fingerprint(value)}" for name, value in stored.items())


def _labels(field) -> dict[str, str]:
    return {str(value): str(label) for value, label in getattr(field, "choices", ())}
