"""What is found, and in what order.

A thing is found when every word of the query is, as in the lists (see `trials.search`). Within a kind come first those
that have every word in their heading (id and title) as it stands or in another inflection; then every word in the
heading, inside compounds too; then some word in the heading; then those that have the words in their texts only. Equal
ones stand as in their own list. The kinds stand in the order of their best find, and as `Kind` has them among equals.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from trials import search
from trials.lookup import highlight
from trials.lookup.entry import Entry, Kind, has
from trials.lookup.index import Index


@dataclass(frozen=True)
class Group:
    """What was found of one kind, best first; `best` is the rank of the first."""

    kind: Kind
    entries: list[Entry]
    best: int


@dataclass(frozen=True)
class Hit:
    """What is found, made ready to be shown: the words of the query are marked."""

    entry: Entry
    words: list[str]

    @property
    def title(self) -> SafeString:
        return highlight.mark(self.entry.title, self.words)

    @property
    def code(self) -> SafeString:
        return highlight.mark(self.entry.code, self.words)

    @property
    def excerpts(self) -> list[tuple[str, SafeString]]:
        """The texts that have the words, a part of each; the beginning when only the heading has them."""
        return highlight.excerpts(self.entry.passages, self.words)


def find(index: Index, text: str) -> list[Group]:
    """What has every word of `text`, which must have words."""
    words = list(dict.fromkeys(search.words(text)))
    groups = []
    for kind, entries in index.entries.items():
        ranked = [(_rank(entry, words), entry) for entry in entries if all(has(entry.columns, word) for word in words)]
        if ranked:
            ranked.sort(key=lambda pair: pair[0])
            groups.append(Group(kind, [entry for _, entry in ranked], ranked[0][0]))
    return sorted(groups, key=lambda group: group.best)


def _rank(entry: Entry, words: list[str]) -> int:
    inside = [has(entry.heading, word) for word in words]
    if not all(inside):
        return 2 if any(inside) else 3
    stems = entry.heading[1]
    whole = all(word in entry.heading_words or f" {search.stem(word)} " in stems for word in words)
    return 0 if whole else 1
