"""Trials that may be the same one, told of in two rows."""

import re
from collections import Counter, defaultdict
from itertools import combinations

from frikommune import danish
from trials import search
from trials.enums import BasisKind
from trials.integrity.finding import Found, Severity, rule
from trials.integrity.numbers import in_words
from trials.integrity.register import Register, place_in
from trials.models import Trial

_COMMON = set("forsøg forsøget frikommuneforsøget kommune kommunen kommuner kommunerne borger borgere borgeren".split())  # noqa: SIM905
_COMMON |= set("skal være bliver blive mulighed muligheden gives".split())  # noqa: SIM905
"""Words of nearly every trial; shorter ones than four letters are left out anyway."""
_ALIKE = 0.30
_ALIKE_ACROSS_NETWORKS = 0.17
"""How much of their words two trials must share: of all words of either, those of both. Set on VIVE's 79 rows."""


def _words(trial: Trial) -> frozenset[str]:
    words = re.findall(r"[a-zæøå]{4,}", danish.casefold(f"{trial.title} {trial.content}"))
    return frozenset(search.stem(word) for word in words if word not in _COMMON)


@rule(
    "near_duplicate",
    Severity.GAP,
    "To rækker kan være samme forsøg",
    "To forsøg ligner hinanden i titel og indhold. Kilden siger ikke, hvordan de er afgrænset fra hinanden.",
    "Registeret viser dem som to forsøg, fordi kilden tæller dem hver for sig.",
)
def near_duplicate(register: Register):
    """Footnote 2 of section 0.1: it can be hard to tell single trials apart. Compared by the stems of their words."""
    words = {trial.pk: _words(trial) for trial in register.trials}
    often = Counter(word for each in words.values() for word in each)
    usual = {word for word, number in often.items() if number > max(4, len(words) / 4)}
    telling = {pk: each - usual for pk, each in words.items()}
    for one, other in combinations(register.trials, 2):
        mine, theirs = telling[one.pk], telling[other.pk]
        least = _ALIKE if one.network_id == other.network_id else _ALIKE_ACROSS_NETWORKS
        if mine and theirs and len(mine & theirs) / len(mine | theirs) >= least:
            where = "i samme netværk" if one.network_id == other.network_id else "i hver sit netværk"
            yield Found(
                f"{one.public_id}:{other.public_id}",
                f"{one.public_id} »{one.title}« og {other.public_id} »{other.title}« ({where}) ligner hinanden.",
                trials=(one, other),
                places=tuple(place_in(trial, column) for trial in (one, other) for column in (1, 5)),
            )


@rule(
    "same_exemption",
    Severity.GAP,
    "Samme undtagelse i flere rækker",
    "Forsøg i forskellige netværk hviler på den samme bestemmelse, eller forsøg i ét netværk på præcis de samme.",
    "Registeret viser dem som hver sit forsøg, fordi kilden tæller dem hver for sig.",
)
def same_exemption(register: Register):
    """The act has a paragraph or a letter for each trial (VIVE 2019, Bilagstabel 2.1-2.7, fifth column)."""
    across: dict[str, list[Trial]] = defaultdict(list)
    within: dict[tuple, list[Trial]] = defaultdict(list)
    for trial in register.trials:
        bases = [b for b in trial.legal_bases.all() if b.kind == BasisKind.EXEMPTION and b.provision]
        names = {_paragraph(basis.provision) for basis in bases}
        for name in names:
            across[name].append(trial)
        if names:
            within[trial.network_id, ", ".join(sorted(str(basis.provision) for basis in bases))].append(trial)
    shared = {name: trials for name, trials in across.items() if len({t.network_id for t in trials}) > 1}
    for (_, names), trials in within.items():
        known = any(set(trials) <= set(others) for others in shared.values())
        if len(trials) > 1 and not known:
            shared[names] = trials
    for name, trials in shared.items():
        yield Found(
            name,
            f"{in_words([trial.public_id for trial in trials])} hviler på samme undtagelse: {name}.",
            trials=tuple(trials),
            places=tuple(place_in(trial, 5) for trial in trials),
        )


def _paragraph(provision) -> str:
    """The paragraph that a provision is, or is a stykke or nummer of."""
    letter = f" {provision.letter}" if provision.letter else ""
    return f"{provision.act.title} § {provision.paragraph}{letter}"
