"""Two to four trials side by side: which are asked for, what is known of each, and where they differ."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, TextChoices
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format

from trials.as_of import PARAMETER
from trials.enums import BasisRole, Status
from trials.models import Experience, LegalBasis, Observation, Outcome, Trial
from trials.querysets import TrialQuerySet
from trials.timeline import standing

FEWEST, MOST = 2, 4
"""How many trials can be compared."""

LOOKED_UP = 12
"""Of how many of the trials asked for the page looks at most, when they are too many."""

ALL, DIFFERENCES = "alt", "forskelle"
"""What can be shown: every fact, or those that differ."""

_ID = re.compile(r"[A-Za-z0-9]{1,12}-[0-9]{1,4}-[0-9]{1,4}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Selection:
    """Which trials a query string asks for (`forsoeg`, repeated), out of `trials`, how to show them (`vis`), and as of
    which day.

    Empty values and repetitions count as none, unknown parameters are ignored. `messages` says in Danish what cannot be
    answered: an unknown trial, too many, an unknown way to show them.
    """

    def __init__(self, params: QueryDict, trials: TrialQuerySet, day: date | None = None) -> None:
        asked = (_CONTROL.sub("", value).strip() for value in params.getlist("forsoeg"))
        self.asked = list({value.upper(): value for value in asked if value}.values())
        self.shows = [value for value in params.getlist("vis") if value]
        self.day = day
        self._visible = trials

    @cached_property
    def trials(self) -> list[Trial]:
        """Those that are there, in the order in which they are asked for. One query."""
        ids = [value for value in self.asked if _ID.fullmatch(value)][:LOOKED_UP]
        if not ids:
            return []
        wanted = reduce(or_, (Q(public_id__iexact=value) for value in ids))
        found = {trial.public_id.upper(): trial for trial in self._visible.filter(wanted)}
        return [found[value.upper()] for value in ids if value.upper() in found]

    @cached_property
    def messages(self) -> list[str]:
        known = {trial.public_id.upper() for trial in self.trials}
        unknown = [value for value in self.asked[:LOOKED_UP] if value.upper() not in known]
        said = [f"»{value[:60]}« er ikke et forsøg i registeret." for value in unknown]
        if len(self.asked) > MOST:
            said.append(f"Du har valgt {len(self.asked)} forsøg. Man kan højst sammenligne fire ad gangen.")
        wrong = [_CONTROL.sub("", value)[:60] for value in self.shows if value not in (ALL, DIFFERENCES)]
        return said + [f"»{value}« er ikke en visning. Vælg »{ALL}« eller »{DIFFERENCES}«." for value in wrong]

    @property
    def is_enough(self) -> bool:
        return FEWEST <= len(self.trials) <= MOST and not self.messages

    @property
    def only_differences(self) -> bool:
        return self.shows[-1:] == [DIFFERENCES]

    @property
    def has_room(self) -> bool:
        return len(self.trials) < MOST

    def url(self, without: Trial | None = None, show: str | None = None, day: date | None = None) -> str:
        """The address of the same comparison, less one trial, shown another way, or as of another day."""
        ids = [("forsoeg", trial.public_id) for trial in self.trials if trial != without]
        show = show or (DIFFERENCES if self.only_differences else ALL)
        query = urlencode([*ids, *([("vis", show)] if show != ALL else []), *([(PARAMETER, day)] if day else [])])
        return reverse("trials:comparison") + (f"?{query}" if query else "")

    @property
    def url_of_all(self) -> str:
        return self.url(show=ALL, day=self.day)

    @property
    def url_of_differences(self) -> str:
        return self.url(show=DIFFERENCES, day=self.day)

    @property
    def url_today(self) -> str:
        return self.url()

    @property
    def removable(self) -> list[tuple[Trial, str]]:
        """Each trial with the address of the comparison without it."""
        return [(trial, self.url(without=trial, day=self.day)) for trial in self.trials]


class Likeness(TextChoices):
    """Whether trials have a fact in common. What is known of none of them is not the same."""

    SAME = "same", "ens"
    DIFFERENT = "different", "forskellig"
    PARTLY_KNOWN = "partly_known", "ikke oplyst for alle"
    UNKNOWN = "unknown", "ikke oplyst"


@dataclass(frozen=True)
class Line:
    """Something known; with an address where there is more. `status` is the code of one, to be shown as a badge."""

    text: str
    url: str = ""
    status: str = ""


@dataclass(frozen=True)
class Fact:
    """A fact of each trial, in the trials' order. No lines mean that it is not known."""

    name: str
    cells: list[list[Line]] = field(default_factory=list)

    @property
    def likeness(self) -> Likeness:
        """Whether the trials have the same, as far as it is known of them."""
        known = {tuple(line.text for line in cell) for cell in self.cells if cell}
        if len(known) > 1:
            return Likeness.DIFFERENT
        if not known:
            return Likeness.UNKNOWN
        return Likeness.SAME if all(self.cells) else Likeness.PARTLY_KNOWN

    @property
    def differs(self) -> bool:
        """Whether it is among the differences: what is only known of some of the trials is."""
        return self.likeness in (Likeness.DIFFERENT, Likeness.PARTLY_KNOWN)


