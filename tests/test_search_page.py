"""The page of the search over everything."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.outline import outline
from trials import search
from trials.enums import Publication
from trials.models import Trial

pytestmark = pytest.mark.django_db


def page(client, **query):
    response = client.get("/soeg/", query)
    assert response.status_code == 200
    return outline(response)


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_page_without_words_tells_what_can_be_searched(self, client):
        start = page(client)

        assert start.faults() == []
        assert [text for _, text in start.headings] == [
            "Søg i registeret",
            "Sådan søger du",
            "Kommuner med flest forsøg",
            "Hjemler bag flest forsøg",
            "Netværk",
        ]
        assert start.part("Kommuner med flest forsøg").startswith("Københavns Kommune 25 forsøg")
        for words in ("", "   "):
            assert page(client, q=words).headings == start.headings

    def test_examples_lead_where_they_say(self, client):
        links = page(client).links

        assert client.get(links["751"]).headers["Location"] == "/kommuner/aarhus/"
        assert client.get(links["§ 25"]).headers["Location"] == "/hjemler/frikommuneloven/paragraf-25/"
        assert "FKII-1-08" in client.get(links["FKII-1-08"]).headers["Location"]
        assert client.get(links["bolig"]).status_code == 200

    def test_finds_stand_by_kind_with_their_number(self, client):
        found = page(client, q="bolig")
        trials = Trial.objects.search("bolig").count()

        assert found.faults() == []
        assert f"Forsøg {trials} fund" in [text for _, text in found.headings]
        assert sum(int(n) for n in re.findall(r"(\d+) fund$", "\n".join(t for _, t in found.headings), re.M)) == int(
            re.search(r"(\d+) fund på »bolig«", found.text)[1]
        )
        assert found.links[f"Vis alle {trials} forsøg med »bolig«"] == "/forsoeg/?q=bolig"

    @pytest.mark.parametrize("text", ["bolig", "læsø", "kommune"])
    def test_link_to_all_leads_to_as_many(self, client, text):
        response = client.get("/soeg/", {"q": text})
        assert len(response.context["kinds"]) > 2
        for kind, number, url in response.context["kinds"]:
            assert client.get(url).context["page_obj"].paginator.count == number, kind

    def test_one_kind_stands_a_page_at_a_time(self, client):
        first, last = page(client, q="kommune", slags="kommuner"), page(client, q="kommune", slags="kommuner", side="4")

        assert "Kommuner 98 fund" in first.text
        assert len([level for level, _ in first.headings if level == 3]) == 25
        assert len([level for level, _ in last.headings if level == 3]) == 23
        assert first.links["Vis alle slags"] == "/soeg/?q=kommune"
        assert client.get("/soeg/?q=kommune&slags=kommuner&side=5").status_code == 404
        assert client.get("/soeg/?q=kommune&side=2").status_code == 404

    def test_kind_without_finds_says_so(self, client):
        assert "Ingen af dem er af den slags" in page(client, q="læsø", slags="ordbog").text

    def test_misspelt_word_is_answered_and_leads_on(self, client):
        found = page(client, q="rehabilitring")

        assert "Mente du rehabilitering ?" in found.text or "Mente du rehabilitering?" in found.text
        assert "Forsøg" in page(client, q="rehabilitering").text
        assert found.links["rehabilitering"] == "/soeg/?q=rehabilitering"

    def test_words_that_never_stand_together_are_offered_one_at_a_time(self, client):
        found = page(client, q="læsø kontaktforløb tandlæge")

        assert "Intet sted står alle ordene." in found.text
        assert found.links["læsø"].endswith("?q=l%C3%A6s%C3%B8")

    @pytest.mark.parametrize("text", ["751", "§ 25", "27 c", "fkii-1-08", "O-001", "E-001"])
    def test_id_leads_straight_to_its_page(self, client, text):
        assert client.get("/soeg/", {"q": text}).status_code == 302

    def test_paragraph_of_several_acts_is_offered_first(self, client):
        found = page(client, q="§ 27")

        assert [text for _, text in found.headings][:2] == ["Søg i registeret", "Gå direkte til"]
        assert found.part("Gå direkte til").count("§ 27") == 3

    def test_kind_that_is_asked_for_is_searched_for_an_id(self, client):
        assert client.get("/soeg/", {"q": "fkii-1-08", "slags": "forsoeg"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=%C2%A7", "Søgeteksten »§« indeholder hverken bogstaver eller tal."),
        (f"q={'x' * 201}", "Søgeteksten er på 201 tegn. Den kan højst være på 200."),
        ("q=a%00b", "Søgeteksten indeholder et tegn, som der ikke kan søges efter."),
        ("q=a&q=b", "Parameteren »q« kan kun have én værdi."),
        ("q=a&slags=alt", "Der kan ikke søges efter noget af slagsen »alt«."),
        ("q=a&side=0", "»0« er ikke et sidetal."),
    ],
)
def test_wrong_question_is_answered_with_400(client, query, said):
    response = client.get(f"/soeg/?{query}")

    assert response.status_code == 400
    assert said in outline(response).text
    assert outline(response).faults() == []
    assert 'content="noindex"' in response.content.decode()


def test_finds_are_not_indexed_by_search_engines_but_the_page_is(client):
    factories.make_trial("Mikrolån")

    assert 'content="noindex"' in client.get("/soeg/?q=mikrolån").content.decode()
    assert 'content="noindex"' in client.get("/soeg/?q=intet").content.decode()
    html = client.get("/soeg/").content.decode()
    assert "noindex" not in html
    assert 'rel="canonical" href="http://testserver/soeg/"' in html


def test_unknown_parameter_is_ignored(client):
    assert client.get("/soeg/?q=a&utm_source=x").status_code == 200


def test_empty_register_has_a_page(client):
    assert page(client).faults() == []
    assert "Ingen fund" in page(client, q="mikrolån").text


def test_what_is_written_and_searched_is_escaped(client):
    evil = "<script>alert(1)</script>"
    trial = factories.make_trial(evil, content=f"ord {evil}")
    factories.make_network_text(trial.network, text=f"ord {evil}")
    for query in (evil, "ord", "alert", 'ord "><b>'):
        html = client.get("/soeg/", {"q": query}).content.decode()
        assert "<script>" not in html
        assert "><b>" not in html
        assert "&lt;" in html


def test_draft_is_marked_and_seen_by_staff_alone(client, admin_client):
    factories.make_trial("Mikrolån", publication=Publication.DRAFT)

    assert "Ingen fund" in page(client, q="mikrolån").text
    assert "Kladde" in page(admin_client, q="mikrolån").text


@pytest.mark.parametrize(
    "address", ["/", "/forsoeg/", "/erfaringer/", "/aktivitetstal/", "/evalueringer/", "/findes-ikke/"]
)
def test_every_page_has_the_box(client, address):
    html = client.get(address).content.decode()

    assert re.search(r'<form class="search-form[^>]*action="/soeg/"', html)
    assert html.count('action="/soeg/"') == (2 if address == "/findes-ikke/" else 1)


@pytest.mark.parametrize("query", ["", "q=ord", "q=ord&slags=forsoeg", "q=orrd", "q=%C2%A7+25", "q=1"])
def test_page_costs_the_same_with_1_and_30(client, query):
    def grow(number: int) -> tuple[int, int]:
        for _ in range(number):
            municipality = factories.make_municipality()
            trial = factories.make_trial("Et ord", municipalities=[municipality])
            factories.make_membership(trial.network, municipality)
            factories.make_basis(trial, factories.make_provision(trial.number + 30))
            factories.make_evaluation(trial, method="ord")
            factories.make_experience("Et ord", trials=[trial], municipalities=[municipality])
        with CaptureQueriesContext(connection) as anew:
            assert client.get(f"/soeg/?{query}").status_code == 200
        with CaptureQueriesContext(connection) as again:
            client.get(f"/soeg/?{query}")
        return len(anew), len(again)

    one, many = grow(1), grow(30)
    assert one == many
    assert many[1] == 1


@pytest.mark.usefixtures("module_register")
class TestAnyQuestion:
    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.text(
            st.sampled_from("abelæøåÆØÅ §-:%_\\'\"<>&;,.0123456789i\0\n") | st.characters(codec="utf-8"), max_size=210
        ),
        st.sampled_from(["", "forsoeg", "hjemler", "x"]),
        st.sampled_from(["", "1", "2", "-1", "x"]),
    )
    def test_is_answered(self, text, kind, number):
        response = Client().get("/soeg/", {"q": text, "slags": kind, "side": number})

        assert response.status_code in (200, 302, 400, 404)
        if response.status_code == 200 and search.words(text):
            assert "fund på »" in response.content.decode()

    @settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_any_word_of_the_register_is_found(self, data):
        trial = data.draw(st.sampled_from(list(Trial.objects.order_by("pk"))))
        word = data.draw(st.sampled_from(search.words(trial.search_text)))
        response = Client().get("/soeg/", {"q": word, "slags": "forsoeg"})

        assert response.status_code == 200
        assert response.context["kinds"]
        assert {kind.value: number for kind, number, _ in response.context["kinds"]}["forsoeg"] == (
            Trial.objects.search(word).count()
        )


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_page_is_only_read(client, method):
    assert getattr(client, method)("/soeg/").status_code == 405
