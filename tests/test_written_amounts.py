"""Figures, days and periods as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from trials import figures, periods
from trials.enums import Accuracy
from trials.models import Observation
from trials.workspace.amounts import Amount, read_amount
from trials.workspace.days import read_day, read_period


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("15", Amount(Decimal(15))),
        (" 1.200 ", Amount(Decimal(1200))),
        ("1 200 000", Amount(Decimal(1_200_000))),
        ("3,6", Amount(Decimal("3.6"))),
        ("1.200,50", Amount(Decimal("1200.50"))),
        ("ca. 450", Amount(Decimal(450), None, Accuracy.ABOUT)),
        ("Ca 450", Amount(Decimal(450), None, Accuracy.ABOUT)),
        ("højst 4", Amount(Decimal(4), None, Accuracy.AT_MOST)),
        ("mindst 200.000", Amount(Decimal(200_000), None, Accuracy.AT_LEAST)),
        ("5-15", Amount(Decimal(5), Decimal(15))),
        ("ca. 20 – 30", Amount(Decimal(20), Decimal(30), Accuracy.ABOUT)),
        ("0", Amount(Decimal(0))),
    ],
)
def test_amount_is_read_as_danes_write_it(written, expected):
    assert read_amount(written) == expected


@pytest.mark.parametrize(
    "written",
    ["", "mange", "1.5", "1,2,3", "12.34", "15 borgere", "-3", "– 3", "15-5", "5-5", "1,234", "1" * 13, "1e3"],
)
def test_what_is_no_figure_is_refused_by_its_name(written):
    with pytest.raises(ValidationError, match=f"»{written.strip()}«"):
        read_amount(written)


@given(
    st.decimals(0, 10**11, places=2),
    st.none() | st.decimals("0.01", 10**9, places=2),
    st.sampled_from(list(Accuracy)),
)
def test_what_is_shown_can_be_written(value, more, accuracy):
    figure = Observation(value=value, value_to=value + more if more else None, accuracy=accuracy)
    read = read_amount(figures.amount(figure))
    assert (read.value, read.value_to) == (figure.value, figure.value_to)
    assert (read.accuracy or Accuracy.COUNTED) == accuracy


@pytest.mark.parametrize("written", ["2018-05-01", "1.5.2018", "01.05. 2018", "1-5-2018", "1/5/2018", "1. maj 2018"])
def test_day_is_read_however_it_is_written(written):
    assert read_day(written) == date(2018, 5, 1)


@pytest.mark.parametrize("written", ["", "31.2.2018", "1.13.2018", "i morgen", "2018", "1.5.18"])
def test_what_is_no_day_is_refused_by_its_name(written):
    with pytest.raises(ValidationError, match=f"»{written}« er ikke en dato"):
        read_day(written)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("15.8.2018", date(2018, 8, 15), date(2018, 8, 15)),
        ("August 2018", date(2018, 8, 1), date(2018, 8, 31)),
        ("februar 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("sommeren 2019", date(2019, 6, 1), date(2019, 8, 31)),
        ("I foråret 2019", date(2019, 3, 1), date(2019, 5, 31)),
        ("4. kvartal 2018", date(2018, 10, 1), date(2018, 12, 31)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("juni–august 2019", date(2019, 6, 1), date(2019, 8, 31)),
        ("juni 2018 - august 2019", date(2018, 6, 1), date(2019, 8, 31)),
        ("15. august – 31. oktober 2018", date(2018, 8, 15), date(2018, 10, 31)),
        ("1.8.2018 – 31.10.2018", date(2018, 8, 1), date(2018, 10, 31)),
        ("2018-08-01", date(2018, 8, 1), date(2018, 8, 1)),
    ],
)
def test_period_is_read_as_exact_as_it_is(written, first, last):
    assert read_period(written) == (first, last)


@pytest.mark.parametrize("written", ["snart", "32.8.2018", "13. kvartal 2018", "vinteren 2018", "august", "2018-"])
def test_what_is_no_period_is_refused_by_its_name(written):
    with pytest.raises(ValidationError, match=f"»{written}« er ikke en tid"):
        read_period(written)


def test_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValidationError, match="slutter, før det begynder"):
        read_period("31.10.2018 – 1.8.2018")


@given(st.dates(date(2016, 1, 1), date(2024, 12, 31)), st.integers(0, 900))
def test_period_that_is_shown_can_be_written(first, days):
    last = date.fromordinal(first.toordinal() + days)
    assert read_period(periods.in_words(first, last)) == (first, last)
