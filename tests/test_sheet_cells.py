"""What is written in the cells of a workbook: each kind is saved, what is wrong is an error of its cell."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import factories, sheets
from tests.sheets import AEROE, THISTED, part
from trials import workflow
from trials.enums import Precision, Reason, Status
from trials.models import Milestone, Observation, SheetUpload, StatusEvent, Trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_sheets")]


@pytest.fixture
def network(client):
    return sheets.make_network(client)


def test_cells_of_every_kind_are_saved(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøg", "FKII-1-04", Status="I drift", Gældende_fra=date(2019, 5, 1))
    sheets.edit(book, "Forsøgskommuner", AEROE, Status="Afsluttet", Årsag="Intet lokalt ønske eller behov")
    sheets.edit(book, "Forsøgskommuner", AEROE, Gældende_fra="1.6.2019", Bemærkning="Ny", Besluttet="2019-01-02")
    sheets.edit(
        book, "Aktivitetstal", "T-0001", Værdi="1.234,5", Enhed="sager", Præcision="ca.", Kommuner="Ærø, Thisted"
    )
    sheets.edit(book, "Milepæle", "P-0001", Art="Møde", Milepæl="Et møde", Sket_fra=date(2019, 1, 1))
    sheets.edit(book, "Milepæle", "P-0001", Sket_til=date(2019, 1, 2))
    sheets.edit(book, "Milepæle", "", Art="Start", Milepæl="En ny", Forsøg="FKII-1-04")
    response = sheets.send(client, network, book)
    assert sheets.wrong(response) == {}
    assert Trial.objects.get().status == Status.UNKNOWN
    assert StatusEvent.objects.count() == 1
    sheets.press_save(client, response)

    trial = Trial.objects.get()
    assert (trial.status, trial.events.get().effective_on) == (Status.RUNNING, date(2019, 5, 1))
    event = part("Ærø").events.get()
    assert (event.status, event.reason, event.note) == (Status.ENDED, Reason.NO_NEED, "Ny")
    assert (event.effective_on, event.precision) == (date(2019, 6, 1), Precision.ON)
    assert part("Ærø").decided_on == date(2019, 1, 2)
    figure = Observation.objects.get()
    assert (str(figure.value), figure.unit, figure.accuracy) == ("1234.50", "cases", "about")
    assert figure.municipalities.count() == 2
    old, new = Milestone.objects.order_by("code")
    assert (old.kind, old.label, old.actual_to) == ("meeting", "Et møde", date(2019, 1, 2))
    assert (new.code, new.network, list(new.trials.all())) == ("P-0002", network, [trial])


def test_new_status_leaves_what_was_said_of_the_former(client, network):
    workflow.confirm(part(), date(2019, 4, 1))
    book = sheets.fetch(client, network)
    sheets.edit(
        book, "Forsøgskommuner", THISTED, Status="I drift", Gældende_fra=date(2019, 5, 1), Besluttet=date(2019, 4, 15)
    )
    response = sheets.send(client, network, book)
    assert sheets.changed(response) == {
        "Forsøgskommuner!D2": ("Afventer", "I drift"),
        "Forsøgskommuner!E2": ("Ingen partner fundet", ""),
        "Forsøgskommuner!F2": ("28.02.2019", "01.05.2019"),
        "Forsøgskommuner!G2": ("Ingen vil være med.", ""),
        "Forsøgskommuner!H2": ("01.04.2019", ""),
        "Forsøgskommuner!I2": ("", "15.04.2019"),
    }
    assert "hører til den tidligere status" in response.content.decode()
    sheets.press_save(client, response)
    assert part().status == Status.RUNNING
    assert part().confirmed_on is None
    assert part().events.last().note == "Ingen vil være med."


def test_correction_stays_beside_what_it_corrects(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, Årsag="Ingen aftale opnået", Bemærkning="Der var en partner.")
    sheets.press_save(client, sheets.send(client, network, book))
    newest, wrong = part().events.all()
    assert (newest.corrects, newest.is_correction) == (wrong, True)
    assert (newest.reason, newest.note) == (Reason.NO_AGREEMENT, "Der var en partner.")
    assert (newest.effective_on, newest.precision) == (wrong.effective_on, Precision.BY)
    assert part().status == Status.AWAITING


def test_confirmation_is_a_day(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, Sidst_bekræftet=date(2019, 5, 1))
    sheets.press_save(client, sheets.send(client, network, book))
    assert part().confirmed_on == date(2019, 5, 1)
    assert part().events.count() == 1
    assert part().history.first().confirmed_on == date(2019, 5, 1)


TOMORROW = timezone.localdate() + timedelta(1)
ERRORS = [
    ("Forsøgskommuner", THISTED, {"Status": "I drift"}, "F2", "den dag, som den nye status gælder fra"),
    ("Forsøgskommuner", THISTED, {"Status": "I drift", "Gældende_fra": TOMORROW}, "F2", "fremtiden"),
    ("Forsøgskommuner", THISTED, {"Status": "I drift", "Gældende_fra": date(2018, 1, 1)}, "F2", "28.02.2019"),
    (
        "Forsøgskommuner",
        THISTED,
        {"Status": "Ansøgt", "Gældende_fra": date(2019, 5, 1)},
        "D2",
        "kan ikke gå fra »Afventer«",
    ),
    ("Forsøgskommuner", THISTED, {"Status": "Gik i gang"}, "D2", "»Gik i gang« findes ikke på listen over status"),
    ("Forsøgskommuner", THISTED, {"Status": None}, "D2", "Vælg en status"),
    (
        "Forsøgskommuner",
        THISTED,
        {"Gældende_fra": date(2019, 5, 1)},
        "G2",
        "Skriv i bemærkningen, hvad der var forkert",
    ),
    ("Forsøgskommuner", THISTED, {"Bemærkning": None}, "G2", "Skriv i bemærkningen"),
    ("Forsøgskommuner", THISTED, {"Sidst_bekræftet": TOMORROW}, "H2", "ikke er kommet endnu"),
    ("Forsøgskommuner", THISTED, {"Sidst_bekræftet": date(2018, 1, 1)}, "H2", "kan kun flyttes frem"),
    ("Forsøgskommuner", THISTED, {"Gældende_fra": "31.2.2019"}, "F2", "»31.2.2019« er ikke en dag"),
    ("Forsøgskommuner", THISTED, {"Gældende_fra": date(1066, 1, 1)}, "F2", "kan ikke passe"),
    ("Forsøgskommuner", THISTED, {"Gældende_fra": "i maj"}, "F2", "ikke en dag"),
    ("Forsøgskommuner", THISTED, {"Besluttet": TOMORROW}, "I2", "ikke kommet endnu"),
    ("Aktivitetstal", "T-0001", {"Til": TOMORROW}, "J2", "ikke kommet endnu"),
    ("Forsøgskommuner", AEROE, {"Årsag": "Andet"}, "D3", "Vælg en status"),
    ("Forsøgskommuner", AEROE, {"Sidst_bekræftet": date(2019, 5, 1)}, "H3", "ingen status at bekræfte"),
    (
        "Forsøgskommuner",
        AEROE,
        {"Status": "I drift", "Gældende_fra": date(2019, 5, 1), "Årsag": "Andet"},
        "E3",
        "kun til",
    ),
    (
        "Forsøgskommuner",
        AEROE,
        {"Status": "Afventer", "Gældende_fra": date(2019, 5, 1), "Årsag": "Andet"},
        "G3",
        "Andet",
    ),
    ("Forsøgskommuner", AEROE, {"Kommune": "Thisted"}, "C3", "foreslås ændret på forsøgets side"),
    ("Forsøgskommuner", AEROE, {"Id": "FKII-2-01/0492"}, "A3", "er ikke en række i det regneark"),
    ("Forsøgskommuner", AEROE, {"Id": THISTED}, "A3", "står også i række 2"),
    ("Forsøgskommuner", AEROE, {"Id": None}, "A3", "Nye forsøg og kommuner kan ikke tilføjes"),
    ("Forsøg", "FKII-1-04", {"Titel": "Noget andet"}, "B2", "låst"),
    ("Forsøg", "FKII-1-04", {"I_kraft_fra": date(2019, 5, 1)}, "C2", "foreslås ændret på forsøgets side"),
    ("Forsøg", "FKII-1-04", {"I_kraft_fra": "snart"}, "C2", "låst"),
    ("Aktivitetstal", "T-0001", {"Værdi": "mange"}, "E2", "»mange« er ikke et tal"),
    ("Aktivitetstal", "T-0001", {"Værdi": None}, "E2", "Værdi skal udfyldes"),
    ("Aktivitetstal", "T-0001", {"Værdi": "1,234"}, "E2", "to decimaler"),
    ("Aktivitetstal", "T-0001", {"Værdi": 10**13}, "E2", "for stort"),
    ("Aktivitetstal", "T-0001", {"Værdi": "nan"}, "E2", "ikke et tal"),
    ("Aktivitetstal", "T-0001", {"Værdi_til": 3}, "F2", "større end værdien"),
    ("Aktivitetstal", "T-0001", {"Fra": date(2019, 5, 1)}, "J2", "Slutdatoen ligger før startdatoen"),
    ("Aktivitetstal", "T-0001", {"Enhed": "kilo"}, "G2", "listen over enhed"),
    ("Aktivitetstal", "T-0001", {"Kommuner": "Thorshavn"}, "C2", "»Thorshavn« er ikke en dansk kommune"),
    ("Aktivitetstal", "T-0001", {"Kommuner": "Ribe"}, "C2", "Ribe er ikke med i netværket"),
    ("Aktivitetstal", "T-0001", {"Forsøg": "FKII-1-05"}, "B2", "låst"),
    ("Aktivitetstal", "T-0001", {"Forsøg": None}, "B2", "Skriv en ny række"),
    ("Aktivitetstal", "T-0001", {"Indikator": "x" * 151}, "D2", "151 tegn"),
    ("Aktivitetstal", "T-0001", {"Bemærkning": "to\nlinjer"}, "K2", "én linje"),
    ("Aktivitetstal", "T-0001", {"Bemærkning": "Borger 010190-1234"}, "K2", "CPR-nummer"),
    ("Aktivitetstal", "T-0001", {"Bemærkning": "#REF!"}, "K2", "viser en fejl"),
    ("Aktivitetstal", "T-0001", {"Sted_i_kilden": "Afsnit 1"}, "N2", "låst"),
    ("Aktivitetstal", "", {"Indikator": "Ny", "Værdi": 3}, "G3", "Enhed skal udfyldes"),
    ("Aktivitetstal", "", {"Bemærkning": "kun en bemærkning"}, "D3", "skal udfyldes"),
    ("Aktivitetstal", "", {"Indikator": "Ny", "Værdi": 3, "Enhed": "sager", "Sted_i_kilden": "x"}, "N3", "ny række"),
    (
        "Milepæle",
        "P-0001",
        {"Planlagt_til": date(2019, 1, 1), "Planlagt_fra": date(2019, 2, 1)},
        "F2",
        "i den rækkefølge",
    ),
    ("Milepæle", "P-0001", {"Art": "Fest"}, "C2", "listen over art"),
]


@pytest.mark.parametrize(("title", "row_id", "values", "cell", "words"), ERRORS)
def test_error_is_told_of_its_cell_and_nothing_is_saved(client, network, title, row_id, values, cell, words):
    factories.make_municipality("Ribe", "9999")
    book = sheets.fetch(client, network)
    sheets.edit(book, "Milepæle", "P-0001", Bemærkning="Denne celle er god")
    sheets.edit(book, title, row_id, **values)
    response = sheets.send(client, network, book)
    messages = sheets.wrong(response)
    assert words in messages[f"{title}!{cell}"]
    assert SheetUpload.objects.count() == 0
    assert "Gem</button>" not in response.content.decode()
    assert Milestone.objects.get().note == ""


def test_personal_number_is_not_repeated(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Milepæle", "P-0001", Bemærkning="Borger 010190-1234")
    response = sheets.send(client, network, book)
    assert "010190" not in response.content.decode()


def test_contact_details_are_warned_of(client, network):
    book = sheets.fetch(client, network)
    (cell,) = sheets.edit(book, "Milepæle", "P-0001", Bemærkning="Ring 97 12 34 56 eller a@b.dk")
    preview = sheets.send(client, network, book).context["preview"]
    assert [warning.address for warning in preview.warnings] == [cell]
    assert "a@b.dk" in preview.warnings[0].message


def test_what_the_source_says_is_warned_of(client, network):
    figure = Observation.objects.get()
    figure.source, figure.section = factories.make_source(), "1.2"
    figure.save()
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    preview = sheets.send(client, network, book).context["preview"]
    assert "har sit sted i kilden (afsnit 1.2)" in preview.warnings[0].message


def test_new_row_twice_is_an_error(client, network):
    book = sheets.fetch(client, network)
    for _ in range(2):
        sheets.edit(book, "Aktivitetstal", "", Indikator="Ny", Værdi=10, Enhed="sager")
    assert sheets.wrong(sheets.send(client, network, book)) == {
        "Aktivitetstal!A4": "Rækken uden id står to gange i arket."
    }
