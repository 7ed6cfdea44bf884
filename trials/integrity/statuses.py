"""Rules on status: of a trial against its row, its participations and its evaluation."""

import re

from networks.enums import Standing
from trials.enums import UNDER_WAY, BasisKind, DesignStatus, Status
from trials.integrity.finding import Found, Severity, rule
from trials.integrity.numbers import in_words
from trials.integrity.register import Register, day, events_of, place_in, place_named, place_of, text_of

ALL_STARTED = re.compile(
    r"\balle\b.*\bforsøg\w*\b.*\b(?:igangsat|iværksat|implementeret|startet|sat i gang|i drift)\b", re.IGNORECASE
)
NOT_STARTED = (
    r"\bikke\b(?: \w+){0,3} (?:kommet i gang|iværksat|igangsat|implementeret|startet|sat i gang)\b"
    r"|\b(?:iværksættes|gennemføres|igangsættes) ikke\b"
    r"|\bforvente[rs]\b.*\b(?:gå i gang|opstart|igangsat|igangsættes)\b"
    r"|\bingen kommune har\b.*\bbeslut"
)

_BEFORE = frozenset({Status.APPLIED, Status.APPROVED, Status.PLANNED, Status.AWAITING})
_OVER = frozenset({Status.REJECTED, Status.NOT_PURSUED, Status.ENDED, Status.MADE_GENERAL})
_STAGES = {
    **dict.fromkeys(_BEFORE, "ikke begyndt"),
    **dict.fromkeys(UNDER_WAY, "i gang"),
    **dict.fromkeys(_OVER, "slut eller opgivet"),
}
"""The statuses that can be said of the same trial at once, by how far it has come."""


@rule(
    "all_started",
    Severity.CONTRADICTION,
    "»Alle er igangsat«, men rækken siger nej",
    "Kilden siger, at alle netværkets forsøg er igangsat, men rækken for et af dem siger, at det ikke er.",
    "Registeret følger rækken, når den siger, at forsøget opgives eller først begynder senere; ellers viser det "
    "»Igangsat«: besluttet, men uden oplyst aktivitet.",
)
def all_started(register: Register):
    """Section 1.1 of VIVE's note (»alle 20 forsøg formelt er igangsat«) against Bilagstabel 2.1, rows 8, 16, 18."""
    for network in register.networks:
        trials = register.trials_in(network)
        events = [e for trial in trials for b in (trial, *trial.participations.all()) for e in events_of(b)]
        said = {event.quotation: place_of(event) for event in events if ALL_STARTED.search(event.quotation)}
        for text in network.texts.all():
            if ALL_STARTED.search(text.quotation):
                said.setdefault(text.quotation, place_named(text.source_place, text.quotation, is_quotation=True))
        for trial in trials if said else ():
            if re.search(NOT_STARTED, text_of(trial, 6), re.IGNORECASE):
                row = place_in(trial, 6, NOT_STARTED)
                yield Found(
                    trial.public_id,
                    f"Kilden siger om netværket, at »{next(iter(said))}«, men om {trial.public_id}: »{row.words}«",
                    trials=(trial,),
                    places=(*said.values(), row),
                )


@rule(
    "evaluated_but_dropped",
    Severity.CONTRADICTION,
    "Evaluering af et forsøg, der ikke gennemføres",
    "Der er beskrevet en evaluering af et forsøg, som ifølge sin status ikke gennemføres.",
    "Registeret viser evalueringen, som kilden beskriver den, og status »Gennemføres ikke«.",
)
def evaluated_but_dropped(register: Register):
    """Bilagstabel 2.1, row 8: an evaluation is described for a trial that was not started."""
    described = {DesignStatus.DESIGNED, DesignStatus.SUBMITTED, DesignStatus.NOT_FINISHED}
    for trial in register.trials:
        if trial.status != Status.NOT_PURSUED:
            continue
        for coverage in trial.coverages.all():
            evaluation = coverage.evaluation
            if not coverage.is_shared and (evaluation.design_status in described or evaluation.is_external):
                yield Found(
                    f"{trial.public_id}:{evaluation.code}",
                    f"{trial.public_id} gennemføres ikke, men der er en evaluering af det: "
                    f"»{(coverage.quotation or coverage.description or str(evaluation))[:200]}«",
                    trials=(trial,),
                    places=(place_of(coverage), *(place_of(event) for event in events_of(trial)[:1])),
                )


