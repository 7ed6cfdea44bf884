"""Records which changes were made together: who, when and through what. Every version of a record made
within `recording(...)` becomes an entry of one change set; when nothing was changed, nothing is written. It opens no
transaction: what is rolled back takes its entries along.

A command writes thousands of versions. Its entries are kept until the recording ends and written at once, so a command
opens its transaction outside its recording; what was rolled back in between has no version and gets no entry.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.dispatch import receiver
from simple_history.signals import post_create_historical_record

from networks.enums import Channel
from networks.models import ChangeEntry, ChangeSet


@dataclass
class Recording:
    """What a change set will be, and, from the first change on, is."""

    channel: Channel
    by: object | None = None
    note: str = ""
    reverts: ChangeSet | None = None
    change_set: ChangeSet | None = None
    kept: list[ChangeEntry] = field(default_factory=list)

    def enter(self, model: str, record: int, version: int) -> None:
        """Write that `version` of a record belongs here; at the end, when a command runs."""
        self.enter_all([(model, record, version)])

    def enter_all(self, entered: Iterable[tuple[str, int, int]]) -> None:
        """Write that these versions belong here: of each the model, the record and the version."""
        entries: list[Any] = [
            ChangeEntry(model=model, record=record, version=version) for model, record, version in entered
        ]
        if self.channel == Channel.COMMAND:
            self.kept += entries
            return
        if not entries:
            return
        if self.change_set is None or not ChangeSet.objects.filter(pk=self.change_set.pk).exists():
            self._begin()
        for entry in entries:
            entry.change_set = self.change_set
        ChangeEntry.objects.bulk_create(entries)

    def write_kept(self) -> None:
        """Write the entries kept, as far as their versions still stand."""
        there = _there(self.kept)
        # SQLite gives the number of a version that was rolled back to the next one: the last entry is the true one.
        last: dict[tuple[str, int], Any] = {(entry.model, entry.version): entry for entry in self.kept}
        entries = [entry for entry in last.values() if entry.version in there[entry.model]]
        self.kept = []
        if not entries:
            return
        self._begin()
        for entry in entries:
            entry.change_set = self.change_set
        ChangeEntry.objects.bulk_create(entries, batch_size=500)

    def _begin(self) -> None:
        self.change_set = ChangeSet.objects.create(
            channel=self.channel, made_by=self.by, note=self.note[:300], reverts=self.reverts
        )


def _there(entries: list[ChangeEntry]) -> dict[str, set[int]]:
    """By model, which of the versions that `entries` name are in the database."""
    named = defaultdict(list)
    for entry in entries:
        named[entry.model].append(entry.version)
    there = {}
    for label, versions in named.items():
        model = apps.get_model(label)
        # A status event has no history: it is its own version.
        found = model.history.all() if hasattr(model, "history") else model._default_manager.all()
        since = found.order_by().filter(pk__gte=min(versions), pk__lte=max(versions))
        there[label] = set(since.values_list("pk", flat=True))
    return there


_current: ContextVar[Recording | None] = ContextVar("_current", default=None)


@contextmanager
def recording(channel: Channel, by=None, note: str = "", reverts: ChangeSet | None = None) -> Iterator[Recording]:
    """What is written within is one change set; within another recording it takes its place."""
    made = Recording(channel, by, note, reverts)
    token = _current.set(made)
    try:
        yield made
        made.write_kept()
    finally:
        _current.reset(token)


def enter(record, version: int) -> None:
    """Write that `version` of `record` was made now, when something is being recorded."""
    if current := _current.get():
        current.enter(record._meta.label_lower, record.pk, version)


def enter_versions(versions: Iterable) -> None:
    """Write that these versions were made now, when something is being recorded: versions made in bulk, of which no
    signal is sent. A constant number of queries; none without versions."""
    made = [(version.instance_type._meta.label_lower, version.id, version.pk) for version in versions]
    if made and (current := _current.get()):
        current.enter_all(made)


@receiver(post_create_historical_record)
def enter_version(sender, instance, history_instance, **kwargs) -> None:
    enter(instance, history_instance.pk)
