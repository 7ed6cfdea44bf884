"""Rules on days: of entry into force, of rounds, of decisions, of status."""

from trials.enums import UNDER_WAY, BasisKind, BasisRole, Decision, MilestoneKind, Reason, Status
from trials.integrity.finding import Found, Place, Severity, rule
from trials.integrity.register import Register, day, events_of, place_in, place_named, place_of

IN_FORCE = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
"""A day as the tables write it; the first in the sixth cell is that of entry into force."""

_MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()  # noqa: SIM905


def round_place(register: Register, round_) -> Place:
    """Where the day of a round stands: words quoted from there if any record has them, else the register's."""
    on = round_.in_force_on
    words = f"{round_.number}. runde er i kraft ved lov {day(on)}"
    place = place_named(round_.source_place, words)
    date_pattern = rf"\b{on.day}\. ?(?:{_MONTHS[on.month - 1]}|{on.month}\.) ?{on.year}"
    quoted = register.words_in(place.section, date_pattern) if place.section else ""
    return place_named(round_.source_place, quoted, is_quotation=True) if quoted else place


def _rounds(register: Register, trial) -> list:
    return [r for r in register.rounds if r.programme_id == trial.network.programme_id and r.in_force_on]


def _first_laws(register: Register) -> list:
    """Milestones of the whole programme that say when a law was passed or came into force, the first one first."""
    general = [m for m in register.milestones if m.kind == MilestoneKind.LAW and not m.network and m.actual_from]
    return sorted((m for m in general if not m.trials.all()), key=lambda m: m.actual_from)


@rule(
    "in_force_before_law",
    Severity.CONTRADICTION,
    "I kraft før loven",
    "Dagen for lovmæssig ikrafttrædelse ligger før den første ansøgningsrundes dag eller før lovens vedtagelse.",
    "Registeret viser tabellens dag, fordi kilden ikke siger, hvilken dag der ellers er den rigtige. Forsøget står "
    "uden ansøgningsrunde.",
)
def in_force_before_law(register: Register):
    """VIVE 2019, preface (the first trials were passed in June 2017) and section 0.1 (round 1: 1 July 2017)."""
    laws = _first_laws(register)[:1]
    for trial in register.trials:
        first = _rounds(register, trial)[:1]
        earliest = max([r.in_force_on for r in first] + [law.actual_from for law in laws], default=None)
        if trial.in_force_from and earliest and trial.in_force_from < earliest:
            said = [f"den første ansøgningsrunde trådte først i kraft {day(r.in_force_on)}" for r in first]
            said += [f"»{law.label}« er {law.date_text or day(law.actual_from)}" for law in laws]
            yield Found(
                trial.public_id,
                f"{trial.public_id} er ifølge kilden i kraft ved lov fra {day(trial.in_force_from)}, men "
                f"{', og '.join(said)}.",
                trials=(trial,),
                places=(
                    place_in(trial, 6, IN_FORCE),
                    *(round_place(register, r) for r in first),
                    *(place_of(law, law.label) for law in laws),
                ),
            )


@rule(
    "in_force_after_source",
    Severity.CONTRADICTION,
    "I kraft efter kildens udgivelse",
    "Kilden skriver, at forsøget er trådt i kraft en dag, der ligger efter, at kilden er udgivet.",
    "Registeret viser tabellens dag, fordi kilden ikke siger, hvilken dag der ellers er den rigtige.",
)
def in_force_after_source(register: Register):
    """The note gives days already past; section 0.1 has 1 July 2018 as the last round's."""
    for trial in register.trials:
        place = place_in(trial, 6, IN_FORCE)
        source = next((cell.source for cell in trial.cells.all()), None)
        if trial.in_force_from and source and trial.in_force_from > source.published_on:
            last = _rounds(register, trial)[-1:]
            yield Found(
                trial.public_id,
                f"{trial.public_id} er ifølge kilden i kraft ved lov fra {day(trial.in_force_from)}, men kilden er fra "
                f"{source.published_text}"
                + "".join(f", og den seneste ansøgningsrunde trådte i kraft {day(r.in_force_on)}" for r in last)
                + ".",
                trials=(trial,),
                places=(
                    place,
                    *(round_place(register, r) for r in last),
                    Place(source.published_text, label="Kildens udgivelse", is_quotation=False),
                ),
            )


@rule(
    "in_force_off_round",
    Severity.CONTRADICTION,
    "I kraft uden for ansøgningsrunderne",
    "Dagen for lovmæssig ikrafttrædelse er ingen af ansøgningsrundernes dage.",
    "Registeret viser kildens dag; forsøget står uden ansøgningsrunde, fordi ingen runde har den dag.",
)
def in_force_off_round(register: Register):
    """Section 0.1 of VIVE's note gives one day a round. Days before the first or after the source are found above."""
    for trial in register.trials:
        rounds = _rounds(register, trial)
        days = [r.in_force_on for r in rounds]
        published = max((cell.source.published_on for cell in trial.cells.all()), default=None)
        on = trial.in_force_from
        if on and days and min(days) < on and on not in days and not (published and on > published):
            yield Found(
                trial.public_id,
                f"{trial.public_id} er i kraft ved lov fra {day(on)}, men ansøgningsrunderne trådte i kraft "
                f"{', '.join(map(day, days))}.",
                trials=(trial,),
                places=(place_in(trial, 6, IN_FORCE), *(round_place(register, r) for r in rounds)),
            )


