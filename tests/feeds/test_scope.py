"""Of which trials each feed tells, and to whom."""

import csv
import io
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.feeds.atom import ATOM, feed, texts, titles
from tests.outline import outline
from trials import known
from trials.enums import BasisRole, Publication, Status
from trials.models import Milestone, Observation, Outcome, StatusEvent, Trial

pytestmark = pytest.mark.django_db


class TestScope:
    @pytest.fixture(autouse=True)
    def others(self, trial, thisted):
        """A second trial in another network, where Odense takes part, as it does in the first."""
        odense = factories.make_municipality("Odense", "461")
        self.trial = trial
        self.other = factories.make_trial("Boliger", factories.make_network(2, "Boliger"), [odense], Status.PLANNED)
        factories.make_status(factories.make_participation(trial, odense), Status.AWAITING)
        factories.make_status(thisted, Status.RUNNING)
        factories.make_status(trial, Status.STARTED)
        section = factories.make_provision(25, subsection=3)
        factories.make_basis(trial, section)
        factories.make_basis(self.other, factories.make_provision(27), role=BasisRole.DEVIATES_FROM)
        source = {"source": factories.make_source(), "section": "1.2"}
        factories.make_experience("Odense lærte.", trials=[self.other], municipalities=[odense], **source)
        factories.make_milestone("Netværkets møde", network=trial.network, **source)

    @pytest.mark.parametrize(
        ("address", "found"),
        [
            ("/forsoeg.atom", {"Odense:", "Thisted:", "FKII-1-01", "FKII-2-01", "Resultat:", "Milepæl:"}),
            ("/forsoeg.atom?netvaerk=1", {"Odense:", "Thisted:", "FKII-1-01"}),
            ("/forsoeg.atom?kommune=787", {"Odense:", "Thisted:", "FKII-1-01"}),
            ("/forsoeg.atom?q=boliger", {"FKII-2-01", "Resultat:"}),
            ("/forsoeg.atom?status=ended", set()),
            ("/netvaerk/arbejde.atom", {"Odense:", "Thisted:", "FKII-1-01", "Milepæl:"}),
            ("/kommuner/thisted.atom", {"Thisted:", "FKII-1-01"}),
            ("/kommuner/odense.atom", {"Odense:", "FKII-1-01", "FKII-2-01", "Resultat:"}),
            ("/forsoeg/FKII-2-01.atom", {"FKII-2-01", "Resultat:"}),
            ("/hjemler/frikommuneloven/paragraf-25.atom", {"Odense:", "Thisted:", "FKII-1-01"}),
            ("/hjemler/frikommuneloven/paragraf-27.atom", {"FKII-2-01", "Resultat:"}),
        ],
    )
    def test_feed_holds_what_it_is_of(self, client, address, found):
        assert {title.split()[0] for title in titles(client, address)} == found

    @pytest.mark.parametrize(
        ("address", "right"),
        [
            ("/netvaerk/ARBEJDE.atom", "/netvaerk/arbejde.atom"),
            ("/kommuner/Thisted.atom", "/kommuner/thisted.atom"),
            ("/forsoeg/fkii-1-01.atom", "/forsoeg/FKII-1-01.atom"),
            ("/forsoeg/FKII-1-01-gammel-titel.atom", "/forsoeg/FKII-1-01.atom"),
            ("/hjemler/Frikommuneloven/Paragraf-27.atom", "/hjemler/frikommuneloven/paragraf-27.atom"),
        ],
    )
    def test_other_spelling_leads_to_the_feed(self, client, address, right):
        response = client.get(address)

        assert (response.status_code, response["Location"]) == (301, right)

    @pytest.mark.parametrize(
        "address",
        [
            "/netvaerk/ukendt.atom",
            "/kommuner/ukendt.atom",
            "/forsoeg/FKII-9-99.atom",
            "/forsoeg/ukendt.atom",
            "/hjemler/frikommuneloven/paragraf-99.atom",
            "/hjemler/ukendt/paragraf-25.atom",
        ],
    )
    def test_what_is_not_there_has_no_feed(self, client, address):
        assert client.get(address).status_code == 404

    def test_invalid_filter_answers_as_the_file_does(self, client):
        query = urlencode({"status": "ukendt", "netvaerk": "9"})
        answers = [client.get(f"/forsoeg.{kind}?{query}") for kind in ("atom", "csv")]

        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content
        assert "Der er ingen status med koden »ukendt«." in answers[0].content.decode()

    @pytest.mark.parametrize(
        ("page", "heading", "address"),
        [
            ("/", "Abonnér", "/forsoeg.atom"),
            ("/forsoeg/?status=planned&netvaerk=2", "Abonnér", "/forsoeg.atom?netvaerk=2&status=planned"),
            ("/netvaerk/arbejde/", "Hent og abonnér", "/netvaerk/arbejde.atom"),
            ("/kommuner/thisted/", "Hent og abonnér", "/kommuner/thisted.atom"),
            ("/forsoeg/FKII-1-01-mikrolaan/", "Hent og abonnér", "/forsoeg/FKII-1-01.atom"),
            ("/hjemler/frikommuneloven/paragraf-25/", "Abonnér", "/hjemler/frikommuneloven/paragraf-25.atom"),
        ],
    )
    def test_page_leads_to_its_feed(self, client, page, heading, address):
        response = client.get(page)
        written = address.replace("&", "&amp;")

        assert 'type="application/atom+xml" title="Ændringer' in response.content.decode().partition("<body>")[0]
        assert f'href="{written}">' in response.content.decode().partition("<body>")[0]
        assert "Ændringer" in outline(response).part(heading)
        assert address in outline(response).links.values()
        assert client.get(address).status_code == 200

    def test_page_of_invalid_filter_leads_to_no_feed(self, client):
        page = client.get("/forsoeg/?status=x")

        assert "atom+xml" not in page.content.decode().partition("<body>")[0]
        assert not [link for link in outline(page).links.values() if "atom" in link]


