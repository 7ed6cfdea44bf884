"""Reading days in the tables' sixth column."""

from datetime import date

import pytest

from trials.importers.dates import impossible_days, in_force_from


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lovmæssig ikrafttrædelse pr. 1.7. 2017. Forsøget er under realisering.", date(2017, 7, 1)),
        ("Lovmæssig ikrafttrædelse d. 1.1. 2018. Mere.", date(2018, 1, 1)),
        ("Formel Ikrafttrædelse d. 1.1. 2018.", date(2018, 1, 1)),
        ("Lovmæssig ikrafttrædelse 1.1. 2018. Akutteamet har været i drift fra april 2018.", date(2018, 1, 1)),
        ("Lovmæssig ikrafttrædelse pr. 1.7. 2018", date(2018, 7, 1)),
        ("Lovmæssig ikrafttrædelse pr. 1.7.2019.", date(2019, 7, 1)),
        ("Lovmæssig ikrafttrædelse den 1. juli 2018.", date(2018, 7, 1)),
        ("Forsøget iværksættes ikke.", None),
        ("Lovmæssig ikrafttrædelse afventer afklaring omkring § 14 c. Se 1.1. 2018.", None),
        ("Implementeres fra 1.1. 2019.", None),
        ("", None),
    ],
)
def test_entry_into_force_is_read(text, expected):
    assert in_force_from(text) == expected


def test_impossible_days_are_found():
    assert impossible_days("pr. 31.2. 2018 og 1.13. 2018, 29.2.2016 og 1. maj 2018") == ["31.2. 2018", "1.13. 2018"]
