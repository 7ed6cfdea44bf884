"""Every kind of page in every state and shape of window: no barriers, nothing wider than the window, no complaints."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SIZES, axe_violations
from tests.browser.states import AREAS, NOT_FOUND, addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"phone": SIZES["phone"]["width"], "400 % zoom of a window 1280 wide": 320}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser has complained of, such as the content security policy; not of a page that is refused."""
    heard: list[str] = []
    refused = ("status of 400", "status of 404")
    page.on("console", lambda said: None if any(part in said.text for part in refused) else heard.append(said.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize("area", AREAS)
def test_no_page_has_barriers_or_is_wider_than_the_window(page: Page, site: str, complaints, area: str) -> None:
    wide, barriers, answered = [], [], {}
    for address in addresses(area):
        response = page.goto(site + address)
        assert response is not None
        answered[address] = response.status
        barriers += [(address, found["id"]) for found in axe_violations(page)]
        page.evaluate(UNFOLD)
        wide += [(address, over) for over in [page.evaluate(WIDER)] if over > 0]

    assert (barriers, wide, complaints) == ([], [], [])
    assert {address for address, status in answered.items() if status not in (200, 400)} == NOT_FOUND & set(answered)


@pytest.mark.parametrize("area", AREAS)
def test_unfolded_page_has_no_barriers_nor_is_wider_than_a_narrow_window(
    page: Page, site: str, complaints, area: str
) -> None:
    wide, barriers = [], []
    for address in addresses(area):
        page.goto(site + address)
        page.evaluate(UNFOLD)
        for width in NARROW.values():
            page.set_viewport_size({"width": width, "height": 700})
            wide += [(address, width, over) for over in [page.evaluate(WIDER)] if over > 0]
        barriers += [(address, found["id"]) for found in axe_violations(page)]

    assert (barriers, wide, complaints) == ([], [], [])


@pytest.mark.parametrize("area", ["kinds", "trials"])
def test_no_page_has_barriers_in_forced_colours(page_at, site: str, area: str) -> None:
    page = page_at(forced_colors="active")
    barriers = []
    for address in addresses(area):
        page.goto(site + address)
        barriers += [(address, found["id"]) for found in axe_violations(page)]

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert barriers == []
