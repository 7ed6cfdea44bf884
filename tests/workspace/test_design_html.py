"""The workspace's pages of designs and ideas are valid HTML."""

import pytest

from networks.models import Network
from tests import factories, roles
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from trials.workspace.design.overview import STEPS


@pytest.mark.html
@pytest.mark.django_db
@pytest.mark.usefixtures("register")
def test_pages_are_valid(client) -> None:
    network = Network.objects.get(number=2)
    user = roles.make_coordinator(network)
    idea = factories.make_idea(network, user)
    factories.make_comment(idea, user)
    client.force_login(user)
    own, shared = "/arbejdsbord/evalueringer/E-FKII-2-01/", f"/arbejdsbord/netvaerk/{network.slug}/ideer/"
    addresses = ["/arbejdsbord/evalueringer/", "/arbejdsbord/evalueringer/?vis=x", "/arbejdsbord/evalueringer/ny/", own]
    addresses += [f"{own}{step}/" for step in STEPS]
    addresses += ["/arbejdsbord/ideer/", shared, f"{shared}?art=x", f"{shared}ny/", f"/arbejdsbord/ideer/{idea.pk}/"]
    addresses.append(f"/arbejdsbord/ideer/{idea.pk}/rediger/")
    pages = {address: client.get(address).content.decode() for address in addresses}
    sent = {"expected_results": "Mit", "kind": "x"}
    pages |= {f"{address} (POST)": client.post(address, sent).content.decode() for address in addresses[-1:]}
    pages[f"{own}resultater/ (POST)"] = client.post(f"{own}resultater/", sent).content.decode()
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
