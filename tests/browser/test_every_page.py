"""Every kind of page in every state and shape of window: no barriers, nothing wider than the window."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import axe_violations
from tests.pages import page_kinds
from tests.shipped import load_register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATES = (
    "/forsoeg/?kommune=730&status=running&paragraf=frikommuneloven/paragraf-25",
    "/forsoeg/?visning=tabel&antal=50&netvaerk=1",
    "/forsoeg/?pr=2018-12-01&q=bolig",
    "/forsoeg/?q=ukendtord",
    "/forsoeg/?status=x&fra=2019-01-01&til=2018-01-01",
    "/forsoeg/?side=99",
    "/netvaerk/billige-boliger-og-fleksible-boligloesninger/skema/",
    "/evalueringer/?ekstern=x",
    "/erfaringer/?q=ukendtord",
    "/aktivitetstal/?pr=2018-12-01",
    "/milepaele/?fra=x",
    "/sammenlign/?forsoeg=FKII-1-01&forsoeg=FKII-2-01&forsoeg=FKII-3-01&forsoeg=FKII-4-01",
    "/sammenlign/?forsoeg=FKII-9-99",
    "/datakvalitet/?alvor=x",
    "/soeg/?q=bolig",
    "/soeg/?q=rehabilitring",
    "/soeg/?q=%C2%A7",
    "/kommuner/aeroe/",
    "/findes-ikke/",
)
"""Beside one page of each kind: filters in force, a table, as of a day, empty, refused, found, not found."""

NARROW = {"phone": 390, "400 % zoom of a window 1280 wide": 320}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"


@pytest.fixture
def site(live_server) -> str:
    """The address of a site with the shipped register."""
    load_register()
    return live_server.url


def everything() -> list[str]:
    """One page of each kind, and the states."""
    return [*page_kinds(), *STATES]


def test_no_page_is_wider_than_a_narrow_window_nor_has_barriers_there(page: Page, site: str) -> None:
    wide, barriers = [], []
    for address in everything():
        page.goto(site + address)
        page.evaluate(UNFOLD)
        for width in NARROW.values():
            page.set_viewport_size({"width": width, "height": 700})
            wide += [f"{address} at {width}: {over} px" for over in [page.evaluate(WIDER)] if over > 0]
        barriers += [(address, found["id"]) for found in axe_violations(page)]

    assert wide == []
    assert barriers == []


def test_no_page_has_barriers_in_forced_colours(page_at, site: str) -> None:
    page = page_at(forced_colors="active")
    barriers = []
    for address in everything():
        page.goto(site + address)
        barriers += [(address, found["id"]) for found in axe_violations(page)]

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert barriers == []
