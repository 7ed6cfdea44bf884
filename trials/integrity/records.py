"""Faults of the register itself: these make `check_registry` fail."""

from collections import defaultdict

from trials import search
from trials.enums import Publication, Status
from trials.integrity.finding import Found, Place, Severity, rule
from trials.integrity.numbers import in_words
from trials.integrity.register import Register, cell_of, place_of

MOST_WORDS = 12
"""A quotation from a chapter is no longer than this (trials.importers.evidence)."""


def _fold(text: str) -> str:
    return " ".join(text.split())


def _trials_of(register: Register, record) -> tuple:
    """The trials that a record of any kind is about."""
    if hasattr(record, "trials"):
        return tuple(register.trials_of(record))
    if getattr(record, "participation", None):
        return (record.participation.trial,)
    if getattr(record, "contradiction", None):
        return tuple(register.trials_of(record.contradiction))
    return (record.trial,) if getattr(record, "trial", None) else ()


def _name(record) -> str:
    return f"{record._meta.verbose_name} »{record}«"


def _about(record) -> str:
    return f"{record._meta.model_name}:{':'.join(map(str, record.natural_key()))}"


@rule(
    "status_out_of_step",
    Severity.ERROR,
    "Status følger ikke hændelserne",
    "Den status, der er gemt, er en anden end den, hændelserne giver for i dag.",
    "Registeret viser den gemte status i lister og filtre og den beregnede for en valgt dag.",
)
def status_out_of_step(register: Register):
    """The current status repeats what the events give (`trials.workflow.replay`)."""
    for trial in register.trials:
        for bearer in (trial, *trial.participations.all()):
            if bearer.status != bearer.status_then:
                yield Found(
                    _about(bearer),
                    f"{bearer} står med status »{bearer.get_status_display()}«, men hændelserne giver "
                    f"»{Status(bearer.status_then).label}«.",
                    trials=(trial,),
                )


@rule(
    "record_without_place",
    Severity.ERROR,
    "Indlæst uden sted i kilden",
    "En oplysning, der er indlæst fra en kilde, siger ikke, hvor i kilden den står.",
    "Registeret viser oplysningen uden sted.",
)
def record_without_place(register: Register):
    """Everything imported has its place (docs/data.md). An imported event's key begins with its source's code."""
    codes = {record.source.code for record in register.sourced if record.source}
    codes |= {cell.source.code for trial in register.trials for cell in trial.cells.all()}
    for record in register.sourced:
        imported = getattr(record, "imported", None) or getattr(record, "key", "").partition(":")[0] in codes
        if imported and not record.place:
            yield Found(
                _about(record),
                f"{_name(record).capitalize()} er indlæst, men har intet sted i kilden.",
                trials=_trials_of(register, record),
            )


@rule(
    "quotation_not_in_source",
    Severity.ERROR,
    "Citatet står ikke i cellen",
    "Et ordret citat står ikke i den celle, det henviser til, eller er for langt til at være fra et kapitel.",
    "Registeret viser citatet, som det er skrevet.",
)
def quotation_not_in_source(register: Register):
    """A quotation is verbatim; from a chapter it is at most twelve words (docs/data.md, "Import files")."""
    for record in register.sourced:
        wrong = record.cell and _fold(record.quotation) not in _fold(record.cell.text)
        too_long = record.section and len(record.quotation.split()) > MOST_WORDS
        if wrong or too_long:
            why = f"er over {MOST_WORDS} ord" if too_long else "står ikke i cellen"
            yield Found(
                _about(record),
                f"Citatet »{record.quotation}« ({_name(record)}) {why}: {record.place}.",
                trials=_trials_of(register, record),
                places=(place_of(record),),
            )


