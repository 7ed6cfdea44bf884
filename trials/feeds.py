"""Atom feeds (RFC 4287) of changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join

from trials import known
from trials.changes import SHOWN
from trials.models import Source
from trials.sentences import Change

AUTHOR = "Frikommuneregisteret"


@dataclass(frozen=True)
class Feed:
    """What a feed is of: its title, the paths of the page it belongs to and its own, and a key that never changes."""

    title: str
    page: str
    path: str
    key: str


class ChangeFeed(Atom1Feed):
    """A feed that says when its newest entry was changed, and nothing of the time when it was fetched."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=known.NEVER)


def written(feed: Feed, changes: list[Change], absolute: Callable[[str], str]) -> str:
    """The feed of `changes` as XML; `absolute` makes a path of the site an absolute address. One query."""
    atom = ChangeFeed(
        title=known.one_line(feed.title),
        link=absolute(feed.page),
        description=None,
        subtitle=f"Det, der er blevet kendt eller ændret i registeret, nyeste først; højst {SHOWN}.",
        feed_url=absolute(feed.path),
        feed_guid=known.permanent_id("feed", feed.key).urn,
        author_name=AUTHOR,
        author_link=absolute("/"),
        feed_copyright=rights(),
        language="da",
    )
    for change in changes:
        atom.add_item(
            title=known.one_line(change.title),
            link=absolute(change.url),
            description=_paragraphs(change.facts),
            unique_id=change.id,
            pubdate=change.times.known,
            updateddate=change.times.updated,
            categories=[change.kind],
        )
    return atom.writeString("utf-8")


def rights() -> str:
    """Whose words are quoted. One query."""
    quoted = "; ".join(f"{source}, © {source.publisher} og forfatterne" for source in Source.objects.all())
    return known.one_line(f"Titler og citater er gengivet ordret fra {quoted}." if quoted else "")


def _paragraphs(lines: list[str]) -> str:
    legible = (known.legible(line).strip() for line in lines)
    return format_html_join("", "<p>{}</p>", ((line,) for line in legible if line))
