"""The pages of the search and the glossary are valid HTML."""

import pytest

from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html

ADDRESSES = (
    *("/soeg/", "/soeg/?q=bolig", "/soeg/?q=kommune&slags=kommuner&side=2", "/soeg/?q=%C2%A7+27", "/soeg/?q=%C2%A7"),
    *("/soeg/?q=rehabilitring", "/soeg/?q=l%C3%A6s%C3%B8+tandl%C3%A6ge", "/soeg/?q=%22%3E%3Cb%3E", "/ordbog/"),
)


@pytest.mark.html
@pytest.mark.django_db
@pytest.mark.usefixtures("register")
def test_pages_are_valid(client) -> None:
    pages = {address: client.get(address).content.decode() for address in ADDRESSES}
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
