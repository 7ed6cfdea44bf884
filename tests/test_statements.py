"""The accessibility statement, which is a draft for the owner, and the page on privacy."""

import re

import pytest
from django.conf import settings

from frikommune import kept_form
from frikommune.settings import CONTENT_SECURITY_POLICY
from networks.models import Coordinator
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from tests.outline import outline

PAGES = ("/tilgaengelighed/", "/privatliv/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.django_db
class TestBoth:
    def test_page_is_sound(self, client, address) -> None:
        page = outline(client.get(address))

        assert page.faults() == []

    def test_places_to_fill_in_are_marked(self, client, address) -> None:
        html = client.get(address).content.decode()
        places = re.findall(r'<span class="to-fill">\[udfyldes af ejeren: ([^\]]+)\]</span>', html)

        assert len(places) >= 7
        assert len(places) == html.count("udfyldes af ejeren"), "each is marked"
        assert all(len(place) > 5 for place in places)

    def test_every_page_leads_there(self, client, address) -> None:
        assert f'href="{address}"' in client.get("/findes-ikke/").content.decode()

    def test_no_query_is_made(self, client, address, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            client.get(address)


@pytest.mark.django_db
class TestAccessibility:
    def test_statement_has_the_parts_of_the_model(self, client) -> None:
        page = outline(client.get("/tilgaengelighed/"))
        headings = [text for _, text in page.headings]

        for part in (
            *("Overholdelsesstatus", "Ikke-tilgængeligt indhold", "Udarbejdelse af erklæringen"),
            *("Det er efterprøvet af programmer", "Det er ikke efterprøvet", "Skriv til os"),
            "Klage til Digitaliseringsstyrelsen",
        ):
            assert part in headings
        for said in ("lov nr. 692 af 8. juni 2018", "(EU) 2016/2102", "(EU) 2018/1523", "EN 301 549", "WAS-Tool"):
            assert said in page.text

    def test_statement_claims_nothing_for_the_owner(self, client) -> None:
        page = outline(client.get("/tilgaengelighed/"))

        assert "Dette er et udkast" in page.text
        assert "Webstedet er [udfyldes af ejeren: helt, delvist eller ikke i overensstemmelse" in page.text
        assert "Skærmlæsere" in page.part("Det er ikke efterprøvet")


@pytest.mark.django_db
class TestPrivacy:
    def test_what_is_said_of_cookies_is_what_the_settings_say(self, client) -> None:
        text = outline(client.get("/privatliv/")).part("Cookies")

        assert set(re.findall(r"»(\w+)«", text)) == {
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
            kept_form.LAST_USER,
            "messages",
        }
        assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
        assert "efter to uger" in text
        assert 360 < settings.CSRF_COOKIE_AGE / 24 / 3600 < 366
        assert "et år" in text
        assert all(path in text for path in settings.EDITORIAL_PATHS)

    def test_nothing_is_fetched_from_others(self) -> None:
        allowed = {source for sources in CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in sources}

        assert allowed == {"'none'", "'self'", "data:"}

    def test_what_is_stored_of_editors_is_said(self, client) -> None:
        text = outline(client.get("/privatliv/")).part("Når du vedligeholder registeret")
        stored = {field.name for field in Coordinator._meta.local_fields} - {"id", "network", "user"}

        assert stored == {"from_on", "to_on"}, "say it on the page when more is stored of coordinators"
        assert "fra hvornår til hvornår" in text
        for word in ("brugernavn", "e-mail", "sidst er brugt", "adgangskoden", "bruger"):
            assert word in text


@pytest.mark.html
@pytest.mark.django_db
def test_pages_are_valid(client) -> None:
    addresses = [*PAGES, "/findes-ikke/", "/forsoeg/x/", "/om/", "/"]
    pages = {address: client.get(address).content.decode() for address in addresses}
    pages["405"] = client.post("/om/").content.decode()
    pages["400"] = client.get("/", headers={"host": "ond.example"}).content.decode()
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
