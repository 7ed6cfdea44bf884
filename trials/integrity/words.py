"""Rules on texts: counts, titles and what they stand beside."""

import re
from collections import defaultdict

from networks.enums import Standing, TextKind
from networks.models import Network
from trials.enums import BasisKind, BasisRole
from trials.integrity.finding import Found, Place, Severity, rule
from trials.integrity.numbers import NUMBER, counts, durations, in_words, number, paragraphs
from trials.integrity.register import Register, events_of, place_in, place_named, place_of, text_of
from trials.models import Trial

MUNICIPALITIES = rf"\b(?:de|alle|samtlige) {NUMBER} (?:deltagende )?(?:kommuner|forsøgskommuner|frikommuner)\b"
"""»i de tre kommuner«: a count of all, not of some."""
_MEMBERS = rf"(?:{MUNICIPALITIES}|\bbestår af (?:de )?{NUMBER} (?:\w+ )?kommuner\b)"
_TRIALS = (
    rf"\bi alt {NUMBER} (?:\w+ )?(?:fri(?:kommune)?)?forsøg\b",
    rf"\b{NUMBER} godkendte (?:frikommune)?forsøg\b",
    rf"\balle {NUMBER} (?:frikommune)?forsøg\b",
    rf"\baf de {NUMBER} (?:frikommune)?forsøg\b",
    rf"\bhar (?:kun )?{NUMBER} (?:frikommune)?forsøg\b",
)
_SERIES = re.compile(rf"\(\s*{NUMBER} af {NUMBER}\s*\)", re.IGNORECASE)


@rule(
    "municipality_count",
    Severity.CONTRADICTION,
    "Antallet af kommuner passer ikke",
    "En tekst om forsøget nævner et andet antal kommuner, end der er forsøgskommuner.",
    "Registeret viser de kommuner, som rækken nævner ved navn, og teksten ordret.",
)
def municipality_count(register: Register):
    """Bilagstabel 2.1, rows 9 and 20 (»de otte kommuner«), and 2.4, row 1 (»de tre kommuner«)."""
    for trial in register.trials:
        number_of = len(trial.participations.all())
        stated: dict[int, list[Place]] = defaultdict(list)
        for column in (3, 4, 6, 7):
            for value, words in counts(MUNICIPALITIES, text_of(trial, column)):
                stated[value].append(place_in(trial, column, re.escape(words)))
        for bearer in (trial, *trial.participations.all()):
            for event in events_of(bearer):
                for value, _ in counts(MUNICIPALITIES, event.quotation):
                    stated[value].append(place_of(event))
        for value, places in stated.items():
            if number_of and value != number_of:
                yield Found(
                    f"{trial.public_id}:{value}",
                    f"{trial.public_id} omtales som et forsøg i {value} kommuner, men rækken nævner {number_of}.",
                    trials=(trial,),
                    places=(*_preferring_cells(places), place_in(trial, 2)),
                )


def _preferring_cells(places: list[Place]) -> list[Place]:
    """Without the places whose words stand in another one of the same cell."""
    return [
        place
        for place in places
        if not any(
            place is not other
            and place.words in other.words
            and place.words != other.words
            and (place.table, place.row, place.column) == (other.table, other.row, other.column)
            for other in places
        )
    ]


@rule(
    "member_count",
    Severity.CONTRADICTION,
    "Antallet af netværkskommuner passer ikke",
    "En tekst om netværket nævner et andet antal kommuner, end netværket har aktive medlemmer.",
    "Registeret viser de medlemmer, som Bilagstabel 1.1 nævner ved navn, og tæller dem.",
)
def member_count(register: Register):
    """The number of participating municipalities is that of active members (Tabel 1 of VIVE's note)."""
    for network in register.networks:
        members = [m for m in network.memberships.all() if m.standing == Standing.ACTIVE]
        for text in network.texts.all():
            for value, words in [*counts(_MEMBERS, text.text), *counts(_MEMBERS, text.quotation)]:
                if value != len(members):
                    named = place_named(members[0].source_place, _names(members)) if members else None
                    yield Found(
                        f"{_id(network)}:{text.kind}:{text.position}:{value}",
                        f"Netværket »{network}« omtales med {value} kommuner (»{words}«), men har "
                        f"{len(members)} aktive medlemmer.",
                        networks=(network,),
                        places=(_text_place(text), named),
                    )


