"""Figures made ready to be read: the same statement once, parts, series, bars; and how they are written."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from tests import factories
from trials import figures
from trials.enums import Accuracy, Unit
from trials.models import Observation
from trials.templatetags.figure_texts import amount, period

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial():
    return factories.make_trial()


def tables() -> list[figures.FigureTable]:
    return figures.tables(Observation.objects.shown_to(None).in_order())


def drawn(table: figures.FigureTable) -> list[tuple]:
    return [(row.depth, str(row.figure.value.normalize()), row.bar and row.bar.width) for row in table.rows]


def test_series_across_municipalities_shares_a_scale(trial):
    for name, value in (("Thisted", 27), ("Jammerbugt", 144)):
        factories.make_observation(value=value, trials=[trial], municipalities=[factories.make_municipality(name)])
    [table] = tables()

    assert table.indicator == "Borgere, der har deltaget"
    assert table.is_of_municipalities
    assert drawn(table) == [(0, "27", 188), (0, "144", 1000)]


def test_series_in_time_is_in_order_of_time(trial):
    for month, value in ((10, 450), (4, 25)):
        days = {"from_on": date(2018, month, 1), "to_on": date(2018, month, 28)}
        factories.make_observation("Besøg", value, Unit.VISITS, [trial], **days)
    [table] = tables()

    assert drawn(table) == [(0, "25", 56), (0, "4.5E+2", 1000)]
    assert not table.is_of_municipalities


def test_parts_stand_below_the_whole(trial):
    whole = factories.make_observation(value=15, trials=[trial])
    active = factories.make_observation("Aktive", 9, trials=[trial], part_of=whole)
    finished = factories.make_observation("Færdige", 6, trials=[trial], part_of=whole)
    factories.make_observation("I arbejde", 3, trials=[trial], part_of=finished)
    factories.make_observation("Andel i arbejde", 50, Unit.PERCENT, [trial], part_of=finished)
    [table] = tables()

    assert drawn(table) == [(0, "15", 1000), (1, "9", 600), (1, "6", 400), (2, "3", 200), (2, "5E+1", None)]
    assert table.rows[1].figure == active


def test_part_without_its_whole_stands_by_itself(trial):
    hidden = factories.make_observation(value=15)
    factories.make_observation("Aktive", 9, trials=[trial], part_of=hidden)
    found = Observation.objects.shown_to(None).filter(trials=trial)

    assert drawn(figures.tables(found)[0]) == [(0, "9", None)]


def test_shares_are_out_of_a_hundred_and_the_rest_has_no_bars(trial):
    factories.make_observation("Andel om dagen", 58, Unit.PERCENT, [trial])
    factories.make_observation("Andel om aftenen", 29, Unit.PERCENT, [trial])
    factories.make_observation("Erfaring", "13.5", Unit.YEARS, [trial])
    shares, others = tables()

    assert shares.shares
    assert drawn(shares) == [(0, "58", 580), (0, "29", 290)]
    assert drawn(others) == [(0, "13.5", None)]
    assert not others.has_bars


def test_range_has_a_bar_in_two_parts(trial):
    factories.make_observation(value=5, value_to=15, trials=[trial], municipalities=[factories.make_municipality()])
    factories.make_observation(value=20, trials=[trial], municipalities=[factories.make_municipality()])

    assert [(row.bar.width, row.bar.range_width) for row in tables()[0].rows] == [(250, 500), (1000, 0)]


def test_series_of_nothing_but_zero_has_no_bars(trial):
    for _ in range(2):
        factories.make_observation(value=0, trials=[trial], municipalities=[factories.make_municipality()])

    assert not tables()[0].has_bars


class TestSameStatement:
    def test_two_places_are_one_row(self, trial):
        day = {"to_on": date(2018, 12, 1), "source": factories.make_source()}
        factories.make_observation(trials=[trial], code="note:O-1", note="Alle i Aalborg", section="1.1", **day)
        factories.make_observation(
            trials=[trial], code="note:O-2", note="Samme oplysning som O-1", section="1.2", **day
        )
        [row] = tables()[0].rows

        assert row.statement.places == [("afsnit 1.1", "O-1"), ("afsnit 1.2", "O-2")]
        assert row.statement.note == "Alle i Aalborg"

    def test_undated_repetition_of_the_only_dated_is_no_row(self, trial):
        factories.make_observation(trials=[trial], code="note:O-1", to_on=date(2018, 12, 1))
        factories.make_observation(trials=[trial], code="note:O-2", note="Overblikket siger det samme")
        [row] = tables()[0].rows

        assert row.figure.code == "note:O-1"
        assert row.statement.note == "Overblikket siger det samme"

    def test_undated_stands_by_itself_beside_two_dated(self, trial):
        for day in (None, date(2018, 12, 1), date(2019, 1, 1)):
            factories.make_observation(trials=[trial], to_on=day)

        assert len(tables()[0].rows) == 3

    def test_other_municipality_precision_or_value_is_another_row(self, trial):
        factories.make_observation(trials=[trial])
        factories.make_observation(trials=[trial], accuracy=Accuracy.ABOUT)
        factories.make_observation(trials=[trial], value=16)
        factories.make_observation(trials=[trial], municipalities=[factories.make_municipality()])

        assert len(tables()[0].rows) == 4

    def test_figure_of_two_municipalities_is_one_row(self, trial):
        both = [factories.make_municipality("Frederikshavn"), factories.make_municipality("Læsø")]
        factories.make_observation(value=9, trials=[trial], municipalities=both)

        assert len(tables()[0].rows) == 1


def test_figures_by_trial_keep_those_of_two_trials_apart():
    first, second = factories.make_trial("En"), factories.make_trial("To")
    factories.make_observation("A", trials=[second])
    factories.make_observation("B", trials=[first, second])
    factories.make_observation("C", network=first.network)
    factories.make_observation("D", trials=[second])
    found = figures.tables_by_trial(Observation.objects.shown_to(None).in_order())

    assert [(trials, number) for trials, number, _ in found] == [((), 1), ((first, second), 1), ((second,), 2)]


@pytest.mark.parametrize(
    ("value", "value_to", "accuracy", "written"),
    [
        ("15.00", None, Accuracy.COUNTED, "15"),
        ("3.60", None, Accuracy.COUNTED, "3,6"),
        ("0", None, Accuracy.COUNTED, "0"),
        ("450", None, Accuracy.ABOUT, "ca.\xa0450"),
        ("200000", None, Accuracy.AT_LEAST, "mindst\xa0200.000"),
        ("40", None, Accuracy.AT_MOST, "højst\xa040"),
        ("5", "15", Accuracy.COUNTED, "5–15"),
        ("100", None, Accuracy.COUNTED, "100"),
    ],
)
def test_amount_is_as_exact_as_the_source(value, value_to, accuracy, written):
    figure = Observation(value=Decimal(value), value_to=value_to and Decimal(value_to), accuracy=accuracy)

    assert amount(figure) == written


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (None, None, ""),
        (None, date(2018, 12, 1), "1. december 2018"),
        (date(2018, 3, 1), date(2018, 3, 1), "1. marts 2018"),
        (date(2019, 1, 1), None, "fra 1. januar 2019"),
        (date(2018, 4, 1), date(2018, 4, 30), "april 2018"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2019, 6, 1), date(2019, 8, 31), "juni–august 2019"),
        (date(2018, 8, 1), date(2019, 7, 31), "august 2018–juli 2019"),
        (date(2018, 8, 15), date(2018, 10, 31), "15. august – 31. oktober 2018"),
        (date(2018, 10, 2), date(2019, 10, 1), "2. oktober 2018 – 1. oktober 2019"),
        (date(2016, 2, 1), date(2016, 2, 29), "februar 2016"),
    ],
)
def test_period_is_written_in_few_words(first, last, written):
    assert strip_tags(period(first, last)) == written
