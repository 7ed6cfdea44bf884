"""The list of trials: what stands on it, what is left out, and that it costs the same however long it is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from trials.enums import Publication, Status
from trials.models import Trial
from trials.views.trial_list import PAGE_SIZE

pytestmark = pytest.mark.django_db

LIST = "/forsoeg/"


def page(client, query: str = "", status: int = 200) -> str:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == status
    return response.content.decode()


def listed(html: str) -> list[str]:
    return re.findall(r'class="result__title"><a href="[^"]+">([^<]+)', html)


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("redaktør", is_staff=True)


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    def test_list_says_79_trials_on_four_pages(self, client):
        html = page(client)

        assert '<h2 id="resultat">79 forsøg</h2>' in html
        assert "Side 1 af 4" in html
        pages = [listed(page(client, f"side={number}")) for number in (1, 2, 3, 4)]
        assert [len(titles) for titles in pages] == [25, 25, 25, 4]
        assert sorted(title for titles in pages for title in titles) == sorted(
            Trial.objects.values_list("title", flat=True)
        )

    @pytest.mark.parametrize(("number", "count"), [(1, 20), (2, 23), (3, 13), (4, 10), (5, 1), (6, 4), (7, 8)])
    def test_network_has_its_number_of_trials(self, client, number, count):
        html = page(client, f"netvaerk={number}")

        assert f'<h2 id="resultat">{count} forsøg i netværket »' in html
        assert len(listed(html)) == count

    def test_trial_shows_its_facts(self, client):
        html = page(client, "netvaerk=5")

        assert listed(html) == ["Etablering af rammer for tværkommunale akutfunktioner"]
        for fact in ("FKII-5-01", "I drift", "Gentofte, Gladsaxe, Rudersdal", "1. januar 2018", "VIVE 2019"):
            assert fact in html

    def test_trial_without_municipalities_and_date_says_so(self, client):
        assert "Ingen forsøgskommune" in page(client, "netvaerk=3")
        assert "Ikrafttrædelse ikke oplyst" in page(client, "netvaerk=2")

    def test_count_beside_each_value_is_in_the_form(self, client):
        html = " ".join(page(client).split())

        assert re.search(r'value="running"> <label [^>]+><span>I drift</span>.*?</span>24</span>', html)

    def test_second_page_links_both_ways_and_keeps_the_filter(self, client):
        html = page(client, "status=running&status=implementing&side=2&andet=1")

        assert '<link rel="prev" href="?status=implementing&amp;status=running&amp;side=1">' in html
        assert 'rel="next"' not in html
        assert 'href="/forsoeg.csv?status=implementing&amp;status=running"' in html
        assert 'href="http://testserver/forsoeg/?status=implementing&amp;status=running&amp;side=2"' in html

    def test_first_page_links_onwards(self, client):
        html = page(client)

        assert '<link rel="next" href="?side=2">' in html
        assert 'rel="prev"' not in html
        assert '<link rel="canonical" href="http://testserver/forsoeg/">' in html

    @pytest.mark.parametrize("query", ["side=5", "side=999999999", "netvaerk=5&side=2"])
    def test_page_past_the_last_is_404(self, client, query):
        assert "Vi kan ikke finde siden" in page(client, query, status=404)

    def test_no_results_give_advice_and_a_way_back(self, client):
        html = page(client, "q=ukendtord&status=running&sortering=titel")

        assert '<h2 id="resultat">Ingen forsøg med status »I drift«, som indeholder »ukendtord«</h2>' in html
        assert "Søg på færre ord" in html
        assert "Fjern et af filtrene" in html
        assert '<a href="/forsoeg/?sortering=titel">Vis alle forsøg</a>' in html
        assert "result__title" not in html
        assert "Sortér efter" not in html

    def test_filters_in_force_stand_as_pills_and_in_the_form(self, client):
        html = page(client, "q=bolig&netvaerk=2&status=realising")

        assert html.count('class="pill"') == 3
        assert 'href="/forsoeg/?q=bolig&amp;netvaerk=2"' in html
        assert 'name="q" value="bolig"' in html
        assert re.search(r'name="netvaerk" value="2" checked', html)
        assert re.search(r'name="status" value="realising" checked', html)
        assert html.count(" checked") == 2

    def test_order_in_force_is_selected(self, client):
        assert '<option value="-titel" selected>' in page(client, "sortering=-titel")
        assert '<option value="nummer" selected>' in page(client)

    def test_invalid_filter_says_what_is_wrong(self, client):
        html = page(client, "netvaerk=01x&status=running", status=400)

        assert 'role="alert"' in html
        assert "Der er intet netværk med nummeret »01x«." in html
        assert "noindex" in html
        assert 'value="running" checked' in html
        assert listed(html) == []


def test_list_costs_the_same_with_1_and_500_trials(client):
    factories.make_many_trials(1)
    query = "netvaerk=1&status=unknown&hjemmelstype=exemption&q=forsøg"
    page(client, query)
    with CaptureQueriesContext(connection) as one:
        assert len(listed(page(client, query))) == 1
    factories.make_many_trials(500)
    page(client, query)  # the findings are looked for once
    with CaptureQueriesContext(connection) as many:
        assert len(listed(page(client, query + "&netvaerk=2"))) == PAGE_SIZE

    assert len(many) == len(one)
    assert len(many) <= 35


def test_draft_is_listed_for_staff_only(client, staff):
    factories.make_trial("Mikrolån")
    factories.make_trial("Hemmeligt", publication=Publication.DRAFT)

    assert listed(page(client)) == ["Mikrolån"]
    assert "Hemmeligt" not in page(client, "q=hemmeligt").replace("»hemmeligt«", "")
    assert '<h2 id="resultat">1 forsøg</h2>' in page(client)
    client.force_login(staff)
    assert listed(page(client)) == ["Mikrolån", "Hemmeligt"]
    assert "Kladde" in page(client)


def test_what_is_written_in_a_trial_is_escaped(client):
    factories.make_trial("<script>alert(1)</script>", content="<img src=x onerror=alert(1)>", status=Status.RUNNING)
    html = page(client)

    assert "<script>" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_what_is_searched_for_is_escaped(client):
    html = page(client, 'q="><script>alert(1)</script>')

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_empty_register_has_a_list(client):
    assert '<h2 id="resultat">Ingen forsøg</h2>' in page(client)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_list_is_only_read(client, method):
    assert getattr(client, method)(LIST).status_code == 405
