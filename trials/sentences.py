"""What has become known or was changed, in sentences of plain text."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from networks.models import Municipality
from trials import figures, known, periods
from trials.enums import Precision, Publication, Status
from trials.known import Times
from trials.models import Experience, Milestone, Observation, Outcome, Participation, StatusEvent, Trial

LONGEST = 160
"""Characters of an experience that a title shows."""


class StatusChange:
    """A change of status got by `told()`, in the words of a sentence. Never says who recorded it."""

    def __init__(self, event: StatusEvent) -> None:
        self.event = event
        participation: Participation | None = event.participation
        self.trial: Trial = participation.trial if participation else event.trial  # type: ignore[assignment]
        self.municipality: Municipality | None = participation.municipality if participation else None
        self.previous = Status(event.previous_status or Status.UNKNOWN)

    @property
    def lead(self) -> str:
        """What stands before the new status: fra Godkendt til."""
        return "fortsat" if self.previous == self.event.status else f"fra {self.previous.label} til"

    @property
    def when(self) -> str:
        """What stands after it: pr. 1. maj 2018; senest den 28. februar 2019."""
        return f"{'(rettelse) ' if self.event.is_correction else ''}{when(self.event)}"

    @property
    def is_known_later(self) -> bool:
        """Whether it was known on another day than it took effect."""
        return self.event.known_on != self.event.effective_on

    @property
    def title(self) -> str:
        """The whole sentence: Thisted: fra Godkendt til I drift pr. 1. maj 2018 – FKII-1-08 Mikrolån."""
        sentence = f"{self.lead} {self.event.get_status_display()} {self.when}"
        if hasattr(self.event, "corrected_by"):
            sentence += " (senere rettet, gælder ikke)"
        if self.municipality is None:
            return f"{trial_name(self.trial)}: {sentence}"
        return f"{self.municipality.name}: {sentence} – {trial_name(self.trial)}"

    @property
    def facts(self) -> list[str]:
        """What more is known of it: what it corrects, its reason, a remark."""
        event = self.event
        wrong = event.corrects
        corrects = f"Rettelse af »{wrong.get_status_display()}« {when(wrong)}" if wrong else ""
        reason = f"Årsag: {event.get_reason_display()}" if event.reason else ""
        return [f"Netværk: {self.trial.network.name}", corrects, reason, event.note, *_grounds(event)]


@dataclass(frozen=True)
class Change:
    """A change to be told: a sentence, more facts in lines, the path of the page about it, and when it was known."""

    id: str
    kind: str
    title: str
    facts: list[str]
    url: str
    times: Times


def when(event: StatusEvent) -> str:
    """The day of an event as exact as it is: pr. 1. maj 2018; senest den 28. februar 2019."""
    word = "pr." if event.precision == Precision.ON else event.get_precision_display()
    return f"{word} {date_format(event.effective_on)}"


def trial_name(trial: Trial) -> str:
    """A trial's id and title; of a draft, that it is one."""
    return f"{trial.public_id} {trial.title}{' (kladde)' if trial.publication == Publication.DRAFT else ''}"


def milestone_time(milestone: Milestone) -> str:
    """A milestone's planned and actual time, apart, with the source's words: planlagt »medio 2019«, juni–juli 2019."""
    planned = periods.in_words(milestone.planned_from, milestone.planned_to)
    actual = periods.in_words(milestone.actual_from, milestone.actual_to)
    quoted = f"»{milestone.date_text}«" if milestone.date_text else ""
    if not planned and not actual:
        return f"tidspunkt {quoted}" if quoted else "tidspunkt ikke oplyst"
    told = [("planlagt", planned, quoted), ("sket", actual, "" if planned else quoted)]
    return " · ".join(f"{word} {', '.join(filter(None, (words, time)))}" for word, time, words in told if time)


