"""Two people on the same record: the second to save sees what the first changed, and chooses field by field.

A page carries the number of the version it shows (`SEEN`). When the record has a newer one as the form is sent, and
they differ in a field of the form, nothing is saved: each such field is shown with the other's value and one's own.
What is chosen is sent as `choice-<field>` (`theirs`, `mine`), for the fields named in `between`.

Whoever saves holds the record (`hold`) from before the form is read until it is saved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from frikommune.keys import read_key
from frikommune.people import name_of
from networks import versions

SEEN, BETWEEN, CHOICE = "version-seen", "between", "choice-"
THEIRS, MINE = "theirs", "mine"

Record = TypeVar("Record", bound=models.Model)


def hold(model: type[Record], key) -> Record | None:
    """The record, locked until the transaction ends; None when it is not there."""
    return model._base_manager.select_for_update().filter(pk=key).first()


@dataclass(frozen=True)
class Conflict:
    """A field that someone else has given another value than the form does. `chosen` is `THEIRS`, `MINE` or empty.

    `saved` says who saved the other's value, and when.
    """

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    chosen: str
    saved: str

    @property
    def choice(self) -> str:
        """The name under which the choice is sent."""
        return CHOICE + self.name

    @property
    def question(self) -> str:
        """What is asked for, in words."""
        return f"Vælg, hvad der skal stå i »{self.label}«."

    @property
    def anchor(self) -> str:
        """The id of the first of the two values."""
        return f"{self.choice}-{THEIRS}"

    @property
    def options(self) -> list[tuple[str, str, str, bool, str]]:
        """The two values to choose between: code, heading, value, whether it is chosen, who saved it and when."""
        return [
            (THEIRS, "Den gemte værdi", self.theirs, self.chosen == THEIRS, self.saved),
            (MINE, "Min værdi", self.mine, self.chosen == MINE, ""),
        ]


class CollisionForm(forms.ModelForm):
    """A form of a record with history that overwrites nothing unseen.

    Sent without the number of a version it asks nothing: only a page that was shown can have been overtaken.
    A form with fields that the record keeps otherwise says what they are in a version (`own`) and in words
    (`in_words`).
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

    @property
    def open_conflicts(self) -> list[Conflict]:
        """The conflicts that keep the form from being saved: those of the page when one of them waits for a choice."""
        return self.conflicts if self.has_error(NON_FIELD_ERRORS, "collision") else []

    def own(self, values: versions.Values) -> dict[str, Any]:
        """What a version says of the form's fields, as the form reads them; of those that the record has."""
        return {name: values[name] for name in self.fields if name in values}

    def in_words(self, name: str, value: Any, reading: versions.Reading) -> str:
        """The value of a field for a reader."""
        return reading.say(self.instance._meta.get_field(name), value)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        sent = read_key(self.data.get(SEEN, ""))
        if self.instance.pk and sent is not None:
            self._settle(sent)
        return cleaned if cleaned is not None else self.cleaned_data

    def _settle(self, sent: int) -> None:
        """Take what was chosen; ask about what has not been chosen yet."""
        now = self.own(versions.values_of(type(self.instance)._base_manager.get(pk=self.instance.pk)))
        before = self._values_in(sent)
        asked = [name for name in str(self.data.get(BETWEEN, "")).split() if name in now]
        mine = {name: self._mine(name) for name in now}
        overtaken = [] if sent == self.seen else self._overtaken(before, now, mine)
        choices = {name: self._choice(name, name in overtaken, before, mine) for name in mine}
        self._show(list(dict.fromkeys([*asked, *overtaken])), before, now, mine, choices)
        if overtaken:
            self.add_error(None, ValidationError(self._words(overtaken), code="collision"))
            return
        for name in asked:
            if choices[name] == THEIRS:
                self._take(name, now[name])
        if unchosen := [name for name in asked if not choices[name]]:
            words = f"Du mangler at vælge mellem den gemte værdi og din egen i {self._named(unchosen)}."
            self.add_error(None, ValidationError(words, code="collision"))

    def _values_in(self, version: int) -> versions.Values:
        """What stood in the version that the page showed; nothing when the record had no history then."""
        found = versions.values_in(self.instance.history.filter(pk=version))
        return self.own(found[version]) if version in found else {}

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
        value = self.cleaned_data[name] if name in self.cleaned_data else self._as_sent(name)
        if isinstance(value, models.QuerySet):
            return tuple(sorted(record.pk for record in value))
        return value.pk if isinstance(value, models.Model) else value

    def _as_sent(self, name: str) -> Any:
        """What was sent for a field that takes it not: of records the numbers that some record may have."""
        sent, field = self[name].data, self._tracked().get(name)
        if field is None or not field.is_relation:
            return self.data.get(self.add_prefix(name), "")
        keys = [read_key(each) for each in (sent if isinstance(sent, list) else [sent])]
        several = tuple(sorted(key for key in keys if key is not None))
        return several if field.many_to_many else next(iter(several), None)

    def _take(self, name: str, value: Any) -> None:
        """Let the field have the value that stands there, whatever was sent."""
        field = self._tracked().get(name)
        if field is not None and field.is_relation:
            records = field.related_model._base_manager
            keys = value if field.many_to_many else [value]
            value = records.filter(pk__in=keys) if field.many_to_many else records.filter(pk__in=keys).first()
        self.cleaned_data[name] = value
        self.errors.pop(name, None)

    def _show(self, names: list[str], before, now, mine, choices) -> None:
        if not names:
            return
        fields, reading, saved = self._tracked(), versions.Reading(), self._saved(names)
        reading.prepare(
            (fields[n], each[n]) for n in names for each in (before, now, mine) if n in each and n in fields
        )
        self.conflicts = [
            Conflict(
                name,
                self._label(name),
                self.in_words(name, before[name], reading) if before else "",
                self.in_words(name, now[name], reading),
                self.in_words(name, mine[name], reading),
                choices[name],
                saved.get(name, ""),
            )
            for name in names
        ]

    def _saved(self, names: Iterable[str]) -> dict[str, str]:
        """Who gave each of these fields the value that stands there, and when."""
        past = list(self.instance.history.select_related("history_user").order_by("pk"))
        values = versions.values_in(past)
        known: dict[str, Any] = {}
        since: dict[str, Any] = {}
        for version in past:
            now = self.own(values[version.pk])
            since |= {name: version for name in names if not known or now[name] != known[name]}
            known = now
        return {name: said_of(version) for name, version in since.items()}

    def _tracked(self) -> dict[str, Any]:
        return {field.name: field for field in versions.tracked(type(self.instance))}

    def _label(self, name: str) -> str:
        return str(self.fields[name].label or name).lower()

    def _named(self, names: Iterable[str]) -> str:
        return ", ".join(f"»{self._label(name)}«" for name in names)

    def _words(self, overtaken: list[str]) -> str:
        return (
            f"En anden har ændret {self._named(overtaken)}, siden du åbnede siden. Intet er gemt: vælg, hvad der skal "
            "stå, og gem igen."
        )


def said_of(version: Any) -> str:
    """Who made a version, as far as it is known, and when: to follow »gemt« or »slettet«."""
    at = timezone.localtime(version.history_date)
    when = f"den {date_format(at, 'j. F Y')} kl. {date_format(at, 'H.i')}"
    return f"af {name_of(version.history_user)} {when}" if version.history_user else when
