"""Marks the words of a query in a text, and cuts a text to what stands round them. What comes out is escaped HTML."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from frikommune import danish
from trials import search
from trials.lookup.entry import Passage

LENGTH = 220
"""Characters of an excerpt, about."""

BEFORE = 60
"""Characters of it that stand before the first marked word, at most."""

MOST = 2
"""How many texts of a find are shown."""

_WORD = re.compile(r"\w+")
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
Range = tuple[int, int]


def mark(text: str, words: Sequence[str]) -> SafeString:
    """`text` with every place where one of `words` is found within <mark>."""
    text = unicodedata.normalize("NFC", text)
    return _marked(text, _merged(_found(text, words)))


def excerpts(passages: Iterable[Passage], words: Sequence[str]) -> list[tuple[str, SafeString]]:
    """The texts that show where the words are found, each with what it is: those with most of the words not yet shown.

    When none has any, the beginning of the first.
    """
    told = [Passage(each.label, unicodedata.normalize("NFC", each.text)) for each in passages]
    holding = [(passage, {word for word in words if _found(passage.text, [word])}) for passage in told]
    missing, shown = set(words), list[tuple[str, SafeString]]()
    while missing and len(shown) < MOST:
        passage, held = max(holding, key=lambda pair: len(pair[1] & missing), default=(None, set()))
        if passage is None or not held & missing:
            break
        missing -= held
        shown.append((passage.label, _cut(passage.text, words)))
    return shown or [(passage.label, _cut(passage.text, [])) for passage in told[:1]]


def _cut(text: str, words: Sequence[str]) -> SafeString:
    """About `LENGTH` characters of `text`, where most of `words` stand together, cut between words."""
    ranges = _merged(_found(text, words))
    if len(text) <= LENGTH:
        return _marked(text, ranges)
    folded = danish.casefold(text)

    def together(start: int) -> int:
        within = folded[start : start + LENGTH - BEFORE]
        return len({word for word in words if word in within})

    first = max((start for start, _ in ranges), key=together, default=0)
    begin = _word_start(text, max(0, first - BEFORE)) if first > BEFORE else 0
    begin = min(begin, first)
    end = _word_end(text, begin + LENGTH)
    inside = [(start - begin, min(stop, end) - begin) for start, stop in ranges if begin <= start < end]
    cut = _marked(text[begin:end], inside)
    return mark_safe((f"{_ELLIPSIS} " if begin else "") + cut + (f" {_ELLIPSIS}" if end < len(text) else ""))


def _word_start(text: str, place: int) -> int:
    """The start of the first word after `place`, unless one starts there."""
    space = text.find(" ", place)
    return place if space < 0 or space - place > BEFORE else space + 1


def _word_end(text: str, place: int) -> int:
    """The end of the last word before `place`."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place)
    return space if space > place - BEFORE else place


def _found(text: str, words: Sequence[str]) -> list[Range]:
    """Where the words stand in `text`. One of two letters or fewer must be a word of its own there."""
    folded, places = _folded(text)
    stems = {search.stem(word) for word in words}
    found = [match.span() for match in _WORD.finditer(folded) if match[0] in words or search.stem(match[0]) in stems]
    for word in words:
        if len(word) > 2:
            found += [match.span() for match in re.finditer(re.escape(word), folded)]
    return [(places[start], places[stop - 1] + 1) for start, stop in found]


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """`text` in small letters, and for each of them which letter of `text` it comes from (ß becomes two)."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded, range(len(text))
    parts = [letter.casefold() for letter in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


def _merged(ranges: list[Range]) -> list[Range]:
    """The ranges in order, those that touch made one."""
    merged: list[Range] = []
    for start, stop in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _marked(text: str, ranges: list[Range]) -> SafeString:
    parts, at = [], 0
    for start, stop in ranges:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        at = stop
    return mark_safe("".join([*parts, escape(text[at:])]))
