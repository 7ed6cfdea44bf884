"""The page with the whole register in a real browser: no barriers, and the files come down."""

import zipfile

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from tests.browser.conftest import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/data/",
    "/netvaerk/",
    "/kommuner/",
    "/hjemler/",
    "/evalueringer/",
    "/erfaringer/",
    "/datakvalitet/?alvor=gap",
)


@pytest.fixture
def site(live_server) -> str:
    """The address of a site with the shipped register."""
    call_command("loaddata", "fixtures/vive_2019.json", verbosity=0)
    return live_server.url


def test_pages_with_files_have_no_barriers_and_fit(sized_page: Page, site: str) -> None:
    messages: list[str] = []
    sized_page.on("console", lambda message: messages.append(message.text))
    for path in PAGES:
        sized_page.goto(site + path)

        assert axe_violations(sized_page) == [], path
        assert sized_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path}: too wide"
    assert messages == [], "nothing is refused by the policy"


def test_the_whole_register_comes_down_without_javascript(page_at, site: str, tmp_path) -> None:
    page = page_at("phone", java_script_enabled=False, accept_downloads=True)
    page.goto(f"{site}/data/")
    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("link", name="Hent hele registeret").click()
    coming.value.save_as(tmp_path / coming.value.suggested_filename)

    with zipfile.ZipFile(tmp_path / "frikommuneregisteret.zip") as archive:
        assert "datapackage.json" in archive.namelist()
