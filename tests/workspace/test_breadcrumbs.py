"""Where a page of the workspace stands: the way to it is read from its address."""

import pytest

from tests import factories
from tests.outline import outline
from tests.roles import make_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial():
    network = factories.make_network(1, "Arbejde")
    member = factories.make_municipality("Thisted", "787")
    factories.make_membership(network, member)
    return factories.make_trial("Mikrolån", network, [member])


WAYS = {
    "/arbejdsbord/": ["Arbejdsbord"],
    "/arbejdsbord/forslag/": ["Arbejdsbord", "Forslag"],
    "/arbejdsbord/netvaerk/arbejde/": ["Arbejdsbord", "Arbejde"],
    "/arbejdsbord/netvaerk/arbejde/skema/": ["Arbejdsbord", "Arbejde", "Skema"],
    "/arbejdsbord/netvaerk/arbejde/skema/FKII-1-01/": ["Arbejdsbord", "Arbejde", "Skema", "Status for FKII-1-01"],
    "/arbejdsbord/netvaerk/arbejde/milepaele/": ["Arbejdsbord", "Arbejde", "Milepæle"],
    "/arbejdsbord/netvaerk/arbejde/skabeloner/ny/": ["Arbejdsbord", "Arbejde", "Skabeloner og svar", "Ny skabelon"],
    "/arbejdsbord/forsoeg/FKII-1-01/retligt/": ["Arbejdsbord", "Arbejde", "FKII-1-01", None],
    "/arbejdsbord/forsoeg/FKII-1-01/tal/?serie=ny": ["Arbejdsbord", "Arbejde", "FKII-1-01", "Ny talrække: Mikrolån"],
    "/arbejdsbord/forsoeg/FKII-1-01/historik/": ["Arbejdsbord", "Arbejde", "FKII-1-01", None],
}


@pytest.mark.parametrize("address", WAYS)
def test_page_says_where_it_stands(client, trial, address):
    client.force_login(make_coordinator(trial.network))
    response = client.get(address)
    assert response.status_code == 200
    crumbs = outline(response).crumbs
    expected = WAYS[address]

    assert len(crumbs) == 1 + len(expected)
    assert [crumb for crumb, said in zip(crumbs[1:], expected, strict=True) if said not in (None, crumb)] == []
