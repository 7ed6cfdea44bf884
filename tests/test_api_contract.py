"""The API keeps what its description promises: schemathesis asks as the description allows, and as it does not."""

import re
from datetime import date

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from frikommune.wsgi import application
from trials.api.parameters import any_day_pattern, day_pattern
from trials.exports.listings import LISTINGS

pytestmark = pytest.mark.django_db


PATHS = [f"/api/v1/{name}{rest}" for name in LISTINGS for rest in ("", "/{id}")]


@pytest.fixture(scope="module")
def description(module_register):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_described(description, path, mode):
    questions = description[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    @given(questions)
    def ask(case):
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    ask()


def test_description_has_every_path_and_no_other(description):
    assert sorted(description) == sorted(PATHS)


@given(st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_pattern_of_a_day_takes_the_days_of_the_register_and_no_others(day):
    pattern = day_pattern(date(2016, 1, 1), date(2026, 11, 22))
    assert bool(re.fullmatch(pattern, day.isoformat())) == (date(2016, 1, 1) <= day <= date(2026, 11, 22))


@given(st.dates())
def test_pattern_of_any_day_takes_every_day(day):
    assert re.fullmatch(any_day_pattern(), day.isoformat())


@pytest.mark.parametrize(
    "text", ["0000-01-01", "1900-02-29", "2019-02-29", "2018-04-31", "10000-01-01", "2018-1-1", ""]
)
def test_pattern_of_any_day_takes_nothing_else(text):
    assert not re.fullmatch(any_day_pattern(), text)


@pytest.mark.parametrize("text", ["2018-02-29", "2018-04-31", "2018-13-01", "2018-1-1", "", "2018-01-001"])
def test_pattern_of_a_day_takes_nothing_that_is_no_day(text):
    assert not re.fullmatch(day_pattern(date(2016, 1, 1), date(2026, 11, 22)), text)
