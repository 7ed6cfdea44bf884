"""Files that are refused as a whole: a sentence that says why, and nothing changed."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from tests import factories, sheets
from tests.roles import make_contact, make_coordinator, make_reader, make_user
from trials.enums import Status
from trials.models import SheetDownload, SheetUpload
from trials.workspace.sheet import file_read, layout, reading, xlsx_read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_sheets")]


@pytest.fixture
def network(client):
    """A network with two trials, a figure and a milestone, whose coordinator is signed in."""
    network = factories.make_network(1, "Fleksibel beskæftigelse")
    thisted = factories.make_municipality("Thisted", "0787")
    factories.make_membership(network, thisted)
    trial = factories.make_trial("Mikrolån", network, [thisted], Status.APPROVED, number=4)
    factories.make_trial("Mentor", network, [thisted], number=5)
    factories.make_observation(trials=[trial], municipalities=[thisted])
    factories.make_milestone(trials=[trial])
    client.force_login(make_coordinator(network))
    return network


def refusal(response) -> str:
    """Why the file was not read. Nothing may be kept of it."""
    assert response.status_code == 400
    assert SheetUpload.objects.count() == 0
    (message,) = response.context["form"].errors["file"]
    assert message in response.content.decode().replace("&quot;", '"')
    return message


def packed(parts: dict[str, bytes], book: Workbook | None = None) -> bytes:
    """A zip file of `book` with the parts in place of its own."""
    source, file = zipfile.ZipFile(io.BytesIO(sheets.content(book or Workbook()))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, parts.get(name, source.read(name)))
        for name in parts.keys() - set(source.namelist()):
            archive.writestr(name, parts[name])
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("notat.pdf", b"%PDF-1.7", "»notat.pdf« er ikke et regneark"),
        ("gammelt.xls", b"\xd0\xcf\x11\xe0", "»gammelt.xls« er ikke et regneark"),
        ("uden-endelse", b"Id;Titel", "ikke et regneark"),
        ("tom.xlsx", b"", "Filen er tom"),
        ("pdf.xlsx", b"%PDF-1.7 men kaldt xlsx", "beskadiget"),
        ("halv.xlsx", b"PK\x03\x04\x14\x00\x06\x00", "beskadiget"),
        ("billede.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "ikke en tekstfil"),
        ("ord.csv", b"bare nogle ord", "første linje"),
        ("andet.csv", b"a;b;c\n1;2;3\n", "kolonne, der ikke kendes: »a«"),
    ],
)
def test_file_of_another_kind_is_refused(client, network, name, data, reason):
    assert reason in refusal(sheets.send(client, network, data, name))


def test_no_file_is_refused(client, network):
    response = client.post(sheets.address(network), {})
    assert response.status_code == 400
    assert "Vælg en fil." in response.content.decode()


def test_workbook_cut_in_two_is_refused(client, network):
    whole = sheets.content(sheets.fetch(client, network))
    for length in (len(whole) // 2, len(whole) - 40):
        assert "beskadiget" in refusal(sheets.send(client, network, whole[:length]))


def test_workbook_with_a_spoilt_part_is_refused(client, network):
    book = sheets.fetch(client, network)
    for spoilt in (b"<worksheet><sheetData><row", b"", b"\xff\xfe\x00"):
        data = packed({"xl/worksheets/sheet2.xml": spoilt}, book)
        assert refusal(sheets.send(client, network, data))


def test_workbook_of_another_sort_is_refused(client, network):
    assert "mangler arket »Forsøg«" in refusal(sheets.send(client, network, Workbook()))


def test_zip_bomb_is_refused_unpacked_size(client, network, monkeypatch):
    monkeypatch.setattr(xlsx_read, "LARGEST_UNPACKED", 1_000_000)
    book = sheets.fetch(client, network)
    data = packed({"xl/media/image1.bin": b"\0" * 1_000_001}, book)
    assert len(data) < 100_000
    assert "fylder for meget, når den pakkes ud" in refusal(sheets.send(client, network, data))


def test_zip_bomb_of_many_parts_is_refused(client, network):
    data = packed({f"xl/media/{number}.bin": b"" for number in range(xlsx_read.MOST_PARTS)})
    assert "fylder for meget" in refusal(sheets.send(client, network, data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_declarations_in_xml_are_refused(client, network, encoding):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'.encode(encoding)
    data = packed({"xl/workbook.xml": bomb}, sheets.fetch(client, network))
    assert "beskadiget" in refusal(sheets.send(client, network, data))


def test_large_file_is_refused(client, network, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 1000)
    assert "fylder mere end" in refusal(sheets.send(client, network, sheets.fetch(client, network)))


def test_ten_thousand_rows_are_refused(client, network):
    book = sheets.fetch(client, network)
    for number in range(10_000):
        book["Aktivitetstal"].cell(300 + number, 4, "Indikator")
    assert "»Aktivitetstal« har flere end 5.000 rækker" in refusal(sheets.send(client, network, book))


def test_row_far_below_is_refused(client, network):
    book = sheets.fetch(client, network)
    book["Milepæle"].cell(1_000_000, 3, "Start")
    assert "»Milepæle« har flere end" in refusal(sheets.send(client, network, book))


def test_ten_thousand_csv_rows_are_refused(client, network):
    head = sheets.as_csv(sheets.fetch(client, network)["Milepæle"]).split(b"\r\n")[0]
    assert "flere end 5.000" in refusal(sheets.send(client, network, head + b"\r\nx;y" * 10_000, "m.csv"))


def test_missing_sheet_and_missing_column_are_refused(client, network):
    book = sheets.fetch(client, network)
    del book["Milepæle"]
    assert "mangler arket »Milepæle«" in refusal(sheets.send(client, network, book))
    book = sheets.fetch(client, network)
    book["Forsøgskommuner"].delete_cols(4)
    assert "»Forsøgskommuner« mangler kolonnen »Status«" in refusal(sheets.send(client, network, book))


def test_unknown_and_repeated_columns_are_refused(client, network):
    book = sheets.fetch(client, network)
    book["Forsøg"]["K1"] = "Mine noter"
    assert "»Mine noter«" in refusal(sheets.send(client, network, book))
    book["Forsøg"]["K1"] = "Status"
    assert "»Status« to gange" in refusal(sheets.send(client, network, book))


def test_value_outside_the_columns_is_refused(client, network):
    book = sheets.fetch(client, network)
    book["Forsøg"]["L30"] = "Husk at ringe"
    assert "række 30 noget, der ikke står under en overskrift" in refusal(sheets.send(client, network, book))


def test_another_networks_workbook_is_refused(client, network):
    other = factories.make_network(2, "Billige boliger")
    make_coordinator(other, user=_user_of(client))
    book = sheets.fetch(client, other)
    message = refusal(sheets.send(client, network, book))
    assert message == (
        "Regnearket er hentet for netværket »Billige boliger«, ikke for »Fleksibel beskæftigelse«. Intet er læst ind."
    )


def test_sheets_of_two_workbooks_are_refused(client, network):
    first = sheets.fetch(client, network)
    network.observations.update(note="Ny")
    second = sheets.fetch(client, network)
    last = len(layout.TRIALS.columns) + 1
    first["Forsøg"].cell(1, last).value = second["Forsøg"].cell(1, last).value
    assert "forskellige regneark" in refusal(sheets.send(client, network, first))


def test_tampered_ticket_is_refused(client, network):
    book = sheets.fetch(client, network)
    for title in sheets.SHEETS:
        head = next(cell for cell in book[title][1] if str(cell.value).startswith("Udgave"))
        head.value = head.value.replace(f".{SheetDownload.objects.get().pk}~", ".999~")
    assert "er ændret" in refusal(sheets.send(client, network, book))
    for title in sheets.SHEETS:
        next(cell for cell in book[title][1] if str(cell.value).startswith("Udgave")).value = "Udgave x"
    assert "er ændret" in refusal(sheets.send(client, network, book))


def test_missing_ticket_is_refused(client, network):
    book = sheets.fetch(client, network)
    book["Forsøg"].delete_cols(len(layout.TRIALS.columns) + 1)
    assert "ikke den sidste overskrift" in refusal(sheets.send(client, network, book))


def test_older_layout_is_refused(client, network, monkeypatch):
    book = sheets.fetch(client, network)
    monkeypatch.setattr("trials.workspace.sheet.ticket.LAYOUT", layout.LAYOUT + 1)
    assert "bygget op på en anden måde" in refusal(sheets.send(client, network, book))


def test_workbook_of_last_year_is_refused(client, network):
    book = sheets.fetch(client, network)
    old = SheetDownload.objects.get()
    old.made_at = old.made_at.replace(year=old.made_at.year - 2)
    old.save()
    assert "mere end et år gammelt" in refusal(sheets.send(client, network, book))
    sheets.fetch(client, network)
    assert SheetDownload.objects.count() == 1


def test_csv_with_an_open_quotation_mark_is_refused(client, network):
    file = sheets.as_csv(sheets.fetch(client, network)["Milepæle"]) + b'\r\n"uden ende;;'
    assert "citationstegn" in refusal(sheets.send(client, network, file, "m.csv"))


def test_wide_sheet_is_read_no_further_than_its_columns(client, network):
    book = sheets.fetch(client, network)
    book["Forsøg"].cell(2, 16_000, "langt ude")
    preview = sheets.send(client, network, book).context["preview"]
    assert (preview.changes, preview.errors) == ([], [])
    assert file_read.MOST_COLUMNS < 16_000


def _user_of(client):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=client.session["_auth_user_id"])


@pytest.mark.parametrize("path", ["", "hent/", "1/"])
def test_door_is_shut_for_others(client, network, path):
    address = sheets.address(network) + path
    methods = [client.post] if path == "hent/" else [client.get, client.post]
    other = factories.make_network(2)
    for method in methods:
        client.logout()
        assert method(address).url.startswith("/konto/login/")
        for stranger in (make_user(), make_reader(), make_contact(factories.make_municipality())):
            client.force_login(stranger)
            assert method(address).status_code == 403
        client.force_login(make_coordinator(other))
        assert method(address).status_code == 403
    assert client.post("/arbejdsbord/netvaerk/findes-ikke/regneark/").status_code == 404


def test_file_is_only_sent_for_by_a_form(client, network):
    assert client.get(sheets.address(network) + "hent/").status_code == 405


def test_colleague_may_send_it_back_but_not_see_the_preview_of_another(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    client.force_login(make_coordinator(network))
    response = sheets.send(client, network, book)
    assert [change.new for change in response.context["preview"].changes] == ["16"]
    client.force_login(make_coordinator(network))
    assert client.get(response.request["PATH_INFO"]).status_code == 404


def test_preview_expires(client, network):
    response = sheets.send(client, network, sheets.fetch(client, network))
    upload = SheetUpload.objects.get()
    upload.made_at = upload.made_at.replace(year=upload.made_at.year - 1)
    upload.save()
    assert client.get(response.request["PATH_INFO"]).status_code == 404
    sheets.send(client, network, sheets.fetch(client, network))
    assert SheetUpload.objects.count() == 1


def test_formulas_are_errors_of_their_cells(client, network):
    book = sheets.fetch(client, network)
    cells = sheets.edit(book, "Aktivitetstal", "T-0001", Værdi="=1+1", Bemærkning='=HYPERLINK("http://x")')
    assert load_workbook(io.BytesIO(sheets.content(book)))["Aktivitetstal"]["E2"].data_type == "f"
    messages = sheets.wrong(sheets.send(client, network, book))
    assert sorted(messages) == sorted(cells)
    assert all("formel" in message for message in messages.values())
    assert SheetUpload.objects.count() == 0


def test_formula_in_csv_is_an_error(client, network):
    book = sheets.fetch(client, network)
    (cell,) = sheets.edit(book, "Milepæle", "P-0001", Bemærkning="=1+1")
    messages = sheets.wrong(sheets.send(client, network, sheets.as_csv(book["Milepæle"]), "m.csv"))
    assert list(messages) == [cell]
    assert "formel" in messages[cell]
