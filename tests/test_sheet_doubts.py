"""What contradicts the law in a workbook: shown in the preview, and saved by one who says that he has read it."""

from datetime import date

import pytest

from tests import factories, sheets
from tests.outline import outline
from tests.sheets import AEROE, THISTED, part
from trials.enums import Status
from trials.models import Trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_sheets")]

NO_DECISION = "Der er ikke oplyst nogen dag, hvor kommunalbestyrelsen besluttede at bruge forsøget."
STARTED = {"Status": "I drift", "Gældende_fra": date(2019, 5, 1), "Bemærkning": "Hører til forsøget"}


@pytest.fixture
def network(client):
    return sheets.make_network(client)


def warned(response) -> dict[str, str]:
    return {warning.address: warning.message for warning in response.context["preview"].warnings}


def test_start_without_a_decision_is_warned_of_whatever_the_remark_says(client, network):
    book = sheets.fetch(client, network)
    cell = sheets.edit(book, "Forsøgskommuner", THISTED, **STARTED)[0]
    response = sheets.send(client, network, book)

    assert sheets.wrong(response) == {}
    assert warned(response) == {cell: NO_DECISION}
    assert NO_DECISION in response.content.decode()
    assert "Gem alligevel: advarslerne er læst" in response.content.decode()
    assert outline(response).faults() == []


def test_it_is_not_saved_before_it_is_said_to_be_read(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, **STARTED)
    shown = sheets.send(client, network, book)
    refused = sheets.press_save(client, shown)

    assert part().status == Status.AWAITING
    assert "Sæt kryds ved »Gem alligevel«" in refused.content.decode()
    assert "Sæt kryds ved" in sheets.press_save(client, shown, anyway="on").content.decode()
    assert part().status == Status.AWAITING
    told = sheets.press_save(client, refused, anyway=refused.context["preview"].doubted).content.decode()
    assert "celler er gemt" in told
    assert (part().status, part().events.latest("pk").note) == (Status.RUNNING, "Hører til forsøget")


def test_it_still_needs_a_reason_in_its_remark(client, network):
    book = sheets.fetch(client, network)
    cell = sheets.edit(book, "Forsøgskommuner", THISTED, **STARTED | {"Bemærkning": None})[0]
    response = sheets.send(client, network, book)

    assert sheets.wrong(response) == {cell: f"Skriv i bemærkningen, hvorfor det er rigtigt alligevel. {NO_DECISION}"}
    assert 'name="anyway"' not in response.content.decode()


def test_all_ended_while_the_trial_is_open_is_warned_of(client, network):
    trial = Trial.objects.get()
    factories.make_status(trial, Status.RUNNING)
    for town in ("Thisted", "Ærø"):
        factories.make_status(part(town), Status.RUNNING)
    book = sheets.fetch(client, network)
    for row in (THISTED, AEROE):
        over = {"Status": "Afsluttet", "Gældende_fra": date(2019, 5, 1), "Bemærkning": "Slut"}
        sheets.edit(book, "Forsøgskommuner", row, **over)
    said = list(warned(sheets.send(client, network, book)).values())

    assert said == ["FKII-1-04 er slut eller gennemføres ikke i nogen af kommunerne, men hele forsøget er »I drift«."]


def test_decision_in_the_same_row_leaves_nothing_to_doubt(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, **STARTED, Besluttet=date(2019, 4, 1))
    response = sheets.send(client, network, book)

    assert warned(response) == {}
    assert 'name="anyway"' not in response.content.decode()
    sheets.press_save(client, response)
    assert part().status == Status.RUNNING


def test_doubt_that_comes_with_a_choice_is_shown_before_it_is_saved(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, **STARTED)
    factories.make_status(part(), Status.PLANNED, date(2019, 4, 1))
    shown = sheets.send(client, network, book)
    (choice,) = shown.context["preview"].choices
    assert warned(shown) == {}
    refused = sheets.press_save(client, shown, **{choice.name: "min"})

    assert part().status == Status.PLANNED
    assert list(warned(refused).values()) == [NO_DECISION]
    read = {"anyway": refused.context["preview"].doubted, choice.name: "min"}
    sheets.press_save(client, refused, **read)
    assert part().status == Status.RUNNING
