"""Keeping the record in a real browser: two at once, proposals there and back, taking back, what is another's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import axe_violations
from tests.roles import make_coordinator, make_ministry, make_user
from trials.enums import Status
from trials.models import Proposal, Trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trial() -> Trial:
    """FKII-1-04 in Thisted and Læsø."""
    network = factories.make_network(1, "Fleksibel indsats")
    municipalities = [factories.make_municipality(name) for name in ("Thisted", "Læsø")]
    trial = factories.make_trial("Mikrolån", network, municipalities, Status.APPROVED, number=4, content="Først")
    factories.make_basis(trial, factories.make_provision(27, "c"))
    return trial


@pytest.fixture
def complaints() -> list[str]:
    """What browsers have complained of: errors, and violations of the content security policy."""
    return []


@pytest.fixture
def signed_in(live_server, page_at, client, complaints) -> Callable[..., Page]:
    """A page of a browser in which this user is signed in."""

    def signed_in(user, size: str = "desktop", **options) -> Page:
        page = page_at(size, **options)
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        client.cookies.clear()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    return signed_in


@pytest.fixture
def work(live_server, trial) -> Callable[..., str]:
    """The address of a page of the trial's work."""
    return lambda rest="": f"{live_server.url}/arbejdsbord/forsoeg/{trial.public_id}/{rest}"


