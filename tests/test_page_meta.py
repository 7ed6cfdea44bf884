"""What the head of a page says of it to other machines."""

import re
import struct

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from tests.factories import make_trial
from tests.outline import outline
from tests.pages import page_kinds


class Head:
    """The canonical address and the properties that a page names, as its HTML has them once unescaped."""

    def __init__(self, response) -> None:
        from html import unescape

        html = response.content.decode().partition("</head>")[0]
        self.canonical = [unescape(each) for each in re.findall(r'<link rel="canonical" href="([^"]*)"', html)]
        found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html)
        self.names = [name for name, _ in found]
        self.properties = {name: unescape(value) for name, value in found}


@pytest.mark.django_db
@pytest.mark.usefixtures("register")
class TestEveryPage:
    def test_page_has_one_address(self, client) -> None:
        for address in page_kinds():
            assert Head(client.get(address)).canonical == [f"http://testserver{address}"]

    @pytest.mark.parametrize(
        ("asked", "address"),
        [
            ("?sortering=titel", "?sortering=titel"),
            ("?status=running&andet=1&netvaerk=1", "?netvaerk=1&status=running"),
        ],
    )
    def test_filtered_list_is_a_page_of_its_own(self, client, asked, address) -> None:
        head = Head(client.get(f"/forsoeg/{asked}"))

        assert head.canonical == [f"http://testserver/forsoeg/{address}"]
        assert head.properties["og:url"] == f"http://testserver/forsoeg/{address}"

    def test_page_tells_how_it_is_shared(self, client) -> None:
        for address in page_kinds():
            response = client.get(address)
            head = Head(response)
            shared = {name: value for name, value in head.properties.items() if name.startswith(("og:", "twitter:"))}
            title = outline(response).title.removesuffix(" – Frikommuneregisteret")
            assert shared == {
                "og:type": "website",
                "og:site_name": "Frikommuneregisteret",
                "og:locale": "da_DK",
                "og:title": "Frikommuneregisteret" if address == "/" else title,
                "og:description": head.properties["description"],
                "og:url": f"http://testserver{address}",
                "og:image": "http://testserver/static/site/share.png",
                "og:image:width": "1200",
                "og:image:height": "630",
                "og:image:alt": "Frikommuneregisteret: register over danske frikommuneforsøg",
                "twitter:card": "summary_large_image",
            }, address
            assert len(head.names) == len(set(head.names)), address
            assert 20 < len(shared["og:description"]) <= 300


@pytest.mark.django_db
def test_signs_with_a_meaning_in_html_are_escaped_once(client) -> None:
    trial = make_trial(title='Støtte til "de <små> & de store"', summary='Kommunen må "mere" & <bedre>.')

    head = Head(client.get(trial.get_absolute_url()))

    assert head.properties["og:title"] == f'Støtte til "de <små> & de store" ({trial.public_id})'
    assert head.properties["og:description"] == 'Kommunen må "mere" & <bedre>.'
    assert head.properties["description"] == 'Kommunen må "mere" & <bedre>.'


@pytest.mark.django_db
def test_long_description_is_not_cut_within_a_sign(client) -> None:
    trial = make_trial(summary="a" * 297 + "&&&&")

    assert Head(client.get(trial.get_absolute_url())).properties["og:description"] == "a" * 297 + "&&…"


def test_errors_have_no_address(client) -> None:
    head = Head(client.get("/findes-ikke/"))

    assert (head.canonical, head.properties["robots"]) == ([], "noindex")
    assert not any(name.startswith("og:") for name in head.names)


def test_address_is_empty_without_a_request() -> None:
    assert Template("{% load page_meta %}{% absolute '/om/' %}").render(Context()) == ""


class TestPictures:
    def test_share_picture_is_as_large_as_it_says_and_small_to_fetch(self) -> None:
        with open(finders.find("site/share.png"), "rb") as file:
            picture = file.read()

        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", picture[16:24]) == (1200, 630)
        assert len(picture) < 60_000

    @pytest.mark.django_db  # the end of a response asks whether the connection is still usable
    @pytest.mark.parametrize(
        ("address", "starts"),
        [("/favicon.ico", b"\x00\x00\x01\x00\x01\x00\x20\x20"), ("/apple-touch-icon.png", b"\x89PNG\r\n\x1a\n")],
    )
    def test_picture_that_browsers_ask_for_is_there(self, client, address, starts) -> None:
        response = client.get(address)

        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("image/")
        assert b"".join(response.streaming_content)[:8] == starts
        response.close()

    def test_page_names_the_picture_for_home_screens(self, client) -> None:
        assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in client.get("/x/").content.decode()
