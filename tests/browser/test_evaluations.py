"""Evaluations, experiences and law in a real browser: no barriers, usable without JavaScript and on a phone."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/evalueringer/?ekstern=ja&mangler=metode",
    "/evalueringer/?ekstern=x",
    "/evalueringer/E-FKII-7-01/",
    "/evalueringer/E-FKII-2-06/",
    "/evalueringer/vive-2019-X-9/",
    "/erfaringer/?tema=time&side=2",
    "/erfaringer/?q=ukendtord&art=barrier",
    "/hjemler/",
    "/hjemler/frikommuneloven/paragraf-25/",
    "/hjemler/serviceloven/paragraf-129/",
)


@pytest.fixture
def site(live_server) -> str:
    """The address of a site with the shipped register."""
    call_command("loaddata", "fixtures/vive_2019.json", verbosity=0)
    return live_server.url


def test_pages_have_no_barriers_and_fit(sized_page: Page, site: str) -> None:
    messages: list[str] = []
    sized_page.on("console", lambda message: messages.append(message.text))
    for path in PAGES:
        sized_page.goto(site + path)
        sized_page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")

        assert axe_violations(sized_page) == [], path
        assert sized_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path}: too wide"
    assert [message for message in messages if "400" not in message] == [], "nothing is refused by the policy"


def test_pages_keep_within_the_narrowest_window(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path}: too wide"


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
