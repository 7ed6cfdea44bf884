"""Map, charts and grid in a real browser, with the shipped register."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NETWORK = "/netvaerk/en-mere-fleksibel-og-effektiv-beskaeftigelsesindsats/"


def test_map_is_drawn_from_its_one_file(page: Page, site: str) -> None:
    fetched: list[str] = []
    page.on("response", lambda response: fetched.append(response.url))
    page.goto(site)
    page.wait_for_load_state("networkidle")
    sizes = page.locator(".map__country use").evaluate_all("all => all.map(each => each.getBoundingClientRect().width)")

    assert len(sizes) == 98
    assert min(sizes) > 2
    assert len([url for url in fetched if "kommunekort" in url]) == 1


def test_municipality_is_reached_on_the_map_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/?status=running")
    page.get_by_text("Vis på kort").click()
    aalborg = page.locator(".map__country").get_by_role("link", name="Aalborg: 7 forsøg", exact=True)
    before = aalborg.locator("use").evaluate("element => getComputedStyle(element).fill")
    aalborg.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent").startswith("Aalborg: 7 forsøg")
    assert aalborg.locator("use").evaluate("element => getComputedStyle(element).fill") != before
    page.keyboard.press("Enter")
    page.wait_for_url("**/forsoeg/?status=running&kommune=851")
    assert (
        page.locator(".toolbar h2").text_content() == "7 forsøg i Aalborg Kommune, hvor kommunens status er »I drift«"
    )


def test_municipalities_are_reached_once_each(page: Page, site: str) -> None:
    page.goto(site)
    names = page.locator(".map__canvas").get_by_role("link").evaluate_all("all => all.map(each => each.textContent)")

    assert len(names) == len(set(names)) == 38


def test_table_beside_the_map_is_folded_on_a_phone_only(page_at: Callable[..., Page], site: str) -> None:
    for size, folded in (("desktop", False), ("phone", True)):
        page = page_at(size, java_script_enabled=True)
        page.goto(site)
        assert page.locator(".map__table table").is_visible() != folded
        if folded:
            page.get_by_text("Kortets tal i en tabel").click()
        assert page.locator(".map__table").get_by_role("link", name="Randers").is_visible()


def test_headings_of_the_grid_stay_while_it_scrolls(sized_page: Page, site: str) -> None:
    sized_page.goto(f"{site}{NETWORK}skema/")
    region = sized_page.locator(".grid-scroll")
    region.evaluate("element => element.scrollTo(400, 300)")
    box = region.bounding_box()
    corner = region.locator("thead th").first.bounding_box()
    assert box
    assert corner

    assert abs(corner["y"] - box["y"]) <= 2
    assert abs(corner["x"] - box["x"]) <= 2
    top = region.locator("thead th").last.bounding_box()
    assert top
    assert abs(top["y"] - box["y"]) <= 2


def test_printed_grid_is_whole_and_printed_map_has_its_table(page: Page, site: str) -> None:
    page.goto(f"{site}{NETWORK}skema/")
    page.emulate_media(media="print")
    assert page.locator(".grid-scroll").evaluate("e => e.scrollHeight - e.clientHeight") <= 1

    page.goto(site)
    page.emulate_media(media="print")
    assert page.locator(".map__table table").is_visible()