@rule(
    "published_incomplete",
    Severity.ERROR,
    "Offentliggjort, men ikke færdigt",
    "Et offentliggjort forsøg mangler status, hjemmel, evaluering eller den korte beskrivelse.",
    "Registeret viser forsøget med det, der er.",
)
def published_incomplete(register: Register):
    """What every published trial has (docs/data.md, "Trial")."""
    for trial in register.trials:
        has = {
            "status": trial.events.all(),
            "hjemmel": trial.legal_bases.all(),
            "evaluering": trial.coverages.all(),
            "kort beskrivelse": trial.summary.strip(),
        }
        missing = [name for name, there in has.items() if not there]
        if trial.publication == Publication.PUBLISHED and missing:
            cell = cell_of(trial, 1)
            yield Found(
                trial.public_id,
                f"{trial.public_id} er offentliggjort uden {in_words(missing)}.",
                trials=(trial,),
                places=(Place(cell.text, cell.table, cell.row, 1, label=cell.place),) if cell else (),
            )


@rule(
    "inactive_with_trials",
    Severity.ERROR,
    "Inaktivt netværk med forsøg",
    "Et netværk står som ikke aktivt, men har offentliggjorte forsøg.",
    "Registeret viser netværket som ikke aktivt og dets forsøg alligevel.",
)
def inactive_with_trials(register: Register):
    """A network is inactive when no trial was accommodated (section 0.1 of VIVE's note)."""
    for network in register.networks:
        trials = [t for t in register.trials_in(network) if t.publication == Publication.PUBLISHED]
        if trials and not network.is_active:
            yield Found(
                f"{network.programme.code}-{network.number}",
                f"Netværket »{network}« er ikke aktivt, men har {len(trials)} offentliggjorte forsøg.",
                trials=tuple(trials),
                networks=(network,),
            )


@rule(
    "shared_without_described",
    Severity.ERROR,
    "Fælles evaluering uden beskrivelse",
    "Et forsøg deler en evaluering med et andet, men evalueringen er ikke beskrevet under noget forsøg.",
    "Registeret viser, at evalueringen er fælles, men ikke hvad den er.",
)
def shared_without_described(register: Register):
    """An evaluation is described under one trial, to which the others refer (Bilagstabel 2.3 and 2.7)."""
    known = {trial.pk: trial for trial in register.trials}
    described = {c.evaluation_id for e in register.evaluations for c in e.coverages.all() if not c.is_shared}
    shared: dict = defaultdict(list)
    for trial in register.trials:
        for coverage in trial.coverages.all():
            if coverage.is_shared and coverage.evaluation_id not in described:
                shared[coverage.evaluation].append(coverage)
    for evaluation, coverages in shared.items():
        trials = [known[coverage.trial_id] for coverage in coverages]
        yield Found(
            evaluation.code,
            f"{evaluation} deles af {in_words([t.public_id for t in trials])}, men er ikke beskrevet under noget "
            "forsøg.",
            trials=tuple(trials),
            places=tuple(place_of(coverage) for coverage in coverages),
        )


@rule(
    "search_out_of_step",
    Severity.ERROR,
    "Søgetekst følger ikke med",
    "Det, der søges i, svarer ikke til det, der står om forsøget eller erfaringen.",
    "Registeret viser de rigtige oplysninger, men søgningen finder dem ikke.",
)
def search_out_of_step(register: Register):
    """The search columns are written on save (`trials.search`); a write past `save()` leaves them behind."""
    for trial in register.trials:
        texts = [trial.public_id, trial.title, trial.summary, trial.content, trial.target_group, trial.implementation]
        texts += [trial.network.name, *(each.municipality.official_name for each in trial.participations.all())]
        texts += [coverage.description for coverage in trial.coverages.all()]
        if not _holds(trial, texts):
            yield Found(
                trial.public_id, f"Søgeteksten for {trial.public_id} svarer ikke til forsøget.", trials=(trial,)
            )
    for experience in register.experiences:
        if not _holds(experience, [experience.text]):
            message = f"Søgeteksten for {_name(experience)} svarer ikke til erfaringen."
            yield Found(_about(experience), message, trials=tuple(register.trials_of(experience)))


def _holds(record, texts: list[str]) -> bool:
    """Whether the search columns of `record` hold each of `texts`, and the stems are those of the words."""
    wanted = (search.columns([text])[0] for text in texts if text)
    whole = all(text in record.search_text for text in wanted)
    stems = search.columns([record.search_text])[1]
    return whole and set(stems.split()) == set(record.search_stems.split())
