"""What charts draw."""

from datetime import date

import pytest

from tests import factories
from trials import charts, figures
from trials.models import Milestone


def _percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_segments_stand_end_to_end_against_the_longest_bar() -> None:
    chart = charts.Stacked(
        [("En", "/en/", {"a": 1, "c": 3}), ("To", "/to/", {"b": 8, "a": 2}), ("Ingen", "", {})],
        [("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")],
    )

    assert [(each.code, each.total) for each in chart.categories] == [("a", 3), ("b", 8), ("c", 3)]
    assert [(bar.total, bar.numbers) for bar in chart.bars] == [(4, [1, 0, 3]), (10, [2, 8, 0]), (0, [0, 0, 0])]
    assert [(each.x, each.width, each.middle) for each in chart.bars[0].segments] == [
        ("0.00%", "10.00%", "5.00%"),
        ("10.00%", "30.00%", "25.00%"),
    ]
    assert sum(_percent(each.width) for each in chart.bars[1].segments) == 100
    assert chart.total == 14


def test_number_is_left_out_where_it_has_no_room() -> None:
    chart = charts.Stacked([("En", "", {"a": 1, "b": 10, "c": 300})], [(code, code) for code in "abc"])

    assert [each.is_wide for each in chart.bars[0].segments] == [False, False, True]


def test_chart_of_nothing_has_nothing() -> None:
    assert charts.Stacked([], [("a", "A")]).total == 0
    assert charts.columns([]) == []
    assert charts.by_half_year({None: 3}) == []
    assert (charts.Spans([]).spans, charts.Spans([]).ticks) == ([], [])


def test_half_years_without_any_are_shown_as_nought() -> None:
    counts = {date(2017, 7, 1): 5, date(2017, 12, 31): 1, date(2018, 7, 1): 12, None: 4}
    found = charts.by_half_year(counts)

    assert [(each.label, each.value, each.height) for each in found] == [
        ("2. halvår 2017", "6", 80),
        ("1. halvår 2018", "0", 0),
        ("2. halvår 2018", "12", 160),
    ]
    assert [each.top for each in found] == [80, 160, 0]
    assert [round(_percent(each.middle)) for each in found] == [17, 50, 83]


def test_many_half_years_are_shown_as_years() -> None:
    found = charts.by_half_year({date(2012, 1, 1): 1, date(2012, 7, 1): 2, date(2018, 1, 1): 3})

    assert [each.label for each in found] == [str(year) for year in range(2012, 2019)]
    assert [each.value for each in found] == ["3", "0", "0", "0", "0", "0", "3"]


@pytest.mark.parametrize(
    ("first", "last", "lines"),
    [
        (date(2018, 10, 1), date(2018, 10, 31), ("okt", "2018")),
        (date(2018, 8, 1), date(2018, 12, 31), ("aug–dec", "2018")),
        (date(2018, 1, 1), date(2018, 12, 31), ("2018",)),
        (date(2018, 10, 1), date(2019, 1, 31), ("okt 2018–", "jan 2019")),
    ],
)
def test_period_is_said_in_short_lines(first, last, lines) -> None:
    assert charts.when(first, last) == lines


@pytest.mark.django_db
def test_span_is_as_long_as_its_time_and_says_whether_it_is_planned() -> None:
    factories.make_milestone("Planlagt", planned_from=date(2019, 1, 1), planned_to=date(2019, 12, 31))
    done = {"actual_from": date(2018, 1, 1), "actual_to": date(2018, 12, 31)}
    factories.make_milestone("Sket", planned_from=date(2017, 1, 1), planned_to=date(2017, 1, 1), **done)
    factories.make_milestone("Uden tid")
    factories.make_milestone("En dag", actual_from=date(2018, 7, 2), actual_to=date(2018, 7, 2))
    chart = charts.Spans(figures.merged(Milestone.objects.prefetch_related("trials"), "label"))

    assert [(span.statement.first.label, span.is_planned) for span in chart.spans] == [
        ("Sket", False),
        ("En dag", False),
        ("Planlagt", True),
    ]
    assert [(span.x, span.width) for span in chart.spans] == [
        ("0.00%", "50.00%"),
        ("24.93%", "0.80%"),
        ("50.00%", "50.00%"),
    ]
    assert chart.ticks == [("2018", "0.00%"), ("2019", "50.00%")]


@pytest.mark.django_db
def test_figures_are_in_time_when_one_subject_has_them_at_several_times() -> None:
    trial, other = factories.make_trial(), factories.make_trial()
    times = [{"from_on": date(2018, month, 1), "to_on": date(2018, month, 28)} for month in (4, 10)]

    def tables(*figures_of):
        made = [
            factories.make_observation("Besøg", n, trials=[of], **time) for n, (of, time) in enumerate(figures_of, 1)
        ]
        return [table.is_in_time for table in figures.tables(made)]

    assert tables((trial, times[0]), (trial, times[1])) == [True]
    assert tables((trial, times[0]), (other, times[1])) == [False]
    assert tables((trial, times[0]), (trial, times[0])) == [False]
    assert tables((trial, times[0]), (trial, {})) == [False]
    assert tables((trial, times[0])) == [False]
