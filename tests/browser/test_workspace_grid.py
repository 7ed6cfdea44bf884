"""The grid in a real browser: a network kept up to date in few actions, by mouse, by keyboard, without JavaScript."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from networks.models import Network
from tests import factories, roles
from tests.browser.conftest import SIZES, axe_violations
from trials.enums import Status
from trials.models import Participation, StatusEvent, Trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRIALS = 20
NAMES = ("Thisted", "Læsø", "Morsø", "Rebild", "Aalborg", "Jammerbugt", "Hjørring", "Mariagerfjord", "Brønderslev")


class Person:
    """One who works in a browser, whose actions are counted: clicks, keys, and fields that are filled in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, role: str, name: str) -> None:
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.actions += 1
            self.page.keyboard.press(key)


@pytest.fixture
def network() -> Network:
    """20 trials in 11 municipalities, all running since 2018, as all the councils decided."""
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    places = [factories.make_municipality(name) for name in (*NAMES, "Frederikshavn", "Vesthimmerlands")]
    for place in places:
        factories.make_membership(network, place)
    trials = [factories.make_trial(f"Forsøg {number}", network, number=number) for number in range(1, TRIALS + 1)]
    Participation.objects.bulk_create(
        Participation(trial=trial, municipality=place, decided_on=date(2018, 1, 1))
        for trial in trials
        for place in places
    )
    for trial in trials:
        factories.make_status(trial, Status.RUNNING, date(2018, 5, 1))
    for part in Participation.objects.select_related("trial"):
        factories.make_status(part, Status.RUNNING, date(2018, 5, 1))
    return network


@pytest.fixture
def small() -> Network:
    """Two trials in Thisted, Læsø and Morsø: the first running, in Morsø ended; of the second nothing is known."""
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    places = [factories.make_municipality(name) for name in NAMES[:3]]
    for number in (1, 2):
        factories.make_trial(f"Forsøg {number}", network, places, number=number)
    Participation.objects.update(decided_on=date(2018, 1, 1))
    first = Trial.objects.get(number=1)
    for subject in (first, *first.participations.all()):
        factories.make_status(subject, Status.RUNNING, date(2018, 5, 1))
    factories.make_status(part("Morsø"), Status.ENDED, date(2018, 9, 1))
    return network


@pytest.fixture
def complaints() -> list[str]:
    """What the browser has complained of: errors, and violations of the content security policy."""
    return []


@pytest.fixture
def log_in(live_server, complaints) -> Callable[[Page, Network], Page]:
    """Logs a new coordinator of the network in through the form, and listens to the browser's complaints."""

    def log_in(page: Page, network: Network) -> Page:
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        user = roles.make_coordinator(network)
        page.goto(f"{live_server.url}/arbejdsbord/")
        page.fill("input[name=login]", user.username)
        page.fill("input[name=password]", roles.PASSWORD)
        page.press("input[name=password]", "Enter")
        expect(page.locator("h1")).to_have_text("Arbejdsbord")
        return page

    return log_in


def grid(page: Page, network: Network) -> Page:
    """`page` at the grid of the network."""
    page.goto(page.url.partition("/arbejdsbord/")[0] + f"/arbejdsbord/netvaerk/{network.slug}/skema/")
    return page


def part(name: str, number: int = 1) -> Participation:
    return Participation.objects.get(municipality__name=name, trial__number=number)


