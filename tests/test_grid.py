"""A network's trials by its municipalities."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import Standing
from networks.models import Municipality, Network
from tests import factories
from tests.many import make_many_trials
from tests.outline import outline
from trials.enums import Publication, Status
from trials.grid import Grid
from trials.models import Participation, Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return factories.make_network(name="Prøvenetværk")


def _cells(html: str) -> list[list[str]]:
    """The words of each cell, row by row, headings and sums included."""
    table = html.partition("<table")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_grid_has_a_trial_a_row_and_a_municipality_a_column(client, network) -> None:
    aero, thisted, outside = map(factories.make_municipality, ("Ærø", "Thisted", "Aarhus"))
    factories.make_membership(network, aero)
    factories.make_membership(network, thisted, Standing.PASSIVE)
    factories.make_membership(network, factories.make_municipality("Skive"), Standing.FORMER)
    first = factories.make_trial("Mikrolån", network, status=Status.AWAITING)
    factories.make_participation(first, aero, Status.RUNNING)
    factories.make_participation(first, outside)
    factories.make_trial("Tomt forsøg", network)

    html = client.get(f"{network.get_absolute_url()}skema/").content.decode()

    assert _cells(html) == [
        ["Forsøg", "Hele forsøget", "Thisted", "Ærø", "Aarhus"],
        [f"{first.public_id} Mikrolån", "Afventer", "deltager ikke", "I drift", "Ikke oplyst"],
        ["FKII-1-02 Tomt forsøg", "Ikke oplyst", "deltager ikke", "deltager ikke", "deltager ikke"],
        ["Kommunen deltager i", "", "0 forsøg", "1 forsøg", "1 forsøg"],
    ]


def test_grid_explains_each_status_it_has(network) -> None:
    trial = factories.make_trial(network=network, status=Status.ENDED)
    factories.make_participation(trial, status=Status.RUNNING)
    factories.make_participation(trial)

    grid = Grid(Trial.objects.with_municipalities())

    assert grid.legend == [Status.RUNNING, Status.ENDED, Status.UNKNOWN]


def test_grid_hides_drafts_from_outsiders(client, admin_client, network) -> None:
    trial = factories.make_trial("Hemmeligt forsøg", network, publication=Publication.DRAFT)
    factories.make_participation(trial, factories.make_municipality("Læsø"), Status.RUNNING)
    address = f"{network.get_absolute_url()}skema/"

    said = outline(client.get(address)).text
    assert "Hemmeligt" not in said
    assert "Læsø" not in said
    assert "Der er ikke forsøg i netværket at vise." in said
    assert "· Kladde Hemmeligt forsøg" in outline(admin_client.get(address)).text


def test_old_address_leads_to_the_grid_and_unknown_is_not_found(client, network) -> None:
    assert client.get("/netvaerk/PRØVENETVÆRK/skema/").url == "/netvaerk/proevenetvaerk/skema/"
    assert client.get("/netvaerk/findes-ikke/skema/").status_code == 404
    assert f'href="{network.get_absolute_url()}skema/"' not in client.get(network.get_absolute_url()).content.decode()
    factories.make_trial(network=network)
    assert f'href="{network.get_absolute_url()}skema/"' in client.get(network.get_absolute_url()).content.decode()


def test_grid_makes_as_many_queries_for_500_trials_as_for_one(client, django_assert_num_queries, network) -> None:
    other = factories.make_network()
    make_many_trials(1, network, factories.make_municipality())
    make_many_trials(500, other, factories.make_municipality())
    with CaptureQueriesContext(connection) as one:
        client.get(f"{network.get_absolute_url()}skema/")

    with django_assert_num_queries(len(one)):
        html = client.get(f"{other.get_absolute_url()}skema/").content.decode()
    assert len(_cells(html)) == 502


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    @pytest.mark.parametrize("number", range(1, 8))
    def test_grid_holds_every_participation_of_the_network(self, client, number) -> None:
        network = Network.objects.get(number=number)
        response = client.get(f"{network.get_absolute_url()}skema/")
        heading, *rows, sums = _cells(response.content.decode())
        names = heading[2:]

        shown = {(row[0][:9], name, cell) for row in rows for name, cell in zip(names, row[2:], strict=True)}
        parts = Participation.objects.filter(trial__network=network).select_related("trial", "municipality")
        told = {(part.trial.public_id, part.municipality.name, part.get_status_display()) for part in parts}
        assert {cell for cell in shown if cell[2] != "deltager ikke"} == told
        assert sum(int(cell.split()[0]) for cell in sums[2:]) == len(parts)
        assert set(names) >= set(
            Municipality.objects.filter(memberships__network=network).values_list("name", flat=True)
        ) - {""}
        assert outline(response).faults() == []
