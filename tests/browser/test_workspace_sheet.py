"""A network's spreadsheet in a real browser: fetched, sent back, looked at, saved."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from networks.models import Network
from tests import factories, sheets
from tests.browser.conftest import axe_violations
from tests.roles import make_coordinator
from trials.enums import Status
from trials.models import Milestone, Observation, Participation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_sheets")]


@pytest.fixture
def network() -> Network:
    """Two trials in Thisted and Ærø, with a figure and a milestone each."""
    network = factories.make_network(1, "Fleksibel beskæftigelse")
    towns = [factories.make_municipality("Thisted", "0787"), factories.make_municipality("Ærø", "0492")]
    for town in towns:
        factories.make_membership(network, town)
    for title in ("Mikrolån", "Mentor"):
        trial = factories.make_trial(title, network, towns, Status.APPROVED)
        factories.make_observation("Lån", 15, trials=[trial], municipalities=towns[:1])
        factories.make_milestone("Evaluering", trials=[trial])
    return network


@pytest.fixture
def coordinator(network):
    return make_coordinator(network)


def sign_in(page: Page, live_server, user) -> Page:
    """The page with the user's session, as after the login."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


def fetch(page: Page, live_server, network: Network):
    """Press the button, and open what comes."""
    page.goto(live_server.url + sheets.address(network))
    with page.expect_download() as waited:
        page.get_by_role("button", name="Hent regneark (XLSX)").click()
    assert waited.value.suggested_filename == f"{network.slug}.xlsx"
    return load_workbook(io.BytesIO(Path(waited.value.path()).read_bytes()))


def send(page: Page, live_server, network: Network, book) -> None:
    page.goto(live_server.url + sheets.address(network))
    file = {"name": "netvaerk.xlsx", "mimeType": "application/octet-stream", "buffer": sheets.content(book)}
    page.get_by_label("Regneark").set_input_files(file)
    page.get_by_role("button", name="Vis ændringerne").click()


def edited(book) -> tuple[list[str], str, str]:
    """Twelve good cells, one that others will have changed too, and a wrong one."""
    good = sheets.edit(book, "Forsøg", "FKII-1-01", Status="I drift", Gældende_fra=date(2019, 5, 1))
    started = {"Status": "Igangsat", "Gældende_fra": date(2019, 5, 2), "Besluttet": date(2019, 1, 2)}
    good += sheets.edit(book, "Forsøgskommuner", "FKII-1-01/0787", **started)
    good += sheets.edit(book, "Aktivitetstal", "T-0001", Indikator="Lån i alt", Præcision="ca.", Bemærkning="Talt igen")
    good += sheets.edit(book, "Milepæle", "P-0001", Milepæl="Måling", Art="Måling")
    good += sheets.edit(book, "Milepæle", "P-0002", Sket_fra=date(2019, 3, 1), Sket_til=date(2019, 3, 2))
    (clash,) = sheets.edit(book, "Aktivitetstal", "T-0002", Værdi=16)
    (wrong,) = sheets.edit(book, "Aktivitetstal", "T-0001", Værdi="mange")
    return good, clash, wrong


def shown(page: Page, part: str, cells: str) -> list[str]:
    """The addresses of the cells in a part of the preview."""
    return [text.split()[0].rstrip(":") for text in page.locator(f"[data-sheet={part}] {cells}").all_inner_texts()]


@pytest.mark.parametrize("java_script", [True, False])
def test_one_error_one_conflict_and_twelve_good_cells(page_at, live_server, network, coordinator, java_script) -> None:
    page = sign_in(page_at(java_script_enabled=java_script), live_server, coordinator)
    book = fetch(page, live_server, network)
    good, clash, wrong = edited(book)
    assert len(good) == 12
    Observation.objects.filter(code="T-0002").update(value=20)

    send(page, live_server, network, book)
    expect(page.locator("h1")).to_have_text("Ændringer i regnearket")
    assert page.locator(".sheet-counts li").all_inner_texts() == [
        "12 celler bliver ændret",
        "1 celle er også ændret af andre",
        "1 celle har en fejl",
    ]
    assert sorted(shown(page, "changes", "tbody th")) == sorted(good)
    assert shown(page, "errors", "li") == [wrong]
    assert "»mange« er ikke et tal." in page.locator("[data-sheet=errors]").inner_text()
    assert page.locator("[data-sheet=clashes] tbody tr").all_inner_texts() == [f"{clash} Værdi\t15\t20\t16"]
    expect(page.get_by_role("button", name="Gem")).to_have_count(0)

    # The error is put right: everything can be saved, theirs being kept unless mine is chosen.
    book["Aktivitetstal"][wrong.split("!")[1]] = 17
    page.get_by_role("link", name="Læs en rettet fil ind").click()
    send(page, live_server, network, book)
    expect(page.get_by_label("Lad det stå, der står nu")).to_be_checked()
    page.get_by_label("Brug det fra mit regneark").check()
    page.get_by_role("button", name="Gem").click()
    expect(page.locator(".messages")).to_contain_text("14 celler er gemt.")
    assert sorted(Observation.objects.values_list("value", flat=True)) == [16, 17]
    assert Participation.objects.get(trial__number=1, municipality__name="Thisted").status == Status.STARTED
    assert Milestone.objects.get(code="P-0002").actual_to == date(2019, 3, 2)


def test_another_networks_sheet_is_refused(page, live_server, network, coordinator) -> None:
    other = factories.make_network(2, "Billige boliger")
    stranger = Client()
    stranger.force_login(make_coordinator(other))
    book = sheets.fetch(stranger, other)
    sign_in(page, live_server, coordinator)
    send(page, live_server, network, book)
    expect(page.locator(".note--error").first).to_contain_text(
        "Regnearket er hentet for netværket »Billige boliger«, ikke for »Fleksibel beskæftigelse«. Intet er læst ind."
    )
    answer = page.goto(live_server.url + sheets.address(other))
    assert answer is not None
    assert answer.status == 403


def test_preview_is_sent_by_keyboard(page, live_server, network, coordinator) -> None:
    sign_in(page, live_server, coordinator)
    book = fetch(page, live_server, network)
    sheets.edit(book, "Aktivitetstal", "T-0002", Værdi=16)
    Observation.objects.filter(code="T-0002").update(value=20)
    send(page, live_server, network, book)
    page.get_by_label("Lad det stå, der står nu").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Brug det fra mit regneark")).to_be_checked()
    for _ in range(2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Gem":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("1 celle er gemt.")
    assert Observation.objects.get(code="T-0002").value == 16


def test_pages_have_no_findings_and_fit(sized_page, live_server, network, coordinator) -> None:
    page = sign_in(sized_page, live_server, coordinator)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    book = fetch(page, live_server, network)
    _check(page)
    _, _, wrong = edited(book)
    sheets.edit(book, "Aktivitetstal", "T-0002", Bemærkning="Ring 97 12 34 56 " + "langtord" * 20)
    Observation.objects.filter(code="T-0002").update(value=20)
    send(page, live_server, network, book)
    _check(page)
    book["Aktivitetstal"][wrong.split("!")[1]] = 17
    send(page, live_server, network, book)
    _check(page)
    assert complaints == []
    book["Forsøg"]["A1"] = "Nummer"
    send(page, live_server, network, book)
    expect(page.locator(".note--error").first).to_contain_text("»Nummer«")
    _check(page)


def _check(page: Page) -> None:
    assert [f"{found['id']}: {found['nodes'][0]['html']}" for found in axe_violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
