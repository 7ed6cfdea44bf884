"""What is missing. One finding a trial or a network, so that the list stays a list of work."""

import re
from collections import defaultdict

from networks.enums import Standing
from trials.enums import UNDER_WAY, BasisKind, BasisRole, DesignStatus, Element, Status
from trials.integrity.finding import Found, Place, Severity, rule
from trials.integrity.numbers import in_words
from trials.integrity.register import Register, day, events_of, place_in, place_of
from trials.models import Trial

_ENDS = re.compile(r"[.!?:;)»\"”]\s*$")


def _newest(trial: Trial) -> Place | None:
    return next((place_of(event) for event in events_of(trial)), None)


@rule(
    "design_element_missing",
    Severity.GAP,
    "Evalueringsdesignet mangler et krav",
    "Et beskrevet evalueringsdesign mangler forventede resultater, målgruppe eller metode.",
    "Registeret viser, hvilke af de krævede dele der er beskrevet, og med hvilke ord.",
)
def design_element_missing(register: Register):
    """An order requires all three (VIVE 2019, section 0.3). A baseline is only required if there is one."""
    for trial in register.trials:
        for coverage in trial.coverages.all():
            design = coverage.evaluation
            elements = {
                "forventede resultater": design.results_element,
                "målgruppe": design.target_group_element,
                "metode": design.method_element,
            }
            missing = [name for name, element in elements.items() if element == Element.MISSING]
            described = design.design_status in (DesignStatus.DESIGNED, DesignStatus.SUBMITTED)
            if missing and described and not coverage.is_shared:
                yield Found(
                    design.code,
                    f"Evalueringsdesignet for {trial.public_id} mangler {in_words(missing)}.",
                    trials=(trial,),
                    places=(place_of(coverage),),
                )


@rule(
    "design_unfinished",
    Severity.GAP,
    "I gang uden færdigt evalueringsdesign",
    "Forsøget er i gang, men evalueringsdesignet er ikke færdiggjort eller afventer.",
    "Registeret viser, hvor langt designet er.",
)
def design_unfinished(register: Register):
    """Section 0.3. Under realisation (chapter 2.1) a concrete project is still awaited, and the design with it."""
    waiting = {DesignStatus.AWAITS_PROJECT, DesignStatus.LATER}
    for trial in register.trials:
        for coverage in trial.coverages.all():
            status = coverage.evaluation.design_status
            late = status == DesignStatus.NOT_FINISHED or (status in waiting and trial.status != Status.REALISING)
            if trial.status in UNDER_WAY and late and not coverage.is_shared:
                yield Found(
                    trial.public_id,
                    f"{trial.public_id} har status »{trial.get_status_display()}«, men evalueringsdesignet er: "
                    f"{coverage.evaluation.get_design_status_display().casefold()}.",
                    trials=(trial,),
                    places=(place_of(coverage), _newest(trial)),
                )


@rule(
    "no_participation",
    Severity.GAP,
    "Ingen forsøgskommune",
    "Forsøget har ingen forsøgskommuner.",
    "Registeret viser forsøget uden kommuner.",
)
def no_participation(register: Register):
    """Bilagstabel 2.3, rows 6 and 7."""
    for trial in register.trials:
        if not trial.participations.all():
            message = f"{trial.public_id} har ingen forsøgskommuner."
            yield Found(trial.public_id, message, trials=(trial,), places=(place_in(trial, 2),))


@rule(
    "member_without_trial",
    Severity.GAP,
    "Medlem uden forsøg",
    "En aktiv kommune i et aktivt netværk står ikke i nogen af netværkets forsøg.",
    "Registeret viser kommunen som medlem af netværket, men ikke som forsøgskommune.",
)
def member_without_trial(register: Register):
    """Not all municipalities take part in all trials (section 0.1); one in none is worth asking about."""
    for network in register.networks:
        trials = register.trials_in(network)
        inside = {each.municipality_id for trial in trials for each in trial.participations.all()}
        for member in network.memberships.all():
            idle = member.standing == Standing.ACTIVE and member.municipality_id not in inside
            if network.is_active and trials and idle:
                yield Found(
                    f"{network.programme.code}-{network.number}:{member.municipality.code}",
                    f"{member.municipality.official_name} er aktivt medlem af »{network}«, men står ikke i nogen af "
                    f"dets {len(trials)} forsøg.",
                    networks=(network,),
                    municipalities=(member.municipality,),
                )


