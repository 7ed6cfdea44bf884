"""The trials as comma-separated values."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from trials.enums import BasisKind, BasisRole, DesignStatus, Publication, Status
from trials.exports.columns.trials import COLUMNS
from trials.models import Trial

pytestmark = pytest.mark.django_db

HEADER = (
    "id,titel,netvaerk,kommuner,kommunekoder,status,ikrafttraedelse,ansoegningsrunde,hjemmel,hjemmelstype,"
    "evalueringsstatus,kilde_tabel,kilde_raekke,url"
)


def rows(client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/forsoeg.csv?{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8"), newline="")))


def test_file_is_rfc_4180_in_utf_8_without_byte_order_mark(client):
    factories.make_trial('Lån, "små"\nog store', factories.make_network(1, "Æbler, ø og å"))
    response = client.get("/forsoeg.csv")
    lines = response.content.decode("utf-8").split("\r\n")

    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="forsoeg.csv"'
    assert lines[0] == HEADER
    assert lines[1].startswith('FKII-1-01,"Lån, ""små""\nog store","Æbler, ø og å",,,unknown,')
    assert lines[2:] == [""]


def test_columns_are_those_of_the_header_and_described():
    assert [column.name for column in COLUMNS] == HEADER.split(",")
    assert all(column.description.endswith(".") for column in COLUMNS)


def test_every_column_of_a_full_trial(client):
    aarhus, laesoe = factories.make_municipality("Aarhus", "751"), factories.make_municipality("Læsø", "825")
    trial = factories.make_trial(
        "Mikrolån",
        factories.make_network(1, "Arbejde"),
        [aarhus, laesoe],
        Status.RUNNING,
        in_force_from=date(2017, 7, 1),
        application_round=factories.make_round(1),
    )
    factories.make_cells(trial, row=8)
    factories.make_cells(trial, source=factories.make_source("ny", date(2020, 1, 31)), row=9)
    factories.make_basis(trial, factories.make_provision(27, "d"))
    factories.make_basis(trial, factories.make_provision(27, "c"))
    factories.make_basis(trial, kind=BasisKind.EXISTING_LAW)
    factories.make_basis(trial, factories.make_provision(3), role=BasisRole.DEVIATES_FROM)
    factories.make_evaluation(trial, DesignStatus.SUBMITTED)

    assert rows(client) == [
        {
            "id": "FKII-1-01",
            "titel": "Mikrolån",
            "netvaerk": "Arbejde",
            "kommuner": "Læsø | Aarhus",
            "kommunekoder": "825 | 751",
            "status": "running",
            "ikrafttraedelse": "2017-07-01",
            "ansoegningsrunde": "1",
            "hjemmel": "Lov om frikommunenetværk § 27 c | Lov om frikommunenetværk § 27 d",
            "hjemmelstype": "exemption | existing_law",
            "evalueringsstatus": "submitted",
            "kilde_tabel": "2.1",
            "kilde_raekke": "9",
            "url": "http://testserver/forsoeg/FKII-1-01-mikrolaan/",
        }
    ]


def test_what_is_not_given_is_empty(client):
    factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))
    given = {"id", "titel", "netvaerk", "status", "url"}

    assert {name for name, value in rows(client)[0].items() if value} == given
    assert rows(client)[0]["status"] == "unknown"


def test_legal_basis_without_a_provision_is_that_of_the_cell(client):
    trial = factories.make_trial("Mikrolån")
    factories.make_cells(trial, ["Mikrolån", "Aalborg", "Indhold", "Målgruppe", "Generel hjemmel."])
    factories.make_basis(trial, kind=BasisKind.EXISTING_LAW)

    assert rows(client)[0]["hjemmel"] == "Generel hjemmel."


def test_shared_evaluation_is_shared_only_where_it_is_not_described(client):
    first, second = factories.make_trial("Første"), factories.make_trial("Anden")
    factories.make_evaluation(first, DesignStatus.NOT_FINISHED, shared_by=[second])

    assert [row["evalueringsstatus"] for row in rows(client)] == ["not_finished", "shared"]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_formula_is_made_harmless(client, title):
    factories.make_trial(title)

    assert rows(client)[0]["titel"] == f"'{title}"


def test_drafts_are_exported_for_staff_only(client, django_user_model):
    factories.make_trial("Mikrolån")
    factories.make_trial("Hemmeligt", publication=Publication.DRAFT)

    assert [row["titel"] for row in rows(client)] == ["Mikrolån"]
    client.force_login(django_user_model.objects.create_user("redaktør", is_staff=True))
    assert [row["titel"] for row in rows(client)] == ["Mikrolån", "Hemmeligt"]


def test_export_costs_the_same_with_1_and_500_trials(client):
    factories.make_many_trials(1)
    with CaptureQueriesContext(connection) as one:
        assert len(rows(client)) == 1
    factories.make_many_trials(500)
    with CaptureQueriesContext(connection) as many:
        assert len(rows(client)) == 501

    assert len(many) == len(one)


def test_invalid_filter_answers_in_plain_danish(client):
    response = client.get("/forsoeg.csv?status=x&netvaerk=99")

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "Der er intet netværk med nummeret »99«.\nDer er ingen status med koden »x«.\n"


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    def test_every_trial_is_a_row_in_the_order_of_the_list(self, client):
        exported = rows(client)

        assert [row["id"] for row in exported] == [trial.public_id for trial in Trial.objects.visible_to(None)]
        assert len(exported) == 79
        assert all(row["titel"] and row["netvaerk"] and row["status"] and row["hjemmel"] for row in exported)
        assert {row["evalueringsstatus"] for row in exported} == set(DesignStatus.values)

    def test_row_names_its_place_in_the_source(self, client):
        for row in rows(client):
            _, network, number = row["id"].split("-")
            assert (row["kilde_tabel"], int(row["kilde_raekke"])) == (f"2.{network}", int(number))

    def test_export_follows_the_filter_and_the_order_but_not_the_page(self, client):
        exported = rows(client, "netvaerk=2&sortering=-nummer&side=3")

        assert len(exported) == 23
        assert exported[0]["id"] == "FKII-2-23"

    def test_addresses_lead_to_the_trials(self, client):
        assert client.get(rows(client, "netvaerk=5")[0]["url"]).status_code == 200

    def test_general_basis_is_quoted(self, client):
        row = next(row for row in rows(client) if row["id"] == "FKII-2-09")

        assert row["hjemmel"].startswith("Generel hjemmel")
        assert row["hjemmelstype"] == "existing_law"
