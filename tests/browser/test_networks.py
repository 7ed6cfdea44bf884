"""The front page, the networks and the municipalities in a real browser, with the shipped register."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
