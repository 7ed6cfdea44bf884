"""The trials in charts."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.models import Network
from tests import factories
from tests.many import make_many_trials
from tests.outline import outline
from trials.enums import DesignStatus, MilestoneKind, Publication, Status
from trials.models import Participation, Trial

pytestmark = pytest.mark.django_db


def _table(html: str, caption: str) -> list[list[str]]:
    """The words of each cell of the table with this caption, row by row."""
    table = html.partition(f"<caption>{caption}</caption>")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_status_table_counts_every_trial(self, client) -> None:
        heading, *rows, sums = _table(client.get("/tal/").content.decode(), "Forsøgenes status i hvert netværk")

        assert len(rows) == 7
        for name, *numbers in rows:
            network = Network.objects.get(name=name)
            for label, number in zip(heading[1:-1], numbers, strict=False):
                status = next(each for each in Status if each.label == label)
                assert Trial.objects.filter(network=network, status=status).count() == int(number)
        assert sums[-1] == "79"

    def test_own_status_table_counts_every_participation(self, client) -> None:
        heading, *_, sums = _table(client.get("/tal/").content.decode(), "Kommunernes egen status i hvert netværk")

        told = dict(zip(heading, sums, strict=True))
        assert told["Ikke oplyst"] == str(Participation.objects.filter(status=Status.UNKNOWN).count())
        assert told["I alt"] == str(Participation.objects.count())

    def test_trials_are_counted_by_entry_into_force(self, client) -> None:
        response = client.get("/tal/")

        assert _table(response.content.decode(), "Forsøg efter ikrafttrædelse")[1:] == [
            ["1. halvår 2017", "4"],
            ["2. halvår 2017", "11"],
            ["1. halvår 2018", "27"],
            ["2. halvår 2018", "29"],
            ["1. halvår 2019", "0"],
            ["2. halvår 2019", "1"],
        ]
        assert "For 7 forsøg er der ikke oplyst nogen dag" in outline(response).text

    def test_every_trial_has_one_evaluation_design(self, client) -> None:
        rows = _table(client.get("/tal/").content.decode(), "Evalueringsdesign i hvert netværk")

        assert rows[-1][-1] == "79"
        assert [row[-1] for row in rows[1:-1]] == ["20", "23", "13", "10", "1", "4", "8"]

    def test_figures_over_time_are_those_of_one_subject(self, client) -> None:
        html = client.get("/tal/").content.decode()

        visits = _table(html, "Besøg om måneden")
        assert visits[1:3] == [["apr 2018", "25"], ["okt 2018", "450"]]
        assert [row[1] for row in _table(html, "Nyansatte sygeplejersker")[1:]] == ["7", "4", "5"]
        assert "Måneder brugt på afklaring" not in html

    def test_page_is_soundly_built_and_linked(self, client) -> None:
        assert outline(client.get("/tal/")).faults() == []
        assert "style=" not in client.get("/tal/").content.decode()
        assert outline(client.get("/")).links["Se forsøgene i tal og diagrammer"] == "/tal/"
        assert '<a href="/tal/">Forsøgene i tal</a>' in client.get("/om/").content.decode()


def test_page_of_empty_register_answers(client) -> None:
    assert "Registeret har 0 forsøg." in outline(client.get("/tal/")).text


def test_drafts_are_not_counted(client, admin_client) -> None:
    network = factories.make_network(name="Netværk")
    factories.make_trial(network=network, status=Status.RUNNING, in_force_from=date(2018, 1, 1))
    draft = factories.make_trial(network=network, status=Status.ENDED, publication=Publication.DRAFT)
    factories.make_participation(draft, status=Status.ENDED)
    factories.make_evaluation(draft, DesignStatus.NONE)
    factories.make_milestone(
        "Hemmelig start", MilestoneKind.START, [draft], actual_from=date(2018, 1, 1), actual_to=date(2018, 1, 1)
    )
    factories.make_observation("Hemmeligt tal", 1, trials=[draft], from_on=date(2018, 1, 1), to_on=date(2018, 1, 1))
    factories.make_observation("Hemmeligt tal", 2, trials=[draft], from_on=date(2018, 2, 1), to_on=date(2018, 2, 1))

    text = client.get("/tal/").content.decode()
    for said in ("Afsluttet", "Udarbejdes ikke", "Hemmelig"):
        assert said not in text
        assert said in admin_client.get("/tal/").content.decode()


def test_trial_described_elsewhere_and_trial_without_evaluation(client) -> None:
    network = factories.make_network()
    first, sharing, _ = (factories.make_trial(network=network) for _ in range(3))
    factories.make_evaluation(first, DesignStatus.DESIGNED, shared_by=[sharing])
    factories.make_evaluation(first, "", is_external=True)

    heading, row, _ = _table(client.get("/tal/").content.decode(), "Evalueringsdesign i hvert netværk")

    assert dict(zip(heading[1:], row[1:], strict=True)) == {
        "Beskrevet": "1",
        "Fælles med et andet forsøg": "1",
        "Ikke oplyst": "1",
        "I alt": "3",
    }


def test_page_makes_as_many_queries_for_many_rows_as_for_one(client, django_assert_num_queries) -> None:
    def make(number: int) -> None:
        network = factories.make_network()
        make_many_trials(number, network, factories.make_municipality())
        for trial in list(network.trials.all())[:10]:
            factories.make_evaluation(trial)
            for month in (1, 2):
                day = {"from_on": date(2018, month, 1), "to_on": date(2018, month, 1)}
                factories.make_observation("Besøg", month, trials=[trial], **day)
            time = {"actual_from": date(2018, 1, 1), "actual_to": date(2018, 1, 31)}
            factories.make_milestone(kind=MilestoneKind.START, trials=[trial], **time)

    make(1)
    with CaptureQueriesContext(connection) as one:
        client.get("/tal/")
    make(500)
    with django_assert_num_queries(len(one)):
        assert "Registeret har 501 forsøg" in outline(client.get("/tal/")).text
