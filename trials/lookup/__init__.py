"""The search over everything: what is searched, found and in what order, what was meant, what an id leads to."""

from trials.lookup.direct import Direct, direct
from trials.lookup.entry import Entry, Kind, Passage
from trials.lookup.finding import Group, Hit, find
from trials.lookup.index import Index, index
from trials.lookup.query import SearchFilter
from trials.lookup.suggestions import suggestions

__all__ = [
    "Direct",
    "Entry",
    "Group",
    "Hit",
    "Index",
    "Kind",
    "Passage",
    "SearchFilter",
    "direct",
    "find",
    "index",
    "suggestions",
]
