"""The admin in a real browser: a coordinator's work, under the site's content security policy."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from networks.models import ChangeSet, MunicipalContact, Office
from tests import factories
from tests.admin import REGISTERED, make_one_of_everything, url
from tests.browser.conftest import axe_violations
from trials.enums import Status
from trials.models import Participation, Trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "koordinator-2018"

DJANGOS_OWN = {
    "aria-input-field-name": ".select2-selection",  # select2's box takes no name from its label
    "label": ".select2-search__field",  # nor does the field in it, where several are chosen
    "list": ".select2-selection__rendered",  # which holds that field among the chosen
    "aria-prohibited-attr": ".help-tooltip",  # a named picture beside the filter of permissions
}
"""Serious findings in Django's own widgets: the rule, and what it may be found in."""


@pytest.fixture
def trial() -> Trial:
    """FKII-1-04 in Thisted and Læsø, approved; in Thisted it has ended."""
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    municipalities = [factories.make_municipality(name) for name in ("Thisted", "Læsø")]
    trial = factories.make_trial("Mikrolån", network, municipalities, Status.APPROVED, number=4)
    trial.participations.update(decided_on="2018-01-01")
    factories.make_status(trial.participations.get(municipality=municipalities[0]), Status.ENDED)
    factories.make_basis(trial, factories.make_provision(27, "c"))
    factories.make_evaluation(trial)
    cell = factories.make_cells(trial)[0]
    factories.make_correction(cell, "Tekst", "Tegn")
    return trial


@pytest.fixture
def complaints() -> list[str]:
    """What the browser has complained of: errors, and violations of the content security policy."""
    return []


