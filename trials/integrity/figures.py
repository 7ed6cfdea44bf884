"""Rules on activity figures."""

import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations

from trials.enums import Accuracy, Status, Unit
from trials.integrity.dates import IN_FORCE
from trials.integrity.finding import Found, Severity, rule
from trials.integrity.numbers import in_words
from trials.integrity.register import Register, day, events_of, place_in, place_of
from trials.models import Observation

_ONE: dict[str, str] = {
    Unit.CITIZENS: "borger",
    Unit.CASES: "sag",
    Unit.CONTACTS: "henvendelse",
    Unit.EMPLOYEES: "medarbejder",
    Unit.HOMES: "bolig",
    Unit.DKK: "krone",
    Unit.MONTHS: "måned",
    Unit.DAYS: "dag",
    Unit.RESIDENTS: "indbygger",
    Unit.MEDICINES: "lægemiddel",
    Unit.MUNICIPALITIES: "kommune",
    Unit.SCHOOLS: "skole",
    Unit.COMPLAINTS: "klage",
}
_SHARE_OF = re.compile(r"^(Andel(?:en)? af \w+)", re.IGNORECASE)
_LIKE = Decimal("0.1")
"""How far two figures may lie apart, of the larger, when one of them is only about right."""


def amount(figure: Observation) -> str:
    """A figure as it is read: »ca. 20-30 borgere«."""
    values = [
        f"{value.normalize():f}".replace(".", ",") for value in (figure.value, figure.value_to) if value is not None
    ]
    about = "" if figure.accuracy == Accuracy.COUNTED else f"{figure.get_accuracy_display()} "
    unit = _ONE.get(figure.unit) if values == ["1"] else None
    return f"{about}{'-'.join(values)} {unit or figure.get_unit_display()}"


def _where(figure: Observation) -> str:
    names = [municipality.name for municipality in figure.municipalities.all()]
    return f" ({in_words(names)})" if names else ""


@rule(
    "figure_of_outsider",
    Severity.CONTRADICTION,
    "Tal for en kommune uden for forsøget",
    "Et aktivitetstal gælder en kommune, som ikke er blandt forsøgets kommuner.",
    "Registeret viser tallet, som kilden har det, men gør ikke kommunen til forsøgskommune, fordi rækken ikke gør det.",
)
def figure_of_outsider(register: Register):
    """Bilagstabel 2.1, rows 5 and 11: figures in the sixth column for municipalities not in the second."""
    for figure in register.observations:
        trials = register.trials_of(figure)
        inside = {each.municipality_id for trial in trials for each in trial.participations.all()}
        outside = [each for each in figure.municipalities.all() if each.pk not in inside]
        if trials and outside:
            ids = in_words([trial.public_id for trial in trials])
            yield Found(
                figure.code,
                f"Kilden har et tal for {in_words([each.official_name for each in outside])} i {ids} "
                f"({amount(figure)}), men forsøget har ikke kommunen blandt sine kommuner.",
                trials=tuple(trials),
                municipalities=tuple(outside),
                places=(place_of(figure, amount(figure)), *(place_in(trial, 2) for trial in trials)),
            )


@rule(
    "parts_against_whole",
    Severity.CONTRADICTION,
    "Delene giver ikke helheden",
    "Tal, der er dele af et andet tal, giver tilsammen noget andet end helheden, eller en del er større end helheden.",
    "Registeret viser alle tallene, som kilden har dem, og regner ikke et nyt ud.",
)
def parts_against_whole(register: Register):
    """Only counts in the same unit are added. One part alone may be smaller than the whole, never larger."""
    parts: dict[int, list[Observation]] = defaultdict(list)
    by_pk = {figure.pk: figure for figure in register.observations}
    for figure in register.observations:
        whole = by_pk.get(figure.part_of_id)
        if whole and whole.unit == figure.unit:
            parts[whole.pk].append(figure)
    for pk, several in parts.items():
        whole = by_pk[pk]
        low, high = sum(p.value for p in several), sum(p.value_to or p.value for p in several)
        exact = all(p.accuracy == Accuracy.COUNTED for p in (*several, whole))
        most = (whole.value_to or whole.value) * (1 + (_LIKE if whole.accuracy == Accuracy.ABOUT else 0))
        too_much = low > most and whole.accuracy != Accuracy.AT_LEAST
        too_little = exact and len(several) > 1 and high < whole.value
        if too_much or too_little:
            total = f"{low.normalize():f}" if low == high else f"{low.normalize():f}-{high.normalize():f}"
            yield Found(
                whole.code,
                f"{whole.indicator}{_where(whole)} er {amount(whole)}, men delene giver {total.replace('.', ',')}: "
                f"{', '.join(f'{p.indicator} {amount(p)}' for p in several)}.",
                trials=tuple(register.trials_of(whole)),
                networks=(whole.network,) if whole.network else (),
                municipalities=tuple(whole.municipalities.all()),
                places=tuple(place_of(each, amount(each)) for each in (whole, *several)),
            )