FEEDS = [
    "/forsoeg.atom",
    "/netvaerk/arbejde.atom",
    "/kommuner/thisted.atom",
    "/forsoeg/FKII-1-01.atom",
    "/hjemler/frikommuneloven/paragraf-27.atom",
]


class TestDrafts:
    @pytest.fixture(autouse=True)
    def draft(self, trial, thisted):
        fields = {"publication": Publication.DRAFT, "number": 66}
        draft = factories.make_trial("Hemmeligt forsøg", trial.network, status=Status.RUNNING, **fields)
        factories.make_participation(draft, thisted.municipality, Status.RUNNING)
        factories.make_basis(draft, factories.make_provision(27))
        factories.make_basis(trial, factories.make_provision(27))
        source = {"source": factories.make_source(), "section": "1.2"}
        factories.make_milestone("Hemmelig milepæl", trials=[draft], **source)
        factories.make_outcome(draft, reason="Hemmelig grund", **source)
        mine = {"municipalities": [thisted.municipality]}
        factories.make_observation("Hemmeligt tal", trials=[draft], **mine, **source)
        factories.make_experience("Hemmelig erfaring", trials=[draft], **mine, **source)
        factories.make_experience("Fælles erfaring", trials=[draft, trial], **mine, **source)

    @pytest.mark.parametrize("address", FEEDS)
    def test_outsiders_are_told_nothing_of_drafts(self, client, address):
        text = client.get(address).content.decode()

        assert "Fælles erfaring" in text
        assert "Hemmelig" not in text
        assert "FKII-1-66" not in text

    def test_draft_has_no_feed(self, client):
        assert client.get("/forsoeg/FKII-1-66.atom").status_code == 404

    @pytest.mark.parametrize("address", [*FEEDS[:3], FEEDS[4], "/forsoeg/FKII-1-66.atom"])
    def test_staff_are_told_of_drafts(self, admin_client, address):
        assert len([title for title in titles(admin_client, address) if "FKII-1-66" in title]) >= 4

    def test_provision_of_drafts_alone_has_no_feed(self, client):
        factories.make_basis(Trial.objects.get(number=66), factories.make_provision(28))

        assert client.get("/hjemler/frikommuneloven/paragraf-28.atom").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("address", FEEDS)
def test_feeds_cost_the_same_with_1_and_many(client, trial, thisted, address):
    source = {"source": factories.make_source(), "section": "1.2"}
    factories.make_basis(trial, factories.make_provision(27))

    def grow(number: int) -> None:
        for place in range(number):
            day = date(2017, 1, 1 + place)
            factories.make_status(trial, Status.PLANNED if place % 2 else Status.AWAITING, day, known_on=day)
            factories.make_status(thisted, Status.PLANNED if place % 2 else Status.AWAITING, day, known_on=day)
            other = factories.make_trial(f"Nr. {number} {place}", trial.network, [thisted.municipality])
            factories.make_status(other, Status.RUNNING)
            subjects = {"trials": [trial, other], **source}
            factories.make_milestone(**subjects)
            factories.make_observation(municipalities=[thisted.municipality], **subjects)
            factories.make_experience(municipalities=[thisted.municipality], **subjects)
            factories.make_outcome(other, **source)
            if not trial.outcomes.exists():
                factories.make_outcome(trial, **source)

    grow(1)
    with CaptureQueriesContext(connection) as one:
        assert len(titles(client, address)) >= 5
    grow(20)
    with CaptureQueriesContext(connection) as many:
        assert len(titles(client, address)) >= 60

    assert len(many) == len(one)


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    QUERIES = (
        *("netvaerk=1", "netvaerk=5&netvaerk=6", "kommune=787", "status=running&netvaerk=3", "runde=2"),
        *("q=bolig", "hjemmelstype=existing_law", "status=running&kommune=730"),
    )

    @pytest.mark.parametrize("query", QUERIES)
    def test_feed_of_a_filter_holds_the_events_of_the_files_trials(self, client, query):
        listed = client.get(f"/forsoeg.csv?{query}").content.decode("utf-8")
        ids = {row["id"] for row in csv.DictReader(io.StringIO(listed, newline=""))}
        expected = {
            known.permanent_id("status", event.key).urn
            for event in StatusEvent.objects.select_related("trial", "participation__trial")
            if (event.trial or event.participation.trial).public_id in ids
        }
        root = feed(client, f"/forsoeg.atom?{query}")
        told = {
            entry.findtext(f"{ATOM}id")
            for entry in root.iter(f"{ATOM}entry")
            if entry.find(f"{ATOM}category").get("term") == "Status"
        }

        assert ids
        assert told == expected if len(expected) <= 100 else len(told) == 100 and told < expected

    def test_trial_tells_all_that_is_known_of_it(self, client):
        root = feed(client, "/forsoeg/FKII-5-01.atom")
        trial = Trial.objects.get(public_id="FKII-5-01")
        numbers = {
            "Status": StatusEvent.objects.filter(trial=trial).count() + 3,
            "Milepæl": Milestone.objects.filter(trials=trial).count(),
            "Aktivitetstal": Observation.objects.filter(trials=trial).count(),
            "Udfald": Outcome.objects.filter(trial=trial).count(),
        }
        told = [category.get("term") for category in root.iter(f"{ATOM}category")]

        assert {kind: told.count(kind) for kind in numbers} == numbers
        assert "i sommeren 2019" in "".join(texts(root, "title"))
        assert "© VIVE og forfatterne" in root.findtext(f"{ATOM}rights")
