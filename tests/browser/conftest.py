"""A real browser for the tests marked `browser`.

`page` is a fresh page at desktop width, `sized_page` runs its test at each of the SIZES, and `page_at` makes any number
of pages. At `live_server.url` the site answers with its static files; `site` is its address when it holds the shipped
register.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.conftest import unavailable
from tests.shipped import load_register

SIZES = {
    "desktop": ViewportSize(width=1280, height=900),
    "phone": ViewportSize(width=390, height=844),
}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """The machine's own Chromium: playwright's download is not used."""
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """Runs axe on the page as it now is and returns its violations; an empty list when it finds none."""
    return Axe().run(page).response["violations"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    path = chromium_path()
    if path is None:
        unavailable("Chromium er ikke installeret")
    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Root, as in CI, may not use Chromium's sandbox; /dev/shm is small in containers.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a context of its own: page_at("phone", java_script_enabled=False)."""
    contexts: list[BrowserContext] = []

    def open_page(size: str = "desktop", **options: Any) -> Page:
        context = browser.new_context(viewport=SIZES[size], locale="da-DK", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    _let_the_server_finish()


def _let_the_server_finish() -> None:
    """Waits for the answers that nobody reads any more: the tables are emptied next, and must not be in use."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def page(page_at: Callable[..., Page]) -> Page:
    """A fresh page at desktop width."""
    return page_at()


@pytest.fixture(params=list(SIZES))
def sized_page(request: pytest.FixtureRequest, page_at: Callable[..., Page]) -> Page:
    """Runs the test twice, at desktop and at phone width."""
    return page_at(request.param)


@pytest.fixture
def site(live_server) -> str:
    """The address of a site with the shipped register."""
    load_register()
    return live_server.url
