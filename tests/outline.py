"""A page as a reader meets it: its text in lines, its headings in order, its links, its breadcrumb."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"meta", "link", "img", "input", "br", "hr"}
INLINE = {"a", "abbr", "b", "br", "em", "i", "mark", "span", "strong", "svg", "rect", "use", "q"}


@dataclass
class Outline:
    """What `outline` finds in a page. `lines` are those of its main part, spaces made single; `starts` says which of
    them the headings are."""

    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    crumbs: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def part(self, heading: str) -> str:
        """The text below `heading`, up to the next heading of its level or above. Raises when there is none."""
        texts = [text for _, text in self.headings]
        at = texts.index(heading)
        following = zip(self.headings[at + 1 :], self.starts[at + 1 :], strict=True)
        end = next((start for (level, _), start in following if level <= self.headings[at][0]), len(self.lines))
        return "\n".join(self.lines[self.starts[at] + 1 : end])

    def faults(self) -> list[str]:
        """What is wrong with the page's structure; empty when it is sound."""
        levels = [level for level, _ in self.headings]
        faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
        faults += [] if levels[:1] == [1] else ["does not begin with h1"]
        faults += [f"h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1]
        faults += [f"empty h{level}" for level, text in self.headings if not text]
        faults += [] if self.crumbs[:1] == ["Forside"] else ["no breadcrumb"]
        return faults + ([] if self.title.endswith("– Frikommuneregisteret") else ["no title"])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline()
        self.open: list[tuple[str, str]] = []
        self.line: list[str] = []
        self.href = ""

    def _inside(self, tag: str, css: str = "") -> bool:
        return any(name == tag and css in classes.split() if css else name == tag for name, classes in self.open)

    def _end_line(self) -> None:
        text = " ".join("".join(self.line).split())
        self.line = []
        heading = next((name for name, _ in self.open if len(name) == 2 and name[0] == "h" and name[1].isdigit()), "")
        if self._inside("main") and text:
            self.outline.lines.append(text)
        if self._inside("main") and heading:
            self.outline.headings.append((int(heading[1]), text))
            self.outline.starts.append(len(self.outline.lines) - bool(text))
        if self._inside("nav", "crumbs") and text:
            self.outline.crumbs.append(text)
        if self._inside("title") and not self._inside("svg"):
            self.outline.title = text

    def handle_starttag(self, tag: str, attrs) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in INLINE:
            self._end_line()
        if tag not in VOID:
            self.open.append((tag, values.get("class", "")))
        if tag == "a":
            self.href = values.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end_line()
        if tag == "a":
            self.href = ""
        while any(name == tag for name, _ in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        self.line.append(data)
        if self.href and self._inside("main") and data.strip():
            self.outline.links.setdefault(" ".join(data.split()), self.href)


def as_shown(html: str) -> str:
    """A page without the meanings of words, which show when one asks for them, and their list, which shows in print."""
    html = re.sub(r'<span class="term__meaning".*?</span>', "", html, flags=re.DOTALL)
    return re.sub(r'<section class="container print-only terms".*?</section>', "", html, flags=re.DOTALL)


def outline(response) -> Outline:
    """The outline of a response; raises when it is not a page."""
    html = as_shown(response.content.decode())
    assert html.startswith("<!doctype html>"), html[:80]
    reader = _Reader()
    reader.feed(html)
    return reader.outline