@pytest.fixture
def log_in(live_server, complaints) -> Callable[[Page], Page]:
    """Logs a page in through the form, and begins to listen to the browser's complaints."""
    get_user_model().objects.create_superuser("koordinator", password=PASSWORD)

    def log_in(page: Page) -> Page:
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{live_server.url}/admin/")
        page.fill("#id_login", "koordinator")
        page.fill("#id_password", PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        expect(page.locator("h1")).to_have_text("Redaktion")
        return page

    return log_in


def serious(page: Page) -> list[str]:
    """The serious and critical findings of axe, but for those in Django's own widgets."""
    found = []
    for violation in axe_violations(page):
        if violation["impact"] not in ("serious", "critical"):
            continue
        own = DJANGOS_OWN.get(violation["id"])
        for node in violation["nodes"]:
            if not (own and page.eval_on_selector(node["target"][0], "(node, own) => !!node.closest(own)", own)):
                found.append(f"{violation['id']}: {node['html'][:120]}")
    return found


def test_coordinator_changes_status_is_refused_and_reads_history(page, log_in, trial, complaints) -> None:
    log_in(page)
    page.get_by_role("link", name="Forsøg", exact=True).last.click()
    page.get_by_role("link", name="FKII-1-04").click()
    page.locator("#participations-group").get_by_role("link", name="Skift status for Læsø").click()
    page.get_by_label("Ny status").select_option(Status.RUNNING)
    page.get_by_label("Gældende fra").fill("01.05.2018")
    page.get_by_role("button", name="Gem status").click()
    expect(page.locator(".messagelist")).to_contain_text(
        "Læsø i FKII-1-04: fra Ikke oplyst til I drift, den 1. maj 2018"
    )

    page.get_by_role("link", name="Skift status for Thisted").click()
    page.get_by_label("Ny status").select_option(Status.PLANNED)
    page.get_by_role("button", name="Gem status").click()
    expect(page.locator(".errorlist")).to_contain_text("Status kan ikke gå fra »Afsluttet« til »Planlagt«.")
    expect(page.locator(".errorlist")).to_contain_text("»Omsat til generel lovgivning«")

    page.get_by_role("link", name="Til forsøget").click()
    page.get_by_label("Titel").fill("Mikrolån til ledige")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_role("link", name="Mikrolån til ledige", exact=True).click()
    page.get_by_role("link", name="Historik").click()
    expect(page.locator("#change-history")).to_contain_text("Titel: Mikrolån → Mikrolån til ledige")
    assert complaints == []
    assert {p.municipality.name: p.status for p in Participation.objects.all()} == {
        "Læsø": "running",
        "Thisted": "ended",
    }


def test_earlier_version_is_brought_back(page, log_in, trial, live_server, complaints) -> None:
    trial.title = "Forkert titel"
    trial.save()
    log_in(page)
    page.goto(f"{live_server.url}/admin/trials/trial/{trial.pk}/history/")
    page.locator("#change-history tbody a").last.click()
    page.get_by_role("button", name="Tilbagefør").last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert Trial.objects.get().title == "Mikrolån"
    assert Trial.objects.get().status == Status.APPROVED
    assert complaints == []


def test_municipality_is_chosen_by_autocomplete(page, log_in, trial, live_server, complaints) -> None:
    factories.make_municipality("Ærø", "0492")
    log_in(page)
    page.goto(f"{live_server.url}/admin/trials/trial/{trial.pk}/change/")
    page.get_by_text("Tilføj endnu en Forsøgskommune").click()
    page.locator("#participations-2 .select2-selection").click()
    page.locator(".select2-search__field").fill("ÆRØ")
    page.get_by_role("option", name="Ærø").click()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert trial.participations.filter(municipality__name="Ærø").exists()
    assert complaints == []


def test_day_is_chosen_in_the_calendar(page, log_in, trial, live_server, complaints) -> None:
    log_in(page)
    page.goto(f"{live_server.url}/admin/trials/trial/{trial.pk}/status/")
    page.get_by_label("Gældende fra").fill("14.02.2018")
    page.locator(".field-effective_on .date-icon").click()
    expect(page.locator(".calendarbox").first).to_contain_text("Februar 2018", ignore_case=True)
    page.locator(".calendarbox").first.get_by_text("28", exact=True).click()

    expect(page.get_by_label("Gældende fra")).to_have_value("28.02.2018")
    assert complaints == []


def test_pages_are_accessible_and_fit_the_screen(sized_page, log_in, trial, live_server, complaints) -> None:
    page = log_in(sized_page)
    participation = trial.participations.first()
    addresses = ["", "trials/trial/", f"trials/trial/{trial.pk}/change/", "trials/trial/add/", "trials/statusevent/"]
    addresses += [f"trials/trial/{trial.pk}/{kind}/" for kind in ("status", "history", "delete")]
    addresses += [f"trials/trial/{trial.pk}/history/{trial.history.first().pk}/"]
    addresses += [f"trials/participation/{participation.pk}/{kind}/" for kind in ("status", "change")]
    addresses += [f"trials/trial/{trial.pk}/status/{trial.events.get().pk}/revert/", "networks/municipality/"]
    addresses += [f"networks/network/{trial.network_id}/change/", "trials/provision/", "trials/sourcecell/"]
    for address in addresses:
        page.goto(f"{live_server.url}/admin/{address}")
        assert complaints == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        assert serious(page) == [], address
        complaints.clear()  # axe itself makes inline styles


def test_form_of_every_record_is_accessible(page, log_in, live_server, complaints) -> None:
    """One of each model, and the lists of those that have come with the roles."""
    make_one_of_everything(1)
    log_in(page)
    addresses = [url(model, "change", model._default_manager.order_by("pk")[0].pk) for model in REGISTERED]
    addresses += [url(model, "changelist") for model in (ChangeSet, MunicipalContact, Office, get_user_model())]
    addresses.append(url(get_user_model(), "add"))
    found = {}
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        found[address] = [*complaints, *serious(page)]
        complaints.clear()  # axe itself makes inline styles

    assert len(addresses) > 35
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_milestone_is_planned_for_several_trials(page, log_in, trial, live_server, complaints) -> None:
    other = factories.make_trial("Endnu et", trial.network)
    log_in(page)
    page.goto(f"{live_server.url}/admin/trials/trial/")
    for chosen in (trial, other):
        page.locator(f"input.action-select[value='{chosen.pk}']").check()
    page.locator("select[name=action]").select_option("plan_milestone")
    page.get_by_role("button", name="Udfør").click()
    expect(page.locator("h1")).to_have_text("Sæt en planlagt milepæl")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    complaints.clear()
    page.get_by_label("Milepæl").fill("Slutevaluering")
    page.get_by_label("Planlagt fra").fill("01.12.2026")
    page.get_by_role("button", name="Sæt milepælen").click()
    expect(page.locator(".messagelist")).to_contain_text("Milepælen er sat for 2 forsøg")

    assert set(trial.milestones.get().trials.all()) == {trial, other}
    assert complaints == []