def cell(page: Page, name: str, number: int = 1):
    """The link in the cell of a municipality in a trial."""
    return page.get_by_role("link", name=f"{name} i FKII-1-{number:02d}:")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_coordinator_confirms_20_trials_in_11_municipalities_in_under_ten_actions(
    page_at, log_in, network, complaints, script
) -> None:
    person = Person(log_in(page_at(java_script_enabled=script), network))
    person.click("link", "Fleksibel beskæftigelsesindsats")
    person.click("link", "Åbn skemaet")
    person.click("link", "Bekræft hele netværket uændret")
    person.click("button", "Ja, bekræft dem alle uændret")

    expect(person.page.locator(".messages")).to_contain_text("240 felter er bekræftet uændret pr.")
    expect(person.page.locator("main")).to_contain_text("Alle oplyste statusser er sidst bekræftet")
    today = timezone.localdate()
    expect(cell(person.page, "Læsø", 20)).to_contain_text(f"bekræftet {today.day}.{today.month}.{today.year}")
    assert person.actions < 10
    for model in (Trial, Participation):
        assert set(model.objects.values_list("confirmed_on", flat=True)) == {today}
        assert model.history.filter(confirmed_on=today).count() == model.objects.count()
    assert complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_coordinator_changes_three_cells_at_once(page_at, log_in, small, complaints, script) -> None:
    page = grid(log_in(page_at(java_script_enabled=script), small), small)
    for name, number in (("Thisted", 1), ("Læsø", 1), ("Thisted", 2)):
        page.get_by_role("checkbox", name=f"Markér {name} i FKII-1-{number:02d}").check()
    if script:
        expect(page.locator("#antal-markerede")).to_have_text("(3)")
    page.get_by_label("Ny status").select_option(label="Afventer")
    page.get_by_label("Årsag").select_option(label="Ingen partner fundet")
    page.get_by_role("button", name="Gem ny status").click()

    expect(page.locator(".messages")).to_contain_text("3 felter har fået status »Afventer«")
    expect(cell(page, "Thisted", 2)).to_contain_text("Afventer")
    assert StatusEvent.objects.filter(status=Status.AWAITING, reason="no_partner").count() == 3
    assert complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_coordinator_is_refused_a_transition_with_a_sentence(page_at, log_in, small, complaints, script) -> None:
    page = grid(log_in(page_at(java_script_enabled=script), small), small)
    cell(page, "Morsø").click()
    page.locator("#celleformular").get_by_label("Ny status").select_option(label="Planlagt")
    page.locator("#celleformular").get_by_label("Bemærkning").fill("Begynder igen")
    page.get_by_role("button", name="Gem status").click()

    alert = page.locator("#celleformular [role=alert]")
    expect(alert).to_contain_text("Status kan ikke gå fra »Afsluttet« til »Planlagt«.")
    expect(alert).to_contain_text("»Omsat til generel lovgivning«")
    expect(page.locator("#celleformular").get_by_label("Bemærkning")).to_have_value("Begynder igen")
    if script:
        expect(alert).to_be_focused()
        expect(page.locator("dialog")).to_be_visible()
    assert part("Morsø").status == Status.ENDED
    assert complaints == []


def test_cell_is_changed_in_place_and_the_focus_comes_back_to_it(page, log_in, small, complaints) -> None:
    grid(log_in(page, small), small)
    address = page.url
    cell(page, "Thisted", 2).click()
    expect(page.locator("dialog h1")).to_be_focused()
    page.locator("dialog").get_by_label("Ny status").select_option(label="I drift")
    page.get_by_role("button", name="Gem status").click()

    expect(page.locator("dialog")).to_be_hidden()
    expect(cell(page, "Thisted", 2)).to_contain_text("I drift")
    expect(cell(page, "Thisted", 2)).to_be_focused()
    expect(page.locator("p.sr-only[role=status]")).to_contain_text("Thisted i FKII-1-02: fra Ikke oplyst til I drift")
    assert page.url == address
    assert complaints == []


def test_two_on_the_same_cell_the_second_is_shown_what_is_new(page_at, log_in, small, complaints) -> None:
    first, second = (grid(log_in(page_at(), small), small) for _ in range(2))
    for page in (first, second):
        cell(page, "Thisted").click()
        page.locator("dialog").get_by_label("Ny status").select_option(label="Afsluttet")
    first.get_by_role("button", name="Gem status").click()
    expect(first.locator("dialog")).to_be_hidden()
    second.get_by_role("button", name="Gem status").click()

    expect(second.locator("dialog [role=alert]")).to_contain_text("Nyt siden da: Afsluttet, den")
    assert part("Thisted").events.count() == 2
    assert complaints == []


def test_grid_is_worked_in_by_the_keyboard_alone(page, log_in, small, complaints) -> None:
    person = Person(grid(log_in(page, small), small))
    places = ["Læsø", "Morsø", "Thisted"]
    page.get_by_role("link", name="Til formularen for de markerede felter").focus()
    while not page.evaluate("document.activeElement.matches('.work-cell__link')"):
        person.press("Tab")
    expect(cell(page, "Hele forsøget")).to_be_focused()
    person.press("ArrowRight", "ArrowRight")
    expect(cell(page, places[1])).to_be_focused()
    person.press("ArrowDown", "Space")
    expect(page.get_by_role("checkbox", name=f"Markér {places[1]} i FKII-1-02")).to_be_checked()
    person.press("ArrowDown", "ArrowRight", "ArrowRight")
    expect(cell(page, places[2], 2)).to_be_focused()

    person.press("Enter")
    expect(page.locator("dialog h1")).to_be_focused()
    person.press("Escape")
    expect(cell(page, places[2], 2)).to_be_focused()

    person.press("ArrowUp", "Enter")
    expect(page.locator("dialog h1")).to_be_focused()
    person.press("Tab", "Enter")
    expect(page.locator("dialog")).to_be_hidden()
    expect(cell(page, places[2])).to_be_focused()
    assert part(places[2]).confirmed_on == timezone.localdate()
    assert complaints == []


