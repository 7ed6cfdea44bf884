"""Pages are compressed for those without a session."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
ACCEPTING = {"Accept-Encoding": "gzip"}


def test_public_page_is_compressed(client) -> None:
    plain, packed = client.get("/om/"), client.get("/om/", headers=ACCEPTING)

    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


def test_page_of_one_who_is_logged_in_is_not_compressed(admin_client) -> None:
    for address in ("/om/", "/admin/"):
        assert not admin_client.get(address, headers=ACCEPTING).has_header("Content-Encoding")


def test_login_page_with_its_token_is_not_compressed(client) -> None:
    response = client.get("/konto/login/", headers=ACCEPTING)

    assert "csrfmiddlewaretoken" in response.content.decode()
    assert not response.has_header("Content-Encoding")
