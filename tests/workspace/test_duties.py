"""What those who keep a network have to see to, and when."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks.models import Network, Programme
from tests import factories
from tests.many import make_many_of, make_many_trials
from trials import workflow
from trials.enums import DesignStatus, Element, MilestoneKind, Status
from trials.models import Participation, StatusEvent, Trial
from trials.workspace import duties
from trials.workspace.duties import Severity
from trials.workspace.duties.duty import months_after

pytestmark = pytest.mark.django_db

TODAY = date(2019, 6, 1)


@pytest.fixture
def network() -> Network:
    return factories.make_network(1, "Fleksibel beskæftigelsesindsats")


@pytest.fixture
def trial(network) -> Trial:
    return factories.make_trial("Mikrolån", network, number=4)


def of(network: Network, kind: str, today: date = TODAY) -> list[duties.Duty]:
    return [duty for duty in duties.of(network, today) if duty.kind == kind]


def planned(trial: Trial, day: date, **fields):
    return factories.make_milestone(trials=[trial], planned_from=day, planned_to=day, **fields)


class TestMilestones:
    def test_one_whose_time_is_over_is_overdue(self, network, trial) -> None:
        milestone = planned(trial, date(2019, 5, 31))
        [duty] = of(network, "Milepæl")

        assert duty.text == "Akutteamet i drift (FKII-1-04): planlagt 31. maj 2019, ikke oplyst som sket"
        assert (duty.severity, duty.due) == (Severity.OVERDUE, date(2019, 5, 31))
        assert (duty.network, duty.key) == (network.pk, f"milestone:{milestone.code}")
        assert duty.url == f"/arbejdsbord/netvaerk/{network.slug}/milepaele/"

    @pytest.mark.parametrize(
        ("day", "severity"),
        [(TODAY, Severity.SOON), (date(2019, 7, 1), Severity.SOON), (date(2019, 7, 2), None)],
    )
    def test_one_to_come_is_told_of_thirty_days_before(self, network, trial, day, severity) -> None:
        planned(trial, day)

        assert [duty.severity for duty in of(network, "Milepæl")] == ([severity] if severity else [])

    def test_one_that_has_happened_is_done(self, network, trial) -> None:
        planned(trial, date(2019, 5, 1), actual_from=date(2019, 5, 2), actual_to=date(2019, 5, 2))

        assert of(network, "Milepæl") == []

    def test_one_of_a_trial_that_is_given_up_is_no_duty(self, network, trial) -> None:
        planned(trial, date(2019, 5, 1))
        factories.make_status(trial, Status.NOT_PURSUED)

        assert of(network, "Milepæl") == []

    def test_of_a_trial_that_has_ended_only_the_evaluation_is_due(self, network, trial) -> None:
        planned(trial, date(2019, 5, 1))
        planned(trial, date(2019, 5, 2), label="Slutevaluering", kind=MilestoneKind.EVALUATION_FINAL)
        factories.make_status(trial, Status.ENDED)

        assert [duty.due for duty in of(network, "Milepæl")] == [date(2019, 5, 2)]

    def test_one_of_the_whole_network_counts_and_one_of_all_networks_does_not(self, network, trial) -> None:
        day = date(2019, 5, 1)
        factories.make_milestone("Fælles møde", network=network, planned_from=day, planned_to=day)
        factories.make_milestone("Lovforslag", network=None, planned_from=day, planned_to=day)
        [duty] = of(network, "Milepæl")

        assert duty.text.startswith("Fælles møde: planlagt")
        assert duty.url == f"/arbejdsbord/netvaerk/{network.slug}/milepaele/"

    def test_one_of_another_network_is_not_this_ones(self, network, trial) -> None:
        planned(factories.make_trial(network=factories.make_network(2)), date(2019, 5, 1))

        assert of(network, "Milepæl") == []


class TestStatuses:
    def test_one_not_confirmed_for_three_months_is_overdue(self, network, trial) -> None:
        factories.make_status(trial, Status.RUNNING, known_on=date(2019, 2, 28))
        [duty] = of(network, "Status")

        assert duty.text == "FKII-1-04 Mikrolån: status er ikke bekræftet siden 28. februar 2019"
        assert (duty.severity, duty.due, duty.key) == (Severity.OVERDUE, date(2019, 5, 28), "status:FKII-1-04")
        assert duty.url == f"/arbejdsbord/netvaerk/{network.slug}/skema/FKII-1-04/"

    def test_a_confirmation_counts_from_its_day(self, network, trial) -> None:
        factories.make_status(trial, Status.RUNNING, known_on=date(2019, 2, 28))
        workflow.confirm(Trial.objects.get(), date(2019, 4, 1))

        assert of(network, "Status") == []
        assert of(network, "Status", date(2019, 6, 17))[0].severity == Severity.SOON
        assert of(network, "Status", date(2019, 7, 2))[0].severity == Severity.OVERDUE

    def test_the_oldest_of_a_trial_and_its_municipalities_sets_the_day(self, network, trial) -> None:
        factories.make_status(trial, Status.RUNNING, date(2019, 5, 20), known_on=date(2019, 5, 20))
        for day in (date(2019, 1, 10), date(2019, 2, 10)):
            part = factories.make_participation(trial)
            factories.make_status(part, Status.RUNNING, day, known_on=day)
        [duty] = of(network, "Status")

        assert duty.due == date(2019, 4, 10)
        assert "2 af 3 statusser er ikke bekræftet siden 10. januar 2019" in duty.text

    def test_nothing_is_to_confirm_where_nothing_is_known_or_all_is_over(self, network, trial) -> None:
        factories.make_participation(trial)
        factories.make_status(trial, Status.NOT_PURSUED, known_on=date(2019, 1, 1), effective_on=date(2019, 1, 1))

        assert of(network, "Status") == []

    def test_nothing_is_due_when_the_programme_is_over_or_not_begun(self, network, trial) -> None:
        factories.make_status(trial, Status.RUNNING, known_on=date(2019, 2, 28))
        assert of(network, "Status", date(2020, 12, 31))

        assert of(network, "Status", date(2021, 1, 1)) == []
        Programme.objects.update(first_year=2020)
        assert of(Network.objects.get(), "Status") == []


class TestEvaluations:
    def test_elements_that_are_missing_are_named(self, network, trial) -> None:
        evaluation = factories.make_evaluation(
            trial,
            results_element=Element.MISSING,
            target_group_element=Element.PRESENT,
            method_element=Element.PARTLY,
            baseline_element=Element.MISSING,
        )
        [duty] = of(network, "Evaluering")

        assert duty.text == "Evalueringen (FKII-1-04): mangler forventede resultater, evalueringsmetode (kun delvist)"
        assert (duty.severity, duty.due, duty.url) == (
            Severity.MISSING,
            None,
            f"/arbejdsbord/evalueringer/{evaluation.slug}/",
        )

    def test_a_design_that_is_not_finished_says_so(self, network, trial) -> None:
        factories.make_evaluation(trial, DesignStatus.NOT_FINISHED, name="Måling")
        [duty] = of(network, "Evaluering")

        assert duty.text == "Måling (FKII-1-04): evalueringsdesignet er »Ikke færdiggjort«"

    def test_a_whole_design_or_one_of_which_nothing_is_said_is_no_duty(self, network, trial) -> None:
        factories.make_evaluation(trial)
        factories.make_evaluation(trial, "")

        assert of(network, "Evaluering") == []

    def test_a_trial_that_is_given_up_is_not_evaluated(self, network, trial) -> None:
        factories.make_evaluation(trial, DesignStatus.NONE)
        factories.make_status(trial, Status.NOT_PURSUED)

        assert of(network, "Evaluering") == []

    def test_an_evaluation_is_a_duty_where_it_is_described(self, network, trial) -> None:
        other = factories.make_trial(network=factories.make_network(2))
        factories.make_evaluation(trial, DesignStatus.NONE, shared_by=[other])

        assert of(network, "Evaluering")
        assert of(other.network, "Evaluering") == []


class TestFigures:
    def test_the_newest_of_a_trial_under_way_sets_the_day(self, network, trial) -> None:
        factories.make_status(trial, Status.RUNNING)
        for day in (date(2018, 1, 31), date(2018, 8, 31)):
            factories.make_observation(trials=[trial], to_on=day)
        [duty] = of(network, "Aktivitetstal")

        assert duty.text == "FKII-1-04 Mikrolån: de nyeste aktivitetstal er fra 31. august 2018"
        assert (duty.due, duty.severity) == (date(2019, 2, 28), Severity.OVERDUE)
        assert (duty.key, duty.url) == ("figures:FKII-1-04", "/arbejdsbord/forsoeg/FKII-1-04/tal/")

    def test_younger_than_six_months_is_soon_due_or_not_yet(self, network, trial) -> None:
        factories.make_status(trial, Status.RUNNING)
        factories.make_observation(trials=[trial], to_on=date(2018, 12, 15))

        assert [duty.severity for duty in of(network, "Aktivitetstal")] == [Severity.SOON]
        assert of(network, "Aktivitetstal", date(2019, 5, 15)) == []

    def test_a_trial_that_is_not_under_way_or_has_no_figures_is_left_alone(self, network, trial) -> None:
        factories.make_status(factories.make_trial(network=network), Status.RUNNING)
        factories.make_observation(trials=[trial], to_on=date(2018, 1, 1))

        assert of(network, "Aktivitetstal") == []


def test_months_end_where_the_month_does() -> None:
    assert months_after(date(2018, 11, 30), 3) == date(2019, 2, 28)
    assert months_after(date(2018, 9, 30), 3) == date(2018, 12, 30)


def test_the_most_pressing_comes_first_and_keys_stay(network, trial) -> None:
    factories.make_evaluation(trial, DesignStatus.NONE)
    planned(trial, date(2019, 6, 10))
    planned(trial, date(2019, 5, 10))
    planned(trial, date(2019, 5, 1))
    found = duties.of(network, TODAY)

    assert [(duty.severity, duty.due) for duty in found] == [
        (Severity.OVERDUE, date(2019, 5, 1)),
        (Severity.OVERDUE, date(2019, 5, 10)),
        (Severity.SOON, date(2019, 6, 10)),
        (Severity.MISSING, None),
    ]
    assert [duty.key for duty in duties.of(network, TODAY + timedelta(days=1))] == [duty.key for duty in found]
    assert len({duty.key for duty in found}) == 4


def test_many_cost_as_many_queries_as_few() -> None:
    """With one network and its trial, and with two more networks and 100 trials."""

    def cost() -> int:
        networks = list(Network.objects.select_related("programme"))
        with CaptureQueriesContext(connection) as captured:
            found = duties.of_each(networks, TODAY)
        assert {duty.kind for each in found.values() for duty in each} == {
            *("Milepæl", "Status", "Evaluering", "Aktivitetstal")
        }
        return len(captured)

    network, municipality = factories.make_network(), factories.make_municipality()
    [trial] = make_many_trials(1, network, municipality)
    Trial.objects.update(status=Status.RUNNING)
    factories.make_evaluation(trial, DesignStatus.NONE)
    milestone = planned(trial, date(2019, 5, 1))
    figure = factories.make_observation(trials=[trial], to_on=date(2018, 1, 1))
    few = cost()
    for _ in range(2):
        trials = make_many_trials(50, factories.make_network(), municipality)
        for each in trials:
            factories.make_evaluation(each, DesignStatus.NONE)
        for record in (milestone, figure):
            make_many_of(record, trials)
    assert cost() == few


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_active_network_has_something_to_see_to(self) -> None:
        networks = list(Network.objects.active().select_related("programme"))
        found = duties.of_each(networks, timezone.localdate())

        assert all(found.values())
        assert not {duty.kind for each in found.values() for duty in each} & {"Status"}

    def test_three_months_after_the_note_the_statuses_were_due(self) -> None:
        network = Network.objects.select_related("programme").get(number=1)
        due = [duty for duty in duties.of(network, date(2019, 5, 29)) if duty.kind == "Status"]
        live = {
            *StatusEvent.objects.filter(trial__network=network).values_list("trial", flat=True),
            *Participation.objects.filter(trial__network=network, events__isnull=False).values_list("trial", flat=True),
        }

        assert 0 < len(due) <= len(live)
        assert {duty.due for duty in due} == {date(2019, 5, 28)}
