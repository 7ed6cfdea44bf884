"""The page about the data package is valid HTML, and so are the pages with links to files."""

import pytest

from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html

ADDRESSES = ("/data/", "/netvaerk/", "/kommuner/", "/hjemler/", "/evalueringer/", "/erfaringer/", "/datakvalitet/")


@pytest.mark.html
@pytest.mark.django_db
@pytest.mark.usefixtures("register")
def test_pages_are_valid(client) -> None:
    pages = {address: client.get(address).content.decode() for address in ADDRESSES}
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
