"""What the source says against itself and what is missing: the page of all findings, and those of each subject."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.outline import outline
from tests.reading import read
from trials import seen_findings
from trials.enums import Publication, Status
from trials.integrity import RULES, Severity
from trials.models import ContradictionPlace, Trial

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"), status=Status.RUNNING)


def words(response) -> str:
    return " ".join(outline(response).text.split())


def test_finding_stands_with_both_places_and_what_is_shown_meanwhile(client, trial):
    factories.make_contradiction("Tallene er ikke ens.", [trial], shown="Registeret viser begge.")
    page = outline(client.get("/datakvalitet/"))

    assert page.faults() == []
    assert page.part(next(text for _, text in page.headings if text.startswith("Fundet ved læsning"))).splitlines() == [
        RULES["read"].explanation,
        "Tallene er ikke ens.",
        "det ene",
        "Kilde: Afsnit 1.1",
        "det andet",
        "Kilde: Afsnit 1.2",
        "Imens: Registeret viser begge.",
        "Forsøg: FKII-1-01",
    ]
    assert page.links["FKII-1-01"] == trial.get_absolute_url()


def test_gap_of_a_network_leads_to_it(client, trial):
    text = words(client.get("/datakvalitet/"))

    assert "Netværket »Arbejde« har ingen koordinator." in text
    assert outline(client.get("/datakvalitet/")).links["Arbejde"] == "/netvaerk/arbejde/"


@pytest.mark.parametrize("severity", list(Severity))
def test_severity_narrows(client, trial, severity):
    factories.make_contradiction("Tallene er ikke ens.", [trial])
    page = outline(client.get(f"/datakvalitet/?alvor={severity.value}"))

    assert [text for level, text in page.headings if level == 2] == [severity.label]
    assert ("Tallene er ikke ens." in page.text) == (severity == Severity.CONTRADICTION)


def test_every_choice_says_how_many(client, trial):
    factories.make_contradiction(trials=[trial])
    found = seen_findings.findings(None)
    text = words(client.get("/datakvalitet/"))

    assert f"Alle ({len(found)})" in text
    for severity in Severity:
        assert f"{severity.label} ({sum(finding.severity == severity for finding in found)})" in text


def test_unknown_severity_is_said(client, trial):
    response = client.get("/datakvalitet/?alvor=slem")

    assert response.status_code == 400
    assert "Der er ingen alvor med koden »slem«." in words(response)
    assert "koordinator" not in words(response)


def test_register_without_anything_has_no_findings(client):
    assert words(client.get("/datakvalitet/")).count("Ingen.") == len(Severity)


def test_what_editors_write_is_escaped(client):
    trial = factories.make_trial(EVIL, factories.make_network(1, EVIL))
    contradiction = factories.make_contradiction(EVIL, [trial], shown=EVIL)
    ContradictionPlace.objects.filter(contradiction=contradiction).update(quotation=EVIL)
    for address in ("/datakvalitet/", trial.get_absolute_url(), trial.network.get_absolute_url()):
        html = client.get(address).content.decode()

        assert html.count("&lt;script&gt;") >= 4, address
        assert "<script>" not in html, address


class TestDrafts:
    @pytest.fixture(autouse=True)
    def draft(self, trial):
        draft = factories.make_trial("Hemmeligt forsøg", publication=Publication.DRAFT, status=Status.RUNNING)
        factories.make_contradiction("Hemmelig modstrid", [draft])
        factories.make_contradiction("Modstrid mellem to", [trial, draft])

    @pytest.mark.parametrize("address", ["/datakvalitet/", "/netvaerk/arbejde/", "/forsoeg/FKII-1-01-mikrolaan/"])
    def test_outsiders_see_nothing_of_drafts(self, client, address):
        text = words(client.get(address))

        assert "Hemmelig" not in text
        assert "FKII-1-02" not in text

    def test_staff_see_them_and_leave_nothing_behind(self, client, admin_user):
        client.force_login(admin_user)
        assert "Hemmelig modstrid" in words(client.get("/datakvalitet/"))
        client.logout()
        assert "Hemmelig modstrid" not in words(client.get("/datakvalitet/"))


def test_trial_shows_its_own_findings_only(client, trial):
    other = factories.make_trial("Andet", status=Status.RUNNING)
    factories.make_contradiction("Om det ene", [trial])
    factories.make_contradiction("Om det andet", [other])
    text = read(client, trial)

    assert "Her modsiger kilden sig selv" in text
    assert "Om det ene det ene Kilde: Afsnit 1.1 det andet Kilde: Afsnit 1.2 Imens: Registeret viser begge." in text
    assert "Om det andet" not in text


def test_page_costs_the_same_with_1_and_30_findings(client, trial):
    def queries(address: str) -> int:
        seen_findings.forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    factories.make_contradiction(trials=[trial])
    addresses = ("/datakvalitet/", trial.get_absolute_url(), trial.network.get_absolute_url())
    few = [queries(address) for address in addresses]
    for number in range(30):
        factories.make_contradiction(f"Modstrid {number}", [trial])

    assert [queries(address) for address in addresses] == few


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_finding_is_on_the_page_with_its_places(self, client):
        found = seen_findings.findings(None)
        text = words(client.get("/datakvalitet/"))

        assert len(found) > 30
        for finding in found:
            assert " ".join(finding.message.split()) in text
            assert finding.shown in text
            for place in finding.places:
                assert place.label in text

    def test_every_trial_shows_what_concerns_it(self, client):
        found = seen_findings.findings(None)
        concerned = {trial.pk for finding in found for trial in finding.trials}
        for trial in Trial.objects.filter(pk__in=concerned)[:12]:
            text = read(client, trial)
            for finding in found:
                if finding.concerns(trial):
                    assert " ".join(finding.message.split()) in text, finding.key
