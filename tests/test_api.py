"""The open API: its lists and rows, its errors, and the description that promises them."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.many import make_many_trials
from tests.outline import outline
from trials import workflow
from trials.api.site import PARAMETERS
from trials.enums import Publication, Status
from trials.exports.listing import Extract
from trials.exports.listings import LISTINGS
from trials.models import Trial
from trials.views.api_guide import EXAMPLES
from trials.workflow import Change

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


@pytest.fixture
def trial():
    aalborg = factories.make_municipality("Aalborg", "851")
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"), [aalborg], Status.RUNNING)


def ask(client, path: str, answer: int = 200, **parameters):
    response = client.get(f"/api/v1/{path}", parameters)
    assert response.status_code == answer, response.content.decode()[:500]
    return response.json()


class TestList:
    def test_a_row_has_the_columns_of_the_file_typed(self, client, trial):
        factories.make_basis(trial, factories.make_provision(27, "c"))
        row = ask(client, "forsoeg")["raekker"][0]

        assert {name: row[name] for name in row if name not in ("links", "url")} == {
            "id": "FKII-1-01",
            "titel": "Mikrolån",
            "netvaerk": "Arbejde",
            "kommuner": ["Aalborg"],
            "kommunekoder": ["851"],
            "status": "running",
            "ikrafttraedelse": None,
            "ansoegningsrunde": None,
            "hjemmel": ["Lov om frikommunenetværk § 27 c"],
            "hjemmelstype": ["exemption"],
            "evalueringsstatus": [],
            "kilde_tabel": None,
            "kilde_raekke": None,
        }
        assert client.get(row["url"]).status_code == 200

    def test_pages_lead_to_one_another_and_keep_the_filter(self, client):
        network = factories.make_network(1, "Arbejde")
        for number in range(5):
            factories.make_trial(f"Forsøg {number}", network, status=Status.RUNNING)
        factories.make_trial("Et andet", network)

        first = ask(client, "forsoeg", status="running", antal=2)
        assert (first["antal"], first["side"], first["sider"], first["forrige"]) == (5, 1, 3, None)
        second = client.get(first["naeste"]).json()
        assert [row["id"] for row in second["raekker"]] == ["FKII-1-03", "FKII-1-04"]
        last = client.get(second["naeste"]).json()
        assert ([row["id"] for row in last["raekker"]], last["naeste"]) == (["FKII-1-05"], None)
        assert client.get(last["forrige"]).json()["raekker"] == second["raekker"]

    def test_links_lead_to_the_row_itself_and_to_what_belongs_to_it(self, client, trial):
        other = factories.make_trial("Et andet", trial.network)
        figure = factories.make_observation("Borgere", "15", trials=[trial])
        factories.make_observation("Andre borgere", "16", trials=[other])
        row = ask(client, "forsoeg")["raekker"][0]

        assert client.get(row["links"]["self"]).json() == row
        assert [each["id"] for each in client.get(row["links"]["aktivitetstal"]).json()["raekker"]] == [figure.code]

    def test_day_gives_the_status_of_that_day(self, client, trial):
        workflow.change_status(trial, Change(Status.ENDED, date(2020, 3, 1)))
        days = {day: ask(client, "forsoeg", pr=day)["raekker"][0]["status"] for day in ("2020-02-29", "2020-03-01")}

        assert days == {"2020-02-29": "running", "2020-03-01": "ended"}
        assert ask(client, "forsoeg/FKII-1-01", pr="2020-02-29")["status"] == "running"

    def test_drafts_are_for_staff_only(self, client, trial, django_user_model):
        factories.make_trial("Hemmeligt", trial.network, publication=Publication.DRAFT)

        assert [row["id"] for row in ask(client, "forsoeg")["raekker"]] == ["FKII-1-01"]
        ask(client, "forsoeg/FKII-1-02", 404)
        client.force_login(django_user_model.objects.create_user("ida", is_staff=True))
        assert ask(client, "forsoeg/FKII-1-02")["titel"] == "Hemmeligt"

    def test_queries_are_the_same_with_one_row_and_with_many(self, client, trial):
        def queries() -> int:
            with CaptureQueriesContext(connection) as seen:
                ask(client, "forsoeg")
            return len(seen)

        few = queries()
        make_many_trials(30, factories.make_network(2, "Bolig"), factories.make_municipality("Randers", "730"))
        assert queries() == few


def test_text_without_words_is_found_nowhere(client, trial):
    answer = ask(client, "forsoeg", q="!!")

    assert (answer["antal"], answer["raekker"]) == (0, [])


class TestErrors:
    @pytest.mark.parametrize(
        ("path", "status", "words"),
        [
            ("forsoeg?status=nix", 400, "Der er ingen status med koden »nix«."),
            ("forsoeg?side=0", 400, "»0« er ikke et sidetal."),
            ("forsoeg?side=", 400, "Sidetallet er tomt."),
            ("forsoeg?pr=%C2%A0", 400, "Parameteren »pr« har kun mellemrum."),
            ("forsoeg?fra=2019-01-02&til=2019-01-01", 409, "»fra« (2. januar 2019) ligger efter »til«"),
            ("forsoeg?antal=501", 400, "»501« er ikke et antal rækker. Det kan være 1 til 500."),
            ("forsoeg?antal=1&antal=2", 400, "»1, 2« er ikke et antal rækker."),
            ("forsoeg?pr=2100-01-01", 400, "Den 1. januar 2100 er ikke kommet endnu."),
            ("forsoeg/FKII-1-01?pr=i%20dag", 400, "»i dag« er ikke en dag"),
            ("forsoeg?side=7", 404, "Listen har ikke så mange sider."),
            ("forsoeg/FKII-9-99", 404, "Forsøg har ingen række med id'et »FKII-9-99«."),
            ("forsoeg/%00", 404, "har ingen række"),
            ("findesikke", 404, "Der er intet på denne adresse."),
        ],
    )
    def test_every_error_is_a_problem_document(self, client, trial, path, status, words):
        response = client.get(f"/api/v1/{path}")

        assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
        problem = response.json()
        assert set(problem) == {"type", "title", "status", "detail", "errors"}
        assert (problem["type"], problem["status"]) == ("about:blank", status)
        assert words in problem["detail"]
        assert " ".join(problem["errors"]) == problem["detail"]

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_nothing_can_be_written(self, client, trial, method):
        response = getattr(client, method)("/api/v1/forsoeg")

        assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
        assert set(response["Allow"].split(", ")) == {"GET", "HEAD"}
        assert Trial.objects.count() == 1

    def test_a_fault_of_the_register_has_the_same_shape(self, client, trial, monkeypatch):
        def break_down(*args):
            raise RuntimeError("hemmelig årsag")

        monkeypatch.setattr(Extract, "record", break_down)
        client.raise_request_exception = False
        response = client.get("/api/v1/forsoeg")

        assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
        assert "hemmelig" not in response.content.decode()


class TestHttp:
    def test_unchanged_answer_is_not_sent_again(self, client, trial):
        tag = client.get("/api/v1/forsoeg")["ETag"]
        assert client.get("/api/v1/forsoeg", headers={"If-None-Match": tag}).status_code == 304
        trial.title = "Et nyt navn"
        trial.save()
        assert client.get("/api/v1/forsoeg", headers={"If-None-Match": tag}).status_code == 200

    def test_other_sites_may_read(self, client, trial):
        response = client.get("/api/v1/forsoeg", headers={"Origin": "https://avis.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert "Access-Control-Allow-Origin" not in client.get("/", headers={"Origin": "https://avis.example"})

    def test_head_answers_as_get_without_content(self, client, trial):
        assert client.head("/api/v1/forsoeg").status_code == 200
        assert client.head("/api/v1/forsoeg/FKII-1-01").status_code == 200

    def test_no_cookie_is_set(self, client, trial):
        assert not client.get("/api/v1/forsoeg").cookies


class TestSameAsThePages:
    @pytest.mark.parametrize(
        "query",
        [
            [("status", "running")],
            [("netvaerk", "1"), ("netvaerk", "2"), ("status", "approved")],
            [("q", "bolig")],
            [("kommune", "851"), ("sortering", "-titel")],
            [("pr", "2018-06-01"), ("status", "running")],
        ],
    )
    def test_page_file_and_api_hold_the_same_trials(self, client, register, query):
        address = urlencode(query)
        page = client.get(f"/forsoeg/?{address}")
        in_api = [row["id"] for row in client.get(f"/api/v1/forsoeg?{address}").json()["raekker"]]
        in_file = [row["id"] for row in client.get(f"/forsoeg.json?{address}").json()["raekker"]]

        assert in_api
        assert in_api == in_file
        assert page.context["page_obj"].paginator.count == len(in_api)
        assert [trial.public_id for trial in page.context["page_obj"]] == in_api[:25]

    @pytest.mark.parametrize("name", LISTINGS)
    def test_rows_are_those_of_the_file(self, client, register, name):
        page = client.get(f"/api/v1/{name}?antal=500").json()
        rows = page["raekker"]
        while page["naeste"]:
            page = client.get(page["naeste"]).json()
            rows += page["raekker"]

        assert rows
        in_file = client.get(f"/{name}.json").json()["raekker"]
        assert [{key: row[key] for key in row if key != "links"} for row in rows] == in_file
        assert client.get(rows[-1]["links"]["self"]).json() == rows[-1]


class TestGuide:
    def test_it_names_every_list_parameter_and_field(self, client, trial):
        text = outline(client.get("/api/")).text
        for listing in LISTINGS.values():
            assert f"GET /api/v1/{listing.name} " in " ".join(text.split())
            assert all(column.description in text for column in listing.columns)
            assert all(f"{name}" in text for name in PARAMETERS[listing.name])

    def test_its_examples_can_be_tried(self, client, register):
        for _, address in EXAMPLES:
            assert client.get(f"/api/v1/{address}").status_code == 200, address
