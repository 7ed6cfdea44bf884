"""Status changes: what the workflow lets through, what it refuses, and what it keeps."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_participation, make_trial
from trials import workflow
from trials.enums import Precision, Reason, Status
from trials.models import StatusEvent, Trial
from trials.workflow import Change, Refused

pytestmark = pytest.mark.django_db

DAY = date(2018, 6, 1)

# Written from the vocabulary in the project's domain description, not from the code's table.
OPEN = {"planned", "awaiting", "started", "realising", "implementing", "running"}
ALLOWED = {
    "unknown": {s.value for s in Status} - {"unknown"},
    "applied": {"approved", "rejected"},
    "rejected": set(),
    "approved": OPEN | {"not_pursued", "made_general"},
    "planned": OPEN - {"planned"} | {"not_pursued", "made_general"},
    "awaiting": OPEN - {"awaiting"} | {"not_pursued", "made_general"},
    "started": OPEN - {"started"} | {"not_pursued", "made_general", "ended"},
    "realising": OPEN - {"realising"} | {"not_pursued", "made_general", "ended"},
    "implementing": OPEN - {"implementing"} | {"not_pursued", "made_general", "ended"},
    "running": OPEN - {"running"} | {"not_pursued", "made_general", "ended"},
    "not_pursued": {"planned", "made_general"},
    "ended": {"made_general"},
    "made_general": set(),
}


@pytest.mark.parametrize("before", [s.value for s in Status if s != Status.UNKNOWN])
def test_transitions_are_those_of_the_vocabulary(before):
    for after in Status.values:
        trial = make_trial()
        workflow.change_status(trial, Change(Status(before), DAY))
        change = Change(Status(after), DAY + timedelta(days=1))
        if after == before:
            assert workflow.change_status(trial, change) is None
        elif after in ALLOWED[before]:
            assert workflow.change_status(trial, change).status == after
        else:
            with pytest.raises(Refused) as refused:
                workflow.change_status(trial, change)
            assert Status(before).label in refused.value.messages[0]
            assert Status(after).label in refused.value.messages[0]
            assert trial.events.count() == 1


def test_first_status_may_be_any():
    for status in ALLOWED["unknown"]:
        trial = make_trial()
        workflow.change_status(trial, Change(Status(status), DAY))
        trial.refresh_from_db()
        assert trial.status == status


def test_refusal_says_what_is_allowed_instead():
    trial = make_trial(status=Status.ENDED)
    with pytest.raises(Refused, match="»Omsat til generel lovgivning«"):
        workflow.change_status(trial, Change(Status.RUNNING, date(2019, 3, 1)))


def test_change_keeps_who_when_and_why():
    by = get_user_model().objects.create_user("ane")
    participation = make_participation(make_trial())
    change = Change(Status.NOT_PURSUED, DAY, Precision.BY, Reason.NO_NEED, " Ingen borgere  ")
    before = timezone.now()
    event = workflow.change_status(participation, change, by)
    event.refresh_from_db()
    assert (event.participation, event.trial, event.recorded_by) == (participation, None, by)
    assert (event.status, event.reason, event.note) == ("not_pursued", "no_need", "Ingen borgere")
    assert (event.effective_on, event.precision, event.known_on) == (DAY, "by", timezone.localdate())
    assert event.recorded_at >= before


def test_same_status_again_is_a_confirmation():
    trial = make_trial(status=Status.RUNNING)
    assert workflow.change_status(trial, Change(Status.RUNNING, date(2019, 6, 1))) is None
    trial.refresh_from_db()
    assert trial.confirmed_on == date(2019, 6, 1)
    assert trial.events.count() == 1


def test_confirmation_of_what_held_before_says_nothing_of_another_status():
    trial = make_trial(status=Status.RUNNING)
    workflow.confirm(trial, date(2019, 6, 1))
    workflow.change_status(trial, Change(Status.ENDED, date(2019, 7, 1)))
    trial.refresh_from_db()
    assert trial.confirmed_on is None


def test_older_confirmation_does_not_move_the_date_back():
    trial = make_trial(status=Status.RUNNING)
    workflow.confirm(trial, date(2019, 6, 1))
    workflow.confirm(trial, date(2019, 5, 1))
    trial.refresh_from_db()
    assert trial.confirmed_on == date(2019, 6, 1)


def test_repeating_a_status_that_has_since_changed_confirms_nothing():
    trial = make_trial()
    workflow.change_status(trial, Change(Status.RUNNING, DAY))
    workflow.change_status(trial, Change(Status.ENDED, DAY + timedelta(days=30)))
    assert workflow.change_status(trial, Change(Status.RUNNING, DAY + timedelta(days=5))) is None
    trial.refresh_from_db()
    assert trial.confirmed_on is None


@pytest.mark.parametrize("write", ["change", "correct", "confirm"])
def test_days_in_the_future_are_refused(write):
    trial = make_trial(status=Status.RUNNING)
    tomorrow = timezone.localdate() + timedelta(days=1)
    change = Change(Status.ENDED, tomorrow, note="forkert")
    act = {
        "change": lambda: workflow.change_status(trial, change),
        "correct": lambda: workflow.correct(trial.events.get(), change),
        "confirm": lambda: workflow.confirm(trial, tomorrow),
    }[write]
    with pytest.raises(Refused):
        act()
    trial.refresh_from_db()
    assert (trial.status, trial.confirmed_on, trial.events.count()) == (Status.RUNNING, None, 1)


def test_reason_without_a_status_that_takes_one_is_refused():
    with pytest.raises(Refused, match="årsag"):
        workflow.change_status(make_trial(), Change(Status.RUNNING, DAY, reason=Reason.NO_NEED))


def test_other_reason_without_note_is_refused():
    with pytest.raises(Refused, match="Skriv årsagen"):
        workflow.change_status(make_trial(), Change(Status.ENDED, DAY, reason=Reason.OTHER, note="  "))


def test_event_dated_back_must_fit_what_follows():
    trial = make_trial()
    workflow.change_status(trial, Change(Status.RUNNING, DAY))
    with pytest.raises(Refused, match=r"gælder allerede fra 01\.06\.2018"):
        workflow.change_status(trial, Change(Status.REJECTED, DAY - timedelta(days=10)))
    workflow.change_status(trial, Change(Status.PLANNED, DAY - timedelta(days=10)))
    trial.refresh_from_db()
    assert trial.status == Status.RUNNING
    assert trial.status_on(DAY - timedelta(days=1)) == Status.PLANNED


def test_start_can_be_dated_back():
    trial = make_trial()
    workflow.change_status(trial, Change(Status.RUNNING, DAY, Precision.BY))
    workflow.change_status(trial, Change(Status.RUNNING, DAY - timedelta(days=30)))
    assert trial.status_on(DAY - timedelta(days=1)) == Status.RUNNING


def test_correction_takes_the_place_of_the_wrong_event():
    trial = make_trial()
    wrong = workflow.change_status(trial, Change(Status.RUNNING, DAY))
    workflow.correct(wrong, Change(Status.AWAITING, DAY + timedelta(days=60), note="Startede ikke"))
    trial.refresh_from_db()
    assert trial.status == Status.AWAITING
    assert trial.status_on(DAY + timedelta(days=1)) == Status.UNKNOWN
    assert trial.events.count() == 2, "the wrong statement stays on record"


def test_correction_needs_a_note():
    event = workflow.change_status(make_trial(), Change(Status.RUNNING, DAY))
    with pytest.raises(Refused, match="bemærkning"):
        workflow.correct(event, Change(Status.ENDED, DAY, note=" "))


def test_event_is_corrected_only_once():
    event = workflow.change_status(make_trial(), Change(Status.RUNNING, DAY))
    workflow.correct(event, Change(Status.PLANNED, DAY, note="1"))
    with pytest.raises(Refused, match="allerede rettet"):
        workflow.correct(event, Change(Status.AWAITING, DAY, note="2"))


def test_correction_may_set_what_a_change_may_not():
    trial = make_trial()
    event = workflow.change_status(trial, Change(Status.MADE_GENERAL, DAY))
    workflow.correct(event, Change(Status.APPLIED, DAY, note="Loven blev ikke vedtaget"))
    trial.refresh_from_db()
    assert trial.status == Status.APPLIED


def test_revert_sets_what_held_before_and_can_be_reverted():
    trial = make_trial()
    workflow.change_status(trial, Change(Status.APPROVED, DAY))
    event = workflow.change_status(trial, Change(Status.RUNNING, DAY + timedelta(days=9)))
    back = workflow.revert(event, "Skrevet på det forkerte forsøg")
    trial.refresh_from_db()
    assert (trial.status, back.corrects) == (Status.APPROVED, event)
    assert trial.events.count() == 3


def test_revert_of_the_first_event_leaves_the_status_unknown():
    trial = make_trial()
    event = workflow.change_status(trial, Change(Status.RUNNING, DAY))
    workflow.revert(event, "Forkert")
    trial.refresh_from_db()
    assert trial.status == Status.UNKNOWN


def test_events_cannot_be_changed_or_deleted():
    event = workflow.change_status(make_trial(), Change(Status.RUNNING, DAY))
    event.status = Status.ENDED
    for tamper in (
        event.save,
        event.delete,
        StatusEvent.objects.all().delete,
        lambda: StatusEvent.objects.update(status=Status.ENDED),
        lambda: StatusEvent.objects.bulk_update([event], ["status"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            tamper()
    assert StatusEvent.objects.get().status == Status.RUNNING


def test_saving_a_trial_leaves_its_status_alone():
    trial = make_trial()
    stale = Trial.objects.get(pk=trial.pk)
    workflow.change_status(trial, Change(Status.RUNNING, DAY))
    stale.title, stale.status = "Ny titel", Status.ENDED
    stale.save()
    trial.refresh_from_db()
    assert (trial.title, trial.status) == ("Ny titel", Status.RUNNING)


def test_new_record_cannot_bring_a_status_with_it():
    trial = make_trial()
    copy = Trial(network=trial.network, number=90, title="Kopi", status=Status.RUNNING)
    copy.save()
    copy.refresh_from_db()
    assert copy.status == Status.UNKNOWN


_days = st.dates(date(2017, 1, 1), date(2019, 2, 28))
_steps = st.lists(
    st.tuples(st.sampled_from(["change", "correct", "revert"]), st.sampled_from(Status), _days), max_size=8
)


class ReplayTests(TestCase):
    """After any sequence of changes, corrections and reverts the events replay to what the registry shows."""

    @settings(max_examples=60, deadline=None)
    @given(_steps)
    def test_events_replay_to_the_current_status(self, steps):
        trial = make_trial(number=1 + Trial.objects.count())
        for action, status, day in steps:
            self._try(trial, action, status, day)
        trial.refresh_from_db()
        for day in [date(2016, 1, 1), *(day for *_, day in steps), timezone.localdate()]:
            expected = _replayed(trial, day)
            assert trial.status_on(day) == expected
            assert Trial.objects.status_on(day).get(pk=trial.pk).status_then == expected
        assert trial.status == _replayed(trial, timezone.localdate())

    def _try(self, trial, action, status, day):
        change = Change(status, day, note="rettet")
        event = trial.events.filter(corrected_by=None).order_by("?").first()
        try:
            if action == "change" or event is None:
                workflow.change_status(trial, change)
            elif action == "correct":
                workflow.correct(event, change)
            else:
                workflow.revert(event, "tilbage")
        except Refused:
            pass


def _replayed(trial, day: date) -> str:
    """The rules in plain Python: drop what is corrected, then the latest effective, recorded, written."""
    events = list(StatusEvent.objects.filter(trial=trial))
    corrected = {event.corrects_id for event in events}
    counting = [event for event in events if event.pk not in corrected and event.effective_on <= day]
    if not counting:
        return Status.UNKNOWN
    return max(counting, key=lambda event: (event.effective_on, event.recorded_at, event.pk)).status
