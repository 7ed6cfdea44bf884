"""What the public pages have in common: no cookies, only read, compressed, and kept until they change."""

import gzip

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from tests.factories import make_trial
from tests.outline import outline
from tests.pages import other_answers, page_kinds

urlpatterns = [
    path("modtager/", csrf_exempt(lambda request: HttpResponse(request.method))),
    path("", include("frikommune.urls")),
]


@pytest.fixture
def visitor() -> Client:
    """A visitor's browser, whose forms are checked as in earnest."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("register")
class TestEveryPage:
    def test_no_cookie_is_set(self, visitor) -> None:
        addresses = page_kinds() + other_answers()
        assert len(addresses) >= 27
        asked = [(visitor.get, address) for address in addresses] + [(visitor.post, address) for address in addresses]
        asked += [(ask, "/om/") for ask in (visitor.head, visitor.put, visitor.delete, visitor.options)]
        for ask, address in asked:
            response = ask(address)
            assert not response.cookies, (address, ask.__name__)
            assert "Set-Cookie" not in response.headers
            response.close()

    def test_nothing_can_be_sent_there(self, visitor) -> None:
        for address in page_kinds():
            response = visitor.post(address, {"titel": "Ny"})
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD"), address
            assert outline(response).headings[0] == (1, "Siden kan kun læses")

    def test_headers_keep_others_out(self, client) -> None:
        for address in page_kinds():
            response = client.get(address)
            assert response.status_code == 200, address
            policy = response["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Referrer-Policy"] == "same-origin"
            assert "Cookie" in response["Vary"], address

    def test_unchanged_page_is_not_sent_again(self, client) -> None:
        for address in page_kinds():
            first = client.get(address)
            again = client.get(address, headers={"if-none-match": first["ETag"]})
            assert first["Cache-Control"] == "no-cache"
            assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "no-cache"), address

    def test_page_is_compressed(self, client) -> None:
        for address in page_kinds():
            plain = client.get(address)
            packed = client.get(address, headers={"accept-encoding": "gzip"})
            assert not plain.has_header("Content-Encoding")
            assert packed["Content-Encoding"] == "gzip"
            assert gzip.decompress(packed.content) == plain.content
            assert len(packed.content) < len(plain.content) / 2, address


@pytest.mark.django_db
class TestChange:
    def test_changed_page_is_sent_anew(self, client) -> None:
        trial = make_trial()
        address = trial.get_absolute_url()
        first = client.get(address, headers={"accept-encoding": "gzip"})
        trial.summary = "Nu med en kort fortælling."
        trial.save()

        again = client.get(address, headers={"if-none-match": first["ETag"]})

        assert again.status_code == 200
        assert "Nu med en kort fortælling." in again.content.decode()

    def test_page_of_editor_is_for_that_editor_alone(self, client) -> None:
        client.force_login(User.objects.create_superuser("redaktoer"))

        assert client.get("/")["Cache-Control"] == "no-cache, private"

    def test_drafts_are_not_taken_from_the_page_of_an_editor(self, client) -> None:
        make_trial(publication="draft", title="Hemmeligt forsøg")
        editor = Client()
        editor.force_login(User.objects.create_superuser("redaktoer"))
        seen = editor.get("/forsoeg/")
        assert "Hemmeligt forsøg" in seen.content.decode()

        response = client.get("/forsoeg/", headers={"if-none-match": seen["ETag"]})

        assert response.status_code == 200
        assert "Hemmeligt forsøg" not in response.content.decode()


@pytest.mark.django_db
class TestEditorialPages:
    def test_they_are_not_compressed(self, client) -> None:
        response = client.get("/konto/login/", headers={"accept-encoding": "gzip"})

        assert (response.status_code, response.has_header("Content-Encoding")) == (200, False)
        assert len(response.content) > 1000

    def test_they_are_never_kept(self, client) -> None:
        assert "no-store" in client.get("/konto/login/")["Cache-Control"]

    def test_their_forms_are_still_checked(self, visitor) -> None:
        assert visitor.post("/konto/login/", {"login": "a", "password": "b"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_view_that_takes_no_token_answers_for_itself(visitor) -> None:
    response = visitor.post("/modtager/")

    assert (response.status_code, response.content) == (200, b"POST")
