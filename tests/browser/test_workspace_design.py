"""Designs and ideas in a real browser: by keyboard, without JavaScript, on a phone, and without barriers."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories, roles
from tests.browser.conftest import axe_violations
from trials.enums import DesignStatus, MilestoneKind
from trials.models import Evaluation, Idea, IdeaComment, IdeaInterest, Milestone
from trials.workspace.design.overview import STEPS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Speciallægevagtlægeordningsoverenskomstforhandlingsresultaterne " * 3


@pytest.fixture
def network():
    return factories.make_network(1, "Fleksibel beskæftigelsesindsats")


@pytest.fixture
def design(network) -> Evaluation:
    """An evaluation of FKII-1-01, of which nothing is described."""
    factories.make_trial("Udslusning", network, number=2)
    return factories.make_evaluation(factories.make_trial("Mikrolån", network, number=1), DesignStatus.NOT_FINISHED)


@pytest.fixture
def enter(live_server) -> Callable:
    """Signs a page in as a user and opens an address below /arbejdsbord/; complaints of the browser fail the test."""
    heard: list[str] = []

    def enter(page: Page, user, address: str) -> Page:
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(f"{live_server.url}/arbejdsbord/{address}")
        return page

    yield enter
    assert [text for text in heard if "400 (Bad Request)" not in text] == []


def seen_and_fit(page: Page) -> None:
    """axe finds nothing, and the page is no wider than the window."""
    assert axe_violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def press_to(page: Page, name: str) -> None:
    """Tab on until the control with this id or text has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("[document.activeElement.id, document.activeElement.textContent.trim()]").count(name):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_design_is_filled_by_keyboard_until_it_can_be_submitted(page: Page, enter, design, network) -> None:
    enter(page, roles.make_coordinator(network), f"evalueringer/{design.slug}/")
    press_to(page, "Markér som indsendt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("De forventede resultater er ikke beskrevet.")
    expect(page.get_by_role("alert")).to_contain_text("Målgruppen er ikke beskrevet.")
    expect(page.get_by_role("alert")).to_contain_text("Evalueringsmetoden er ikke beskrevet.")
    assert Evaluation.objects.get().design_status == DesignStatus.NOT_FINISHED

    press_to(page, "Forventede resultater")
    page.keyboard.press("Enter")
    for field, mark, words in (
        ("expected_results", "results_element", "Flere i arbejde"),
        ("target_group", "target_group_element", "Ledige over 30 år"),
        ("method", "method_element", "Registerdata hvert halve år"),
    ):
        expect(page.locator(f"#id_{field}")).to_be_visible()
        press_to(page, f"id_{field}")
        page.keyboard.type(words)
        page.keyboard.press("Tab")  # into the group of radio buttons, at the one that is chosen: the last
        for _ in range(3):
            page.keyboard.press("ArrowUp")
        assert page.locator(f"input[name={mark}][value=present]").is_checked()
        press_to(page, "Gem og fortsæt")
        page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Baselinemålinger")
    press_to(page, "Gem og vis overblik")
    page.keyboard.press("Enter")
    expect(page.locator(".note--success").first).to_be_visible()
    press_to(page, "Markér som indsendt")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_have_text("Evalueringsdesignet er udarbejdet og indsendt.")
    assert Evaluation.objects.get().design_status == DesignStatus.SUBMITTED


def test_all_steps_work_without_javascript(page_at, enter, design, network) -> None:
    page = page_at("phone", java_script_enabled=False)
    enter(page, roles.make_coordinator(network), f"evalueringer/{design.slug}/metode/")
    page.fill("#id_method", "Interview")
    page.get_by_label("Spørgeskema").check()
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.fill("#id_baseline", "Ledighed i 2017")
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.get_by_label("Intern", exact=True).check()
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.fill("#id_final_from", "2020-06-01")
    page.fill("#id_final_to", "2020-08-31")
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.get_by_label("FKII-1-02 Udslusning").check()
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.get_by_label("Ikke færdiggjort").check()
    page.get_by_role("button", name="Gem og vis overblik").click()
    expect(page.get_by_text("juni–august 2020")).to_be_visible()

    made = Evaluation.objects.get()
    assert (made.method, made.baseline, made.is_external) == ("Interview", "Ledighed i 2017", False)
    assert made.trials.count() == Milestone.objects.get().trials.count() == 2


def test_two_collide_and_the_second_chooses(page_at, enter, design, network) -> None:
    address = f"evalueringer/{design.slug}/resultater/"
    first = enter(page_at(), roles.make_coordinator(network), address)
    second = enter(page_at("phone", java_script_enabled=False), roles.make_coordinator(network), address)
    first.fill("#id_expected_results", "Flere i arbejde")
    first.get_by_role("button", name="Gem og vis overblik").click()
    expect(first.get_by_role("status")).to_contain_text("er gemt")

    second.fill("#id_expected_results", "Færre på kontanthjælp")
    second.get_by_role("button", name="Gem og vis overblik").click()
    expect(second.locator(".collision")).to_contain_text("Flere i arbejde")
    expect(second.locator(".collision")).to_contain_text("Færre på kontanthjælp")
    assert Evaluation.objects.get().expected_results == "Flere i arbejde"
    second.get_by_label("Behold det, den anden har gemt").check()
    second.get_by_role("button", name="Gem og vis overblik").click()
    expect(second.get_by_role("status")).to_contain_text("er gemt")
    assert Evaluation.objects.get().expected_results == "Flere i arbejde"


def test_pages_of_designs_have_no_barriers(sized_page: Page, enter, live_server, design, network) -> None:
    trial = design.trials.get()
    factories.make_milestone("Slutevaluering", MilestoneKind.EVALUATION_FINAL, [trial], source=factories.make_source())
    Evaluation.objects.update(method=LONG, evaluator=LONG[:150], name=LONG[:150])
    root = "evalueringer/"
    enter(sized_page, roles.make_coordinator(network), root)
    seen_and_fit(sized_page)
    own = f"{root}{design.slug}/"
    for address in (f"{root}?vis=x", f"{root}ny/", own, *(f"{own}{step}/" for step in STEPS)):
        sized_page.goto(f"{live_server.url}/arbejdsbord/{address}")
        seen_and_fit(sized_page)

    Evaluation.objects.update(design_status=DesignStatus.SUBMITTED)  # lacking: as a source may say
    sized_page.goto(f"{live_server.url}/arbejdsbord/{own}")
    seen_and_fit(sized_page)

    sized_page.goto(f"{live_server.url}/arbejdsbord/{own}milepaele/")
    sized_page.fill("#id_final_to", "2020-06-01")
    sized_page.get_by_role("button", name="Gem og fortsæt").click()
    expect(sized_page.get_by_role("alert")).to_contain_text("skriv også, hvornår perioden begynder")
    seen_and_fit(sized_page)

    sized_page.goto(f"{live_server.url}/arbejdsbord/{own}resultater/")
    Evaluation.objects.update(expected_results=LONG)
    sized_page.fill("#id_expected_results", "Mit")
    sized_page.get_by_role("button", name="Gem og fortsæt").click()
    expect(sized_page.locator(".collision")).to_be_visible()
    seen_and_fit(sized_page)

    sized_page.goto(f"{live_server.url}/arbejdsbord/{root}ny/")
    sized_page.get_by_role("button", name="Opret evalueringen").click()
    expect(sized_page.get_by_role("alert")).to_contain_text("Vælg mindst ét forsøg.")
    seen_and_fit(sized_page)


def test_reader_reads_the_design(page: Page, enter, design) -> None:
    enter(page, roles.make_reader(), "evalueringer/")
    page.get_by_role("link", name="Mikrolån").click()
    expect(page.locator("h1")).to_contain_text("Mikrolån")
    expect(page.get_by_role("link", name="Rediger")).to_have_count(0)
    seen_and_fit(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_idea_goes_from_barrier_to_trial(page_at, enter, network, scripts: bool) -> None:
    member = factories.make_municipality("Thisted")
    factories.make_membership(network, member)
    trial = factories.make_trial("Mikrolån", network)
    contact = enter(page_at("phone", java_script_enabled=scripts), roles.make_contact(member), "ideer/")
    contact.get_by_role("link", name="Fleksibel beskæftigelsesindsats").click()
    contact.get_by_role("link", name="Del en idé").click()
    contact.get_by_label("Barriere").check()
    contact.fill("#id_title", "Samtykke på papir")
    contact.fill("#id_text", "Borgeren skal skrive under to gange.")
    contact.get_by_role("button", name="Del idéen").click()
    expect(contact.locator("h1")).to_have_text("Samtykke på papir")
    contact.get_by_role("button", name="Vi er interesserede (Thisted)").click()
    expect(contact.get_by_role("button", name="Thisted er ikke længere interesseret")).to_be_visible()
    contact.fill("#id_text", "010203-1234")
    contact.get_by_role("button", name="Gem kommentaren").click()
    expect(contact.get_by_role("alert")).to_contain_text("CPR-nummer")
    contact.fill("#id_text", "Skriv til os.")
    contact.get_by_role("button", name="Gem kommentaren").click()
    contact.get_by_role("button", name="Træk tilbage").click()
    expect(contact.get_by_text("Kommentaren er trukket tilbage af")).to_be_visible()

    idea = Idea.objects.get()
    keeper = enter(page_at(java_script_enabled=scripts), roles.make_coordinator(network), f"ideer/{idea.pk}/")
    keeper.get_by_role("link", name="Ret idéen").click()
    keeper.get_by_label("Blev til et forsøg").check()
    keeper.get_by_label("Forsøg, den blev til").select_option(str(trial.pk))
    keeper.get_by_role("button", name="Gem").click()
    expect(keeper.get_by_role("link", name="Mikrolån")).to_be_visible()
    assert (IdeaComment.objects.count(), IdeaInterest.objects.get().municipality) == (1, member)


def test_pages_of_ideas_have_no_barriers(sized_page: Page, enter, live_server, network) -> None:
    member = factories.make_municipality("Thisted")
    factories.make_membership(network, member)
    user = roles.make_coordinator(network, roles.make_contact(member))
    idea = factories.make_idea(network, user, title=LONG[:150], text=LONG, municipality=member)
    idea.title = "En ny titel"
    idea.save()
    factories.make_comment(idea, user, LONG)
    factories.make_interest(idea, user, member)
    listed = f"netvaerk/{network.slug}/ideer/"
    enter(sized_page, user, "ideer/")
    seen_and_fit(sized_page)
    for address in (listed, f"{listed}?art=x", f"{listed}?tilstand=closed", f"{listed}ny/", f"ideer/{idea.pk}/"):
        sized_page.goto(f"{live_server.url}/arbejdsbord/{address}")
        seen_and_fit(sized_page)

    sized_page.get_by_role("button", name="Gem kommentaren").click()
    expect(sized_page.get_by_role("alert")).to_be_visible()
    seen_and_fit(sized_page)

    sized_page.goto(f"{live_server.url}/arbejdsbord/ideer/{idea.pk}/rediger/")
    Idea.objects.update(text="Deres")
    sized_page.fill("#id_text", "Mit")
    sized_page.get_by_role("button", name="Gem").click()
    expect(sized_page.locator(".collision")).to_be_visible()
    seen_and_fit(sized_page)
