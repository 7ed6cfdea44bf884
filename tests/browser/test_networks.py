"""The front page, the networks and the municipalities in a real browser, with the shipped register."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import axe_violations
from tests.shipped import load_register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "/": 200,
    "/netvaerk/": 200,
    "/netvaerk/billige-boliger-og-fleksible-boligloesninger/": 200,
    "/netvaerk/nye-samarbejdsformer-paa-det-somatiske-akutomraade/": 200,
    "/netvaerk/oeget-borgerinvolvering-og-samskabelse/": 200,
    "/kommuner/": 200,
    "/kommuner/vesthimmerlands/": 200,
    "/kommuner/lyngby-taarbaek/": 200,
    "/kommuner/aeroe/": 200,
    "/findes-ikke/": 404,
}


@pytest.fixture
def site(live_server) -> str:
    """The address of the site with the shipped register."""
    load_register()
    return live_server.url


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_pages_are_accessible_and_keep_within_the_window(sized_page: Page, site: str) -> None:
    said: list[str] = []
    sized_page.on("console", lambda message: said.append(message.text))

    for path, status in PAGES.items():
        response = sized_page.goto(site + path)
        assert response is not None
        assert response.status == status
        for details in sized_page.locator("details").all():
            details.evaluate("element => element.open = true")
        assert [(path, violation["id"]) for violation in axe_violations(sized_page)] == []
        assert (path, overflow(sized_page)) == (path, 0)
    assert [text for text in said if "Content Security" in text] == []


def test_pages_keep_within_the_narrowest_window(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})

    for path in PAGES:
        page.goto(site + path)
        assert (path, overflow(page)) == (path, 0)


def test_first_stop_of_the_keyboard_leads_past_the_menu(page: Page, site: str) -> None:
    for path in ("/", "/netvaerk/", "/kommuner/aeroe/"):
        page.goto(site + path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Gå til indhold"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "indhold"


def test_visitor_without_javascript_finds_a_municipalitys_trial(page_at: Callable[..., Page], site: str) -> None:
    page = page_at("phone", java_script_enabled=False)
    page.goto(site)

    page.get_by_text("Hvad betyder de enkelte statusser?").click()
    assert page.get_by_text("Der er oplyst om aktivitet i forsøget.").is_visible()
    page.get_by_role("link", name="din kommune").click()
    page.get_by_role("link", name="Læsø", exact=True).click()
    assert page.get_by_role("heading", level=1).text_content() == "Læsø Kommune"
    page.locator(".result__title a").first.click()
    assert "/forsoeg/FKII-1-" in page.url


def test_bars_are_as_long_as_their_numbers(page: Page, site: str) -> None:
    page.goto(site)
    bars = page.locator(".bars__row").evaluate_all(
        """rows => rows.map(row => [
             Number(row.querySelector(".bars__number").lastChild.textContent),
             row.querySelector("rect").getBoundingClientRect().width,
           ])"""
    )
    longest = max(width for _, width in bars)
    most = max(number for number, _ in bars)

    assert len(bars) > 5
    assert longest > 300
    assert [round(width) for _, width in bars] == [round(longest * number / most) for number, _ in bars]


def test_printed_page_leaves_out_the_menus_and_says_where_it_is_from(page: Page, site: str) -> None:
    page.goto(f"{site}/kommuner/vesthimmerlands/")
    page.emulate_media(media="print")

    assert not page.locator(".site-nav").is_visible()
    assert not page.get_by_text("Søg i kommunens forsøg").is_visible()
    assert page.get_by_text(f"fra {site}/kommuner/vesthimmerlands/").is_visible()


def test_table_of_networks_fits_a_phone(page_at: Callable[..., Page], site: str) -> None:
    page = page_at("phone")
    page.goto(f"{site}/netvaerk/")

    assert page.locator(".table-scroll").evaluate("element => element.scrollWidth - element.clientWidth") == 0
