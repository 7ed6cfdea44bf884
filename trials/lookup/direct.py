"""What an id, a kommunekode or a § leads to without a search."""

import re
from dataclasses import dataclass, field

from frikommune import danish
from trials import search
from trials.lookup.index import Index
from trials.models import Act, Provision

_PROVISION = re.compile(
    r"(?P<before>\D*?)\s*(?P<sign>§{1,2}|\bparagraf)?\s*(?P<paragraph>[0-9]{1,4})(?:\s*(?P<letter>[a-zæøå])(?!\w))?"
    r"(?:\s*,?\s*stk\.?\s*(?P<subsection>[0-9]{1,4}))?(?:\s*,?\s*nr\.?\s*(?P<number>[0-9]{1,4}))?"
    r"(?:\s*,)?(?:\s+(?P<of>i|af)\b)?(?:\s+(?P<after>\D+))?"
)


@dataclass(frozen=True)
class Direct:
    """Where a query may lead, a (name, address) each; when it is `certain`, the only one is gone to at once."""

    targets: list[tuple[str, str]] = field(default_factory=list)
    certain: bool = True

    @property
    def url(self) -> str:
        """The address to go to at once, or ""."""
        return self.targets[0][1] if self.certain and len(self.targets) == 1 else ""


def direct(index: Index, text: str) -> Direct:
    """What `text` names by its id or its place in a law; nothing when it does neither.

    A bare number is a kommunekode, or else perhaps a paragraph.
    """
    asked = " ".join(danish.casefold(text).split())
    targets = index.codes.get(asked)
    return Direct(targets) if targets else _provisions(index, asked)


def _provisions(index: Index, asked: str) -> Direct:
    """The provisions in use that `asked` names: § 25, 27 c, servicelovens § 184, § 25, stk. 3 i frikommuneloven."""
    found = _PROVISION.fullmatch(asked)
    if found is None:
        return Direct()
    letter, name = found["letter"] or "", " ".join(filter(None, [found["before"], found["after"]])).strip(" ,")
    if letter == "i" and found["after"] and not found["of"]:  # "§ 25 i frikommuneloven"
        letter = ""
    if name and not found["sign"] and not any(_is_name(act, name) for act in _acts(index)):
        return Direct()
    acts = [act for act in _acts(index) if not name or _is_name(act, name)] or [
        act for act in _acts(index) if search.has_words([act.title, act.short_title], name)
    ]
    places = (int(found["subsection"] or 0), int(found["number"] or 0))
    wanted = _used(index, acts, int(found["paragraph"]), letter, *places)
    if wanted:
        return Direct(_targets(wanted), certain=bool(found["sign"] or letter or name or any(places)))
    return Direct(_targets(_used(index, acts, int(found["paragraph"]), letter)), certain=False)


def _used(index: Index, acts: list[Act], *place) -> list[Provision]:
    """The provision at `place` in each of `acts` where a trial uses it or what lies in it."""
    names = ("paragraph", "letter", "subsection", "number")
    wanted = [Provision(act=act, **dict(zip(names, (*place, 0, 0), strict=False))) for act in acts]
    return [each for each in wanted if any(each.holds(provision) for provision in index.provisions)]


def _targets(provisions: list[Provision]) -> list[tuple[str, str]]:
    return [(str(provision), provision.get_absolute_url()) for provision in provisions]


def _acts(index: Index) -> list[Act]:
    return list({provision.act_id: provision.act for provision in index.provisions}.values())


def _is_name(act: Act, name: str) -> bool:
    """Whether `name` is the act's, in the genitive or not: frikommunelovens."""
    names = {danish.casefold(each) for each in (act.code, act.title, act.short_title)}
    return bool(names & {name, name.removesuffix("s"), name.removesuffix("'s")})
