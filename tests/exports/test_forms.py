"""The four forms of a list: what each does with text, numbers, days, and what is not given."""

import csv
import io
import json
from datetime import date, datetime

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.exports.register import ids, make_whole
from trials.exports import rights
from trials.exports.forms import FORMS
from trials.exports.listings import LISTINGS

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+1", "-1", "@sum", "\tx", '=HYPERLINK("x")']


def workbook(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content))


def excel_rows(client, address: str) -> list[list[str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


class TestExcelCsv:
    def test_has_byte_order_mark_semicolons_and_decimal_comma(self, client):
        factories.make_observation("Pris pr. borger", "1234.50")
        response = client.get("/aktivitetstal.excel.csv")

        assert response.content.startswith(b"\xef\xbb\xbfid;indikator;vaerdi;")
        assert response["Content-Disposition"] == 'attachment; filename="aktivitetstal.excel.csv"'
        head, row = excel_rows(client, "/aktivitetstal.excel.csv")
        assert dict(zip(head, row, strict=True))["vaerdi"] == "1234,5"

    @pytest.mark.parametrize("text", FORMULAS)
    def test_formula_is_made_harmless(self, client, text):
        factories.make_milestone(text)
        _, row = excel_rows(client, "/milepaele.excel.csv")
        assert row[2] == f"'{text}"


class TestWorkbook:
    def test_head_is_frozen_and_rows_can_be_filtered(self, client):
        make_whole(2)
        sheet = workbook(client, "/deltagelser.xlsx").worksheets[0]

        assert sheet.title == "Deltagelser"
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == "A1:J3"
        assert [cell.value for cell in sheet[1]] == [column.name for column in LISTINGS["deltagelser"].columns]
        assert all(cell.font.bold for cell in sheet[1])

    def test_values_have_types(self, client):
        factories.make_observation("Pris", "1234.50", from_on=date(2018, 1, 1), to_on=date(2018, 12, 31))
        sheet = workbook(client, "/aktivitetstal.xlsx").worksheets[0]
        row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}

        assert (row["vaerdi"].value, row["vaerdi"].data_type) == (1234.5, "n")
        assert row["dato_til"].value == datetime(2018, 12, 31)
        assert row["dato_til"].is_date
        assert row["vaerdi_til"].value is None

    @pytest.mark.parametrize("name", LISTINGS)
    def test_nothing_is_a_formula(self, client, name):
        trial = make_whole(1, title="=1+1")[0]
        factories.make_cells(trial, ["=2+2"], factories.make_source("andet", title="=3+3"))

        for sheet in workbook(client, f"/{name}.xlsx"):
            for line in sheet.iter_rows():
                assert not [cell.coordinate for cell in line if cell.data_type == "f"]
        if name == "milepaele":
            assert workbook(client, "/milepaele.xlsx").worksheets[0]["C2"].value == "=1+1"

    def test_second_sheet_says_source_filter_and_day(self, client):
        make_whole(1)
        about = workbook(client, "/deltagelser.xlsx?status=running&pr=2019-03-01")["Om udtrækket"]
        said = {key.value: value.value for key, value in about.iter_rows(max_col=2)}

        assert said["Udtræk"] == "1 deltagelse med status »I drift« pr. 1. marts 2019"
        assert said["Adresse"] == "http://testserver/deltagelser.csv?status=running&pr=2019-03-01"
        assert said["Pr. dag"] == "1. marts 2019"
        assert said["Kilde"] == rights.SOURCE
        assert said["Rettigheder"] == rights.TERMS
        assert said["Kolonnen kommunekode"] == "Kommunens kommunekode."

    def test_signs_that_no_workbook_may_hold_are_replaced(self, client):
        factories.make_milestone("a\x0bb")
        assert workbook(client, "/milepaele.xlsx").worksheets[0]["C2"].value == "a\N{REPLACEMENT CHARACTER}b"


class TestJson:
    def test_values_have_types_and_what_is_not_given_is_null(self, client):
        trial = make_whole(1)[0]
        document = json.loads(client.get("/forsoeg.json?status=planned").content)

        assert document["antal"] == 1
        assert document["titel"] == "1 forsøg med status »Planlagt«"
        assert document["url"] == "http://testserver/forsoeg/?status=planned"
        assert document["kilde"] == rights.SOURCE
        assert document["rettigheder"] == rights.TERMS
        (row,) = document["raekker"]
        assert row["id"] == trial.public_id
        assert row["ikrafttraedelse"] is None
        assert row["kilde_raekke"] == 1
        assert row["kommunekoder"] == [trial.participations.get().municipality.code]

    def test_figures_are_numbers(self, client):
        factories.make_observation("Pris", "1234.50")
        factories.make_observation("Antal", "15")
        values = [row["vaerdi"] for row in json.loads(client.get("/aktivitetstal.json").content)["raekker"]]
        assert values == [1234.5, 15]


def test_names_of_files_say_the_day(client):
    factories.make_programme()
    response = client.get("/forsoeg.json?pr=2018-12-01")
    assert response["Content-Disposition"] == 'attachment; filename="forsoeg-pr-2018-12-01.json"'


@pytest.mark.parametrize("ending", FORMS)
def test_a_form_answers_400_for_a_filter_that_is_not_valid(client, ending):
    response = client.get(f"/udfald.{ending}?udfald=x")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "Der er intet udfald med koden »x«.\n"


WITH_PAGES = {
    "forsoeg": ("/forsoeg/", "public_id"),
    "aktivitetstal": ("/aktivitetstal/", "code"),
    "evalueringer": ("/evalueringer/", "code"),
    "erfaringer": ("/erfaringer/", "code"),
}


@pytest.mark.usefixtures("register")
class TestSameRows:
    """Page, CSV, CSV for Excel, XLSX and JSON of one filter hold the same rows in the same order."""

    @pytest.mark.parametrize("name", WITH_PAGES)
    def test_without_a_filter(self, client, name):
        assert len(_same(client, name, "")) > 50

    @given(data=st.data())
    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    def test_under_any_filter(self, data):
        name = data.draw(st.sampled_from(sorted(WITH_PAGES)))
        options = LISTINGS[name].filtered(QueryDict(), None).vocabularies
        parameter = data.draw(st.sampled_from(sorted(options)))
        query = QueryDict(mutable=True)
        query.setlist(parameter, data.draw(st.lists(st.sampled_from(sorted(options[parameter])), max_size=3)))
        day = data.draw(st.sampled_from(["", "2018-01-01", "2018-12-01"]))
        if day:
            query["pr"] = day
        _same(Client(), name, query.urlencode())


def _same(client, name: str, query: str) -> list[str]:
    """The ids on all pages of a list, which every file of it must have too."""
    address, field = WITH_PAGES[name]
    page = client.get(f"{address}?{query}")
    assert page.status_code == 200
    shown = [getattr(row, field) for row in page.context["page_obj"].paginator.object_list]
    assert ids(client, name, query) == shown
    assert [row[0] for row in excel_rows(client, f"/{name}.excel.csv?{query}")[1:]] == shown
    sheet = workbook(client, f"/{name}.xlsx?{query}").worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == shown
    assert [row["id"] for row in json.loads(client.get(f"/{name}.json?{query}").content)["raekker"]] == shown
    return shown
