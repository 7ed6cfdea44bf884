"""Many statuses confirmed at once: history kept, one change set, in few queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks.enums import Channel
from networks.models import ChangeEntry, ChangeSet
from networks.recording import recording
from tests import factories
from tests.roles import make_user
from trials import workflow
from trials.enums import Status
from trials.models import Participation, Trial
from trials.workflow import Refused

pytestmark = pytest.mark.django_db


def subjects_of(trials: int, municipalities: int) -> list:
    """The trials of a network of their own and their municipalities' parts, all running."""
    network = factories.make_network()
    places = [factories.make_municipality() for _ in range(municipalities)]
    made = Trial.objects.bulk_create(
        Trial(network=network, number=each, public_id=f"FKII-{network.number}-{each:02d}", status=Status.RUNNING)
        for each in range(1, trials + 1)
    )
    parts = Participation.objects.bulk_create(
        Participation(trial=trial, municipality=place, status=Status.RUNNING) for trial in made for place in places
    )
    return [*made, *parts]


def test_all_are_confirmed_and_each_has_a_version() -> None:
    today, subjects = timezone.localdate(), subjects_of(2, 3)
    user = make_user()
    with recording(Channel.PAGE, by=user):
        held = workflow.confirm_all(subjects, today)

    assert len(held) == 8
    assert {each.confirmed_on for model in (Trial, Participation) for each in model.objects.all()} == {today}
    versions = [*Trial.history.filter(confirmed_on=today), *Participation.history.filter(confirmed_on=today)]
    assert [version.history_type for version in versions] == ["~"] * 8
    change_set = ChangeSet.objects.get()
    assert (change_set.made_by, change_set.channel) == (user, Channel.PAGE)
    assert set(ChangeEntry.objects.values_list("model", "record", "version", "change_set")) == {
        (f"trials.{type(version.instance).__name__.lower()}", version.id, version.pk, change_set.pk)
        for version in versions
    }


def test_confirming_moves_only_forward_and_writes_nothing_twice() -> None:
    today, subjects = timezone.localdate(), subjects_of(1, 1)
    workflow.confirm_all(subjects, today)
    with recording(Channel.PAGE):
        workflow.confirm_all(subjects, today)
        workflow.confirm_all(subjects, today - timedelta(days=1))

    assert Trial.objects.get().confirmed_on == today
    assert Trial.history.count() == 1
    assert not ChangeSet.objects.exists()


def test_what_is_not_known_is_not_confirmed_and_takes_all_the_rest_with_it() -> None:
    subjects = subjects_of(1, 1)
    trial = subjects[0]
    silent = factories.make_participation(trial, factories.make_municipality("Thisted"))
    with pytest.raises(Refused) as refused:
        workflow.confirm_all([*subjects, silent], timezone.localdate())

    said = f"Thisted i {trial.public_id}: Status er ikke oplyst, så der er intet at bekræfte."
    assert refused.value.messages == [said]
    assert Trial.objects.get().confirmed_on is None
    with pytest.raises(Refused, match="intet at bekræfte"):
        workflow.confirm(silent, timezone.localdate())


def test_day_to_come_is_refused() -> None:
    with pytest.raises(Refused, match="ikke er kommet endnu"):
        workflow.confirm_all(subjects_of(1, 0), timezone.localdate() + timedelta(days=1))


def test_status_taken_back_to_unknown_cannot_be_confirmed_by_stating_it_again() -> None:
    trial = factories.make_trial()
    event = factories.make_status(trial, Status.RUNNING, date(2018, 5, 1))
    workflow.revert(event, "Gjaldt et andet forsøg")

    with pytest.raises(Refused, match="intet at bekræfte"):
        workflow.change_status(trial, workflow.Change(Status.UNKNOWN, date(2018, 6, 1)))


def test_many_cost_as_many_queries_as_few() -> None:
    few, many = subjects_of(1, 1), subjects_of(20, 11)
    counts = []
    for subjects in (few, many):
        with CaptureQueriesContext(connection) as captured, recording(Channel.PAGE):
            workflow.confirm_all(subjects, timezone.localdate())
        counts.append(len(captured))

    # SQLite takes 999 values a query, so that 220 versions are written in three.
    assert counts[1] - counts[0] == (2 if connection.vendor == "sqlite" else 0)
    assert counts[0] < 20
