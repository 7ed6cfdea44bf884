"""Milestones as a calendar (iCalendar, RFC 5545) of all-day events."""

from collections.abc import Callable
from datetime import UTC, date, timedelta

from django.urls import reverse
from icalendar import Calendar, Event

from trials import figures, known, periods
from trials.activity_querysets import MilestoneQuerySet
from trials.figures import Statement
from trials.milestone_filters import UNDATED
from trials.models import Milestone
from trials.sentences import milestone_time, trial_name

PROGRAM = "-//Frikommuneregisteret//Milepaele//DA"
SAME = ("kind", "label", "network_id", "planned_from", "planned_to", "actual_from", "actual_to")
"""Two milestones that agree in these, and in their trials, are one event: the source says it in two places."""


def written(name: str, milestones: MilestoneQuerySet, user, absolute: Callable[[str], str]) -> bytes:
    """The milestones that have a time as a calendar called `name`, in a constant number of queries.

    A season or a month is a period, and its event lasts as long and says so; it is never made a day.
    """
    calendar = Calendar()
    for field, value in (
        ("prodid", PROGRAM),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("name", known.one_line(name)),
        ("x-wr-calname", known.one_line(name)),
        ("x-published-ttl", "P1D"),
    ):
        calendar.add(field, value)
    dated = known.with_edits(milestones.exclude(UNDATED).shown_to(user))
    for statement in figures.merged(dated, *SAME):
        calendar.add_component(_event(statement, absolute))
    return calendar.to_ical()


def _event(statement: Statement, absolute: Callable[[str], str]) -> Event:
    milestone: Milestone = statement.first
    happened = bool(milestone.actual_from or milestone.actual_to)
    first, last = _time(milestone)
    changed = _changed(statement)
    event = Event()
    event.add("uid", str(known.permanent_id("milestone", milestone.code)))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1) if last < date.max else last)
    event.add("summary", _summary(milestone, happened, first, last))
    event.add("description", _description(statement))
    event.add("url", absolute(_page(milestone)))
    event.add("categories", [milestone.get_kind_display()])
    event.add("status", "CONFIRMED" if happened else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _time(milestone: Milestone) -> tuple[date, date]:
    """The first and the last day: of what happened, or else of what is planned."""
    for first, last in (
        (milestone.actual_from, milestone.actual_to),
        (milestone.planned_from, milestone.planned_to),
    ):
        if known_day := first or last:
            return first or known_day, last or known_day
    raise ValueError("a milestone without any time is no event")


def _summary(milestone: Milestone, happened: bool, first: date, last: date) -> str:
    """What it is, whether it is planned, and the time when that is not a day."""
    # The source's words are those of the plan, where both times are known.
    words = "" if happened and (milestone.planned_from or milestone.planned_to) else milestone.date_text
    period = words or periods.in_words(first, last)
    label = milestone.label if happened else f"Planlagt: {milestone.label}"
    return known.one_line(label if first == last else f"{label} ({period})")


def _description(statement: Statement) -> str:
    milestone = statement.first
    time = milestone_time(milestone)
    trials = "; ".join(map(trial_name, milestone.trials.all()))
    places = "; også ".join(place for place, _ in statement.places if place)
    lines = [
        f"{time[0].upper()}{time[1:]}",
        "" if _is_day(milestone) else "Tidspunktet er kun kendt som en periode, og begivenheden varer hele perioden.",
        f"Art: {milestone.get_kind_display()}",
        f"Netværk: {milestone.network.name}" if milestone.network else "",
        f"Forsøg: {trials}" if trials else "",
        statement.note,
        f"Kilde: {milestone.source}, {places}" if milestone.source and places else "Oplyst til registeret",
    ]
    return "\n".join(known.one_line(line) for line in lines if line)


def _is_day(milestone: Milestone) -> bool:
    first, last = _time(milestone)
    return first == last


def _page(milestone: Milestone) -> str:
    """The path of the page of its trial, its network or, when it is of all, the list."""
    page = next(iter(milestone.trials.all()), milestone.network)
    return page.get_absolute_url() if page else reverse("trials:milestone_list")


def _changed(statement: Statement):
    """When one of the records was last changed or became known, as far as that is known."""
    times = [
        known.of_record(each.source.published_on if each.source else None, each.written_at, each.edited_at)
        for each in statement.records
    ]
    return max((each.updated for each in times if each), default=known.NEVER).astimezone(UTC).replace(microsecond=0)