def test_row_is_kept_as_one_form_without_script(page_at, log_in, small) -> None:
    page = grid(log_in(page_at(java_script_enabled=False), small), small)
    page.get_by_role("link", name="Forsøg 2", exact=True).click()
    for name, status in (("Thisted", "I drift"), ("Læsø", "Afventer")):
        page.get_by_role("group", name=name).get_by_label("Ny status").select_option(label=status)
    page.get_by_role("button", name="Gem ændringerne").click()

    expect(page.locator(".messages")).to_contain_text("FKII-1-02: 2 felter er gemt.")
    assert (part("Thisted", 2).status, part("Læsø", 2).status) == (Status.RUNNING, Status.AWAITING)


def test_doubt_about_the_law_is_overruled_in_place(page, log_in, small, complaints) -> None:
    Participation.objects.update(decided_on=None)
    grid(log_in(page, small), small)
    cell(page, "Thisted", 2).click()
    box = page.locator("dialog")
    box.get_by_label("Ny status").select_option(label="Igangsat")
    box.get_by_role("button", name="Gem status").click()
    expect(box.locator("[role=alert]")).to_contain_text("Der er ikke oplyst nogen dag, hvor kommunalbestyrelsen")
    box.get_by_label("Bemærkning").fill("Beslutningen er truffet i et udvalg")
    box.get_by_label("Gem alligevel").check()
    box.get_by_role("button", name="Gem status").click()

    expect(box).to_be_hidden()
    assert part("Thisted", 2).status == Status.STARTED
    assert complaints == []


def test_lost_login_keeps_what_has_been_written(page, log_in, small) -> None:
    grid(log_in(page, small), small)
    cell(page, "Thisted").click()
    box = page.locator("dialog")
    box.get_by_label("Ny status").select_option(label="Afsluttet")
    box.get_by_label("Bemærkning").fill("Lukket i juni")
    page.context.clear_cookies(name="sessionid")
    box.get_by_role("button", name="Gem status").click()

    expect(box.locator("[role=alert]")).to_contain_text("Du er ikke længere logget ind.")
    expect(box.get_by_label("Bemærkning")).to_have_value("Lukket i juni")
    assert part("Thisted").status == Status.RUNNING


@pytest.mark.parametrize("size", SIZES)
def test_pages_have_no_fault_in_any_state(page_at, log_in, small, complaints, size) -> None:
    page = log_in(page_at(size), small)
    found = {}

    def look(state: str) -> None:
        found[state] = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in axe_violations(page)]
        found[state] += ["wider than the window"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")

    look("home")
    page.get_by_role("link", name=small.name).first.click()
    look("today")
    grid(page, small)
    look("grid")
    page.get_by_role("checkbox", name="Markér Thisted i FKII-1-01").check()
    page.get_by_role("button", name="Gem ny status").click()
    expect(page.locator("#skema [role=alert]")).to_contain_text("Ny status: Dette felt er påkrævet.")
    look("grid refused")
    page.get_by_role("button", name="Bekræft de markerede uændret").click()
    expect(page.locator(".messages")).to_contain_text("1 felt er bekræftet")
    look("grid confirmed")
    cell(page, "Thisted").click()
    expect(page.locator("dialog h1")).to_be_focused()
    look("box")
    page.get_by_role("button", name="Gem status").click()
    expect(page.locator("dialog [role=alert]")).to_be_focused()
    look("box refused")
    address = page.url
    page.goto(f"{address}FKII-1-01/hele/")
    look("cell")
    page.goto(f"{address}FKII-1-01/")
    page.get_by_role("button", name="Gem ændringerne").click()
    look("row refused")
    page.goto(f"{address}bekraeft/")
    look("confirm")

    assert {state: faults for state, faults in found.items() if faults} == {}
    assert len(found) == 10
    assert complaints == []


def test_on_a_phone_each_trial_is_a_list_of_its_municipalities(page_at, log_in, small) -> None:
    page = grid(log_in(page_at("phone"), small), small)
    place = page.locator(".work-cell__place", has_text="Thisted").first
    box = place.bounding_box()

    assert box is not None
    assert box["width"] > 50
    first, second = (cell(page, name).bounding_box() for name in ("Læsø", "Thisted"))
    assert first is not None
    assert second is not None
    assert first["x"] == second["x"]
    assert first["y"] != second["y"]