def of_status(event: StatusEvent) -> Change:
    """The change of status `event`, got by `told()`."""
    change = StatusChange(event)
    return Change(
        known.permanent_id("status", event.key).urn,
        "Status",
        change.title,
        change.facts,
        change.trial.get_absolute_url(),
        known.of_event(event),
    )


def of_milestone(milestone: Milestone, times: Times) -> Change:
    """What has become known of a milestone got by `shown_to`."""
    title = f"Milepæl{_changed(times)}: {milestone.label}, {milestone_time(milestone)}"
    return _of_coded("milestone", "Milepæl", milestone, times, title, [milestone.note])


def of_outcome(outcome: Outcome, times: Times) -> Change:
    """What has become known of an outcome."""
    said = "ventet udfald" if outcome.is_expected else "udfald"
    on = f" pr. {date_format(outcome.effective_on)}" if outcome.effective_on else ""
    key = f"{outcome.trial.public_id}/{outcome.decision}/{'expected' if outcome.is_expected else 'settled'}"
    more = [
        f"Begrundelse: {outcome.reason}" if outcome.reason else "",
        f"Lov eller aftale: {outcome.law}" if outcome.law else "",
        f"Besluttet af: {outcome.body}" if outcome.body else "",
    ]
    return Change(
        known.permanent_id("outcome", key).urn,
        "Udfald",
        f"{trial_name(outcome.trial)}: {said}{_changed(times)} »{outcome.get_decision_display()}«{on}",
        [f"Netværk: {outcome.trial.network.name}", *more, *_grounds(outcome)],
        outcome.trial.get_absolute_url(),
        times,
    )


def of_figure(figure: Observation, times: Times) -> Change:
    """What has become known of a figure got by `shown_to`."""
    period = periods.in_words(figure.from_on, figure.to_on)
    title = f"Aktivitetstal{_changed(times)}: {figure.indicator}: {figures.amount(figure)} {figure.get_unit_display()}"
    published = figures.as_of(figure)
    as_of = period or (f"senest den {date_format(published)}" if published else "")
    facts = [f"Opgjort: {as_of}" if as_of else "Opgjort: ikke oplyst", figure.note]
    return _of_coded("figure", "Aktivitetstal", figure, times, f"{title}{f', {as_of}' if as_of else ''}", facts)


def of_experience(experience: Experience, times: Times) -> Change:
    """What has become known of an experience got by `shown_to`."""
    title = f"{experience.get_kind_display()}{_changed(times)}: {Truncator(experience.text).chars(LONGEST)}"
    url = experience.get_absolute_url()
    return _of_coded("experience", "Erfaring", experience, times, title, [experience.text], url)


def _of_coded(kind: str, label: str, record, times: Times, title: str, facts: list[str], url: str = "") -> Change:
    """The change of a record with a code, trials and a network, got by `shown_to`."""
    trials = list(record.trials.all())
    municipalities = record.municipalities.all() if hasattr(record, "municipalities") else []
    subjects = [
        f"Netværk: {record.network.name}" if record.network else "",
        f"Forsøg: {'; '.join(map(trial_name, trials))}" if trials else "",
        f"Kommuner: {', '.join(each.name for each in municipalities)}" if municipalities else "",
    ]
    page = trials[0] if trials else record.network
    names = [*(trial.public_id for trial in trials), *(each.name for each in municipalities)]
    of = ", ".join(names) or (record.network.name if record.network else "")
    return Change(
        known.permanent_id(kind, record.code).urn,
        label,
        f"{title} – {of}" if of else title,
        [*subjects, *facts, *_grounds(record)],
        url or (page.get_absolute_url() if page else reverse("home")),
        times,
    )


def _changed(times: Times) -> str:
    return f" (ændret {date_format(timezone.localdate(times.updated))})" if times.is_changed else ""


def _grounds(record) -> list[str]:
    """What the source says, and where."""
    quoted = f"Kilden skriver: »{record.quotation}«" if record.quotation else ""
    source = f"Kilde: {record.source}, {record.place}" if record.source and record.place else ""
    return [quoted, source or "Oplyst til registeret"]
