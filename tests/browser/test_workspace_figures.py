"""Figures, templates, experiences and milestones in a real browser, with the keyboard and without JavaScript."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories, roles
from tests.browser.conftest import axe_violations
from trials.enums import QuestionKind
from trials.models import Observation, Report, Template, Trial
from trials.workspace import ready_template

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INDICATOR = "Borgere, der har deltaget"
NETWORK = "/arbejdsbord/netvaerk/arbejde/"


@pytest.fixture
def trial() -> Trial:
    """FKII-1-01 in Thisted, with 15 citizens, and Læsø."""
    network = factories.make_network(1, "Arbejde")
    members = [factories.make_municipality("Thisted", "787"), factories.make_municipality("Læsø", "825")]
    for member in members:
        factories.make_membership(network, member)
    trial = factories.make_trial("Mikrolån", network, members, in_force_from=date(2017, 7, 1))
    factories.make_observation(INDICATOR, 15, trials=[trial], municipalities=members[:1], to_on=date(2018, 5, 1))
    return trial


@pytest.fixture
def complaints() -> list[str]:
    """What the browser has complained of: errors, and violations of the content security policy."""
    return []


@pytest.fixture
def signed_in(live_server, trial, complaints) -> Callable[[Page], Page]:
    """Signs a page in as the network's coordinator, and begins to listen to the browser's complaints."""
    client = Client()
    client.force_login(roles.make_coordinator(trial.network))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    def sign_in(page: Page) -> Page:
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return sign_in


def tab_to(page: Page, selector: str) -> None:
    """Goes to the element by the tabulator key alone."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by keyboard")


def test_round_is_entered_by_keyboard_and_an_unlikely_figure_overruled(page, signed_in, live_server, trial, complaints):
    signed_in(page).goto(f"{live_server.url}/arbejdsbord/forsoeg/{trial.public_id}/tal/")
    tab_to(page, "tbody th a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"{INDICATOR} (borgere)")
    expect(page.locator(".round tr", has_text="Thisted")).to_contain_text("15, 1. maj 2018")

    page.locator("#id_to_on").fill("2018-06-01")  # a day's segments stand in the order of the browser's language
    tab_to(page, "#id_tal_825")
    page.keyboard.type("ca. 1.200")
    tab_to(page, "#id_tal_787")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ingen tal er gemt endnu")
    expect(page.get_by_role("alert")).to_contain_text("Thisted: Tallet er faldet: det forrige er 15 borgere")
    expect(page.locator("#id_tal_825")).to_have_value("ca. 1.200")
    assert Observation.objects.count() == 1

    tab_to(page, "#id_fordi_787")
    page.keyboard.type("Tre var talt to gange.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 tal er gemt.")
    expect(page.locator(".data-table").first).to_contain_text("ca. 1.200")
    assert Observation.objects.get(value=12).overruled == "Tre var talt to gange."
    assert complaints == []


def test_round_is_entered_without_javascript_and_a_figure_corrected(page_at, signed_in, live_server, trial) -> None:
    page = signed_in(page_at(java_script_enabled=False))
    page.goto(f"{live_server.url}/arbejdsbord/forsoeg/{trial.public_id}/tal/?serie=T-0001")
    page.get_by_label("Opgjort pr.").fill("2018-06-01")
    page.get_by_label("Thisted", exact=True).fill("3")
    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_role("alert")).to_contain_text("Et tal under 5 kan røbe, hvem det handler om")
    page.get_by_label("Thisted", exact=True).fill("højst 4")
    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_role("alert")).not_to_contain_text("Et tal under 5")
    page.get_by_label("Begrundelse for at gemme alligevel").fill("Tidligere blev alle henviste talt med.")
    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_role("status")).to_contain_text("1 tal er gemt.")

    page.locator("tr", has_text="højst").get_by_role("link", name="Ret").click()
    page.get_by_label("Tal", exact=True).fill("16")
    page.get_by_role("button", name="Gem rettelsen").click()
    expect(page.get_by_role("status")).to_contain_text("Tallet er rettet.")
    assert sorted(Observation.objects.values_list("value", "accuracy")) == [(15, "counted"), (16, "counted")]


