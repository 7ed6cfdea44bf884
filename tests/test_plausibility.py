"""What makes a figure unlikely."""

from datetime import date
from decimal import Decimal

import pytest

from tests import factories
from trials.enums import Accuracy, Precision, Status, Unit
from trials.models import Observation
from trials.plausibility import Start, start_of, warnings

MAY, JUNE, JULY = date(2018, 5, 1), date(2018, 6, 1), date(2018, 7, 1)


def figure(value: float | str, to_on: date | None = JUNE, unit: str = Unit.CITIZENS, **fields) -> Observation:
    return Observation(indicator="Borgere", value=Decimal(str(value)), to_on=to_on, unit=unit, **fields)


def codes(new: Observation, *others: Observation, start: Start | None = None) -> list[str]:
    return [each.code for each in warnings(new, others, start or Start())]


def test_likely_figure_is_not_warned_of():
    assert codes(figure(20), figure(15, MAY), figure(25, JULY)) == []
    assert codes(figure(20)) == []


def test_total_that_falls_is_warned_of_with_the_figure_before():
    (warned,) = warnings(figure(10), [figure(5, date(2018, 1, 1)), figure(15, MAY)], Start())
    assert warned.code == "falling"
    assert warned.sentence.startswith("Tallet er faldet: det forrige er 15 borgere, 1. maj 2018.")


def test_total_above_a_later_one_is_warned_of():
    assert codes(figure(30), figure(25, JULY)) == ["falling"]


def test_what_is_not_added_up_may_fall():
    assert codes(figure(10, unit=Unit.PERCENT), figure(15, MAY, Unit.PERCENT)) == []
    assert codes(figure(10, unit=Unit.EMPLOYEES), figure(15, MAY, Unit.EMPLOYEES)) == []


def test_figure_of_a_period_may_be_lower_than_that_of_another():
    before = figure(15, MAY, from_on=date(2018, 4, 1))
    assert codes(figure(10, from_on=MAY), before) == []
    assert codes(figure(10), before) == [], "a total is not compared with a period"


def test_rough_figure_does_not_fall_within_its_roughness():
    assert codes(figure(14, accuracy=Accuracy.ABOUT), figure(15, MAY)) == []
    assert codes(figure(10, accuracy=Accuracy.AT_LEAST), figure(15, MAY)) == []
    assert codes(figure(10, accuracy=Accuracy.AT_MOST), figure(15, MAY)) == ["falling"]


@pytest.mark.parametrize(("value", "expected"), [(100, []), ("100.01", ["over_hundred"]), (101, ["over_hundred"])])
def test_more_than_all_is_warned_of(value, expected):
    assert codes(figure(value, unit=Unit.PERCENT)) == expected


def test_upper_end_of_a_range_counts():
    assert codes(figure(90, unit=Unit.PERCENT, value_to=Decimal(110))) == ["over_hundred"]
    assert codes(figure(1, value_to=Decimal(4))) == ["few_people"]
    assert codes(figure(1, value_to=Decimal(5))) == []


def test_figure_from_before_the_exemption_or_the_start_is_warned_of():
    assert codes(figure(20), start=Start(in_force_from=JULY)) == ["before_start"]
    assert codes(figure(20), start=Start(in_force_from=JUNE)) == []
    assert codes(figure(20), start=Start(MAY, begun_on=JULY)) == ["before_start"]
    assert codes(figure(0), start=Start(JULY, JULY)) == [], "nothing before the start is as it should be"


@pytest.mark.parametrize(("value", "expected"), [(0, []), (1, ["few_people"]), (4, ["few_people"]), (5, [])])
def test_count_that_might_show_who_is_warned_of(value, expected):
    assert codes(figure(value)) == expected
    assert codes(figure(value, unit=Unit.HOMES)) == []


def test_count_that_says_no_more_than_few_is_not_warned_of():
    assert codes(figure(4, accuracy=Accuracy.AT_MOST)) == []
    assert codes(figure(3, accuracy=Accuracy.AT_MOST)) == ["few_people"]


def test_large_jump_is_warned_of():
    assert codes(figure(150), figure(15, MAY)) == ["jump"]
    assert codes(figure(75), figure(15, MAY)) == []
    assert codes(figure(76), figure(15, MAY)) == ["jump"]
    assert codes(figure(20), figure(1, MAY)) == [], "19 more is no large jump"
    assert codes(figure(5, unit=Unit.PERCENT), figure(50, MAY, Unit.PERCENT)) == ["jump"]


def test_the_nearest_figures_count_and_the_figure_itself_does_not(db):
    saved = factories.make_observation(value=15, to_on=JUNE)
    saved.value = Decimal(5)
    assert codes(saved, Observation.objects.get()) == []
    assert codes(figure(15), figure(100, date(2018, 1, 1)), figure(15, MAY)) == []


@pytest.mark.django_db
class TestStart:
    def test_start_is_the_day_of_the_first_status_under_way_or_the_decision(self):
        part = factories.make_participation(factories.make_trial(in_force_from=MAY), decided_on=JULY)
        factories.make_status(part, Status.PLANNED, MAY, Precision.ON)
        factories.make_status(part, Status.RUNNING, date(2018, 8, 1), Precision.ON)
        events = part.events.in_effect()

        assert start_of(part.trial, part, events) == Start(MAY, JULY)
        part.decided_on = None
        assert start_of(part.trial, part, events) == Start(MAY, date(2018, 8, 1))

    def test_status_known_by_a_day_does_not_say_when_it_began(self):
        trial = factories.make_trial(status=Status.RUNNING)
        assert start_of(trial, None, trial.events.in_effect()) == Start()