@rule(
    "shares_not_100",
    Severity.CONTRADICTION,
    "Andele, der ikke giver 100 procent",
    "Andele af det samme giver tæt ved, men ikke 100 procent, eller én andel er over 100. Det kan være afrunding.",
    "Registeret viser andelene, som kilden har dem, og retter ikke en afrunding.",
)
def shares_not_100(register: Register):
    """Shares far from 100 in all are taken for a choice of some. Section 5.2: 58 + 29 + about 12."""
    groups: dict[tuple, list[Observation]] = defaultdict(list)
    for figure in register.observations:
        of = _SHARE_OF.match(figure.indicator)
        if figure.unit == Unit.PERCENT and of:
            trials = tuple(sorted(trial.pk for trial in figure.trials.all()))
            where = tuple(sorted(each.pk for each in figure.municipalities.all()))
            key = (of[1].casefold(), trials, figure.network_id, where, figure.from_on, figure.to_on, figure.section)
            groups[key].append(figure)
    for (of, *_), several in groups.items():
        total = sum(figure.value for figure in several)
        near = len(several) > 1 and 95 <= total <= 105 and total != 100 and not any(f.value_to for f in several)
        if near or any(figure.value > 100 for figure in several):
            shares = " + ".join(f"{figure.value.normalize():f}".replace(".", ",") for figure in several)
            yield Found(
                several[0].code,
                f"{of.capitalize()}: {shares} = {total.normalize():f} procent".replace(".", ",") + ", ikke 100.",
                trials=tuple(register.trials_of(several[0])),
                networks=(several[0].network,) if several[0].network else (),
                municipalities=tuple(several[0].municipalities.all()),
                places=tuple(place_of(figure, amount(figure)) for figure in several),
            )


def bounds(figure: Observation) -> tuple[Decimal, Decimal]:
    """The least and the most that a figure can stand for."""
    low, high = figure.value, figure.value_to or figure.value
    slack = high * _LIKE if figure.accuracy == Accuracy.ABOUT else Decimal(0)
    low = Decimal(0) if figure.accuracy == Accuracy.AT_MOST else low - slack
    high = Decimal("Infinity") if figure.accuracy == Accuracy.AT_LEAST else high + slack
    return low, high


@rule(
    "figures_disagree",
    Severity.CONTRADICTION,
    "To tal for det samme",
    "To aktivitetstal for det samme på samme tid er ikke ens.",
    "Registeret viser begge tal med hver sit sted, fordi kilden ikke siger, hvilket der er rigtigt.",
)
def figures_disagree(register: Register):
    """The tables and the chapters often give the same figure twice."""
    groups: dict[tuple, list[Observation]] = defaultdict(list)
    for figure in register.observations:
        subject = (
            tuple(sorted(trial.pk for trial in figure.trials.all())),
            tuple(sorted(each.pk for each in figure.municipalities.all())),
        )
        time = (figure.from_on, figure.to_on) if figure.to_on else (figure.source_id, figure.date_text)
        groups[figure.indicator.casefold(), figure.unit, figure.network_id, subject, time].append(figure)
    for several in groups.values():
        for one, other in combinations(several, 2):
            (low, high), (other_low, other_high) = bounds(one), bounds(other)
            if low > other_high or other_low > high:
                yield Found(
                    f"{one.code}:{other.code}",
                    f"{one.indicator}{_where(one)} er både {amount(one)} og {amount(other)}.",
                    trials=tuple(register.trials_of(one)),
                    networks=(one.network,) if one.network else (),
                    municipalities=tuple(one.municipalities.all()),
                    places=(place_of(one, amount(one)), place_of(other, amount(other))),
                )


@rule(
    "figure_at_wrong_time",
    Severity.CONTRADICTION,
    "Tal fra en umulig dag",
    "Et aktivitetstal er fra en dag efter kildens udgivelse, eller fra før undtagelsen trådte i kraft.",
    "Registeret viser tallet med den dag, kilden giver det.",
)
def figure_at_wrong_time(register: Register):
    """A source counts what has happened, under an exemption that applies."""
    for figure in register.observations:
        trials = register.trials_of(figure)
        until = figure.to_on or figure.from_on
        starts = [trial.in_force_from for trial in trials if trial.in_force_from]
        late = figure.source and (figure.from_on or until) and (figure.from_on or until) > figure.source.published_on
        early = until and starts and until < min(starts)
        if late or early:
            why = (
                f"kilden er fra {figure.source.published_text}"
                if late
                else f"undtagelsen gælder fra {day(min(starts))}"
            )
            yield Found(
                figure.code,
                f"{figure.indicator} ({amount(figure)}) er fra {day(figure.from_on or until)}, men {why}.",
                trials=tuple(trials),
                networks=(figure.network,) if figure.network else (),
                municipalities=tuple(figure.municipalities.all()),
                places=(place_of(figure, amount(figure)), *(place_in(trial, 6, IN_FORCE) for trial in trials if early)),
            )


@rule(
    "figure_of_dropped",
    Severity.CONTRADICTION,
    "Tal for et forsøg, der ikke gennemføres",
    "Der er et aktivitetstal for et forsøg, som ifølge sin status ikke gennemføres.",
    "Registeret viser både status og tal, fordi kilden ikke siger, hvilken af dem der er forkert.",
)
def figure_of_dropped(register: Register):
    """A trial that is not carried out has nothing to count."""
    for figure in register.observations:
        dropped = [t for t in register.trials_of(figure) if t.status == Status.NOT_PURSUED]
        if dropped and figure.value:
            ids = in_words([trial.public_id for trial in dropped])
            yield Found(
                figure.code,
                f"{ids} gennemføres ikke, men der er et tal for det: {figure.indicator}, {amount(figure)}.",
                trials=tuple(dropped),
                municipalities=tuple(figure.municipalities.all()),
                places=(
                    place_of(figure, amount(figure)),
                    *(place_of(event) for t in dropped for event in events_of(t)[:1]),
                ),
            )