class Comparison:
    """The facts of `trials`, got by `for_page`, as `user` may see them, figures as of `day`. Makes two queries."""

    def __init__(self, trials: Iterable[Trial], user, day: date | None = None) -> None:
        self.trials = list(trials)
        self.user = user
        self.day = day

    @cached_property
    def facts(self) -> list[Fact]:
        told = [Fact(name, [tell(trial) for trial in self.trials]) for name, tell in FACTS.items()]
        figures = Observation.objects.visible_to(self.user)
        figures = figures.known_by(self.day) if self.day else figures
        counted: tuple[tuple[str, str, Any, dict], ...] = (
            ("Aktivitetstal", "figure_list", figures, {PARAMETER: self.day} if self.day else {}),
            ("Erfaringer", "experience_list", Experience.objects.visible_to(self.user), {}),
        )
        return told + [Fact(name, self._numbers(page, rows, params)) for name, page, rows, params in counted]

    @property
    def differing(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.differs]

    def _numbers(self, page: str, rows: Any, params: dict) -> list[list[Line]]:
        """How many of `rows` each trial has, with the list of them."""
        through = rows.model.trials.through
        of_them = {f"{rows.model.trials.field.m2m_field_name()}__in": rows.values("pk"), "trial__in": self.trials}
        counts = Counter(through.objects.filter(**of_them).values_list("trial", flat=True))
        return [[self._number(counts[trial.pk], page, {"forsoeg": trial.public_id} | params)] for trial in self.trials]

    def _number(self, count: int, page: str, params: dict) -> Line:
        return Line(str(count), f"{reverse(f'trials:{page}')}?{urlencode(params)}" if count else "")


def _lines(*texts: object) -> list[Line]:
    """A line for each text that is there."""
    return [Line(str(text)) for text in texts if text]


def _status(trial: Trial) -> list[Line]:
    status = trial.shown_status
    return [Line(status.label, status=status)] if status != Status.UNKNOWN else []


def _status_day(trial: Trial) -> list[Line]:
    event = standing(trial.events.all())
    return _lines(event and f"{event.get_precision_display()} {date_format(event.effective_on)}")


def _municipalities(trial: Trial) -> list[Line]:
    found = [part.municipality for part in trial.participations.all()]
    return [Line(each.name, each.get_absolute_url()) for each in found] or _lines("Ingen forsøgskommune")


def _municipal_statuses(trial: Trial) -> list[Line]:
    counts = Counter(part.shown_status for part in trial.participations.all())
    return _lines(*(f"{status.label}: {counts[status]}" for status in Status if counts[status]))


def _bases(role: BasisRole) -> Callable[[Trial], list[Line]]:
    def tell(trial: Trial) -> list[Line]:
        return [_basis(basis) for basis in trial.legal_bases.all() if basis.role == role]

    return tell


def _basis(basis: LegalBasis) -> Line:
    if basis.provision is None:
        return Line("Ingen bestemmelse nævnt")
    provision = basis.provision
    return Line(f"{provision.act.short_title} {provision.reference}", provision.get_absolute_url())


def _basis_kinds(trial: Trial) -> list[Line]:
    return _lines(*dict.fromkeys(basis.get_kind_display() for basis in trial.legal_bases.all() if basis.kind))


def _day(name: str) -> Callable[[Trial], list[Line]]:
    return lambda trial: _lines(getattr(trial, name) and date_format(getattr(trial, name)))


def _design(trial: Trial) -> list[Line]:
    found = [(coverage.design_status, coverage.evaluation) for coverage in trial.coverages.all()]
    return [Line(str(design.label), evaluation.get_absolute_url()) for design, evaluation in found if design]


def _evaluators(trial: Trial) -> list[Line]:
    found = [coverage.evaluation for coverage in trial.coverages.all()]
    return _lines(*(f"{e.evaluator}{' (ekstern)' if e.is_external else ''}" for e in found if e.evaluator))


def _methods(trial: Trial) -> list[Line]:
    traits = (str(trait) for coverage in trial.coverages.all() for trait in coverage.evaluation.traits.all())
    return _lines(*dict.fromkeys(traits))


def _outcomes(trial: Trial) -> list[Line]:
    return _lines(*map(_outcome, trial.outcomes.all()))


def _outcome(outcome: Outcome) -> str:
    text = ("Ventet: " if outcome.is_expected else "") + outcome.get_decision_display()
    return text + (f" pr. {date_format(outcome.effective_on)}" if outcome.effective_on else "")


def _place(trial: Trial) -> list[Line]:
    cells = list(trial.cells.all())[:1]
    return _lines(*(f"Bilagstabel {cell.table}, række {cell.row}, side {cell.page}" for cell in cells))


FACTS: dict[str, Callable[[Trial], list[Line]]] = {
    "Status": _status,
    "Status gælder": _status_day,
    "Kort fortalt": lambda trial: _lines(trial.summary),
    "Netværk": lambda trial: [Line(trial.network.name, trial.network.get_absolute_url())],
    "Målgruppe": lambda trial: _lines(trial.target_group),
    "Forsøgskommuner": _municipalities,
    "Kommunernes egen status": _municipal_statuses,
    "Hjemmelstype": _basis_kinds,
    "Hviler på": _bases(BasisRole.RESTS_ON),
    "Fraviger": _bases(BasisRole.DEVIATES_FROM),
    "Ansøgningsrunde": lambda trial: _lines(trial.application_round),
    "I kraft ved lov fra": _day("in_force_from"),
    "I kraft ved lov til": _day("in_force_to"),
    "Evalueringsdesign": _design,
    "Evaluator": _evaluators,
    "Tilgang og metoder": _methods,
    "Udfald": _outcomes,
    "Sted i kilden": _place,
}
"""What is compared, and how it is told of a trial. Where nothing is known there are no lines."""
