"""The pages of the trials in a real browser: usable without JavaScript and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from trials.models import Trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(public_id: str) -> str:
    return Trial.objects.get(public_id=public_id).get_absolute_url()


def test_list_is_filtered_sorted_and_paged_without_javascript(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False)
    page.goto(f"{site}/forsoeg/")
    expect(page.get_by_role("heading", name="79 forsøg")).to_be_visible()

    page.get_by_role("checkbox", name=re.compile("^I drift")).check()
    page.get_by_role("button", name="Vis forsøg").click()
    expect(page.get_by_role("heading", name="24 forsøg med status »I drift«")).to_be_visible()

    page.locator("#filter-kommune > summary").click()
    aalborg = page.get_by_role("checkbox", name=re.compile("^Aalborg"))
    count = re.search(r"\d+$", page.locator("label", has_text="Aalborg").inner_text())
    assert count
    aalborg.check()
    page.get_by_label("Sortér efter").select_option("Titel, A til Å")
    page.get_by_role("button", name="Sortér").click()
    expect(
        page.get_by_role("heading", name=f"{count[0]} forsøg i Aalborg Kommune, hvor kommunens status er »I drift«")
    ).to_be_visible()
    expect(page).to_have_url(re.compile("sortering=titel"))
    titles = page.locator(".result__title").all_inner_texts()
    assert len(titles) == int(count[0])

    page.get_by_role("link", name="Fjern filteret Status: I drift").click()
    expect(page).not_to_have_url(re.compile("status"))
    expect(page).to_have_url(re.compile("kommune=851.*sortering=titel"))

    page.get_by_role("link", name="Ryd alle filtre").first.click()
    page.get_by_role("link", name="Næste side").first.click()
    expect(page).to_have_url(re.compile("side=2"))
    expect(page.get_by_text("Side 2 af 4")).to_be_visible()


def test_search_keeps_the_filters(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/?netvaerk=2")
    page.locator("#soegefelt").fill("parkering")
    page.locator("#soegefelt").press("Enter")

    expect(page).to_have_url(re.compile("q=parkering.*netvaerk=2"))
    expect(page.get_by_role("link", name="Fritagelse for parkeringsregler")).to_be_visible()


def test_filters_fold_on_a_phone_and_work_without_javascript(page_at, site: str) -> None:
    page = page_at("phone", java_script_enabled=False)
    page.goto(f"{site}/forsoeg/")
    button = page.get_by_role("button", name="Vis forsøg")
    expect(button).to_be_hidden()

    page.get_by_text("Filtrer listen").first.click()
    page.get_by_role("checkbox", name=re.compile("^Afventer")).check()
    button.click()
    expect(page.get_by_role("heading", name="6 forsøg med status »Afventer«")).to_be_visible()


def test_list_leads_to_a_trial_and_on_to_one_that_shares_its_evaluation(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/?netvaerk=7")
    page.get_by_role("link", name="Ny organisation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Ny organisation"))
    page.get_by_role("link", name="FKII-7-01").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("En handleplan")


def test_verbatim_cell_unfolds_without_javascript(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False)
    page.goto(site + address("FKII-1-09"))
    verbatim = page.locator(".verbatim").get_by_text("Rehabiliteringsstams (et af fire)")
    expect(verbatim).to_be_hidden()
    page.locator("summary", has_text="Titel").click()

    expect(verbatim).to_be_visible()


def test_paper_has_the_trials_but_not_the_controls(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/?netvaerk=5")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="1 forsøg i netværket")).to_be_visible()
    expect(page.get_by_text("Etablering af rammer")).to_be_visible()
    for hidden in (".filters", ".search-form--large", ".list-controls"):
        expect(page.locator(hidden)).to_be_hidden()


def test_table_of_municipalities_is_still_a_table_on_a_phone(page_at, site: str) -> None:
    page = page_at("phone")
    page.goto(site + address("FKII-1-09"))
    table = page.get_by_role("table", name=re.compile("^Forsøgskommunerne"))

    expect(table.get_by_role("row")).to_have_count(11)
    expect(table.get_by_role("rowheader")).to_have_count(10)
    expect(table.get_by_role("row", name=re.compile("^Frederikshavn")).get_by_role("cell")).to_have_count(4)
