"""The pages of figures, findings and the registry itself in a real browser, and what is told on the older pages."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_figures_are_filtered_and_fetched_without_javascript(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False)
    page.goto(f"{site}/forsoeg/FKII-1-05/")
    page.get_by_role("link", name="Tallene i én tabel, også som CSV").click()
    expect(page.get_by_role("heading", name="3 aktivitetstal fra forsøget")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Frederikshavn og Læsø (tilsammen)")).to_have_count(1)

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "aktivitetstal.csv"


def test_bars_are_as_wide_as_their_figures(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/FKII-1-04/")
    widths = [bar.bounding_box()["width"] for bar in page.locator(".figure-bar__value").all()]

    assert len(widths) == 4
    assert widths[0] / widths[2] == pytest.approx(27 / 144, abs=0.01)
    assert widths[1] / widths[0] == pytest.approx(6 / 27, abs=0.02)


def test_finding_is_read_from_the_list_to_the_trial(page: Page, site: str) -> None:
    page.goto(f"{site}/datakvalitet/")
    page.get_by_role("link", name="Modstrid i kilden", exact=True).click()
    page.get_by_role("link", name="Tal for en kommune uden for forsøget").click()
    page.locator("section.group", has=page.locator("#figure_of_outsider")).get_by_role("link", name="FKII-1-05").click()

    expect(page.get_by_role("heading", name="Her modsiger kilden sig selv")).to_be_visible()