@rule(
    "no_coordinator",
    Severity.GAP,
    "Netværket har ingen koordinator",
    "Et aktivt netværk har ingen koordinator i registeret.",
    "Registeret viser netværket uden koordinator. Kildens kontaktpersoner er ikke taget med.",
)
def no_coordinator(register: Register):
    """Every network must have a coordinator (the ministry's guidance to networks)."""
    for network in register.networks:
        current = [c for c in network.coordinators.all() if c.to_on is None or c.to_on >= register.today]
        if network.is_active and not current:
            about = f"{network.programme.code}-{network.number}"
            yield Found(about, f"Netværket »{network}« har ingen koordinator.", networks=(network,))


@rule(
    "participation_unknown",
    Severity.GAP,
    "Kommuner uden oplyst status",
    "Forsøget er i gang, men for nogle af dets kommuner er det ikke oplyst, om de er med.",
    "Registeret viser »Ikke oplyst« ved de kommuner.",
)
def participation_unknown(register: Register):
    """Section 0.1: it cannot always be told which municipalities have implemented a trial. One finding a trial."""
    for trial in register.trials:
        unknown = [each for each in trial.participations.all() if each.status == Status.UNKNOWN]
        if trial.status in UNDER_WAY and unknown:
            names = in_words([each.municipality.name for each in unknown])
            yield Found(
                trial.public_id,
                f"{trial.public_id} har status »{trial.get_status_display()}«, men status er ikke oplyst for {names}.",
                trials=(trial,),
                municipalities=tuple(each.municipality for each in unknown),
                places=(_newest(trial), place_in(trial, 2)),
            )


@rule(
    "no_end_date",
    Severity.GAP,
    "Undtagelsens slutdato mangler",
    "Det er ikke oplyst, hvornår undtagelsen ophører. Ét fund for hvert netværk.",
    "Registeret viser ingen slutdato, fordi kilden ikke giver den.",
)
def no_end_date(register: Register):
    """The exemption applies for a limited time; the source does not give the end (docs/data.md, "Trial")."""
    for network in register.networks:
        trials = [t for t in register.trials_in(network) if t.in_force_from and not t.in_force_to]
        if trials:
            yield Found(
                f"{network.programme.code}-{network.number}",
                f"Slutdatoen for undtagelsen er ikke oplyst for {len(trials)} forsøg i »{network}«.",
                trials=tuple(trials),
                networks=(network,),
            )


@rule(
    "no_in_force_date",
    Severity.GAP,
    "Dagen for ikrafttrædelse mangler",
    "Forsøget hviler på en særlig undtagelse, men dagen for dens ikrafttrædelse er ikke oplyst.",
    "Registeret viser »Ikke oplyst« og ingen ansøgningsrunde.",
)
def no_in_force_date(register: Register):
    """What rests on the law in force needs no such day; an exemption does (section 0.1)."""
    for trial in register.trials:
        kinds = {basis.kind for basis in trial.legal_bases.all() if basis.role == BasisRole.RESTS_ON}
        if BasisKind.EXEMPTION in kinds and not trial.in_force_from:
            message = f"Det er ikke oplyst, hvornår undtagelsen for {trial.public_id} trådte i kraft."
            yield Found(trial.public_id, message, trials=(trial,), places=(place_in(trial, 6), place_in(trial, 5)))


