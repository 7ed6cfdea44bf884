"""Everything that can be found, read once and remembered until the register changes."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from trials.figures import short_code
from trials.lookup import reading
from trials.lookup.entry import Entry, Kind
from trials.lookup.suggestions import Vocabulary
from trials.models import Evaluation, Experience, Observation, Provision, Source
from trials.remembered import Remembered


@dataclass(frozen=True)
class Index:
    """What one may find who may see drafts, or who may not.

    `codes`: for every id in small letters what it leads to, an (id, address) each.
    """

    entries: dict[Kind, list[Entry]]
    provisions: list[Provision]
    codes: dict[str, list[tuple[str, str]]]
    sources: list[Source]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the register, for one who has misspelt one."""
        return Vocabulary(Counter(word for each in self.all for word in set(Vocabulary.words_of(each.columns[0]))))

    @cached_property
    def all(self) -> list[Entry]:
        return [entry for entries in self.entries.values() for entry in entries]

    def popular(self, kind: Kind, number: int) -> list[Entry]:
        """The `number` entries of a kind with most trials behind them, in the order of the kind among equals."""
        ranked = sorted(self.entries[kind], key=lambda entry: -entry.weight)
        return [entry for entry in ranked[:number] if entry.weight]


def _read(user) -> Index:
    law, provisions = reading.law(user)
    entries = {
        Kind.TRIAL: list(reading.trials(user)),
        Kind.NETWORK: list(reading.networks(user)),
        Kind.MUNICIPALITY: list(reading.municipalities(user)),
        Kind.LAW: law,
        Kind.EVALUATION: list(reading.evaluations(user)),
        Kind.EXPERIENCE: list(reading.experiences(user)),
        Kind.TERM: list(reading.terms()),
    }
    return Index(entries, provisions, _codes(user, entries), list(Source.objects.all()))


index: Remembered[Index] = Remembered(_read)
"""The index of what `user` may see. One query, unless the register has changed since it was last asked for."""


def _codes(user, entries: dict[Kind, list[Entry]]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, dict[str, str]] = {}

    def add(code: str, url: str, *spellings: str) -> None:
        for spelling in (code, code.replace(":", "-"), short_code(code), *spellings):
            found.setdefault(spelling.casefold(), {})[code] = url

    for entry in entries[Kind.TRIAL]:
        programme, network, number = entry.code.rsplit("-", 2)
        add(entry.code, entry.url, f"{programme}-{network}-{int(number)}")
    for entry in entries[Kind.MUNICIPALITY]:
        add(entry.code, entry.url, entry.code.lstrip("0"), entry.code.zfill(4))
    for model in (Evaluation, Experience):
        for record in model._default_manager.visible_to(user).only("code"):
            add(record.code, record.get_absolute_url())
    for code in Observation.objects.visible_to(user).values_list("code", flat=True):
        add(code, reading.figure_url(code))
    return {spelling: list(targets.items()) for spelling, targets in found.items()}
