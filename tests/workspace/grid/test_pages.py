"""The grid's pages: who may, what they show, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, roles
from tests.outline import outline
from tests.workspace.grid.cells import address, change, part, told
from trials.enums import Publication, Status
from trials.models import StatusEvent, Trial

pytestmark = pytest.mark.django_db


class TestWhoMay:
    @pytest.fixture(params=["", "bekraeft", "FKII-1-01", "FKII-1-01/hele"])
    def place(self, request, network) -> str:
        return address(network, *request.param.split("/")) if request.param else address(network)

    def test_one_who_is_not_signed_in_is_sent_to_the_login(self, client, place) -> None:
        for response in (client.get(place), client.post(place)):
            assert response.status_code == 302
            assert response.url.startswith("/konto/login/")

    @pytest.mark.parametrize("role", ["none", "other", "reader", "contact"])
    def test_those_who_do_not_keep_the_network_are_refused(self, client, network, place, role) -> None:
        user = {
            "none": roles.make_user,
            "other": lambda: roles.make_coordinator(factories.make_network(2)),
            "reader": roles.make_reader,
            "contact": lambda: roles.make_contact(part("Thisted").municipality),
        }[role]()
        client.force_login(user)

        assert client.get(place).status_code == 403
        assert client.post(place, change(part("Thisted"))).status_code == 403
        assert not StatusEvent.objects.exists()

    @pytest.mark.parametrize("role", ["coordinator", "ministry"])
    def test_those_who_keep_it_see_it(self, client, network, place, role) -> None:
        client.force_login(roles.make_ministry() if role == "ministry" else roles.make_coordinator(network))

        assert client.get(place).status_code == 200

    def test_what_is_not_there_is_missed(self, client, network, coordinator) -> None:
        other = factories.make_trial("Andres", factories.make_network(2))
        for rest in (["FKII-1-99"], [other.public_id], [other.public_id, "hele"], ["FKII-1-01", "9999"]):
            assert client.get(address(network, *rest)).status_code == 404
        assert client.get("/arbejdsbord/netvaerk/findes-ikke/skema/").status_code == 404


def test_draft_is_marked_in_the_grid(client, network, coordinator) -> None:
    Trial.objects.filter(number=2).update(publication=Publication.DRAFT)

    assert "FKII-1-02 · Kladde" in outline(client.get(address(network))).text


def test_network_without_trials_says_so(client) -> None:
    network = factories.make_network()
    client.force_login(roles.make_coordinator(network))

    assert "Der er endnu ikke forsøg i netværket." in outline(client.get(address(network))).text
    assert "endnu intet at bekræfte" in outline(client.get(address(network, "bekraeft"))).text


@pytest.mark.parametrize("rest", [(), ("bekraeft",), ("FKII-1-01",), ("FKII-1-01", "hele")])
def test_pages_cost_as_many_queries_with_many_cells(client, network, coordinator, rest) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get(address(network, *rest))
    municipalities = [factories.make_municipality() for _ in range(8)]
    for municipality in municipalities:
        factories.make_participation(Trial.objects.get(number=1), municipality, Status.RUNNING)
    for _ in range(10):
        factories.make_trial("Et til", network, municipalities, Status.RUNNING)
    with CaptureQueriesContext(connection) as many:
        client.get(address(network, *rest))

    assert len(many) == len(few)


def test_changing_two_cells_at_once_costs_the_same_wherever_they_are(client, network, coordinator) -> None:
    """Each change reads the cell's own events; nothing is read of the other cells."""
    with CaptureQueriesContext(connection) as few:
        told(client.post(address(network), change(part("Thisted"))))
    with CaptureQueriesContext(connection) as two:
        told(client.post(address(network), change(part("Læsø"), part("Morsø"))))

    assert len(two) < 2 * len(few)
