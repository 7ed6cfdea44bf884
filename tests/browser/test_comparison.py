"""The timeline of a trial, the answer on a municipality's page and trials side by side, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUR = "forsoeg=FKII-7-01&forsoeg=FKII-7-02&forsoeg=FKII-7-03&forsoeg=FKII-1-01"


def test_trials_are_marked_compared_added_and_removed_without_javascript(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False)
    page.goto(f"{site}/forsoeg/")
    for public_id in ("FKII-1-01", "FKII-1-02"):
        page.get_by_role("checkbox", name=f"Sammenlign {public_id}").check()
    page.get_by_role("button", name="Sammenlign de markerede").click()
    expect(page).to_have_url(re.compile(r"/sammenlign/\?forsoeg=FKII-1-01&forsoeg=FKII-1-02$"))
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(3)

    page.get_by_role("link", name="Vis kun forskelle").click()
    expect(page.get_by_role("rowheader", name=re.compile(r"\bens$"))).to_have_count(0)
    page.get_by_label("Tilføj et forsøg").select_option("FKII-2-01")
    page.get_by_role("button", name="Tilføj").click()
    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(page).to_have_url(re.compile("vis=forskelle"))

    page.get_by_role("link", name="Fjern FKII-1-01 fra sammenligningen").click()
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_text("Kun de oplysninger, der er forskellige")).to_be_visible()


def test_trial_is_compared_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/FKII-1-08/")
    page.get_by_role("link", name="Sammenlign med et andet forsøg").press("Enter")
    page.get_by_label("Tilføj et forsøg").focus()
    page.keyboard.type("FKII-2-01")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("columnheader", name=re.compile("FKII-2-01"))).to_be_visible()


def test_comparison_is_a_table_on_a_phone_and_names_stay_when_it_is_scrolled(page_at, site: str) -> None:
    page = page_at("phone")
    page.goto(f"{site}/sammenlign/?{FOUR}")
    table = page.get_by_role("table")
    name = table.get_by_role("rowheader", name=re.compile("^Netværk"))
    expect(table.get_by_role("row", name=re.compile("^Netværk")).get_by_role("cell")).to_have_count(4)
    before = name.bounding_box()
    page.locator(".table-scroll").evaluate("element => element.scrollLeft = 200")

    assert name.bounding_box()["x"] == pytest.approx(before["x"], abs=1)


def test_names_of_facts_stay_when_a_wide_table_is_scrolled(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 800, "height": 700})
    page.goto(f"{site}/sammenlign/?{FOUR}")
    name = page.get_by_role("rowheader", name=re.compile("^Netværk"))
    before = name.bounding_box()
    page.locator(".table-scroll").evaluate("element => element.scrollLeft = 250")

    assert page.locator(".table-scroll").evaluate("element => element.scrollLeft") == 250
    assert name.bounding_box()["x"] == pytest.approx(before["x"], abs=1)


def test_answer_leads_to_the_stages(page: Page, site: str) -> None:
    page.goto(f"{site}/kommuner/vesthimmerlands/")
    page.get_by_role("link", name="Ikke oplyst som sat i gang").click()

    expect(page.get_by_role("heading", name="Ikke oplyst som sat i gang")).to_be_in_viewport()


def test_paper_has_the_answer_but_no_controls(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{site}/kommuner/vesthimmerlands/")
    expect(page.get_by_text("Gælder undtagelserne stadig?")).to_be_visible()
    expect(page.locator(".answer__stages")).to_be_hidden()
    page.goto(f"{site}/sammenlign/?{FOUR}")

    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator(".comparison-add")).to_have_count(0)
    expect(page.locator(".comparison__remove").first).to_be_hidden()
