"""The filters of the lists in a real browser: in place, by form without JavaScript, by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IN_RANDERS = "3 forsøg i Randers Kommune, hvor kommunens status er »I drift«"


def unfold(page: Page, name: str) -> None:
    page.locator(f"#filter-{name} > summary").click()


def choose_randers_in_operation(page: Page) -> None:
    unfold(page, "kommune")
    page.get_by_role("checkbox", name=re.compile("^Randers")).check()
    page.get_by_role("checkbox", name=re.compile("^I drift")).check()


def stays(page: Page) -> bool:
    """Whether the page is still the one that was marked."""
    return page.evaluate("window.marked === true")


def test_randers_in_operation_in_place_and_the_address_can_be_shared(page: Page, page_at, site: str) -> None:
    page.goto(f"{site}/forsoeg/")
    page.evaluate("window.marked = true")
    choose_randers_in_operation(page)

    expect(page.get_by_role("heading", name=IN_RANDERS)).to_be_visible()
    expect(page).to_have_url(f"{site}/forsoeg/?kommune=730&status=running")
    expect(page).to_have_title(re.compile(IN_RANDERS))
    expect(page.get_by_role("checkbox", name=re.compile("^I drift"))).to_be_focused()
    expect(page.locator("#filter-kommune")).to_have_attribute("open", "")
    expect(page.locator("body > [role=status]")).to_have_text(IN_RANDERS)
    expect(page.get_by_role("link", name="CSV", exact=True)).to_have_attribute(
        "href", "/forsoeg.csv?kommune=730&status=running"
    )
    assert stays(page)

    other = page_at()
    other.goto(page.url)
    expect(other.get_by_role("heading", name=IN_RANDERS)).to_be_visible()
    assert other.locator(".result__title").all_inner_texts() == page.locator(".result__title").all_inner_texts()


def test_randers_in_operation_without_javascript(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False)
    page.goto(f"{site}/forsoeg/")
    choose_randers_in_operation(page)
    page.get_by_role("button", name="Vis forsøg").click()

    expect(page.get_by_role("heading", name=IN_RANDERS)).to_be_visible()
    expect(page.locator(".own-status", has_text="I drift")).to_have_count(3)


def test_back_and_forward(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/")
    page.evaluate("window.marked = true")
    running = page.get_by_role("checkbox", name=re.compile("^I drift"))
    running.check()
    expect(page.get_by_role("heading", name="24 forsøg med status »I drift«")).to_be_visible()
    page.get_by_role("link", name="Tabel").click()
    expect(page.get_by_role("table")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("table")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="79 forsøg")).to_be_visible()
    expect(running).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("table")).to_be_visible()
    expect(running).to_be_checked()
    expect(page).to_have_url(re.compile("status=running&visning=tabel"))
    assert stays(page)
    kept = page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]")
    assert kept == [[], ["htmx-current-path-for-history"], ""], (
        "no page is kept, only the address, while the tab is open"
    )


def test_a_filter_taken_away_leaves_the_focus_to_the_list(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/?status=running")
    page.evaluate("window.marked = true")
    page.get_by_role("link", name="Fjern filteret Status: I drift").press("Enter")

    expect(page.get_by_role("heading", name="79 forsøg")).to_be_focused()
    assert stays(page)


def test_days_are_sent_when_their_field_is_left_and_errors_are_told_in_place(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/")
    page.evaluate("window.marked = true")
    unfold(page, "fra")
    page.get_by_label("Fra og med").fill("2018-07-01")
    page.get_by_label("Til og med").focus()
    expect(page).to_have_url(f"{site}/forsoeg/?fra=2018-07-01")
    expect(page.get_by_role("heading", name=re.compile("trådt i kraft ved lov den 1. juli 2018"))).to_be_visible()

    page.get_by_label("Til og med").fill("2017-01-01")
    page.get_by_label("Til og med").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ligger efter")
    expect(page.get_by_label("Fra og med")).to_have_value("2018-07-01")
    expect(page.get_by_label("Til og med")).to_be_focused()
    assert stays(page)


def test_filters_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/")
    page.get_by_role("searchbox", name=re.compile("^Søg i titel")).focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "status-running":
            break
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="24 forsøg med status »I drift«")).to_be_visible()
    expect(page.locator("#status-running")).to_be_focused()
    expect(page.locator("#status-running")).to_be_checked()


def test_a_list_as_of_a_day_says_so_and_leads_back(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/?pr=2018-12-01&netvaerk=1")
    expect(page.get_by_text("Som det var den 1. december 2018", exact=True)).to_be_visible()
    expect(page.get_by_text("Hvilke kommuner der deltager, hjemmel og tekster er som i dag.")).to_be_visible()
    page.get_by_role("link", name="Vis, hvordan det er i dag").click()

    expect(page).to_have_url(f"{site}/forsoeg/?netvaerk=1")
    expect(page.get_by_text("Som det var den 1. december 2018", exact=True)).to_have_count(0)


@pytest.mark.parametrize("address", ["/evalueringer/", "/erfaringer/", "/aktivitetstal/"])
def test_other_lists_update_in_place(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    page.evaluate("window.marked = true")
    before = page.locator("#resultat").inner_text()
    page.locator(".facet[open] .check__box").first.check()

    expect(page.locator("#resultat")).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"\?\w+=\w+$"))
    assert stays(page)
