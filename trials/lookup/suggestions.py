"""What was meant by one who has misspelt a word: words of the register itself that are spelt nearly so."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from frikommune import danish
from trials import search
from trials.lookup.entry import has

LIKENESS = 0.7
"""How alike two words must be: the part of the letters that need no change. A misspelt word of four has one."""

MOST = 3
"""How many suggestions are made."""

MOST_WORDS = 4
"""How many unknown words are looked up."""

_LETTERS = re.compile(r"[^\W\d_]{3,}")


class Vocabulary:
    """The words of the register and in how many places each stands. æ, ø and å are the same as ae, oe and aa."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts

    @staticmethod
    def words_of(text: str) -> list[str]:
        """The words of `text`, which is in small letters, that are long enough to be recognised."""
        return _LETTERS.findall(text)

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """The words by how they are written with the letters of English."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.counts, key=lambda word: (-self.counts[word], word)):
            found.setdefault(danish.slug(word), []).append(word)
        return found

    def nearest(self, word: str) -> list[str]:
        """The words most like `word`, the most alike first, then the most used."""
        likeness = OSA.normalized_similarity
        near = process.extract(
            danish.slug(word), self.spellings.keys(), scorer=likeness, processor=None, score_cutoff=LIKENESS, limit=20
        )
        found = [(other, score) for spelling, score, _ in near for other in self.spellings[spelling]]
        found.sort(key=lambda pair: (-pair[1], -self.counts[pair[0]], pair[0]))
        if found and found[0][1] == 1:  # æ written as ae, and nothing else
            found = [(other, score) for other, score in found if score == 1]
        return [other for other, _ in found if other != word]


def suggestions(index, text: str, finds: Callable[[str], bool]) -> list[str]:
    """Queries that were perhaps meant by `text`, best first: its words that stand nowhere, spelt as the register does.

    Only queries that find something, as `finds` tells; failing that, single words. None when all words stand somewhere.
    """
    words = list(dict.fromkeys(search.words(text)))
    unknown = [word for word in words if not any(has(entry.columns, word) for entry in index.all)]
    near = {word: index.vocabulary.nearest(word)[:MOST] for word in unknown[:MOST_WORDS]}
    if not any(near.values()):
        return []
    choices = [near.get(word) or ([] if word in unknown else [word]) for word in words]
    whole = (" ".join(chosen) for chosen in product(*(choice for choice in choices if choice)))
    found = [query for query in islice(whole, MOST**MOST_WORDS) if finds(query)]
    return found[:MOST] or [word for candidates in near.values() for word in candidates[:1]][:MOST]
