"""Reads references to law: "§§ 27 c-k" is nine provisions, "§§ 29 c og 30" two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<sign>§{1,2})
      | stk\.\s*(?P<stk>\d+)(?:\s*-\s*(?P<stk_to>\d+))?
      | nr\.\s*(?P<nr>\d+)(?:\s*-\s*(?P<nr_to>\d+))?
      | (?P<paragraph>\d+)\s?(?P<letter>[a-zæøå](?![\wæøå]))?(?:\s*-\s*(?P<to>\d+\b|[a-zæøå](?![\wæøå])))?
      | (?P<lone>[a-zæøå])(?![\wæøå])(?:\s*-\s*(?P<lone_to>[a-zæøå])(?![\wæøå]))?
      | (?P<link>,|og\b)
      | (?P<end>\.)
    )""",
    re.VERBOSE,
)


HIGHEST, LONGEST_RANGE = 999, 100
"""No Danish act has a paragraph with a higher number, and no cell names so many at once."""


class Unreadable(ValueError):
    """A reference that cannot be read for certain; it must be settled in the overlay."""


@dataclass(frozen=True, order=True)
class Reference:
    """A provision of an act. 0 and the empty letter mean that none is named."""

    act: str
    paragraph: int
    letter: str = ""
    subsection: int = 0
    number: int = 0


def parse_provisions(text: str, act: str) -> list[Reference]:
    """The provisions of `act` that `text` names, ranges written out. Raises `Unreadable`."""
    if not text.lstrip().startswith("§"):
        raise Unreadable(f"»{text}« begynder ikke med §")
    found: list[Reference] = []
    position, stripped = 0, text.rstrip()
    while position < len(stripped):
        token = _TOKEN.match(stripped, position)
        if token is None or (token["end"] and token.end() < len(stripped)):
            raise Unreadable(f"»{stripped[position:].strip()}« kan ikke læses som henvisning")
        _take(token, act, found)
        position = token.end()
    if not found:
        raise Unreadable(f"»{text}« nævner ingen paragraf")
    return list(dict.fromkeys(found))


def _take(token: re.Match, act: str, found: list[Reference]) -> None:
    last = found[-1] if found else None
    if token["paragraph"]:
        # "§ 52, stk. 3 og 5" means stykke 5, "§§ 27, stk. 3 og 9 a" paragraph 9 a: only a letter tells.
        if last and last.subsection and not token["letter"]:
            raise Unreadable(f"»{token[0].strip()}« kan være både en paragraf og et stykke")
        found += _paragraphs(act, int(token["paragraph"]), token["letter"] or "", token["to"])
    elif token["lone"]:
        if last is None or not last.letter or last.subsection:
            raise Unreadable(f"bogstavet »{token['lone']}« hører ikke til nogen paragraf")
        letters = _letters(token["lone"], token["lone_to"] or token["lone"])
        found += [Reference(act, last.paragraph, letter) for letter in letters]
    elif token["stk"] or token["nr"]:
        if last is None:
            raise Unreadable("et stykke eller nummer uden paragraf")
        found.pop()
        if token["stk"]:
            numbers = _numbers(int(token["stk"]), int(token["stk_to"] or token["stk"]))
            found += [replace(last, subsection=number) for number in numbers]
        else:
            numbers = _numbers(int(token["nr"]), int(token["nr_to"] or token["nr"]))
            found += [replace(last, number=number) for number in numbers]


def _paragraphs(act: str, paragraph: int, letter: str, to: str | None) -> Iterator[Reference]:
    if to and to.isdigit():
        if letter:
            raise Unreadable(f"»{paragraph} {letter}-{to}« kan ikke skrives ud")
        return (Reference(act, number) for number in _numbers(paragraph, int(to)))
    if to and not letter:
        raise Unreadable(f"»{paragraph}-{to}« kan ikke skrives ud")
    _numbers(paragraph, paragraph)
    return (Reference(act, paragraph, each) for each in (_letters(letter, to or letter) if letter else [""]))


def _numbers(first: int, last: int) -> range:
    if last < first:
        raise Unreadable(f"»{first}-{last}« går baglæns")
    if last > HIGHEST or last - first > LONGEST_RANGE:
        raise Unreadable(f"»{first}-{last}« er ikke en mulig henvisning")
    return range(first, last + 1)


def _letters(first: str, last: str) -> list[str]:
    return [chr(code) for code in _numbers(ord(first), ord(last))]


def parse_cell(text: str, acts: dict[str, str]) -> list[Reference]:
    """The provisions that a legal-basis cell rests on. `acts` gives each act's code by its spelling.

    Raises `Unreadable` when any part of the cell is neither the name of an act nor a reference.
    """
    spellings = sorted(acts, key=len, reverse=True)
    if not spellings:
        raise Unreadable("ingen love er kendt")
    parts = re.split(f"({'|'.join(map(re.escape, spellings))})", text)
    if parts[0].strip() not in ("", "Forsøgsbestemmelsen i", "Forsøgsbestemmelserne i"):
        raise Unreadable(f"»{parts[0].strip()}« er ikke navnet på en kendt lov")
    if len(parts) == 1:
        raise Unreadable("cellen nævner ingen kendt lov")
    return [
        reference
        for spelling, references in zip(parts[1::2], parts[2::2], strict=True)
        for reference in parse_provisions(references, acts[spelling])
    ]
