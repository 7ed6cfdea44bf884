"""How many bytes a visit costs, as Chromium counts them on the wire, from a site served as in production."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.served import served
from tests.shipped import load_register
from trials.models import Trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLD = 200_000
"""Bytes that a first visit may cost, fonts and pictures included."""
WARM = 30_000
"""Bytes that a further page may cost, when the browser has the site's files."""


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory) -> Iterator[str]:
    """One server for all tests: it must outlive the pages that hold connections to it."""
    with served(tmp_path_factory.mktemp("static")) as address:
        yield address


@pytest.fixture
def site(transactional_db, server: str) -> str:
    load_register()
    return server


@pytest.fixture
def weigh(page: Page, site: str) -> Callable[[str], dict[str, int]]:
    """Visits an address and tells the bytes that each of its files cost, headers included."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    files: dict[str, str] = {}
    costs: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: files.update({event["requestId"]: event["request"]["url"]}))

    def finished(event: dict) -> None:
        address = files[event["requestId"]].removeprefix(site)
        costs[address] = costs.get(address, 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)

    def visit(address: str) -> dict[str, int]:
        costs.clear()
        page.goto(site + address, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(200)
        return dict(costs)

    return visit


@pytest.mark.parametrize("kind", ["front page", "list", "trial"])
def test_first_visit_and_next_are_light(weigh, kind: str) -> None:
    trial = Trial.objects.get(public_id="FKII-1-05").get_absolute_url()
    address, following = {
        "front page": ("/", "/om/"),
        "list": ("/forsoeg/", "/forsoeg/?netvaerk=1&side=1"),
        "trial": (trial, "/om/"),
    }[kind]

    cold, again, warm = weigh(address), weigh(address), weigh(following)

    assert any(name.startswith("/static/dkfds/css/") for name in cold), "the browser had nothing"
    assert sum(cold.values()) < COLD, cold
    assert sum(again.values()) < 2_000, again
    assert sum(warm.values()) < WARM, warm


def test_only_the_letters_in_use_are_fetched(weigh) -> None:
    trial = Trial.objects.get(public_id="FKII-1-05").get_absolute_url()
    for address in ("/", "/forsoeg/", trial):
        fetched = {name.rpartition("/")[2].split(".")[0] for name in weigh(address) if "/fonts/" in name}
        assert fetched <= {"IBMPlexSans-Regular-Latin1", "IBMPlexSans-SemiBold-Latin1"}, address


def test_files_are_compressed_and_kept_for_good(page: Page, site: str) -> None:
    seen = {}
    page.on("response", lambda response: seen.update({response.url.removeprefix(site): response.headers}))
    page.goto(f"{site}/forsoeg/", wait_until="networkidle")
    texts = {name: headers for name, headers in seen.items() if name.endswith((".css", ".svg"))}

    assert len(texts) >= 3
    for name, headers in texts.items():
        assert "immutable" in headers["cache-control"], name
        assert int(headers["content-length"]) < 600 or headers.get("content-encoding") == "gzip", name
    assert seen["/forsoeg/"]["content-encoding"] == "gzip"
