"""The browser tests' own tools: a check that finds nothing must be able to find something."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SIZES, axe_violations

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="da"><head><title>Prøve</title></head>
<body><main><h1>Prøve</h1>{body}</main></body></html>"""


def test_axe_violations_finds_image_without_text(page: Page) -> None:
    page.set_content(PAGE.format(body='<img src="data:,">'))

    assert [violation["id"] for violation in axe_violations(page)] == ["image-alt"]


def test_axe_violations_accepts_sound_page(page: Page) -> None:
    page.set_content(PAGE.format(body="<p>Alt er godt.</p>"))

    assert axe_violations(page) == []


def test_sized_page_has_named_width(sized_page: Page) -> None:
    assert sized_page.evaluate("window.innerWidth") in {size["width"] for size in SIZES.values()}


@pytest.mark.django_db(transaction=True)
def test_live_server_serves_static_files(page: Page, live_server) -> None:
    response = page.goto(f"{live_server.url}/static/admin/css/base.css")

    assert response is not None
    assert response.status == 200
