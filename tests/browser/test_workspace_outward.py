"""What goes out of the workspace, in a real browser without JavaScript: links, answers, handover, own calendar."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Page, expect

from networks.models import Municipality, Network
from tests import factories, roles
from tests.browser.conftest import SIZES, axe_violations
from trials.enums import Status
from trials.models import MunicipalAnswer, Participation
from trials.workspace import own_calendar

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def network() -> Network:
    """Two trials in Thisted, one of which has a status, and one in Læsø."""
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    thisted, laesoe = (factories.make_municipality(name) for name in ("Thisted", "Læsø"))
    trials = [factories.make_trial(title, network) for title in ("Mikrolån", "Voksenlærlinge i virksomheder")]
    factories.make_participation(trials[0], thisted, Status.RUNNING)
    factories.make_participation(trials[1], thisted)
    factories.make_participation(trials[0], laesoe, Status.AWAITING)
    factories.make_milestone(network=network, planned_from=date(2019, 5, 1), planned_to=date(2019, 5, 1))
    return network


@pytest.fixture
def coordinator(network):
    return roles.make_coordinator(network, roles.make_user("kim", first_name="Kim", last_name="Holm"))


@pytest.fixture
def signed_in(page_at, live_server) -> Callable[..., Page]:
    """A page of a user who is signed in; at the size, and without JavaScript unless axe is to run."""

    def open_page(user, size: str = "desktop", scripts: bool = False) -> Page:
        page = page_at(size, java_script_enabled=scripts, base_url=live_server.url)
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return open_page


@pytest.fixture
def visitor(page_at, live_server) -> Callable[..., Page]:
    """A page of one without an account."""

    def open_page(size: str = "desktop", scripts: bool = False) -> Page:
        return page_at(size, java_script_enabled=scripts, base_url=live_server.url)

    return open_page


def ask(page: Page, network: Network, *municipalities: str) -> list[str]:
    """Asks through the form; returns the links that were sent."""
    mail.outbox.clear()
    page.goto(f"/arbejdsbord/netvaerk/{network.slug}/spoerg/")
    for name in municipalities:
        page.get_by_label(name, exact=True).check()
        page.get_by_label(f"E-mail til {name} Kommune").fill(f"kontakt@{name.lower().replace('æ', 'ae')}.example")
    page.get_by_role("button", name="Send til de valgte").click()
    expect(page.locator(".messages")).to_contain_text("Spørgsmålet er sendt til")
    return [re.search(r"/bekraeft/\S+/", letter.body)[0] for letter in mail.outbox]


def test_contact_uses_a_link_then_tries_it_again_and_the_coordinator_accepts(
    network, coordinator, signed_in, visitor
) -> None:
    desk = signed_in(coordinator)
    (link,) = ask(desk, network, "Thisted")

    phone = visitor("phone")
    phone.goto(link)
    first = phone.get_by_role("region", name="Mikrolån")
    first.get_by_label("Ændret: jeg foreslår en ny status").check()
    first.get_by_label("Ny status", exact=True).select_option("Afsluttet")
    first.get_by_label("Årsag").select_option("Intet lokalt ønske eller behov")
    first.get_by_label("Gældende fra").fill("2019-03-01")
    first.get_by_label("Bemærkning").fill("Ingen ansøgere i 2019.")
    second = phone.get_by_role("region", name="Voksenlærlinge")
    expect(second.get_by_label("Ny status", exact=True)).to_be_hidden()
    phone.get_by_role("button", name="Send svar").click()
    expect(phone.locator("h1")).to_have_text("Svaret er modtaget")

    again = phone.goto(link)
    assert again is not None
    assert again.status == 410
    expect(phone.locator("h1")).to_have_text("Linket er allerede brugt")
    assert Participation.objects.get(answers__isnull=False).status == Status.RUNNING

    desk.goto("/arbejdsbord/")
    desk.get_by_role("link", name="1 forslag venter").click()
    expect(desk.get_by_role("region", name="Thisted")).to_contain_text("Ingen ansøgere i 2019.")
    desk.get_by_role("button", name="Godkend").click()
    expect(desk.locator(".messages")).to_contain_text("Forslaget er godkendt")
    assert Participation.objects.get(answers__isnull=False).status == Status.ENDED


def test_link_is_answered_by_keyboard_alone(network, coordinator, signed_in, visitor) -> None:
    (link,) = ask(signed_in(coordinator), network, "Læsø")
    page = visitor(scripts=True)
    page.goto(link)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "intet":
            break
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Uændret: stadig »Afventer«")).to_be_checked()
    for _ in range(5):
        page.keyboard.press("Tab")
        if "Send svar" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Svaret er modtaget")
    assert MunicipalAnswer.objects.get().unchanged


def test_refused_answer_keeps_what_was_written_and_the_link(network, coordinator, signed_in, visitor) -> None:
    (link,) = ask(signed_in(coordinator), network, "Thisted")
    page = visitor()
    page.goto(link)
    part = page.get_by_role("region", name="Mikrolån")
    part.get_by_label("Ændret: jeg").check()
    part.get_by_label("Bemærkning").fill("Vi har talt om det.")
    page.get_by_role("button", name="Send svar").click()

    expect(page.get_by_role("alert")).to_contain_text("FKII-1-01: Vælg den nye status.")
    expect(part.get_by_label("Bemærkning")).to_have_value("Vi har talt om det.")
    page.get_by_role("button", name="Alt er uændret").click()
    expect(page.get_by_role("alert")).to_contain_text("Du har valgt en ændring")
    part.get_by_label("Uændret: stadig").check()
    page.get_by_role("button", name="Send svar").click()
    expect(page.locator("h1")).to_have_text("Svaret er modtaget")


def test_coordinator_hands_over_and_the_last_one_is_warned(network, coordinator, signed_in) -> None:
    roles.make_user("bo", first_name="Bo", last_name="Berg")
    page = signed_in(coordinator, "phone")
    page.goto(f"/arbejdsbord/netvaerk/{network.slug}/koordinatorer/")
    page.get_by_text("Stop som koordinator").click()
    page.get_by_role("button", name="Gem sidste dag").click()
    expect(page.get_by_role("alert")).to_contain_text("Netværket har ingen anden koordinator")
    expect(page.get_by_label("Ja, netværket står uden koordinator")).to_be_visible()

    page.get_by_label("Brugernavn eller e-mail").fill("bo@kommune.example")
    page.get_by_label("Overtager efter").select_option("Kim Holm")
    page.get_by_role("button", name="Tilføj").click()
    expect(page.locator(".messages")).to_contain_text("Bo Berg er koordinator fra")
    expect(page.get_by_role("region", name="Historik")).to_contain_text("Kim Holm: koordinator til og med")


def test_ministry_sees_a_network_without_a_coordinator_and_adds_one(network, signed_in) -> None:
    roles.make_user("bo")
    page = signed_in(roles.make_ministry())
    page.goto("/arbejdsbord/")
    page.get_by_role("region", name="Netværk uden koordinator").get_by_role("link").click()
    page.get_by_label("Brugernavn eller e-mail").fill("bo")
    page.get_by_role("button", name="Tilføj").click()
    expect(page.locator(".messages")).to_contain_text("bo er koordinator fra")
    page.goto("/arbejdsbord/")

    expect(page.get_by_role("region", name="Netværk uden koordinator")).to_have_count(0)


def states(network: Network, coordinator, live_server) -> Iterator[tuple[object, str, dict | None]]:
    """Each page in its states: who opens it, the address, and what is sent from it (None: it is only opened)."""
    thisted = Municipality.objects.get(name="Thisted")
    contact = roles.make_contact(thisted)
    mikro, unknown = thisted.participations.order_by("trial__number")
    for part in (mikro, unknown):
        MunicipalAnswer.objects.create(
            participation=part,
            answered_by=contact,
            status=Status.ENDED,
            effective_on=date(2019, 3, 1),
            precision="on",
            note="Ingen ansøgere.",
        )
    MunicipalAnswer.objects.create(participation=mikro, answered_by=contact, unchanged=True)
    own_calendar.renew(coordinator)
    base = f"/arbejdsbord/netvaerk/{network.slug}"
    yield coordinator, "/arbejdsbord/", None
    yield roles.make_ministry(), "/arbejdsbord/", None
    yield coordinator, f"{base}/spoerg/", None
    yield coordinator, f"{base}/spoerg/", {"button": "Send til de valgte"}
    yield coordinator, f"{base}/svar/", None
    yield coordinator, f"{base}/svar/", {"button": "Send tilbage"}
    yield coordinator, f"{base}/koordinatorer/", None
    yield coordinator, f"{base}/koordinatorer/", {"summary": "Stop som koordinator", "button": "Gem sidste dag"}
    yield coordinator, f"{base}/koordinatorer/", {"button": "Tilføj"}
    yield coordinator, "/arbejdsbord/kalender/", None
    yield contact, "/arbejdsbord/kalender/", None
    yield contact, "/arbejdsbord/kommune/thisted/", None
    yield contact, "/arbejdsbord/kommune/thisted/", {"check": "Ændret: jeg", "button": "Send svar"}


@pytest.mark.parametrize("size", list(SIZES))
def test_pages_are_accessible_and_fit_the_screen(network, coordinator, signed_in, visitor, live_server, size) -> None:
    found = []

    def look(page: Page, state: str) -> None:
        found.extend((state, each["id"], each["nodes"][0]["html"]) for each in axe_violations(page))
        found.extend((state, f"{over} px too wide", "") for over in [page.evaluate(WIDER)] if over > 0)

    for user, address, sent in states(network, coordinator, live_server):
        page = signed_in(user, size, scripts=True)
        page.goto(address)
        if sent:
            if "summary" in sent:
                page.get_by_text(sent["summary"]).first.click()
            if "check" in sent:
                page.get_by_label(sent["check"]).first.check()
            page.get_by_role("button", name=sent["button"]).first.click()
            expect(page.get_by_role("alert")).to_be_visible()
        look(page, f"{address} {sent}")
    (link,) = ask(signed_in(coordinator, size), network, "Thisted")
    page = visitor(size, scripts=True)
    page.goto(link)
    look(page, "a link")
    page.get_by_label("Ændret: jeg").first.check()
    page.get_by_label("Bemærkning").first.fill("Ring 22 33 44 55")
    page.get_by_role("button", name="Send svar").click()
    look(page, "a link, refused")
    page.goto(link)
    page.get_by_role("button", name="Alt er uændret").click()
    look(page, "a receipt")
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Linket er allerede brugt")
    look(page, "a used link")

    assert found == []