@pytest.mark.parametrize("script", [True, False])
def test_template_is_answered_for_two_municipalities_and_read_side_by_side(
    page_at, signed_in, live_server, trial, script
) -> None:
    page = signed_in(page_at(java_script_enabled=script))
    page.goto(f"{live_server.url}{NETWORK}skabeloner/")
    page.get_by_role("button", name="Brug den færdige skabelon").click()
    expect(page.get_by_role("status")).to_contain_text("Netværket har fået en kopi")

    for municipality in ("Læsø", "Thisted"):
        page.get_by_role("link", name=re.compile(rf"{municipality}\s*: svar på {trial.public_id}")).click()
        page.get_by_label("Svar til og med").fill("2018-06-01")
        page.get_by_label("I nogen grad").check()
        page.get_by_role("button", name="Gem svarene").click()
        expect(page.get_by_role("alert")).to_contain_text("Hvilke barrierer har I mødt? Dette felt er påkrævet.")
        page.get_by_label("Hvilke virkninger har forsøget haft for borgerne?").fill(
            f"Flere i arbejde i {municipality}."
        )
        page.get_by_role("group", name="Har forsøget ændret").get_by_label("Nej").check()
        page.get_by_role("group", name="Kommunens udgifter").get_by_label("Uændret").check()
        page.get_by_role("group", name="Medarbejdernes tid").get_by_label("Uændret").check()
        page.get_by_label("Hvilke barrierer har I mødt?").fill("It-systemet.")
        page.get_by_role("group", name="Hvad anbefaler I").get_by_label("For tidligt at sige").check()
        page.get_by_role("button", name="Gem svarene").click()
        expect(page.get_by_role("status")).to_contain_text(f"Svarene fra {municipality} er gemt.")
        if municipality == "Læsø":
            expect(page.get_by_text("Har ikke svaret: Thisted.")).to_be_visible()
            page.get_by_role("navigation", name="Brødkrumme").get_by_role(
                "link", name="Erfaringer og resultater"
            ).click()

    expect(page.get_by_text("Alle kommuner har svaret.")).to_be_visible()
    row = page.get_by_role("row", name="Hvilke virkninger har forsøget haft for borgerne?")
    expect(row.get_by_role("cell")).to_contain_text(["Flere i arbejde i Læsø.", "Flere i arbejde i Thisted."])
    assert Report.objects.count() == 2

    row.get_by_role("link", name=re.compile(r"Offentliggør som erfaring\s*: Læsø")).click()
    page.get_by_label("Tema").select_option("citizens_view")
    page.get_by_role("button", name="Gem og offentliggør").click()
    expect(row.get_by_role("cell").first).to_contain_text("Erfaring R-0001")


def test_milestone_is_added_by_keyboard(page, signed_in, live_server, trial, complaints) -> None:
    signed_in(page).goto(f"{live_server.url}{NETWORK}milepaele/")
    tab_to(page, "#id_label")
    page.keyboard.type("Midtvejsevaluering")
    tab_to(page, "#id_kind")
    page.keyboard.type("Midt")
    tab_to(page, "#id_planned")
    page.keyboard.type("sommeren 2019")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Milepælen »Midtvejsevaluering« er tilføjet.")
    expect(page.get_by_role("row", name="Midtvejsevaluering")).to_contain_text("juni–august 2019")
    assert complaints == []


