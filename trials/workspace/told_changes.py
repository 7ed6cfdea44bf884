"""What was changed in a record, told in Danish: what it is, and each field from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.text import Truncator, capfirst

from networks import versions
from trials.models import IdeaComment, Proposal, Trial
from trials.proposals import proposed
from trials.workspace.record_changes import RecordChange

NAMED_BY = (
    *("public_id", "municipality", "membership", "provision", "trait", "indicator", "label", "name", "title", "text"),
    *("kind", "code", "evaluation", "target_group", "verbatim", "decision", "message", "user", "role"),
)
"""The fields by which a reader knows a record, the first that it has and that says anything."""

LONGEST = 240
"""Characters of a value that are shown."""

AROUND = 60
"""Characters shown on either side of what differs between two long texts."""


@dataclass(frozen=True)
class FieldTold:
    """A field and its value before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Told:
    """One line of a history: a sentence, and the fields from what to what."""

    sentence: str
    fields: list[FieldTold] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    is_new: bool = False


class Telling:
    """Tells changes of records, with the names of what they refer to fetched for all at once."""

    def __init__(self, changes: Iterable[RecordChange]) -> None:
        self.changes = list(changes)
        self.reading = versions.Reading()
        self.reading.prepare(
            pair
            for change in self.changes
            for values in (change.before, change.after)
            if values
            for pair in _named_in(change.model, values)
        )
        comments = [change.key for change in self.changes if change.model is IdeaComment]
        self.withdrawn = IdeaComment.objects.withdrawn(comments) if comments else set()

    def name(self, change: RecordChange) -> str:
        """What kind of record it is, and which: Forsøgskommune Thisted (FKII-1-08)."""
        kind = capfirst(str(change.model._meta.verbose_name))
        fields = {tracked.name: tracked for tracked in versions.tracked(change.model)}
        said = (self.say(change, fields[name], change.values.get(name)) for name in NAMED_BY if name in fields)
        name = next((words for words in said if words != versions.EMPTY), "")
        if change.model is Trial:
            name = f"{name} {change.values.get('title', '')}"
        of = self._trial(change, fields)
        return f"{kind} {Truncator(name).chars(140)}".strip() + (f" ({of})" if of else "")

    def tell(self, change: RecordChange) -> Told | None:
        """The line about it; None when nothing in it is another."""
        name = self.name(change)
        if change.is_deleted:
            return Told(f"{name} er slettet.")
        if change.is_unknown:
            return Told(f"{name} er ændret. Hvad der stod før, er ikke bevaret.")
        if change.is_new:
            return Told(f"{name} er oprettet.", self._filled(change), is_new=True)
        told = [self.field(change, each) for each in change.differences]
        return Told(f"{name} er ændret.", told) if told else None

    def field(self, change: RecordChange, difference: versions.Difference) -> FieldTold:
        """A field from what to what; of two long texts where they differ."""
        old, new = (self.say(change, difference.field, value) for value in (difference.old, difference.new))
        return FieldTold(difference.label, *_excerpts(old, new))

    def _filled(self, change: RecordChange) -> list[FieldTold]:
        """The fields of a new record that hold something."""
        found = []
        for tracked in versions.tracked(change.model):
            if change.model is Proposal and tracked.name == "changes":
                found += self._proposed(change.values)
                continue
            said = self.say(change, tracked, change.values.get(tracked.name))
            if said != versions.EMPTY and tracked.name not in ("trial", "cell", "source"):
                found.append(FieldTold(str(tracked.verbose_name), "", Truncator(said).chars(LONGEST)))
        return found

    def _proposed(self, values: versions.Values) -> list[FieldTold]:
        """What a proposal would change, from what to what."""
        return [
            FieldTold(
                f"foreslået {each.verbose_name}", *_excerpts(self.reading.say(each, old), self.reading.say(each, new))
            )
            for each, old, new in proposed(values["kind"], values["changes"])
        ]

    def _trial(self, change: RecordChange, fields: dict[str, models.Field]) -> str:
        if "trial" not in fields or not change.values.get("trial"):
            return ""
        return self.reading.say(fields["trial"], change.values["trial"]).split(" ")[0]

    def say(self, change: RecordChange, tracked: models.Field, value) -> str:
        """A value of the record in words; those of a withdrawn comment are told to nobody."""
        if change.model is IdeaComment and tracked.name == "text" and change.key in self.withdrawn:
            return IdeaComment.WITHDRAWN
        return self.reading.say(tracked, value)


def _named_in(model, values: versions.Values) -> list[tuple[models.Field, Any]]:
    """The fields and values in which other records may be named."""
    pairs = [(tracked, values[tracked.name]) for tracked in versions.tracked(model)]
    if model is Proposal:
        changes = proposed(values["kind"], values["changes"])
        pairs += [(each, value) for each, old, new in changes for value in (old, new)]
    return pairs


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts, cut to where they differ when they are long."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    start = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = next(
        (place for place, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=False)) if a != b),
        min(len(old), len(new)),
    )
    end = min(end, len(old) - start, len(new) - start)
    return _cut(old, start, len(old) - end), _cut(new, start, len(new) - end)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    shown = Truncator(text[first:last]).chars(LONGEST + 2 * AROUND)
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"
