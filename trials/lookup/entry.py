"""What can be found: a record, or a word of the glossary, with all that is searched and shown of it."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import models

from trials import search
from trials.enums import Status

_WORD = re.compile(r"\w+")

Columns = tuple[str, str]
"""A text in small letters and its stems, as `search.columns` gives them."""


class Kind(models.TextChoices):
    """What is found; the code is that of the address, `/soeg/?slags=hjemler`."""

    TRIAL = "forsoeg", "Forsøg"
    NETWORK = "netvaerk", "Netværk"
    MUNICIPALITY = "kommuner", "Kommuner"
    LAW = "hjemler", "Hjemler"
    EVALUATION = "evalueringer", "Evalueringer"
    EXPERIENCE = "erfaringer", "Erfaringer"
    TERM = "ordbog", "Ord i ordbogen"


@dataclass(frozen=True)
class Passage:
    """A text of a record, and what it is."""

    label: str
    text: str


@dataclass(frozen=True)
class Entry:
    """Something to be found at `url`. `code` and `title` stand as its heading; `columns` are what is searched.

    `spellings`: other ways to write the title. `weight`: how many trials are behind it.
    """

    kind: Kind
    code: str
    title: str
    url: str
    columns: Columns
    passages: tuple[Passage, ...] = ()
    spellings: tuple[str, ...] = ()
    status: Status | None = None
    is_draft: bool = False
    weight: int = 0

    @cached_property
    def heading(self) -> Columns:
        return search.columns([self.code, self.title, *self.spellings])

    @cached_property
    def heading_words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.heading[0]))


def has(columns: Columns, word: str) -> bool:
    """Whether `word` is found, as `search.matches` finds it in a record's columns."""
    text, stems = columns
    return word in text or f" {search.stem(word)} " in stems


def searched(entry: Entry) -> Entry:
    """`entry` with its columns made of its heading and its passages, for a record that has none of its own."""
    code = "" if entry.kind == Kind.MUNICIPALITY else entry.code  # 27 is not part of kommunekode 727
    texts = [code, entry.title, *entry.spellings, *(passage.text for passage in entry.passages)]
    return replace(entry, columns=search.columns(texts))
