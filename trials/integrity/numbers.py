"""Numbers in Danish text: counts, durations, paragraphs."""

import re
from collections.abc import Iterator

_SMALL = "nul en to tre fire fem seks syv otte ni ti elleve tolv"
_TEENS = "tretten fjorten femten seksten sytten atten nitten tyve"
WORDS = f"{_SMALL} {_TEENS}".split()
NUMBER = rf"(\d{{1,4}}|et|én|ét|{'|'.join(WORDS)})"
"""A number in digits, or in words up to twenty."""

_FRACTIONS = {"1/2": 0.5, "½": 0.5, "halvt": 0.5, "halvandet": 1.5, "1½": 1.5, "1,5": 1.5}
_DURATION = re.compile(
    rf"(?<![\w/-])(?P<number>1/2|½|1½|1,5|halvandet|halvt|{NUMBER})(?:[- ]?(?:til|-|–) ?(?P<other>{NUMBER}))?\s+"
    r"(?P<unit>år|måned(?:er)?|måneders|års|uger?|ugers|dage?)\b",
    re.IGNORECASE,
)
_ORDINALS = {"første": 1, "anden": 2, "tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "syvende": 7, "ottende": 8}
_ORDINAL = re.compile(rf"\b(?P<number>\d{{1,2}}\.|{'|'.join(_ORDINALS)}) (?P<unit>år|måned|uge|dag)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:under|over|fyldt|fylder|alderen|aldersgruppen|fra)\s*$", re.IGNORECASE)
_PER_UNIT = {"å": ("months", 12), "m": ("months", 1), "u": ("days", 7), "d": ("days", 1)}
_PARAGRAPH = re.compile(r"§§?\s*(\d+)\s*((?!i\s)[a-zæøå](?!\w))?")  # »§ 14 i loven« has no letter


def number(text: str) -> int | None:
    """The number that `text` is, in digits or in words up to twenty; None when it is neither."""
    text = text.casefold()
    if text.isdigit():
        return int(text)
    if text in ("et", "én", "ét"):
        return 1
    return WORDS.index(text) if text in WORDS else None


def durations(text: str) -> set[tuple[str, float]]:
    """The durations in `text`, in months or days, ages left out.

    Half a year is ("months", 6.0), and the 12th month ("months", 12): what is counted up to is as long.
    """
    given = []
    for match in _DURATION.finditer(text):
        if not _AGE.search(text[: match.start()]):
            given += [(words, match["unit"]) for words in (match["number"], match["other"]) if words]
    given += [(match["number"].rstrip("."), match["unit"]) for match in _ORDINAL.finditer(text)]
    found = set()
    for words, unit in given:
        kind, factor = _PER_UNIT[unit[0].casefold()]
        known = _FRACTIONS.get(words.casefold()) or _ORDINALS.get(words.casefold()) or number(words)
        if known is not None:
            found.add((kind, known * factor))
    return found


def paragraphs(text: str) -> set[str]:
    """The paragraphs named in `text`, with their letter: {"52", "81 a"}."""
    return {f"{match[1]} {match[2]}" if match[2] else match[1] for match in _PARAGRAPH.finditer(text)}


def counts(pattern: str, text: str) -> Iterator[tuple[int, str]]:
    """Each number that a group of `pattern` finds in `text`, and the words that were found."""
    for match in re.finditer(pattern, text, re.IGNORECASE):
        value = number(next(filter(None, match.groups())))
        if value is not None:
            yield value, match[0]


def in_words(several: list[str]) -> str:
    """»a, b og c«."""
    return several[0] if len(several) == 1 else f"{', '.join(several[:-1])} og {several[-1]}"