@rule(
    "no_decision_date",
    Severity.GAP,
    "Kommunalbestyrelsens beslutning mangler",
    "Kommuner er i gang med forsøg, uden at dagen for deres beslutning er oplyst. Ét fund for hvert netværk.",
    "Registeret viser kommunernes status uden beslutningsdag.",
)
def no_decision_date(register: Register):
    """A trial starts in a municipality by the council's decision (remarks to § 32, stk. 2, of bill L 200)."""
    for network in register.networks:
        several = [
            each
            for trial in register.trials_in(network)
            for each in trial.participations.all()
            if each.status in UNDER_WAY and not each.decided_on
        ]
        if several:
            yield Found(
                f"{network.programme.code}-{network.number}",
                f"I »{network}« mangler dagen for kommunalbestyrelsens beslutning for {len(several)} forsøgskommuner, "
                "der er i gang.",
                trials=tuple(dict.fromkeys(each.trial for each in several)),
                networks=(network,),
                municipalities=tuple(dict.fromkeys(each.municipality for each in several)),
            )


@rule(
    "no_outcome",
    Severity.GAP,
    "Udfaldet mangler",
    "Forsøget er slut, opgivet eller blevet lov, men det er ikke oplyst, hvad der blev af det.",
    "Registeret viser status og »Ikke afgjort« som udfald.",
)
def no_outcome(register: Register):
    """A trial ends by being spread, not spread, or dropped."""
    for trial in register.trials:
        over = trial.status in (Status.ENDED, Status.NOT_PURSUED, Status.MADE_GENERAL)
        if over and not trial.outcomes.all():
            message = f"{trial.public_id} har status »{trial.get_status_display()}«, men intet udfald."
            yield Found(trial.public_id, message, trials=(trial,), places=(_newest(trial),))


@rule(
    "milestone_overdue",
    Severity.GAP,
    "Planlagte milepæle uden svar",
    "Planlagte dage er passeret, uden at det er oplyst, om milepælen blev nået. Ét fund for hvert netværk.",
    "Registeret viser milepælen som planlagt.",
)
def milestone_overdue(register: Register):
    """Follow-up on milestones is what networks are asked to do (the ministry's guidance)."""
    overdue: dict = defaultdict(list)
    for milestone in register.milestones:
        if milestone.planned_to and milestone.planned_to < register.today and not milestone.actual_from:
            overdue[milestone.network_id].append(milestone)
    by_pk = {network.pk: network for network in register.networks}
    for pk, several in overdue.items():
        network = by_pk.get(pk)
        about = f"{network.programme.code}-{network.number}" if network else "alle"
        where = f"»{network}«" if network else "hele programmet"
        first = min(several, key=lambda each: each.planned_to)
        yield Found(
            about,
            f"For {where} er det ikke oplyst, om planlagte milepæle blev nået ({len(several)}). Den ældste er "
            f"»{first.label}«, planlagt til senest {day(first.planned_to)}.",
            trials=tuple(dict.fromkeys(trial for each in several for trial in register.trials_of(each))),
            networks=(network,) if network else (),
            places=tuple(place_of(each, each.label) for each in several),
        )


@rule(
    "no_figures",
    Severity.GAP,
    "I drift uden tal",
    "Forsøget er i drift, men der er ingen aktivitetstal.",
    "Registeret viser, at der ikke er oplyst tal.",
)
def no_figures(register: Register):
    """Running means that activity is reported; how much is worth asking about."""
    counted = {trial.pk for figure in register.observations for trial in figure.trials.all()}
    for trial in register.trials:
        if trial.status == Status.RUNNING and trial.pk not in counted:
            message = f"{trial.public_id} er i drift, men der er ingen aktivitetstal for det."
            yield Found(trial.public_id, message, trials=(trial,), places=(_newest(trial),))


@rule(
    "text_cut_off",
    Severity.GAP,
    "Teksten er afbrudt",
    "Beskrivelsen af forsøgets indhold slutter midt i en sætning.",
    "Registeret viser teksten, som den står i kilden.",
)
def text_cut_off(register: Register):
    """Bilagstabel 2.4, row 6: the content ends with »Med forsøget«."""
    for trial in register.trials:
        if trial.content.strip() and not _ENDS.search(trial.content):
            last = trial.content.split()[-1]
            message = (
                f"Indholdet af {trial.public_id} slutter midt i en sætning: »… {' '.join(trial.content.split()[-6:])}«"
            )
            yield Found(
                trial.public_id, message, trials=(trial,), places=(place_in(trial, 3, rf"{re.escape(last)}\s*$"),)
            )