def _id(network: Network) -> str:
    return f"{network.programme.code}-{network.number}"


def _names(members) -> str:
    return in_words([member.municipality.name for member in members])


def _text_place(text) -> Place:
    return place_named(text.source_place, text.quotation or text.text, is_quotation=bool(text.quotation))


@rule(
    "trial_count",
    Severity.CONTRADICTION,
    "Antallet af forsøg passer ikke",
    "En tekst nævner et andet antal forsøg i netværket, end tabellen har rækker.",
    "Registeret viser tabellens rækker som netværkets forsøg, fordi kun de er beskrevet hver for sig.",
)
def trial_count(register: Register):
    """Section 7.1 of VIVE's note counts 11 trials, Bilagstabel 2.7 has 8 rows."""
    for network in register.networks:
        trials = register.trials_in(network)
        stated: dict[int, list[Place]] = defaultdict(list)
        for text in network.texts.all():
            for value in {*_trial_counts(text.text), *_trial_counts(text.quotation)}:
                stated[value].append(_text_place(text))
        for event in (event for trial in trials for event in events_of(trial)):
            # The overview (sections 0.1 to 0.4) counts the trials of all networks together.
            for value in set() if event.section.startswith("0.") else _trial_counts(event.quotation):
                stated[value].append(place_of(event))
        for value, places in stated.items():
            if value != len(trials):
                rows = (place_in(trial, 1) for trial in trials)
                yield Found(
                    f"{_id(network)}:{value}",
                    f"Netværket »{network}« har ifølge teksten {value} forsøg, men tabellen har {len(trials)}.",
                    trials=tuple(trials),
                    networks=(network,),
                    places=(*places, *rows),
                )


def _trial_counts(text: str) -> set[int]:
    return {value for pattern in _TRIALS for value, _ in counts(pattern, text)}


@rule(
    "accommodated_count",
    Severity.CONTRADICTION,
    "Antallet af imødekomne forsøg passer ikke",
    "Programmets antal imødekomne forsøg er et andet end antallet af forsøg i registeret.",
    "Registeret viser begge tal.",
)
def accommodated_count(register: Register):
    """Section 0.1 of VIVE's note: 79 trials were accommodated; Bilagstabel 2.1 to 2.7 have 79 rows."""
    for programme in register.programmes:
        trials = [trial for trial in register.trials if trial.network.programme_id == programme.pk]
        if programme.accommodated is not None and trials and programme.accommodated != len(trials):
            said = f"Imødekommede forsøg: {programme.accommodated}"
            networks = [n for n in register.networks if n.programme_id == programme.pk]
            yield Found(
                programme.code,
                f"{programme} har {programme.accommodated} imødekomne forsøg, men registeret har {len(trials)}.",
                networks=tuple(networks),
                places=(
                    place_named(programme.source_place, said),
                    Place(f"{len(trials)} forsøg", label="Registeret", is_quotation=False),
                ),
            )


@rule(
    "title_differs",
    Severity.CONTRADICTION,
    "Titlen siger noget andet end indholdet",
    "Titlen og indholdet nævner hver sine tidsrum eller hver sine paragraffer, uden ét til fælles.",
    "Registeret viser både titel og indhold, som kilden har dem, fordi den ikke siger, hvilken der er rigtig.",
)
def title_differs(register: Register):
    """Bilagstabel 2.3, row 8: »op til 1/2 år« in the title, three years in the content."""
    for trial in register.trials:
        for what, read in (("tidsrum", durations), ("paragraffer", paragraphs)):
            title, content = read(trial.title), read(trial.content)
            if title and content and not title & content:
                yield Found(
                    f"{trial.public_id}:{what}",
                    f"Titlen på {trial.public_id} nævner andre {what} ({_listed(title)}) end indholdet "
                    f"({_listed(content)}).",
                    trials=(trial,),
                    places=(place_in(trial, 1), *_sentences_with(trial, read)),
                )


def _listed(values: set) -> str:
    units = {"months": "måneder", "days": "dage"}
    said = [f"{v[1]:g} {units[v[0]]}" if isinstance(v, tuple) else f"§ {v}" for v in sorted(values)]
    return in_words(said)