def fits(page: Page) -> bool:
    """Whether the page is no wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def flawless(page: Page) -> None:
    assert axe_violations(page) == []
    assert fits(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_two_coordinators_collide_on_one_trial(signed_in, work, trial, complaints, script) -> None:
    first = signed_in(make_coordinator(trial.network), java_script_enabled=script)
    second = signed_in(make_coordinator(trial.network), java_script_enabled=script)
    for page in (first, second):
        page.goto(work())
    first.get_by_label("indhold").fill("Den førstes")
    first.get_by_label("målgruppe").fill("Unge")
    first.get_by_role("button", name="Gem teksterne").click()
    expect(first.get_by_text("Forsøgets tekster er gemt.")).to_be_visible()

    second.get_by_label("indhold").fill("Den andens")
    second.get_by_role("button", name="Gem teksterne").click()
    expect(second.get_by_role("alert")).to_contain_text("En anden har ændret")
    choice = second.get_by_role("group", name="Indhold")
    expect(choice).to_contain_text("Den førstes")
    expect(second.get_by_role("group", name="Målgruppe").get_by_label("Den gemte værdi: Unge")).to_be_checked()
    trial.refresh_from_db()
    assert trial.content == "Den førstes"

    choice.get_by_label("Min værdi: Den andens").check()
    second.get_by_role("button", name="Gem teksterne").click()
    expect(second.get_by_text("Forsøgets tekster er gemt.")).to_be_visible()
    trial.refresh_from_db()
    assert (trial.content, trial.target_group) == ("Den andens", "Unge")
    assert complaints == []


def test_proposal_is_returned_put_forward_again_and_accepted(signed_in, live_server, work, trial, complaints) -> None:
    coordinator, ministry = signed_in(make_coordinator(trial.network)), signed_in(make_ministry())
    coordinator.goto(work())
    coordinator.get_by_role("link", name="Foreslå en anden titel eller ikrafttrædelse").click()
    coordinator.get_by_label("titel").fill("Lån")
    coordinator.get_by_label("Begrundelse").fill("Kortere")
    coordinator.get_by_role("button", name="Send forslaget").click()
    expect(coordinator.get_by_text("Ministeriet svarer på forslaget.")).to_be_visible()
    expect(coordinator.locator("h1")).to_have_text("Mikrolån")

    ministry.goto(f"{live_server.url}/arbejdsbord/forslag/")
    ministry.get_by_role("link", name="FKII-1-04: Ændring af forsøget").click()
    ministry.get_by_role("button", name="Send det tilbage").click()
    expect(ministry.get_by_text("Skriv, hvorfor forslaget sendes tilbage.")).to_be_visible()
    ministry.get_by_label("Svar").fill("Sig, at det er små lån.")
    ministry.get_by_role("button", name="Send det tilbage").click()
    expect(ministry.get_by_text("Forslaget er sendt tilbage.")).to_be_visible()

    coordinator.goto(f"{live_server.url}/arbejdsbord/forslag/")
    expect(coordinator.locator("#sendt-tilbage")).to_be_visible()
    coordinator.get_by_role("link", name="FKII-1-04: Ændring af forsøget").click()
    coordinator.get_by_role("link", name="Ret forslaget, og stil det igen").click()
    expect(coordinator.get_by_label("titel")).to_have_value("Lån")
    expect(coordinator.get_by_text("Sig, at det er små lån.")).to_be_visible()
    coordinator.get_by_label("titel").fill("Små lån")
    coordinator.get_by_role("button", name="Send forslaget").click()

    ministry.goto(f"{live_server.url}/arbejdsbord/forslag/")
    ministry.get_by_role("link", name="FKII-1-04: Ændring af forsøget").first.click()
    expect(ministry.get_by_role("cell", name="Små lån")).to_be_visible()
    ministry.get_by_role("button", name="Godkend forslaget").click()
    expect(ministry.get_by_text("Forslaget er godkendt")).to_be_visible()
    trial.refresh_from_db()
    assert trial.title == "Små lån"
    assert complaints == []


def test_change_is_taken_back_from_the_history(signed_in, work, trial, complaints) -> None:
    page = signed_in(make_coordinator(trial.network))
    page.goto(work())
    page.get_by_label("indhold").fill("Skrevet på det forkerte forsøg")
    page.get_by_role("button", name="Gem teksterne").click()
    page.locator(".page-head").get_by_role("link", name="Historik").click()
    newest = page.locator(".history__entry").first
    expect(newest).to_contain_text("Skrevet på det forkerte forsøg")
    newest.get_by_role("link", name="Tilbagefør").click()
    expect(page.get_by_label("Indhold")).to_be_checked()
    page.get_by_label("Hvad var forkert?").fill("Forkert forsøg")
    page.get_by_role("button", name="Tilbagefør det valgte").click()
    expect(page.locator(".history__entry").first).to_contain_text("Tilbagefører ændringen fra")
    trial.refresh_from_db()
    assert trial.content == "Først"
    assert complaints == []


def test_another_networks_trial_is_refused_by_address_and_by_form(signed_in, live_server, work, trial) -> None:
    own = factories.make_trial("Eget", factories.make_network(2))
    page = signed_in(make_coordinator(own.network))
    for rest in ("", "retligt/", "kommuner/", "hjemler/", "historik/"):
        assert page.goto(work(rest)).status == 403
    page.goto(f"{live_server.url}/arbejdsbord/forsoeg/{own.public_id}/")
    # A form of one's own, sent to the other's address.
    page.eval_on_selector("form[data-unsaved-guard]", "(form, address) => { form.action = address }", work())
    page.get_by_label("indhold").fill("Ikke mit")
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.get_by_role("button", name="Gem teksterne").click()
    assert answered.value.status == 403
    trial.refresh_from_db()
    assert trial.content == "Først"


def test_leaving_with_unsaved_input_asks(signed_in, live_server, work, trial) -> None:
    page = signed_in(make_coordinator(trial.network))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(work())
    page.goto(f"{live_server.url}/arbejdsbord/")
    assert asked == [], "nothing was written"
    page.goto(work())
    page.get_by_label("indhold").press_sequentially("mere")
    page.goto(f"{live_server.url}/arbejdsbord/")
    assert asked == ["beforeunload"]
    page.goto(work())
    page.get_by_label("indhold").press_sequentially("mere")
    page.get_by_role("button", name="Gem teksterne").click()
    expect(page.get_by_text("Forsøgets tekster er gemt.")).to_be_visible()
    assert asked == ["beforeunload"], "what is saved is not lost"


def test_admin_lets_the_second_choose(signed_in, live_server, trial, complaints) -> None:
    page = signed_in(make_user(is_staff=True, is_superuser=True))
    page.goto(f"{live_server.url}/admin/trials/trial/{trial.pk}/change/")
    page.fill("#id_content", "Mit")
    other = Trial.objects.get()
    other.content = "Deres"
    other.save()
    page.click("input[name=_save]")
    page.get_by_label("Min værdi: Mit").check()
    page.click("input[name=_save]")
    expect(page.locator(".success")).to_be_visible()
    trial.refresh_from_db()
    assert trial.content == "Mit"
    assert complaints == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_and_state_is_accessible(signed_in, live_server, work, trial, size, complaints) -> None:
    user = make_coordinator(trial.network)
    page, ministry = signed_in(user, size), signed_in(make_ministry(), size)
    participation, basis = trial.participations.first(), trial.legal_bases.get()
    factories.make_status(participation, Status.RUNNING)
    factories.make_proposal(trial, user, "Et andet navn")
    for rest in (
        *("", "retligt/", "kommuner/", f"kommuner/{participation.pk}/", "hjemler/", f"hjemler/{basis.pk}/"),
        *(f"hjemler/{basis.pk}/fjern/", "historik/"),
    ):
        assert page.goto(work(rest)).status == 200
        flawless(page)
    for address in (
        f"netvaerk/{trial.network.slug}/nyt-forsoeg/",
        f"netvaerk/{trial.network.slug}/historik/",
        "forslag/",
    ):
        assert page.goto(f"{live_server.url}/arbejdsbord/{address}").status == 200
        flawless(page)

    page.goto(work())
    page.get_by_label("indhold").fill("Borger 010190-1234")
    Trial.objects.get().save()
    other = Trial.objects.get()
    other.target_group = "Deres"
    other.save()
    page.get_by_role("button", name="Gem teksterne").click()
    expect(page.get_by_role("alert")).to_contain_text("CPR")
    flawless(page)

    page.goto(work())
    page.get_by_label("indhold").fill("Til at tage tilbage")
    page.get_by_role("button", name="Gem teksterne").click()
    page.locator(".page-head").get_by_role("link", name="Historik").click()
    page.locator(".history__entry").first.get_by_role("link", name="Tilbagefør").click()
    flawless(page)
    page.get_by_role("button", name="Tilbagefør det valgte").click()

    other.refresh_from_db()
    other.title = "Ændret imens"
    other.save()
    ministry.goto(f"{live_server.url}/arbejdsbord/forslag/{Proposal.objects.get().pk}/")
    expect(ministry.get_by_text("(ændret siden)")).to_be_visible()
    flawless(ministry)
    ministry.get_by_role("button", name="Send det tilbage").click()
    flawless(ministry)
    assert complaints == []