@rule(
    "round_mismatch",
    Severity.CONTRADICTION,
    "Runde og dato passer ikke sammen",
    "Forsøget er henført til en ansøgningsrunde med en anden dag for ikrafttrædelse end forsøgets egen.",
    "Registeret viser begge dele, som de er skrevet.",
)
def round_mismatch(register: Register):
    """The round follows from the day of entry into force (docs/decisions.md; section 0.1 of VIVE's note)."""
    for trial in register.trials:
        given = trial.application_round
        if given and given.in_force_on and trial.in_force_from and given.in_force_on != trial.in_force_from:
            yield Found(
                trial.public_id,
                f"{trial.public_id} hører til {given}, der trådte i kraft {day(given.in_force_on)}, men forsøget er i "
                f"kraft fra {day(trial.in_force_from)}.",
                trials=(trial,),
                places=(place_in(trial, 6, IN_FORCE), round_place(register, given)),
            )


@rule(
    "same_basis_other_day",
    Severity.CONTRADICTION,
    "Samme bestemmelse, to dage",
    "To forsøg i samme netværk hviler på præcis den samme undtagelse, men er i kraft fra hver sin dag.",
    "Registeret viser hver rækkes egen dag, fordi kilden ikke siger, hvilken der gælder.",
)
def same_basis_other_day(register: Register):
    """A letter of the act comes into force for a network on one day (VIVE 2019, section 0.1)."""
    first: dict = {}
    for trial in register.trials:
        for basis in trial.legal_bases.all():
            if basis.kind != BasisKind.EXEMPTION or not basis.provision or not trial.in_force_from:
                continue
            key = (trial.network_id, basis.provision_id)
            other = first.setdefault(key, trial)
            if basis.provision.letter and other.in_force_from != trial.in_force_from:
                yield Found(
                    f"{other.public_id}:{trial.public_id}:{basis.provision}",
                    f"{other.public_id} og {trial.public_id} hviler begge på {basis.provision}, men er i kraft fra "
                    f"{day(other.in_force_from)} og {day(trial.in_force_from)}.",
                    trials=(other, trial),
                    places=tuple(
                        place_in(each, col, pat) for each in (other, trial) for col, pat in ((5, ""), (6, IN_FORCE))
                    ),
                )


@rule(
    "under_way_before_in_force",
    Severity.CONTRADICTION,
    "I gang, før undtagelsen gælder",
    "Forsøget eller en kommunes del af det er i gang på en dag, hvor undtagelsen endnu ikke gælder.",
    "Registeret viser både status og dag, som kilden har dem, fordi den ikke siger, hvilken der er rigtig.",
)
def under_way_before_in_force(register: Register):
    """An exemption cannot be used before it applies (section 0.1 of VIVE's note)."""
    for trial in register.trials:
        for bearer in (trial, *trial.participations.all()):
            for event in events_of(bearer):
                early = trial.in_force_from and event.effective_on < trial.in_force_from
                if early and event.status in UNDER_WAY:
                    yield Found(
                        f"{event.key}",
                        f"{bearer} er »{event.get_status_display()}« {event.get_precision_display()} "
                        f"{day(event.effective_on)}, men undtagelsen gælder først fra {day(trial.in_force_from)}.",
                        trials=(trial,),
                        municipalities=() if bearer is trial else (bearer.municipality,),
                        places=(place_of(event), place_in(trial, 6, IN_FORCE)),
                    )


@rule(
    "general_law_when_in_force",
    Severity.CONTRADICTION,
    "Generel lov samme dag som forsøget",
    "Et forsøg, der hviler på en særlig undtagelse, er omsat til generel lov, før eller samme dag som undtagelsen "
    "selv trådte i kraft.",
    "Registeret viser tabellens dag for ikrafttrædelsen og kapitlets dag for loven, fordi kilden ikke siger, hvilken "
    "der er forkert.",
)
def general_law_when_in_force(register: Register):
    """VIVE 2019, section 7.1 against Bilagstabel 2.7."""
    special = {BasisKind.EXEMPTION, BasisKind.EXPERIMENT_CLAUSE}
    for trial in register.trials:
        kinds = {basis.kind for basis in trial.legal_bases.all() if basis.role == BasisRole.RESTS_ON}
        for event in events_of(trial):
            made = event.status == Status.MADE_GENERAL and kinds & special
            if made and trial.in_force_from and event.effective_on <= trial.in_force_from:
                yield Found(
                    trial.public_id,
                    f"{trial.public_id} blev omsat til generel lov {day(event.effective_on)}, men er selv først i "
                    f"kraft fra {day(trial.in_force_from)}.",
                    trials=(trial,),
                    places=(place_of(event), place_in(trial, 6, IN_FORCE)),
                )


