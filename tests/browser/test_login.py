"""The login in a real browser: by keyboard, without JavaScript, and when it has run out in the middle of the work."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from tests import factories, roles
from tests.browser.conftest import axe_violations
from trials.enums import Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "koordinator-2018"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def trial():
    cache.clear()
    trial = factories.make_trial("Mikrolån", status=Status.APPROVED)
    roles.make_coordinator(trial.network, roles.make_user("rita", email="rita@example.dk", password=PASSWORD))
    return trial


def log_in(page) -> None:
    page.get_by_label("Brugernavn eller e-mailadresse").fill("rita")
    page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()


def test_pages_of_the_account_have_no_barriers(sized_page, trial, live_server) -> None:
    page, wrong = sized_page, []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)

    def look() -> None:
        told = [*wrong, *(found["id"] for found in axe_violations(page))]
        assert (page.url, told, page.evaluate(WIDER)) == (page.url, [], 0)
        wrong.clear()  # axe itself makes inline styles

    for address in (
        "login/",
        "opret/",
        "inaktiv/",
        "adgangskode/glemt/",
        "adgangskode/glemt/sendt/",
        "adgangskode/ny/",
    ):
        page.goto(f"{live_server.url}/konto/{address}")
        look()
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_role("button", name="Log ind", exact=True).click()
    look()
    log_in(page)
    expect(page).to_have_url(f"{live_server.url}/arbejdsbord/")
    page.goto(f"{live_server.url}/konto/totrin/app/")
    look()
    page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bekræft").click()
    expect(page.get_by_role("img", name="QR-kode")).to_be_visible()
    look()
    user = roles.get_user_model().objects.get(username="rita")
    for address in ("adgangskode/", "totrin/", "logout/"):
        page.goto(f"{live_server.url}/konto/{address}")
        look()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for address in ("totrin/", "totrin/app/fjern/", "totrin/koder/nye/"):
        page.goto(f"{live_server.url}/konto/{address}")
        look()
    page.get_by_role("button", name="Lav nye koder").click()
    look()


@pytest.mark.parametrize("java_script", [True, False])
def test_login_by_keyboard_leads_where_one_was_going(page_at, trial, live_server, java_script: bool) -> None:
    page = page_at(java_script_enabled=java_script)
    page.goto(f"{live_server.url}/admin/trials/trial/{trial.pk}/change/")
    page.get_by_label("Brugernavn eller e-mailadresse").focus()
    page.keyboard.type("rita")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{live_server.url}/admin/trials/trial/{trial.pk}/change/")
    expect(page.get_by_role("heading", name="Ret forsøg")).to_be_visible()


def test_lost_login_keeps_what_was_written(page, trial, live_server) -> None:
    page.goto(f"{live_server.url}/admin/trials/trial/{trial.pk}/status/")
    log_in(page)
    page.get_by_label("Ny status").select_option(Status.AWAITING)
    page.get_by_label("Årsag").select_option("other")
    page.get_by_label("Bemærkning").fill("Venter på en aftale.\nDen kommer.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Gem status").click()
    expect(page.get_by_text("venter på dig")).to_be_visible()
    log_in(page)
    expect(page.get_by_role("heading", name="Det, du skrev, er her endnu")).to_be_visible()
    assert axe_violations(page) == []
    assert trial.events.count() == 1
    page.get_by_role("button", name="Send formularen nu").click()
    expect(page.locator(".messagelist")).to_contain_text("til Afventer")

    assert trial.events.latest("pk").note.replace("\r", "") == "Venter på en aftale.\nDen kommer."
