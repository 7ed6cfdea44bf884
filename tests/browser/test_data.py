"""The page with the whole register in a real browser: its files come down."""

import zipfile

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_whole_register_comes_down_without_javascript(page_at, site: str, tmp_path) -> None:
    page = page_at("phone", java_script_enabled=False, accept_downloads=True)
    page.goto(f"{site}/data/")
    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("link", name="Hent hele registeret").click()
    coming.value.save_as(tmp_path / coming.value.suggested_filename)

    with zipfile.ZipFile(tmp_path / "frikommuneregisteret.zip") as archive:
        assert "datapackage.json" in archive.namelist()
