"""Whatever is written into the cells, the preview lists it and nothing else, and the next workbook says it."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from frikommune.personal import refuse_personal_numbers
from tests import factories, sheets
from tests.roles import make_coordinator
from trials.enums import Accuracy, MilestoneKind, Unit
from trials.models import SheetUpload
from trials.workspace.sheet import values
from trials.workspace.sheet.column import Column, Kind
from trials.workspace.sheet.values import Known

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_sheets")]

DAYS = st.dates(date(1970, 1, 1), date(2025, 12, 31))
NUMBERS = st.decimals(-10_000, 10**9, places=2, allow_nan=False, allow_infinity=False)


def _is_written_as_it_is(text: str) -> bool:
    try:
        refuse_personal_numbers(text)
    except Exception:
        return False
    return values.tidy(text) == text and not ILLEGAL_CHARACTERS_RE.search(text) and "_x" not in text


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60).filter(
    lambda text: _is_written_as_it_is(text) and not text.startswith(("=", "#"))
)
FIGURE = {
    "Indikator": WORDS,
    "Værdi": NUMBERS,
    "Enhed": st.sampled_from(Unit.labels),
    "Præcision": st.sampled_from(Accuracy.labels),
    "Til": DAYS,
    "Bemærkning": WORDS,
    "Kommuner": st.sampled_from(["Thisted", "Ærø", "Thisted | Ærø"]),
}
MILESTONE = {"Milepæl": WORDS, "Art": st.sampled_from(MilestoneKind.labels), "Bemærkning": WORDS}
PART = {"Besluttet": DAYS}


def _edits(fields: dict):
    return st.fixed_dictionaries({}, optional=fields)


@pytest.fixture
def network(client):
    network = factories.make_network(1, "Prøven")
    towns = [factories.make_municipality("Thisted", "0787"), factories.make_municipality("Ærø", "0492")]
    for town in towns:
        factories.make_membership(network, town)
    trials = [factories.make_trial(f"Forsøg {number}", network, towns) for number in (1, 2)]
    for trial in trials:
        factories.make_observation("Lån", 15, trials=[trial], municipalities=towns[:1], to_on=date(2018, 12, 1))
        factories.make_milestone("Evaluering", trials=[trial])
    client.force_login(make_coordinator(network))
    return network


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(["T-0001", "T-0002"]), _edits(FIGURE)),
    st.dictionaries(st.sampled_from(["P-0001", "P-0002"]), _edits(MILESTONE)),
    st.dictionaries(st.sampled_from(["FKII-1-01/0787", "FKII-1-02/0492"]), _edits(PART)),
    st.booleans(),
)
def test_preview_lists_what_was_edited_and_saving_keeps_it(client, network, figures, milestones, parts, as_csv):
    book = sheets.fetch(client, network)
    edits = {"Aktivitetstal": figures, "Milepæle": milestones, "Forsøgskommuner": parts}
    if as_csv:
        edits = {"Aktivitetstal": figures}
    expected = set()
    for title, rows in edits.items():
        for row_id, written in rows.items():
            for heading, value in written.items():
                stood = _stood(book, title, row_id, heading)
                (cell,) = sheets.edit(book, title, row_id, **{heading: value})
                expected |= {cell} if stood != _plain(value) else set()
    response = _send(client, network, book, as_csv)
    for row in sorted({re.sub(r"\D", "", cell) for cell in sheets.wrong(response)}):
        # What is unlikely is let through with a reason.
        row_id = book["Aktivitetstal"][f"A{row}"].value
        expected |= set(sheets.edit(book, "Aktivitetstal", row_id, Hvorfor_advarslen_er_tilsidesat="Talt efter"))
    response = _send(client, network, book, as_csv)
    assert sheets.wrong(response) == {}
    assert set(sheets.changed(response)) == expected

    if expected:
        sheets.press_save(client, response)
    assert not expected or SheetUpload.objects.order_by("-pk").first().applied_at
    after = sheets.fetch(client, network)
    for title, rows in edits.items():
        for row_id, written in rows.items():
            for heading, value in written.items():
                assert _stood(after, title, row_id, heading) == _plain(value)


def _send(client, network, book, as_csv: bool):
    file = sheets.as_csv(book["Aktivitetstal"], encoding="utf-8-sig") if as_csv else book
    return sheets.send(client, network, file, "netvaerk.csv" if as_csv else "netvaerk.xlsx")


def _stood(book, title: str, row_id: str, heading: str):
    page = book[title]
    return _plain(page[sheets.place(page, row_id, heading)].value)


def _plain(value):
    """A value as it can be compared: a day as a day, a number as a number."""
    if hasattr(value, "date"):
        return value.date()
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value)).normalize()
    return value


KNOWN = Known(["Thisted", "Ærø"], ["FKII-1-01"])
NUMBER, DAY = Column("n", "Tal", "", Kind.NUMBER), Column("d", "Dag", "", Kind.DATE)


@given(NUMBERS)
def test_number_is_read_as_any_spreadsheet_writes_it(number):
    thousands = f"{number:,.2f}"
    danish = thousands.replace(",", " ").replace(".", ",").replace(" ", ".")
    expected = values.written(number + 0)
    for text in (number, str(number), f"{number:.2f}".replace(".", ","), danish):
        raw = float(text) if isinstance(text, Decimal) else text
        assert Decimal(values.read(NUMBER, raw, KNOWN)) == Decimal(expected)


@given(DAYS)
def test_day_is_read_as_any_spreadsheet_writes_it(day):
    forms = (f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat(), day)
    assert {values.read(DAY, form, KNOWN) for form in forms} == {day.isoformat()}


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), DAYS, st.timedeltas(timedelta(0))))
def test_whatever_stands_in_a_cell_is_a_value_or_a_sentence(value):
    choice = Column("c", "Enhed", "", Kind.CHOICE, choices=Unit)
    columns = (NUMBER, DAY, choice, *(Column("x", "X", "", kind) for kind in (Kind.TEXT, Kind.NAMES, Kind.IDS)))
    for column in columns:
        found = _read_or_refused(column, value)
        assert found is None or values.read(column, values.in_cell(column, found), KNOWN) == found


def _read_or_refused(column: Column, value) -> str | None:
    """The value; None when it is refused with a sentence. Nothing else may happen."""
    try:
        return values.read(column, value, KNOWN)
    except ValidationError as error:
        return None if error.messages[0].endswith(".") else ""


def test_several_municipalities_are_read_in_danish_order():
    assert values.read(Column("m", "Kommuner", "", Kind.NAMES), "ærø; Thisted", KNOWN) == "Thisted | Ærø"
