"""A single trial as JSON."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.exports.register import make_draft, make_whole
from trials import seen_findings
from trials.enums import Status
from trials.exports import rights
from trials.exports.listings import LISTINGS

pytestmark = pytest.mark.django_db

PARTS = [
    *("deltagelser", "statushaendelser", "hjemmelsgrundlag", "evalueringer", "evaluerede_forsoeg", "aktivitetstal"),
    *("erfaringer", "milepaele", "udfald", "modstrid", "kildeceller", "rettelser"),
]


def read(client, address: str) -> dict:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def test_holds_everything_of_the_trial_as_the_lists_have_it(client):
    make_whole(3)
    told = read(client, "/forsoeg/FKII-1-02.json")

    assert list(told) == ["url", "pr", "kilde", "rettigheder", "forsoeg", *PARTS]
    assert told["url"] == "http://testserver/forsoeg/FKII-1-02-mikrolaan/"
    assert (told["kilde"], told["rettigheder"]) == (rights.SOURCE, rights.TERMS)
    assert set(told["forsoeg"]) == {c.name for n in ("forsoeg", "forsoegstekster") for c in LISTINGS[n].columns}
    for name in PARTS:
        every = json.loads(client.get(f"/{name}.json").content)["raekker"]
        own = [row for row in every if row["forsoeg"] == "FKII-1-02" or "FKII-1-02" in row["forsoeg"]]
        assert own, name
        assert sorted(told[name], key=str) == sorted(own, key=str), name


def test_a_trial_of_which_nothing_is_known_has_empty_lists(client):
    factories.make_trial("Mikrolån", factories.make_network(1))
    told = read(client, "/forsoeg/FKII-1-01.json")
    assert [name for name in PARTS if told[name] and name != "modstrid"] == []


def test_status_is_that_of_the_day_asked_for(client):
    trial = factories.make_trial("Mikrolån", factories.make_network(1))
    factories.make_status(trial, Status.PLANNED, date(2018, 1, 1))
    factories.make_status(trial, Status.RUNNING, date(2018, 6, 1))

    told = read(client, "/forsoeg/FKII-1-01.json?pr=2018-05-31")
    assert told["pr"] == "2018-05-31"
    assert told["forsoeg"]["status"] == "planned"
    assert [event["status"] for event in told["statushaendelser"]] == ["planned"]
    assert read(client, "/forsoeg/FKII-1-01.json")["forsoeg"]["status"] == "running"


def test_a_day_that_is_refused_answers_400(client):
    factories.make_trial("Mikrolån", factories.make_network(1))
    response = client.get("/forsoeg/FKII-1-01.json?pr=i-fjor")
    assert response.status_code == 400
    assert response.content.decode() == "»i-fjor« er ikke en dag skrevet som 2018-12-01.\n"


@pytest.mark.parametrize("ref", ["fkii-1-01", "FKII-1-01-mikrolaan", "FKII-1-01-et-andet-navn"])
def test_other_spellings_lead_to_the_id(client, ref):
    factories.make_trial("Mikrolån", factories.make_network(1))
    response = client.get(f"/forsoeg/{ref}.json")
    assert (response.status_code, response["Location"]) == (301, "/forsoeg/FKII-1-01.json")


@pytest.mark.parametrize("ref", ["FKII-1-99", "x", "forsoeg"])
def test_what_is_no_trial_is_404(client, ref):
    assert client.get(f"/forsoeg/{ref}.json").status_code == 404


def test_a_draft_is_404_but_for_staff(client, admin_client):
    make_whole(1)
    draft = make_draft()
    assert client.get(f"/forsoeg/{draft.public_id}.json").status_code == 404
    assert read(admin_client, f"/forsoeg/{draft.public_id}.json")["forsoeg"]["titel"] == "Hemmeligt forsøg"


def test_a_draft_that_shares_something_is_not_named(client):
    public, draft = make_whole(1)[0], make_draft()
    factories.make_evaluation(public, shared_by=[draft])
    factories.make_observation("Fælles", trials=[public, draft])
    factories.make_milestone("Fælles", trials=[public, draft])
    factories.make_contradiction("Fælles", [public, draft])

    assert draft.public_id not in client.get(f"/forsoeg/{public.public_id}.json").content.decode()


def test_costs_the_same_with_1_and_many_of_everything(client):
    trial = make_whole(1)[0]
    one = _queries(client, trial)
    for place in range(3):
        factories.make_participation(trial, status=Status.RUNNING)
        factories.make_basis(trial, factories.make_provision(40 + place))
        factories.make_evaluation(trial)
        factories.make_observation("Flere", trials=[trial])
        factories.make_experience("Mere", trials=[trial])
        factories.make_milestone("Senere", trials=[trial])
        factories.make_contradiction("Igen", [trial])
        factories.make_cells(trial, row=50 + place)

    assert _queries(client, trial) == one


def _queries(client, trial) -> int:
    seen_findings.forget()
    with CaptureQueriesContext(connection) as captured:
        read(client, f"/forsoeg/{trial.public_id}.json")
    return len(captured)
