"""The statements and the pages of errors in a real browser, and data in pages under the content security policy."""

import pytest
from playwright.sync_api import Page

from tests.pages import page_kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_data_in_pages_breaks_no_policy(page: Page, site: str) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"
    )
    for path in page_kinds():
        page.goto(site + path)
        assert page.locator('script[type="application/ld+json"]').count() >= 1, path
        names = page.locator('script[type="application/ld+json"]').evaluate_all(
            "blocks => blocks.map(block => JSON.parse(block.text)['@type'])"
        )
        assert all(names), path
    assert messages == []


def test_policy_would_be_heard(page: Page, live_server) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{live_server.url}/privatliv/")

    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")

    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in message for message in messages)


def test_error_is_got_out_of_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/uddannelse/")
    page.get_by_role("main").get_by_role("searchbox").press_sequentially("uddannelse")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=uddannelse")

    assert "uddannelse" in page.get_by_role("main").inner_text()
