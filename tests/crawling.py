"""A crawl of the public site from its front page, by the links that its pages have."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

HOST = "http://testserver"
RECORDS = ("trials:trial", "networks:network", "networks:municipality", "trials:evaluation", "trials:provision")
"""The pages about one record, all of which are read."""
SAMPLE = 2
"""How many are read of other addresses that differ only in the record that they name, and half as many in a value."""
LINKING = ("href", "src", "action", "data-hx-get", "data-href")


class Markup(HTMLParser):
    """What a page says to machines: where it leads, its anchors, the levels of its headings."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs) -> None:
        given = dict(attrs)
        self.links += [given[name] for name in LINKING if given.get(name) is not None]
        self.ids += [given["id"]] if "id" in given else []
        self.levels += [int(tag[1])] if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else []

    def faults(self) -> list[str]:
        """What is wrong with the page by itself; empty when it is sound."""
        said = [] if self.levels.count(1) == 1 else [f"{self.levels.count(1)} h1"]
        said += [f"h{lower} after h{upper}" for upper, lower in pairwise(self.levels) if lower > upper + 1]
        return said + [f"#{name} {number} times" for name, number in Counter(self.ids).items() if number > 1]


@dataclass
class Crawl:
    """What a crawl met: the pages and their anchors, what has no page, and all that is wrong."""

    client: Client
    anchors: dict[str, set[str]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    shapes: Counter = field(default_factory=Counter)

    def run(self, start: str = "/") -> "Crawl":
        """Reads `start` and whatever it leads to."""
        self._meet(start, "")
        while self.waiting:
            self._read(self.waiting.popleft())
        self.faults += [
            f"{address}#{anchor}, linked from {page}, is not there"
            for (address, anchor), page in self.links.items()
            if anchor and address in self.anchors and anchor not in self.anchors[address]
        ]
        return self

    def pages(self, name: str) -> set[str]:
        """The pages read at the address of this name, without parameters."""
        read = (page for page in self.anchors if "?" not in page and not page.startswith("/static/"))
        return {page for page in read if resolve(page).view_name == name}

    def _read(self, address: str) -> None:
        response = self.client.get(address)
        content = b"".join(response) if response.streaming else response.content
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.status_code in (301, 302):
            self._meet(urljoin(address, response["Location"]), address)
        elif response.status_code != 200:
            page = next((page for (met, _), page in self.links.items() if met == address), "")
            self.faults.append(f"{address}, linked from {page}, answers {response.status_code}")
        elif kind in ("text/html", "image/svg+xml"):
            self._follow(address, content.decode(), whole=kind == "text/html")
        if kind != "text/html":
            self.others.append(address)

    def _follow(self, address: str, content: str, whole: bool) -> None:
        markup = Markup(content)
        self.anchors[address] = set(markup.ids)
        if not whole:
            return
        self.faults += [f"{address}: {fault}" for fault in markup.faults()]
        for link in markup.links:
            self._meet(urljoin(HOST + address, link.strip()), address)

    def _meet(self, link: str, page: str) -> None:
        """Puts the address into the queue unless it is another site's, known, or has enough like it."""
        address, anchor = urldefrag(urljoin(HOST, link))
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            return
        address = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
        self.links.setdefault((address, unquote(anchor)), page)
        if address in self.seen:
            return
        self.seen.add(address)
        if self._is_read(parts, address, page):
            self.waiting.append(address)

    def _is_read(self, parts, address: str, page: str) -> bool:
        path = unquote(parts.path)
        try:
            name = resolve(path).view_name
        except Resolver404:
            return True  # a file, or nothing: its answer says
        if name in RECORDS and not parts.query:
            return True
        if parts.query and "?" in page:
            return False
        shape = (name, tuple(sorted({pair.partition("=")[0] for pair in parts.query.split("&")})))
        self.shapes[shape] += 1
        return self.shapes[shape] <= (SAMPLE // 2 if parts.query else SAMPLE)