@rule(
    "in_force_but_awaits_authority",
    Severity.CONTRADICTION,
    "I kraft, men afventer en myndighed",
    "Undtagelsen er ifølge kilden i kraft ved lov, men forsøget venter på en godkendelse eller en juridisk afklaring.",
    "Registeret viser status »Afventer«, fordi forsøget ikke kan gå i gang, og tabellens dag for ikrafttrædelsen.",
)
def in_force_but_awaits_authority(register: Register):
    """What is in force by law needs no further approval by the authority (section 0.1 of VIVE's note)."""
    for trial in register.trials:
        newest = next(iter(events_of(trial)), None)
        waits = newest and newest.status == Status.AWAITING and newest.reason in (Reason.AUTHORITY, Reason.LEGAL)
        if waits and trial.in_force_from and trial.in_force_from <= newest.effective_on:
            yield Found(
                trial.public_id,
                f"{trial.public_id} er i kraft ved lov fra {day(trial.in_force_from)}, men venter stadig "
                f"({newest.get_reason_display().casefold()}) {day(newest.effective_on)}.",
                trials=(trial,),
                places=(place_in(trial, 6, IN_FORCE), place_of(newest)),
            )


@rule(
    "decided_after_deadline",
    Severity.CONTRADICTION,
    "Besluttet efter fristen",
    "Kommunalbestyrelsens beslutning ligger efter programmets sidste frist for at sætte forsøg i gang.",
    "Registeret viser den dag, der er skrevet for beslutningen.",
)
def decided_after_deadline(register: Register):
    """The preface of VIVE's note: the last day for a local decision to start was 1 October 2018."""
    for trial in register.trials:
        programme = trial.network.programme
        for participation in trial.participations.all():
            on, last = participation.decided_on, programme.decision_deadline
            if on and last and on > last:
                words = f"Sidste frist for lokal beslutning: {day(last)}"
                yield Found(
                    f"{trial.public_id}:{participation.municipality.code}",
                    f"{participation.municipality.official_name} besluttede {trial.public_id} {day(on)}, men "
                    f"fristen var {day(last)}.",
                    trials=(trial,),
                    municipalities=(participation.municipality,),
                    places=(place_of(participation), place_named(programme.source_place, words)),
                )


@rule(
    "happened_after_source",
    Severity.CONTRADICTION,
    "Sket efter kildens udgivelse",
    "Kilden skriver, at noget er sket, på en dag, der ligger efter, at kilden er udgivet.",
    "Registeret viser den dag, kilden giver.",
)
def happened_after_source(register: Register):
    """What comes after the source's publication is planned or expected. Figures have a rule of their own."""
    for key, record, on, trials in _happened(register):
        if record.source and on > record.source.published_on:
            network = getattr(record, "network", None)
            yield Found(
                key,
                f"{record} er ifølge kilden sket {day(on)}, men kilden er fra {record.source.published_text}.",
                trials=tuple(trials),
                networks=(network,) if network else (),
                places=(
                    place_of(record),
                    Place(record.source.published_text, label="Kildens udgivelse", is_quotation=False),
                ),
            )


def _happened(register: Register):
    """What is said to have happened: its key, the record, the first day, and the trials."""
    for milestone in register.milestones:
        if milestone.actual_from:
            yield milestone.code, milestone, milestone.actual_from, register.trials_of(milestone)
    for trial in register.trials:
        for bearer in (trial, *trial.participations.all()):
            for event in events_of(bearer):
                yield event.key or f"{trial.public_id}:{event.pk}", event, event.effective_on, [trial]
        for outcome in trial.outcomes.all():
            if outcome.effective_on and not outcome.is_expected:
                yield f"{trial.public_id}:{outcome.decision}", outcome, outcome.effective_on, [trial]


@rule(
    "outcome_before_in_force",
    Severity.CONTRADICTION,
    "Udbredt, før undtagelsen gælder",
    "Forsøget er ifølge sit udfald udbredt helt eller delvist på en dag, hvor undtagelsen endnu ikke gjaldt.",
    "Registeret viser både udfaldets dag og dagen for ikrafttrædelse, fordi kilden ikke siger, hvilken der er forkert.",
)
def outcome_before_in_force(register: Register):
    """What is tried comes before what is spread. The same day is found by `general_law_when_in_force`."""
    for trial in register.trials:
        for outcome in trial.outcomes.all():
            spread = outcome.decision in (Decision.SPREAD_WHOLLY, Decision.SPREAD_PARTLY)
            on = outcome.effective_on
            if spread and on and trial.in_force_from and on < trial.in_force_from:
                yield Found(
                    f"{trial.public_id}:{outcome.decision}",
                    f"{trial.public_id} er udbredt fra {day(on)}, men undtagelsen gælder først fra "
                    f"{day(trial.in_force_from)}.",
                    trials=(trial,),
                    places=(place_of(outcome), place_in(trial, 6, IN_FORCE)),
                )
