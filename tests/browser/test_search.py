"""Searching everything, and the words of the field, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/forsoeg/", "/forsoeg/FKII-1-08/", "/kommuner/randers/", "/evalueringer/E-FKII-1-01/"]


def test_misspelt_word_leads_to_the_trial_without_javascript(page_at, site: str) -> None:
    page = page_at("phone", java_script_enabled=False)
    page.goto(f"{site}/kommuner/")
    page.get_by_role("searchbox", name="Søg i hele registeret").fill("mikrolon")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="mikrolån", exact=True).click()
    expect(page.locator("mark").first).to_be_visible()
    page.locator("section", has=page.locator("#forsoeg")).get_by_role("link", name="Mikrolån", exact=True).click()

    expect(page.get_by_role("heading", level=1, name="Mikrolån")).to_be_visible()


def test_paragraph_leads_to_its_page(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox").fill("§ 25")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site}/hjemler/frikommuneloven/paragraf-25/")


def test_words_are_explained_on_focus_within_the_page(sized_page: Page, site: str) -> None:
    for address in PAGES:
        sized_page.goto(site + address)
        words = sized_page.locator("a.term__word").all()
        assert words, address
        for word in words:
            meaning = word.locator("xpath=following-sibling::*")
            expect(meaning).to_be_hidden()
            word.focus()
            expect(meaning).to_be_visible()
            box = meaning.bounding_box()
            assert box["x"] >= 0, (address, word.inner_text())
            assert box["x"] + box["width"] <= sized_page.viewport_size["width"], (address, word.inner_text())
        assert axe_violations(sized_page) == [], address
        assert sized_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        expect(words[-1]).to_have_accessible_description(words[-1].locator("xpath=following-sibling::*").inner_text())


def test_meaning_can_be_pointed_at_put_away_and_comes_again(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/FKII-1-08/")
    word = page.get_by_role("link", name="Ansøgningsrunde")
    meaning = page.get_by_role("tooltip").filter(has_text="En af de runder")
    word.hover()
    expect(meaning).to_be_visible()
    meaning.hover()
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    page.mouse.move(5, 5)
    word.hover()
    expect(meaning).to_be_visible()


def test_meaning_is_seen_in_forced_colours_and_listed_in_print(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False, forced_colors="active")
    page.goto(f"{site}/forsoeg/FKII-1-08/")
    page.get_by_role("link", name="Ansøgningsrunde").focus()
    meaning = page.get_by_role("tooltip").filter(has_text="En af de runder")
    expect(meaning).to_be_visible()
    assert meaning.evaluate("each => getComputedStyle(each).borderTopStyle") == "solid"
    page.emulate_media(media="print")
    expect(meaning).to_be_hidden()
    expect(page.get_by_role("heading", name="Ordforklaring")).to_be_visible()


def test_word_leads_to_its_place_in_the_glossary(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/FKII-1-08/")
    page.get_by_role("link", name="Hjemmelstype").click()

    expect(page).to_have_url(f"{site}/ordbog/#hjemmelstype")
    expect(page.locator("#hjemmelstype")).to_be_in_viewport()
