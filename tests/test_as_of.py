"""Pages, lists and files as of a day."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.many import make_many_trials
from tests.outline import outline
from trials import workflow
from trials.enums import Decision, MilestoneKind, Status
from trials.models import Participation, Trial
from trials.workflow import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def thisted():
    return factories.make_municipality("Thisted", "787")


@pytest.fixture
def trial(thisted):
    """Running in general from May 2018 and in Thisted from June, ended in 2020."""
    trial = factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"), [thisted])
    workflow.change_status(trial, Change(Status.APPROVED, date(2018, 1, 1)))
    workflow.change_status(trial, Change(Status.RUNNING, date(2018, 5, 1)))
    workflow.change_status(trial, Change(Status.ENDED, date(2020, 3, 1)))
    part = Participation.objects.get()
    workflow.change_status(part, Change(Status.RUNNING, date(2018, 6, 1)))
    workflow.change_status(part, Change(Status.ENDED, date(2020, 3, 1)))
    factories.make_basis(trial, factories.make_provision(25))
    factories.make_evaluation(trial)
    return Trial.objects.get()


def text(client, address: str, day: str = "") -> str:
    response = client.get(address, {"pr": day} if day else {})
    assert response.status_code == 200, response.content.decode()[-500:]
    told = " ".join(outline(response).text.split())
    # What is missing is found as of today, as the page says.
    return told.partition("Her mangler der oplysninger")[0]


def addresses(trial: Trial, thisted) -> dict[str, str]:
    basis, coverage = trial.legal_bases.get(), trial.coverages.get()
    return {
        "trial": trial.get_absolute_url(),
        "network": trial.network.get_absolute_url(),
        "grid": f"{trial.network.get_absolute_url()}skema/",
        "municipality": thisted.get_absolute_url(),
        "provision": basis.provision.get_absolute_url(),
        "evaluation": coverage.evaluation.get_absolute_url(),
    }


BACK = "Vis, hvordan det er i dag"
PAGES = ["trial", "network", "grid", "municipality", "provision", "evaluation"]


class TestPages:
    @pytest.mark.parametrize("page", PAGES)
    def test_status_is_that_of_the_day(self, client, trial, thisted, page):
        address = addresses(trial, thisted)[page]
        now, then = text(client, address), text(client, address, "2018-06-01")

        assert "Afsluttet" in now
        assert BACK not in now
        assert "Som det var den 1. juni 2018" in then
        assert "I drift" in then
        assert "Afsluttet" not in then.replace("Slut, opgivet", "")

    def test_municipality_has_its_own_day(self, client, trial):
        then = text(client, trial.get_absolute_url(), "2018-05-31")

        assert "For 1 kommune siger kilden intet om status" in then

    def test_before_the_first_event_the_status_is_not_known(self, client, trial):
        assert "Status Ikke oplyst" in text(client, trial.get_absolute_url(), "2017-12-31")

    def test_figures_and_milestones_are_those_of_the_day(self, client, trial):
        source = factories.make_source(published_on=date(2019, 2, 28))
        factories.make_observation("Borgere i alt", "15", trials=[trial], to_on=date(2018, 12, 1), source=source)
        factories.make_observation("Uden dag", "7", trials=[trial], source=source)
        factories.make_milestone(
            "Teamet er i gang",
            MilestoneKind.START,
            [trial],
            actual_from=date(2018, 4, 1),
            actual_to=date(2018, 4, 30),
            source=source,
        )
        factories.make_milestone(
            "Evaluering med rapport",
            MilestoneKind.EVALUATION_FINAL,
            [trial],
            planned_from=date(2020, 1, 1),
            planned_to=date(2020, 12, 31),
            source=source,
        )
        told = {day: text(client, trial.get_absolute_url(), day) for day in ("2018-04-29", "2018-12-01", "2019-02-28")}

        assert [
            name
            for name in ("Borgere i alt", "Uden dag", "Teamet er i gang", "Evaluering med rapport")
            if name in told["2018-04-29"]
        ] == []
        assert "Borgere i alt" in told["2018-12-01"]
        assert "Teamet er i gang" in told["2018-12-01"]
        assert "Uden dag" not in told["2018-12-01"]
        assert "Evaluering med rapport" not in told["2018-12-01"]
        assert "Uden dag" in told["2019-02-28"]
        assert "Evaluering med rapport" in told["2019-02-28"]

    def test_outcome_is_told_from_its_day(self, client, trial):
        factories.make_outcome(trial, Decision.NOT_SPREAD, effective_on=date(2020, 6, 1))

        assert "Ikke udbredt" not in text(client, trial.get_absolute_url(), "2020-05-31")
        assert "Ikke udbredt" in text(client, trial.get_absolute_url(), "2020-06-01")

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("pr=2100-01-01", "Den 1. januar 2100 er ikke kommet endnu."),
            ("pr=2015-12-31", "Den 31. december 2015 ligger før frikommuneforsøgene. De begyndte i 2016."),
            ("pr=i+dag", "»i dag« er ikke en dag skrevet som 2018-12-01."),
            ("pr=2018-1-1", "»2018-1-1« er ikke en dag skrevet som 2018-12-01."),
            ("pr=2018-01-01&pr=2018-01-02", "Parameteren »pr« kan kun have én værdi."),
        ],
    )
    def test_day_that_is_refused_is_said(self, client, trial, thisted, page, query, words):
        response = client.get(f"{addresses(trial, thisted)[page]}?{query}")

        assert response.status_code == 400
        assert words in outline(response).text

    def test_empty_day_is_today(self, client, trial):
        assert BACK not in text(client, f"{trial.get_absolute_url()}?pr=")

    def test_other_spelling_of_an_address_keeps_the_day(self, client, trial):
        response = client.get(f"/forsoeg/{trial.public_id}/?pr=2018-06-01")

        assert (response.status_code, response["Location"]) == (301, f"{trial.get_absolute_url()}?pr=2018-06-01")

    @pytest.mark.parametrize("page", PAGES)
    def test_queries_are_the_same_with_one_trial_and_with_many(self, client, trial, thisted, page):
        address = addresses(trial, thisted)[page]

        def queries() -> int:
            client.get(address, {"pr": "2018-06-01"})
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address, {"pr": "2018-06-01"}).status_code == 200
            return len(seen)

        few = queries()
        make_many_trials(40, factories.make_network(2, "Bolig"), thisted, trial.legal_bases.get().provision)
        assert queries() == few


OVERVIEWS = ["/tal/", "/netvaerk/", "/kommuner/", "/hjemler/", "/datakvalitet/", "/sammenlign/"]


class TestOverviews:
    @pytest.mark.parametrize("address", OVERVIEWS)
    def test_the_day_is_said(self, client, trial, address):
        assert "Som det var den 1. december 2018" in text(client, address, "2018-12-01")
        assert "Som det var" not in text(client, address)

    @pytest.mark.parametrize("address", OVERVIEWS)
    @pytest.mark.parametrize("day", ["2999-01-01", "1999-01-01", "i går"])
    def test_day_that_is_refused_is_said(self, client, trial, address, day):
        assert client.get(address, {"pr": day}).status_code == 400

    def test_charts_count_the_statuses_of_the_day(self, client, trial):
        then, now = (client.get("/tal/", params).context for params in ({"pr": "2018-05-15"}, {}))

        assert [c.label for c in then["statuses"].categories] == ["I drift"]
        assert [c.label for c in now["statuses"].categories] == ["Afsluttet"]
        assert [c.label for c in then["own_statuses"].categories] == ["Ikke oplyst"]
        assert [c.label for c in now["own_statuses"].categories] == ["Afsluttet"]

    def test_figures_and_starts_of_the_day(self, client, trial):
        for day, value in ((date(2018, 4, 1), 25), (date(2018, 10, 1), 450)):
            factories.make_observation("Besøg", value, trials=[trial], from_on=day, to_on=day)
        factories.make_milestone("Start", MilestoneKind.START, [trial], actual_from=day, actual_to=day)

        assert client.get("/tal/", {"pr": "2018-05-15"}).context["series"] == []
        assert client.get("/tal/", {"pr": "2018-05-15"}).context["starts"].spans == []
        assert len(client.get("/tal/", {"pr": "2018-12-01"}).context["series"]) == 1
        assert len(client.get("/tal/", {"pr": "2018-12-01"}).context["starts"].spans) == 1

    def test_compared_trials_are_as_of_the_day_and_links_keep_it(self, client, trial):
        other = factories.make_trial("Jobcenter", trial.network)
        query = {"forsoeg": [trial.public_id, other.public_id], "pr": "2018-06-15"}
        response = client.get("/sammenlign/", query)
        facts = {fact.name: [line.text for line in fact.cells[0]] for fact in response.context["comparison"].facts}

        assert facts["Status"] == ["I drift"]
        assert facts["Status gælder"] == ["den 1. maj 2018"]
        assert facts["Kommunernes egen status"] == ["I drift: 1"]
        links = re.findall(
            r'href="(/sammenlign/\?[^"]+)"', html.unescape(response.content.decode().partition("<main")[2])
        )
        assert links
        assert [link for link in links if "pr=2018-06-15" not in link] == [response.context["selection"].url_today]


class TestCitation:
    @pytest.mark.parametrize("page", [*PAGES, "/forsoeg/", "/aktivitetstal/", "/milepaele/", "/erfaringer/"])
    def test_reference_has_the_day_and_keeps_working(self, client, trial, thisted, page):
        address = addresses(trial, thisted).get(page, page)
        found = re.search(r'class="cite__text">.*?href="([^"]+)"', client.get(address).content.decode(), re.DOTALL)

        assert found is not None
        assert found[1] == f"http://testserver{address}?pr={timezone.localdate().isoformat()}"
        assert client.get(found[1].removeprefix("http://testserver")).status_code == 200

    def test_filter_and_asked_day_are_part_of_it(self, client, trial):
        page = client.get("/forsoeg/?status=running&pr=2018-06-01").content.decode()

        assert "http://testserver/forsoeg/?status=running&amp;pr=2018-06-01" in page

    def test_list_with_a_wrong_filter_is_not_cited(self, client):
        assert "Citér denne side" not in client.get("/forsoeg/?status=x").content.decode()


def test_questions_of_parliament_are_answered(client, trial, thisted):
    """Which trials under § 25 were running on a day, and where."""
    factories.make_trial("Et andet", trial.network, [thisted], Status.RUNNING)
    query = "paragraf=frikommuneloven/paragraf-25&status=running&pr=2018-12-01"
    rows = client.get(f"/forsoeg.json?{query}").json()["raekker"]

    assert [(row["id"], row["status"], row["kommuner"]) for row in rows] == [("FKII-1-01", "running", ["Thisted"])]
    assert client.get(f"/forsoeg.json?{query.replace('2018-12-01', '2020-03-01')}").json()["raekker"] == []
