"""What held on a day, and what was known of it then: one trial, one participation, a whole queryset."""

from datetime import date

import pytest

from tests.factories import make_network, make_participation, make_source, make_trial
from trials import workflow
from trials.enums import Status
from trials.models import Participation, StatusEvent, Trial
from trials.workflow import Change, Evidence

pytestmark = pytest.mark.django_db


def test_before_the_first_event_the_status_is_unknown():
    trial = make_trial()
    workflow.change_status(trial, Change(Status.APPROVED, date(2018, 1, 1)))
    assert trial.status_on(date(2017, 12, 31)) == Status.UNKNOWN
    assert trial.status_on(date(2018, 1, 1)) == Status.APPROVED


def test_imported_statement_was_known_when_its_source_was_published():
    trial, source = make_trial(), make_source(published_on=date(2019, 2, 28))
    evidence = Evidence(section="1.1", quotation="i gang", source=source)
    change = Change(Status.RUNNING, date(2018, 5, 1), evidence=evidence, known_on=source.published_on)
    workflow.change_status(trial, change)
    assert trial.status_on(date(2018, 12, 1)) == Status.RUNNING
    assert trial.status_on(date(2018, 12, 1), known_on=date(2019, 2, 27)) == Status.UNKNOWN
    assert trial.status_on(date(2018, 12, 1), known_on=date(2019, 2, 28)) == Status.RUNNING


def test_correction_counts_only_from_when_it_was_known():
    trial = make_trial()
    wrong = workflow.change_status(trial, Change(Status.RUNNING, date(2018, 5, 1), known_on=date(2018, 5, 2)))
    workflow.correct(wrong, Change(Status.PLANNED, date(2018, 5, 1), note="forkert", known_on=date(2018, 9, 1)))
    day = date(2018, 10, 1)
    assert trial.status_on(day, known_on=date(2018, 8, 31)) == Status.RUNNING
    assert trial.status_on(day, known_on=date(2018, 9, 1)) == Status.PLANNED
    assert trial.status_on(day) == Status.PLANNED


def test_on_the_same_day_the_latest_recorded_counts():
    trial = make_trial()
    workflow.change_status(trial, Change(Status.APPROVED, date(2018, 7, 1)))
    workflow.change_status(trial, Change(Status.MADE_GENERAL, date(2018, 7, 1)))
    assert trial.status_on(date(2018, 7, 1)) == Status.MADE_GENERAL


def test_recorded_at_decides_before_the_order_of_writing():
    from django.utils import timezone

    trial = make_trial()
    late, early = timezone.now(), timezone.now() - timezone.timedelta(hours=1)
    for status, recorded in ((Status.RUNNING, late), (Status.PLANNED, early)):
        StatusEvent.objects.create(
            trial=trial, status=status, effective_on=date(2018, 1, 1), known_on=date(2018, 1, 1), recorded_at=recorded
        )
    assert trial.status_on(date(2018, 1, 1)) == Status.RUNNING
    assert Trial.objects.status_on(date(2018, 1, 1)).get().status_then == Status.RUNNING


def test_queryset_answers_for_all_in_one_query(django_assert_num_queries):
    network = make_network()
    for number in range(1, 6):
        trial = make_trial(network=network, number=number)
        workflow.change_status(trial, Change(Status.RUNNING, date(2018, number, 1)))
        workflow.change_status(make_participation(trial), Change(Status.PLANNED, date(2018, number, 1)))
    with django_assert_num_queries(1):
        on_day = {t.number: t.status_then for t in Trial.objects.status_on(date(2018, 3, 1))}
    assert on_day == {1: "running", 2: "running", 3: "running", 4: "unknown", 5: "unknown"}
    with django_assert_num_queries(1):
        parts = Participation.objects.status_on(date(2018, 3, 1)).values_list("trial__number", "status_then")
        assert sorted(parts) == [(1, "planned"), (2, "planned"), (3, "planned"), (4, "unknown"), (5, "unknown")]


def test_status_of_a_day_can_be_filtered():
    trial = make_trial()
    workflow.change_status(trial, Change(Status.RUNNING, date(2018, 5, 1)))
    on_day = Trial.objects.status_on(date(2018, 6, 1))
    assert on_day.filter(status_then=Status.RUNNING).count() == 1
    assert on_day.filter(status_then=Status.UNKNOWN).count() == 0


def test_trial_and_participation_have_separate_histories():
    trial = make_trial()
    participation = make_participation(trial)
    workflow.change_status(trial, Change(Status.RUNNING, date(2018, 5, 1)))
    participation.refresh_from_db()
    assert participation.status == Status.UNKNOWN
    workflow.change_status(participation, Change(Status.AWAITING, date(2018, 5, 1)))
    trial.refresh_from_db()
    participation.refresh_from_db()
    assert (trial.status, participation.status) == (Status.RUNNING, Status.AWAITING)
    assert participation.disagrees_with_trial()


def test_unknown_does_not_disagree():
    participation = make_participation(make_trial(status=Status.RUNNING))
    assert not participation.disagrees_with_trial()
