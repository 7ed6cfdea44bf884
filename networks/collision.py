"""Two people on the same record: the second to save sees what the first changed, and chooses field by field.

A page carries the number of the version it shows (`SEEN`). When the record has a newer one as the form is sent, and
they differ in a field of the form, nothing is saved: each such field is shown with the other's value and one's own.
What is chosen is sent as `choice-<field>` (`theirs`, `mine`), for the fields named in `between`.

Whoever saves holds the record (`hold`) from before the form is read until it is saved.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from networks import versions

SEEN, BETWEEN, CHOICE = "version-seen", "between", "choice-"
THEIRS, MINE = "theirs", "mine"


def hold(model: type[models.Model], key) -> models.Model | None:
    """The record, locked until the transaction ends; None when it is not there."""
    return model._base_manager.select_for_update().filter(pk=key).first()


@dataclass(frozen=True)
class Conflict:
    """A field that someone else has given another value than the form does. `chosen` is `THEIRS`, `MINE` or empty."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    chosen: str

    @property
    def choice(self) -> str:
        """The name under which the choice is sent."""
        return CHOICE + self.name

    @property
    def options(self) -> list[tuple[str, str, str, bool]]:
        """The two values to choose between: code, heading, value, whether it is chosen."""
        return [
            (THEIRS, "Den andens", self.theirs, self.chosen == THEIRS),
            (MINE, "Din", self.mine, self.chosen == MINE),
        ]


class CollisionForm(forms.ModelForm):
    """A form of a record with history that overwrites nothing unseen.

    Sent without the number of a version it asks nothing: only a page that was shown can have been overtaken.
    """

    conflicts: list[Conflict]
    seen: int

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = []
        self.seen = versions.latest_of(self.instance) if self.instance.pk else 0

    @property
    def between(self) -> str:
        """The names of the fields to choose in, as they are sent."""
        return " ".join(conflict.name for conflict in self.conflicts)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        sent = str(self.data.get(SEEN, ""))
        if self.instance.pk and sent.isascii() and sent.isdigit():
            self._settle(int(sent))
        return cleaned if cleaned is not None else self.cleaned_data

    def _settle(self, sent: int) -> None:
        """Take what was chosen; ask about what has not been chosen yet."""
        now = versions.values_of(type(self.instance)._base_manager.get(pk=self.instance.pk))
        before = self._values_in(sent)
        asked = [name for name in str(self.data.get(BETWEEN, "")).split() if name in self.fields and name in now]
        mine = {name: self._mine(name) for name in self.fields if name in now}
        overtaken = [] if sent == self.seen else self._overtaken(before, now, mine)
        choices = {name: self._choice(name, name in overtaken, before, mine) for name in mine}
        self._show(list(dict.fromkeys([*asked, *overtaken])), before, now, mine, choices)
        if overtaken:
            self.add_error(None, ValidationError(self._words(overtaken), code="collision"))
            return
        for name in asked:
            if choices[name] == THEIRS:
                self._take(name, now[name])
            elif choices[name] != MINE:
                self.add_error(None, f"Vælg, hvad der skal stå i »{self._label(name)}«.")

    def _values_in(self, version: int) -> versions.Values:
        """What stood in the version that the page showed; nothing when the record had no history then."""
        found = versions.values_in(self.instance.history.filter(pk=version))
        return found.get(version, {})

    def _overtaken(self, before: versions.Values, now: versions.Values, mine: dict[str, Any]) -> list[str]:
        """The fields of the form that someone has changed since, to another value than the form's."""
        changed = [name for name in mine if not before or before[name] != now[name]]
        return [name for name in changed if mine[name] != now[name]]

    def _choice(self, name: str, is_new: bool, before: versions.Values, mine: dict[str, Any]) -> str:
        sent = str(self.data.get(CHOICE + name, ""))
        if not is_new and sent in (THEIRS, MINE):
            return sent
        # Who left a field alone is likely to want what the other wrote; what both wrote in has to be chosen.
        return THEIRS if is_new and before and mine[name] == before[name] else ""

    def _mine(self, name: str) -> Any:
        value = self.cleaned_data.get(name, self.data.get(self.add_prefix(name), ""))
        if isinstance(value, models.QuerySet):
            return tuple(sorted(record.pk for record in value))
        return value.pk if isinstance(value, models.Model) else value

    def _take(self, name: str, value: Any) -> None:
        """Let the field have the value that stands there, whatever was sent."""
        field = self.instance._meta.get_field(name)
        if field.is_relation:
            records = field.related_model._base_manager
            keys = value if field.many_to_many else [value]
            value = records.filter(pk__in=keys) if field.many_to_many else records.filter(pk__in=keys).first()
        self.cleaned_data[name] = value
        self.errors.pop(name, None)

    def _show(self, names: list[str], before, now, mine, choices) -> None:
        fields = {name: self.instance._meta.get_field(name) for name in names}
        reading = versions.Reading()
        reading.prepare((fields[n], each[n]) for n in names for each in (before, now, mine) if n in each)
        self.conflicts = [
            Conflict(
                name,
                self._label(name),
                reading.say(fields[name], before[name]) if before else "",
                reading.say(fields[name], now[name]),
                reading.say(fields[name], mine[name]),
                choices[name],
            )
            for name in names
        ]

    def _label(self, name: str) -> str:
        return str(self.fields[name].label or name).lower()

    def _words(self, overtaken: list[str]) -> str:
        labels = ", ".join(f"»{self._label(name)}«" for name in overtaken)
        return (
            f"En anden har ændret {labels}, siden du åbnede siden. Intet er gemt: vælg, hvad der skal stå, og gem igen."
        )