@rule(
    "participation_of_dropped",
    Severity.CONTRADICTION,
    "Kommune i gang i et opgivet forsøg",
    "Forsøget gennemføres ikke, men en kommune er i gang med det.",
    "Registeret viser både forsøgets og kommunens status med hver sit sted.",
)
def participation_of_dropped(register: Register):
    """Status belongs to the municipality; where a trial is given up, none can be under way."""
    for trial in register.trials:
        for participation in trial.participations.all():
            if trial.status == Status.NOT_PURSUED and participation.status in UNDER_WAY:
                yield Found(
                    f"{trial.public_id}:{participation.municipality.code}",
                    f"{trial.public_id} gennemføres ikke, men {participation.municipality.official_name} har status "
                    f"»{participation.get_status_display()}«.",
                    trials=(trial,),
                    municipalities=(participation.municipality,),
                    places=(_newest(trial), _newest(participation)),
                )


def _newest(bearer):
    return next((place_of(event) for event in events_of(bearer)), None)


@rule(
    "status_disagreement",
    Severity.CONTRADICTION,
    "Forsøg og kommuner er ikke enige om status",
    "Alle forsøgets kommuner har en kendt status, og ingen af dem er nået lige så langt som forsøget.",
    "Registeret viser både forsøgets og kommunernes status, som kilden har dem.",
)
def status_disagreement(register: Register):
    """Three stages are compared: not begun, under way, over. Within a stage words vary from place to place."""
    for trial in register.trials:
        several = list(trial.participations.all())
        stages = {_STAGES.get(Status(each.status)) for each in several}
        own = _STAGES.get(Status(trial.status))
        given_up = trial.status == Status.NOT_PURSUED and any(each.status in UNDER_WAY for each in several)
        if several and own and None not in stages and own not in stages and not given_up:
            said = [f"{each.municipality.name} »{each.get_status_display()}«" for each in several]
            yield Found(
                trial.public_id,
                f"{trial.public_id} har status »{trial.get_status_display()}«, men dets kommuner: {in_words(said)}.",
                trials=(trial,),
                municipalities=tuple(each.municipality for each in several),
                places=(_newest(trial), *(_newest(each) for each in several)),
            )


@rule(
    "participation_of_non_member",
    Severity.CONTRADICTION,
    "Forsøgskommune uden for netværket",
    "En kommune deltager i et forsøg uden at være aktivt medlem af netværket.",
    "Registeret viser kommunen som forsøgskommune, fordi rækken nævner den, og netværkets medlemmer efter listen.",
)
def participation_of_non_member(register: Register):
    """Municipalities take part in trials of a network they are in (VIVE 2019, section 0.1 and Bilagstabel 1.1)."""
    for trial in register.trials:
        members = {member.municipality_id: member for member in register.members(trial.network)}
        for participation in trial.participations.all():
            member = members.get(participation.municipality_id)
            if member and member.standing == Standing.ACTIVE:
                continue
            how = member.get_standing_display().casefold() if member else "ikke medlem"
            listed = member or next(iter(members.values()), None)
            yield Found(
                f"{trial.public_id}:{participation.municipality.code}",
                f"{participation.municipality.official_name} deltager i {trial.public_id}, men er {how} i netværket "
                f"»{trial.network}«.",
                trials=(trial,),
                municipalities=(participation.municipality,),
                places=(
                    place_of(participation, f"{participation.municipality} deltager"),
                    place_named(listed.source_place, f"{participation.municipality}: {how}") if listed else None,
                ),
            )


@rule(
    "unsettled_but_in_force",
    Severity.CONTRADICTION,
    "I kraft uden afklaret hjemmel",
    "Forsøget er ifølge kilden i kraft ved lov, men det er ikke afklaret, om det er et egentligt forsøg med hjemmel.",
    "Registeret viser forsøget blandt netværkets forsøg med hjemmelstypen »Ikke afklaret«, fordi tabellen har det med.",
)
def unsettled_but_in_force(register: Register):
    """Bilagstabel 2.4, row 10: »Ikke et egentligt frikommuneforsøg«, yet in force by law on 1 July 2018."""
    for trial in register.trials:
        unsettled = [basis for basis in trial.legal_bases.all() if basis.kind == BasisKind.UNSETTLED]
        if unsettled and trial.in_force_from:
            yield Found(
                trial.public_id,
                f"{trial.public_id} er i kraft ved lov fra {day(trial.in_force_from)}, men om hjemlen står der: "
                f"»{place_of(unsettled[0]).words}«",
                trials=(trial,),
                places=(*(place_of(basis) for basis in unsettled), place_in(trial, 6)),
            )
