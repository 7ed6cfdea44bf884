"""Unlikely figures in a workbook: an error of their cell until the row says why they are right."""

from datetime import date

import pytest

from networks.models import Municipality
from tests import factories, sheets
from trials.models import Observation, SheetUpload, Trial
from trials.workspace.sheet.layout import LAYOUT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_sheets")]

WHY = "Hvorfor_advarslen_er_tilsidesat"
NEW = {"Forsøg": "FKII-1-04", "Kommuner": "Thisted", "Indikator": "Lån", "Enhed": "borgere"}
LATER = NEW | {"Til": date(2018, 12, 31)}
FALLEN = "Tallet er faldet: det forrige er 15 borgere, 1. december 2018."
FEW = "Et tal under 5 kan røbe, hvem det handler om."


@pytest.fixture
def network(client):
    return sheets.make_network(client)


def sent(client, network, row: str, as_csv: bool = False, **values):
    """The preview of a workbook in which one row of figures is edited."""
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", row, **values)
    if as_csv:
        return sheets.send(client, network, sheets.as_csv(book["Aktivitetstal"]), "tal.csv")
    return sheets.send(client, network, book)


def warned(response) -> dict[str, str]:
    return {warning.address: warning.message for warning in response.context["preview"].warnings}


DOUBTFUL = [
    ("", LATER | {"Værdi": 10}, "E3", FALLEN),
    ("", LATER | {"Værdi": 500}, "E3", "Det er et stort spring fra det forrige: 15 borgere"),
    ("", NEW | {"Indikator": "Andel", "Enhed": "procent", "Værdi": 101}, "E3", "Tallet er over 100 procent."),
    ("", NEW | {"Indikator": "Andel", "Enhed": "procent", "Værdi": 90, "Værdi_til": 110}, "F3", "over 100 procent"),
    ("T-0001", {"Til": date(2017, 1, 1)}, "J2", "Tallet er fra før, undtagelsen trådte i kraft den 1. juli 2017."),
    ("T-0001", {"Værdi": 3}, "E2", FEW),
    ("T-0001", {"Værdi": 1, "Værdi_til": 4}, "E2", FEW),
]


@pytest.mark.parametrize("as_csv", [False, True])
@pytest.mark.parametrize(("row", "values", "cell", "words"), DOUBTFUL)
def test_unlikely_figure_is_an_error_until_it_has_a_reason(client, network, row, values, cell, words, as_csv):
    Trial.objects.update(in_force_from=date(2017, 7, 1))
    before = list(Observation.objects.values())
    refused = sent(client, network, row, as_csv, **values)
    assert list(sheets.wrong(refused)) == [f"Aktivitetstal!{cell}"]
    message = sheets.wrong(refused)[f"Aktivitetstal!{cell}"]
    assert words in message
    assert message.endswith("Er det rigtigt, så skriv begrundelsen i »Hvorfor advarslen er tilsidesat«.")
    assert (list(Observation.objects.values()), SheetUpload.objects.count()) == (before, 0)

    preview = sent(client, network, row, as_csv, **values, **{WHY: "Talt efter"})
    assert sheets.wrong(preview) == {}
    assert words in warned(preview)[f"Aktivitetstal!{cell}"]
    sheets.press_save(client, preview)
    assert Observation.objects.get(code=row or "T-0002").overruled == "Talt efter"


def test_likely_figure_is_not_asked_about(client, network):
    response = sent(client, network, "", **LATER, Værdi=20)
    assert (sheets.wrong(response), warned(response)) == ({}, {})


def test_figure_is_held_against_the_others_of_the_same_workbook(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=30)
    sheets.edit(book, "Aktivitetstal", "", **LATER, Værdi=20)
    assert "15" not in sheets.wrong(sheets.send(client, network, book))["Aktivitetstal!E3"]
    # Both put right at once is right: neither is held against what stood there.
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=18)
    assert sheets.wrong(sheets.send(client, network, book)) == {}


def test_figure_of_another_municipality_or_series_is_no_measure(client, network):
    for other in ({"Kommuner": "Ærø"}, {"Kommuner": None}, {"Indikator": "Andre lån"}, {"Enhed": "sager"}):
        assert sheets.wrong(sent(client, network, "", **{**LATER, **other}, Værdi=10)) == {}