def states(trial: Trial) -> list[str]:
    """Every page of this part, with something on it, empty and refused."""
    template = ready_template.copy_to(trial.network)
    parts = trial.participations.order_by("municipality__sort_key")
    report = factories.make_report(template, parts[0], ("I høj grad", "Flere i arbejde, men det tog lang tid. " * 8))
    other = factories.make_template(trial.network, "Tom")
    factories.make_question(other, "Hvordan?", QuestionKind.CHOICE, choices="Godt\nSkidt")
    factories.make_report(other, parts[0], ("Godt",))
    Template.objects.create(network=trial.network, name="Tom", version=2, previous=other)
    experience = factories.make_experience(trials=[trial], municipalities=[parts[0].municipality])
    milestone = factories.make_milestone(trials=[trial], planned_from=date(2018, 6, 1), planned_to=date(2018, 8, 31))
    figures = f"/arbejdsbord/forsoeg/{trial.public_id}/tal/"
    answers = f"{NETWORK}skabeloner/{template.pk}/svar/{trial.public_id}/"
    empty = factories.make_trial("Uden tal", trial.network)
    return [
        *(figures, f"{figures}?serie=T-0001", f"{figures}?serie=ny", f"{figures}?serie=x", f"{figures}T-0001/"),
        *(f"/arbejdsbord/forsoeg/{empty.public_id}/tal/", f"{NETWORK}skabeloner/", f"{NETWORK}skabeloner/ny/"),
        *(f"{NETWORK}skabeloner/{template.pk}/", f"{NETWORK}skabeloner/{template.pk}/ret/"),
        *(f"{NETWORK}skabeloner/{other.pk}/", answers, f"{answers}?pr=x", f"{answers}?pr=2017-01-01"),
        *(f"{answers}{parts[0].municipality.slug}/?dato=2018-05-01", f"{answers}{parts[1].municipality.slug}/"),
        *(f"{NETWORK}erfaringer/", f"{NETWORK}erfaringer/ny/", f"{NETWORK}erfaringer/{experience.slug}/"),
        f"{NETWORK}erfaringer/ny/?svar={report.answers.last().pk}",
        *(f"{NETWORK}milepaele/", f"{NETWORK}milepaele/{milestone.slug}/"),
    ]


def test_no_page_has_barriers_and_all_fit(sized_page, signed_in, live_server, trial, complaints) -> None:
    page = signed_in(sized_page)
    wrong = []
    for address in states(trial):
        page.goto(live_server.url + address)
        wrong += [f"{address}: {said}" for said in complaints if "400" not in said]
        wrong += _barriers(page, address)
        complaints.clear()  # axe itself makes inline styles
    assert wrong == []


def test_no_refused_form_has_barriers(sized_page, signed_in, live_server, trial) -> None:
    page = signed_in(sized_page)
    wrong = []
    addresses = states(trial)
    forms = [each for each in addresses if "?pr=" not in each and "?serie=x" not in each]
    for address in forms:
        page.goto(live_server.url + address)
        save = (
            page.get_by_role("button").filter(has_text="Gem").or_(page.get_by_role("button", name="Tilføj milepælen"))
        )
        if not save.count():
            continue
        for field in page.locator("main textarea, main input[type=text]").all():
            field.fill("Skriv til a@b.dk om 010190-1234")
        save.click()
        expect(page.get_by_role("alert")).to_be_visible()
        wrong += _barriers(page, address)
    assert wrong == []


@pytest.mark.parametrize(("size", "script"), [("desktop", False), ("desktop", True), ("phone", True)])
def test_choice_between_two_values_is_made(page_at, signed_in, live_server, trial, size, script) -> None:
    page = signed_in(page_at(size, java_script_enabled=script))
    figure = Observation.objects.get()
    page.goto(f"{live_server.url}/arbejdsbord/forsoeg/{trial.public_id}/tal/{figure.slug}/")
    figure.value = 19
    figure.save()
    page.get_by_label("Tal", exact=True).fill("17")
    page.get_by_role("button", name="Gem rettelsen").click()
    page.get_by_role("link", name="Vælg, hvad der skal stå i »tal«.").click()
    assert page.url.endswith("#choice-value-theirs")
    choice = page.get_by_role("group", name="Tal")
    expect(choice).to_contain_text("Den gemte værdi: 19 Gemt den ")
    if script:
        assert _barriers(page, "collision") == []
    choice.get_by_label("Min værdi: 17").check()
    page.get_by_role("button", name="Gem rettelsen").click()
    expect(page.get_by_text("Tallet er rettet.")).to_be_visible()
    figure.refresh_from_db()
    assert figure.value == 17


def _barriers(page: Page, address: str) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    found = [f"{address}: {each['id']} {each['nodes'][0]['html'][:100]}" for each in axe_violations(page)]
    return [*found, *([f"{address}: too wide"] if wide else [])]
