"""Evaluations, experiences and law in a real browser: usable without JavaScript and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_evaluations_are_filtered_without_javascript(page_at, site: str) -> None:
    page = page_at("phone", java_script_enabled=False)
    page.goto(f"{site}/evalueringer/")
    page.get_by_text("Filtrer listen").first.click()
    page.get_by_role("group", name="Ekstern").get_by_role("checkbox", name=re.compile("^Ja")).check()
    page.get_by_role("button", name="Vis evalueringer").click()

    expect(page.get_by_role("heading", name="22 evalueringer ved en ekstern evaluator")).to_be_visible()
    page.get_by_role("link", name="Fjern filteret Ekstern: Ja").click()
    expect(page.get_by_role("heading", name="80 evalueringer")).to_be_visible()


def test_address_of_an_experience_leads_to_it(page: Page, site: str) -> None:
    page.goto(f"{site}/erfaringer/vive-2019-E-040/")

    expect(page).to_have_url(re.compile(r"side=2#vive-2019:E-040$"))
    expect(page.locator("[id='vive-2019:E-040']")).to_be_in_viewport()


def test_list_of_law_leads_to_a_provision_and_on_to_a_trial(page: Page, site: str) -> None:
    page.goto(f"{site}/hjemler/")
    page.get_by_role("table", name="Lov om frikommunenetværk").get_by_role("link", name="§ 25", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lov om frikommunenetværk § 25")
    page.get_by_role("link", name="Midlertidige huslejetilskud").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Midlertidige huslejetilskud")


def test_paper_has_the_words_but_not_the_controls(page: Page, site: str) -> None:
    page.goto(f"{site}/erfaringer/?tema=vat_pricing")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="3 erfaringer om temaet »Moms og priser«")).to_be_visible()
    expect(page.locator(".experience__text").first).to_be_visible()
    for hidden in (".filters", ".search-form--large"):
        expect(page.locator(hidden)).to_be_hidden()
