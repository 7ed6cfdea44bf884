"""Every kind of page on paper: laid out as Chromium prints it on A4."""

import pytest
from playwright.sync_api import Page

from tests.pages import page_kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# 210 mm less the margins of 16 mm, in CSS pixels.
SHEET = 673

LOOK = """() => {
  const shown = element => element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length > 0;
  const told = element => element.outerHTML.slice(0, 120);
  const all = selector => [...document.querySelectorAll(selector)];
  return {
    text: document.body.innerText,
    menus: all('nav:not(.pager), form, input, button, select, .filters, .skip-link').filter(shown).map(told),
    folded: all('details').filter(d => !d.closest('.filters, .map-panel:not([open])'))
      .filter(d => [...d.children].some(e => e.tagName !== 'SUMMARY' && !shown(e))).map(told),
    wide: all('main *').filter(e => shown(e) && e.getBoundingClientRect().right > innerWidth + 1).map(told),
    cut: all('main *').filter(e => shown(e) && !(e instanceof SVGElement) && getComputedStyle(e).overflowX !== 'visible'
      && !e.classList.contains('sr-only') && e.scrollWidth > e.clientWidth + 1).map(told),
    dark: [...new Set(all('header, footer, main, main *').filter(shown).map(e => getComputedStyle(e).backgroundColor))]
      .filter(c => c.startsWith('rgb(') && c.match(/\\d+/g).reduce((a, b) => a + +b, 0) < 300),
  };
}"""


def test_every_page_is_usable_on_paper(page: Page, site: str) -> None:
    page.set_viewport_size({"width": SHEET, "height": 950})
    page.emulate_media(media="print")
    addresses = [*page_kinds(), "/forsoeg/?status=running&netvaerk=1", "/forsoeg/?status=x", "/findes-ikke/"]
    for address in addresses:
        page.goto(site + address)
        seen = page.evaluate(LOOK)

        assert seen["menus"] == [], address
        assert seen["folded"] == [], address
        assert seen["wide"] == [], address
        assert seen["cut"] == [], address
        assert seen["dark"] == [], address
        assert "© VIVE" in seen["text"], address
        assert f"fra {page.url}" in seen["text"], f"{address}: where it was taken from"


def test_words_of_the_source_are_printed_though_folded(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/FKII-1-05/")
    fold = page.locator("details.verbatim").first.locator("blockquote")
    assert not fold.is_visible()

    page.emulate_media(media="print")

    assert page.locator("details[open]").count() == 0
    assert fold.evaluate("e => e.checkVisibility() && e.getBoundingClientRect().height > 10")


def test_address_of_another_site_is_printed(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{site}/tilgaengelighed/")
    link = page.locator('main a[href^="http"]').first

    assert "https://digst.dk/" in link.evaluate("e => getComputedStyle(e, '::after').content")


def test_sheets_are_numbered(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/FKII-1-05/")

    pdf = page.pdf(prefer_css_page_size=True)

    assert pdf.startswith(b"%PDF")
    rules = page.evaluate("[...document.styleSheets].flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText))")
    assert any("counter(page)" in rule for rule in rules)
