"""The pages of errors: Danish, with the right status, and without a database.

No test here may use the database (pytest-django stops whoever tries), save where it says so.
"""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.views import defaults

from frikommune.errors import not_found
from tests.factories import make_trial
from tests.outline import outline


def raise_error(request, kind: str) -> HttpResponse:
    raise {"forbudt": PermissionDenied, "mistaenkelig": SuspiciousOperation, "fejl": RuntimeError}[kind]


urlpatterns = [path("proeve/<str:kind>/", raise_error), path("", include("frikommune.urls"))]


@pytest.fixture
def visitor() -> Client:
    """A visitor's browser, which is shown the page of an error instead of the error."""
    return Client(raise_request_exception=False)


def heading(response) -> str:
    headings = outline(response).headings
    assert [level for level, _ in headings].count(1) == 1
    return headings[0][1]


def test_unknown_page_is_told_in_danish(visitor) -> None:
    response = visitor.get("/findes-ikke/")

    assert response.status_code == 404
    assert heading(response) == "Vi kan ikke finde siden"
    assert outline(response).links["Frikommunenetværkene"] == "/netvaerk/"
    assert 'content="noindex"' in response.content.decode()


@pytest.mark.parametrize(
    ("address", "said", "known", "way_on"),
    [
        ("/forsoeg/boliger/", "Adressen begynder ikke med et forsøgs id.", "FKII-1-08", "/forsoeg/"),
        ("/forsoeg/FKII-9-99/", "Der er intet forsøg med det id.", "den gamle adresse", "/forsoeg/"),
        ("/forsoeg/?side=7", "Listen har ikke så mange sider.", "", "/forsoeg/"),
        ("/kommuner/gentofte-amt/", "Siden kan være flyttet eller fjernet", "æ som ae", "/kommuner/"),
        ("/netvaerk/x/", "Siden kan være flyttet eller fjernet", "et nyt navn", "/netvaerk/"),
        ("/evalueringer/x/", "Der er ingen evaluering med den kode.", "E-FKII-1-01", "/evalueringer/"),
        ("/erfaringer/x/", "Der er ingen erfaring med den kode.", "dens kode", "/erfaringer/"),
        ("/hjemler/x/paragraf-1/", "Adressen nævner ingen bestemmelse", "hviler på den", "/hjemler/"),
    ],
)
@pytest.mark.django_db
def test_missing_page_says_why_and_where_to_look(visitor, address, said, known, way_on) -> None:
    response = visitor.get(address)
    text = response.content.decode()

    assert (response.status_code, heading(response)) == (404, "Vi kan ikke finde siden")
    assert said in text
    assert known in text
    assert way_on in outline(response).links.values()
    assert 'role="search"' in text


@pytest.mark.django_db
def test_missing_page_does_not_tell_a_draft_from_nothing(visitor) -> None:
    draft = make_trial(publication="draft")

    pages = [visitor.get(f"/forsoeg/{each}/").content.decode() for each in (draft.public_id, "FKII-9-99")]

    assert draft.title not in pages[0]
    assert pages[0].replace(draft.public_id, "FKII-9-99") == pages[1]


def test_missing_page_of_editors_says_nothing_in_english(visitor) -> None:
    request = RequestFactory().get("/admin/findes-ikke/")

    response = not_found(request, Http404("No Trial matches the given query."))

    assert (response.status_code, "matches" in response.content.decode()) == (404, False)


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("forbudt", 403, "Du har ikke adgang til siden"),
        ("mistaenkelig", 400, "Vi kan ikke læse forespørgslen"),
        ("fejl", 500, "Der er sket en fejl hos os"),
    ],
)
@pytest.mark.urls(__name__)
def test_error_is_told_in_danish(visitor, kind, status, said) -> None:
    response = visitor.get(f"/proeve/{kind}/")

    assert (response.status_code, heading(response)) == (status, said)
    assert '<html lang="da">' in response.content.decode()


def test_unknown_host_is_a_bad_request(visitor) -> None:
    response = visitor.get("/", headers={"host": "ond.example"})

    assert (response.status_code, heading(response)) == (400, "Vi kan ikke læse forespørgslen")
    assert "ond.example" not in response.content.decode()


def test_form_without_token_is_told_in_danish() -> None:
    response = Client(enforce_csrf_checks=True).post("/konto/login/")

    assert (response.status_code, heading(response)) == (403, "Formularen blev ikke sendt")


def test_page_without_database_is_told_in_danish(visitor) -> None:
    response = visitor.get("/")

    assert (response.status_code, heading(response)) == (500, "Der er sket en fejl hos os")


def test_server_error_page_needs_neither_context_nor_processors(settings) -> None:
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "OPTIONS": {"context_processors": ["tests.test_errors.broken_processor"]},
        }
    ]

    response = defaults.server_error(RequestFactory().get("/"))

    assert (response.status_code, heading(response)) == (500, "Der er sket en fejl hos os")


def broken_processor(request):
    raise RuntimeError("the database is away")


def test_server_error_page_links_to_files_that_are_there() -> None:
    html = defaults.server_error(RequestFactory().get("/")).content.decode()
    files = re.findall(r'href="/static/([^"]+)"', html)

    assert len(files) == 3
    assert [file for file in files if finders.find(file) is None] == []


@pytest.mark.django_db  # the end of a response asks whether the connection is still usable
def test_icon_is_served(client) -> None:
    html = client.get("/findes-ikke/").content.decode()
    address = re.search(r'<link rel="icon" href="([^"]+)"', html)

    assert address is not None
    response = client.get(address[1])
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/svg+xml")
    response.close()


@pytest.mark.parametrize("address", ["/", "/netvaerk/", "/kommuner/"])
def test_pages_are_only_read(client, address) -> None:
    assert client.post(address).status_code == 405
