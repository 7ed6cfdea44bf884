"""The pages of a network's spreadsheet are valid HTML."""

import pytest

from tests import factories, sheets
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from tests.roles import make_coordinator
from trials.models import Observation


@pytest.mark.html
@pytest.mark.django_db
@pytest.mark.usefixtures("small_sheets")
def test_pages_are_valid(client) -> None:
    network = factories.make_network(1)
    for number in (1, 2):
        factories.make_observation(trials=[factories.make_trial(f"Forsøg {number}", network)])
    client.force_login(make_coordinator(network))
    book = sheets.fetch(client, network)
    pages = {"sheet": client.get(sheets.address(network)), "refused": sheets.send(client, network, b"x", "x.pdf")}
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16, Bemærkning="<b>Ring 97 12 34 56</b>")
    sheets.edit(book, "Aktivitetstal", "T-0002", Værdi=16)
    Observation.objects.filter(code="T-0001").update(value=20)
    pages["preview"] = sheets.send(client, network, book)
    assert pages["preview"].context["upload"]
    Observation.objects.filter(code="T-0001").update(value=21)
    pages["overtaken"] = sheets.press_save(client, pages["preview"])
    sheets.edit(book, "Aktivitetstal", "T-0002", Værdi="mange")
    pages["errors"] = sheets.send(client, network, book)
    try:
        assert validate_html({name: page.content.decode() for name, page in pages.items()}) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