def test_figure_shared_with_another_network_is_a_measure(client, network):
    Observation.objects.get().trials.add(factories.make_trial("Et andet", factories.make_network(2)))
    assert FALLEN in sheets.wrong(sent(client, network, "", **LATER, Værdi=10))["Aktivitetstal!E2"]


def test_what_was_unlikely_before_is_asked_about_only_when_the_figure_is_changed(client, network):
    Observation.objects.update(value=3)
    response = sent(client, network, "T-0001", Bemærkning="Talt igen")
    assert (sheets.wrong(response), warned(response)) == ({}, {})
    assert FEW in sheets.wrong(sent(client, network, "T-0001", Værdi=2))["Aktivitetstal!E2"]
    assert FEW in sheets.wrong(sent(client, network, "T-0001", Kommuner="Ærø"))["Aktivitetstal!E2"]


def test_reason_speaks_for_what_was_unlikely_when_it_was_given(client, network):
    factories.make_observation("Lån", 15, **_place(), to_on=date(2018, 11, 1))
    Observation.objects.filter(code="T-0001").update(value=18, overruled="Talt efter")
    Observation.objects.filter(code="T-0002").update(value=3, overruled="Har sagt ja")
    assert sheets.wrong(sent(client, network, "T-0002", Værdi=2)) == {}
    message = sheets.wrong(sent(client, network, "T-0002", Værdi=300))["Aktivitetstal!E3"]
    assert "højere end et senere" in message
    assert "skriv en ny begrundelse" in message
    assert sheets.wrong(sent(client, network, "T-0002", Værdi=300, **{WHY: "Siden er nogle faldet fra"})) == {}
    # Who takes the reason away is asked again.
    assert FEW in sheets.wrong(sent(client, network, "T-0002", **{WHY: None}))["Aktivitetstal!E3"]


def test_reason_with_nothing_to_speak_for_is_not_kept(client, network):
    response = sent(client, network, "", **LATER, Værdi=20, **{WHY: "Bare fordi"})
    assert warned(response)["Aktivitetstal!L3"].startswith("Der er ingen advarsel at tilsidesætte.")
    sheets.press_save(client, response)
    assert Observation.objects.get(code="T-0002").overruled == ""
    # Sent once more, the row is the one that stands there.
    again = sent(client, network, "", **LATER, Værdi=20, **{WHY: "Bare fordi"})
    assert sheets.changed(again) == {}

    Observation.objects.filter(code="T-0001").update(value=3, overruled="Har sagt ja")
    versions = Observation.history.filter(code="T-0001").count()
    response = sent(client, network, "T-0001", Værdi=12)
    assert sheets.changed(response)["Aktivitetstal!L2"] == ("Har sagt ja", "")
    sheets.press_save(client, response)
    figure = Observation.objects.get(code="T-0001")
    assert (figure.value, figure.overruled) == (12, "")
    assert figure.history.count() == versions + 1


def test_reason_is_held_to_what_is_said_of_persons(client, network):
    number = sent(client, network, "T-0001", Værdi=3, **{WHY: "Borger 010190-1234"})
    assert "CPR-nummer" in sheets.wrong(number)["Aktivitetstal!L2"]
    contact = sent(client, network, "T-0001", Værdi=3, **{WHY: "Ring 97 12 34 56"})
    assert warned(contact)["Aktivitetstal!L2"].endswith("De hører ikke hjemme i registeret.")


def test_workbook_from_before_the_column_is_told_to_be_old(client, network, monkeypatch):
    monkeypatch.setattr("trials.workspace.sheet.ticket.LAYOUT", LAYOUT - 1)
    book = sheets.fetch(client, network)
    monkeypatch.undo()
    page = book["Aktivitetstal"]
    assert page["L1"].value == WHY.replace("_", " ")
    page.delete_cols(12)
    for file, name in ((book, "netvaerk.xlsx"), (sheets.as_csv(page), "tal.csv")):
        response = sheets.send(client, network, file, name)
        assert response.context["form"].errors["file"] == [
            "Regnearket er hentet, før det blev bygget op på en anden måde. "
            "Hent et nyt, og flyt dine ændringer over i det."
        ]


def _place() -> dict:
    return {"trials": [Trial.objects.get()], "municipalities": [Municipality.objects.get(name="Thisted")]}
