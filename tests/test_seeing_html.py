"""The pages with maps, charts and the grid are valid HTML."""

import pytest

from networks.models import Network
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html

ADDRESSES = (
    "/",
    "/tal/",
    "/forsoeg/",
    "/forsoeg/?kommune=101&status=running",
    "/kommuner/laesoe/",
    "/kommuner/gladsaxe/",
)


@pytest.mark.html
@pytest.mark.django_db
@pytest.mark.usefixtures("register")
def test_pages_are_valid(client) -> None:
    networks = [network.get_absolute_url() for network in Network.objects.all()]
    addresses = [*ADDRESSES, *networks, *(f"{address}skema/" for address in networks)]
    pages = {address: client.get(address).content.decode() for address in addresses}
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
