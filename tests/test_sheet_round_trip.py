"""What goes out comes back: unchanged it changes nothing, edited it says the edited."""

import pytest
from openpyxl import load_workbook

from networks.models import ChangeEntry, ChangeSet, Network
from tests import sheets
from tests.roles import make_ministry
from trials.models import Milestone, Observation, Participation, SheetDownload, StatusEvent, Trial
from trials.workspace.sheet.layout import LAYOUT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_register")]

NUMBERS = range(1, 8)


def _stands() -> list:
    """Everything that a workbook could change."""
    rows = [list(model._default_manager.order_by("pk").values()) for model in (Trial, Participation, Observation)]
    return [*rows, list(Milestone.objects.order_by("pk").values()), StatusEvent.objects.count()]


@pytest.fixture
def ministry(client):
    user = make_ministry()
    client.force_login(user)
    return user


def _network(number: int) -> Network:
    return Network.objects.get(number=number)


@pytest.mark.parametrize("number", NUMBERS)
def test_unchanged_workbook_changes_nothing(client, ministry, number):
    network, before = _network(number), _stands()
    book = sheets.fetch(client, network)
    response = sheets.send(client, network, book)
    preview = response.context["preview"]
    assert (preview.errors, preview.changes, preview.choices, preview.warnings) == ([], [], [], [])
    assert preview.absent == 0
    assert "Der er intet at gemme" in response.content.decode()
    assert _stands() == before
    assert ChangeSet.objects.count() == ChangeEntry.objects.count() == 0


FORMS = [(";", "cp1252"), (",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")]
"""Separator and encoding of CSV files: Danish Excel's, a program's, a newer Excel's, and its Unicode text."""


@pytest.mark.parametrize("number", NUMBERS)
def test_unchanged_csv_changes_nothing(client, ministry, number):
    network = _network(number)
    book = sheets.fetch(client, network)
    for place, title in enumerate(sheets.SHEETS):
        delimiter, encoding = FORMS[(place + number) % 4]
        file = sheets.as_csv(book[title], delimiter, encoding)
        preview = sheets.send(client, network, file, "ark.csv").context["preview"]
        assert (preview.errors, preview.changes, preview.choices, preview.absent) == ([], [], [], 0), title


def test_all_of_the_network_is_in_the_workbook(client, ministry):
    network = _network(1)
    book = sheets.fetch(client, network)
    assert book.sheetnames == ["Vejledning", *sheets.SHEETS, "Lister"]
    ids = {
        title: [row[0] for row in book[title].iter_rows(min_row=2, values_only=True) if row[0]]
        for title in sheets.SHEETS
    }
    assert ids["Forsøg"] == [f"FKII-1-{number:02d}" for number in range(1, 21)]
    assert len(ids["Forsøgskommuner"]) == Participation.objects.filter(trial__network=network).count()
    assert set(ids["Aktivitetstal"]) == set(Observation.objects.filter(network=network).values_list("code", flat=True))
    assert len(ids["Milepæle"]) == 5


def test_the_same_download_is_kept_once_until_something_changes(client, ministry):
    network = _network(3)
    sheets.fetch(client, network)
    sheets.fetch(client, network)
    assert SheetDownload.objects.count() == 1
    Observation.objects.filter(network=network).update(note="Rettet")
    sheets.fetch(client, network)
    assert SheetDownload.objects.count() == 2


def test_workbook_helps_its_writer(client, ministry):
    book = sheets.fetch(client, _network(1))
    page = book["Forsøgskommuner"]
    assert page.freeze_panes == "B2"
    assert page.protection.sheet
    assert page["A2"].protection.locked
    assert not page["D2"].protection.locked
    assert page["A2"].fill.fgColor.rgb != page["D2"].fill.fgColor.rgb
    assert all(cell.comment for cell in page[1])
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    column = lists["D2"].split("$")[1]
    offered = [cell.value for cell in book["Lister"][column] if cell.value]
    assert offered[:2] == ["Ansøgt", "Ikke imødekommet"]
    assert "I drift" in offered
    dates = [row[4] for row in book["Aktivitetstal"].iter_rows(min_row=2) if row[4].value]
    assert dates
    assert book["Aktivitetstal"]["J2"].number_format == "dd-mm-yyyy"
    words = " ".join(str(cell.value) for row in book["Vejledning"] for cell in row)
    assert "En mere fleksibel og effektiv beskæftigelsesindsats" in words
    assert f"Udgave {LAYOUT}" in words


def test_edited_workbook_comes_out_as_it_was_edited(client, ministry):
    network = _network(1)
    book = sheets.fetch(client, network)
    figure = Observation.objects.filter(network=network).order_by("code").first()
    why = {"Hvorfor_advarslen_er_tilsidesat": "Talt efter"}
    cells = sheets.edit(book, "Aktivitetstal", figure.code, Værdi=77, Bemærkning="Talt igen", **why)
    new = {"Forsøg": "FKII-1-02", "Kommuner": "Aalborg", "Indikator": "Ny", "Værdi": 3, "Enhed": "sager"}
    cells += sheets.edit(book, "Aktivitetstal", "", **new, **why)
    response = sheets.send(client, network, book)
    # A new row without an accuracy is counted, which the preview says.
    assert cells == [cell for cell in sheets_of(response) if cell in cells]
    saved = sheets.press_save(client, response)
    assert "celler er gemt" in saved.content.decode()

    page = sheets.fetch(client, network)["Aktivitetstal"]
    rows = {row[0]: row for row in page.iter_rows(min_row=2, values_only=True)}
    assert (rows[figure.code][4], *rows[figure.code][10:12]) == (77, "Talt igen", "Talt efter")
    assert rows["T-0001"][1:8] == ("FKII-1-02", "Aalborg", "Ny", 3, None, "sager", "opgjort")


def sheets_of(response) -> list[str]:
    return [change.address for change in response.context["preview"].changes]


def test_workbook_resaved_by_a_spreadsheet_is_the_same(client, ministry):
    """What a spreadsheet adds of its own (other order of parts, other styles) is no change."""
    network = _network(2)
    book = sheets.fetch(client, network)
    twice = load_workbook(__import__("io").BytesIO(sheets.content(book)))
    twice["Forsøg"].column_dimensions["B"].width = 80
    assert sheets_of(sheets.send(client, network, twice)) == []