def _sentences_with(trial: Trial, read) -> list[Place]:
    """The sentences of the content in which `read` finds something."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])", trial.content)
    return [place_in(trial, 3, re.escape(each[:40])) for each in sentences if read(each)]


@rule(
    "series_incomplete",
    Severity.CONTRADICTION,
    "Der mangler forsøg i en række",
    "Titler tæller forsøg i en række (»et af fire«), men rækken har færre forsøg.",
    "Registeret viser de forsøg, som tabellen har, og titlerne, som de står.",
)
def series_incomplete(register: Register):
    """Bilagstabel 2.1, rows 9 and 10: »et af fire« and »to af fire«; there is no third or fourth."""
    series: dict[tuple, list[Trial]] = defaultdict(list)
    for trial in register.trials:
        found = _SERIES.search(trial.title)
        if found:
            begins = trial.title[: found.start()].strip().casefold()
            series[trial.network_id, begins, number(found[2]) or 0].append(trial)
    for (_, _, total), trials in series.items():
        if len(trials) != total:
            titles = in_words([f"»{trial.title}«" for trial in trials])
            yield Found(
                ":".join(trial.public_id for trial in trials),
                f"Titlerne tæller {total} forsøg i rækken, men tabellen har {len(trials)}: {titles}.",
                trials=tuple(trials),
                places=tuple(place_in(trial, 1) for trial in trials),
            )


@rule(
    "reason_differs_from_basis",
    Severity.CONTRADICTION,
    "Begrundelsen passer ikke til hjemlen",
    "Rækken kalder forsøget en generel regelændring, men hjemlen er de gældende regler, eller omvendt.",
    "Registeret viser den hjemmelstype, som følger af rækkens hjemmel og indhold, og begrundelsen ordret.",
)
def reason_differs_from_basis(register: Register):
    """Bilagstabel 2.2, row 9: possible within the existing rules, and no evaluation since they are changed."""
    said_of = {
        BasisKind.EXISTING_LAW: r"generel(?:t|le)? (?:regel|lov)ændring",
        BasisKind.GENERAL_CHANGE: r"inden for (?:de |det )?(?:gældende|eksisterende) reg(?:el|ler)",
    }
    for trial in register.trials:
        kinds = {basis.kind for basis in trial.legal_bases.all() if basis.role == BasisRole.RESTS_ON}
        for kind, pattern in said_of.items():
            columns = [c for c in (3, 7) if re.search(pattern, text_of(trial, c), re.IGNORECASE)]
            if kinds == {kind} and columns:
                yield Found(
                    trial.public_id,
                    f"{trial.public_id} har hjemmelstypen »{BasisKind(kind).label}«, men rækken begrunder med noget "
                    f"andet: »{place_in(trial, columns[0], pattern).words}«",
                    trials=(trial,),
                    places=(*(place_in(trial, c, pattern) for c in columns), place_in(trial, 5), place_in(trial, 3)),
                )


@rule(
    "former_member_listed",
    Severity.CONTRADICTION,
    "Tidligere medlem står stadig som medlem",
    "En tekst siger, at kommunen tidligere var med i netværket, men den står på listen over netværkets kommuner.",
    "Registeret viser kommunen med den deltagelse, som listen giver, ikke som tidligere.",
)
def former_member_listed(register: Register):
    """Chapter 5 of VIVE's note against Bilagstabel 1.1: Lyngby-Taarbæk."""
    for network in register.networks:
        for text in (each for each in network.texts.all() if each.kind == TextKind.FORMER_MEMBER):
            for member in network.memberships.all():
                named = member.municipality.name in text.text or member.municipality.name in text.quotation
                if named and member.standing != Standing.FORMER:
                    words = f"{member.municipality.name}: {member.get_standing_display().casefold()}"
                    yield Found(
                        f"{_id(network)}:{member.municipality.code}",
                        f"{member.municipality.official_name} er ifølge teksten tidligere medlem af »{network}«, men "
                        f"står på listen som {member.get_standing_display().casefold()}.",
                        networks=(network,),
                        municipalities=(member.municipality,),
                        places=(_text_place(text), place_named(member.source_place, words)),
                    )
