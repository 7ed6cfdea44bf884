"""The experiences: what search and filter find, and how each is shown."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, lists
from tests.conftest import rows_for_class
from tests.outline import outline
from trials.enums import ExperienceKind, Publication, Theme
from trials.models import Experience

pytestmark = pytest.mark.django_db

LIST = "/erfaringer/"


def make_small():
    """Four experiences for all: of trials, of a network, of municipalities, of nothing; and one of a draft."""
    work, homes = factories.make_network(1, "Arbejde"), factories.make_network(2, "Boliger")
    thisted, odense = factories.make_municipality("Thisted", "787"), factories.make_municipality("Odense", "461")
    loans, talks = factories.make_trial("Mikrolån", work), factories.make_trial("Samtaler", work)
    hidden = factories.make_trial("Hemmeligt", homes, publication=Publication.DRAFT)
    barrier, time = {"kind": ExperienceKind.BARRIER}, {"theme": Theme.TIME}
    source = {"source": factories.make_source(), "section": "1.1", "quotation": "haft travlt"}
    factories.make_experience(
        "Sagsbehandlerne manglede viden.",
        trials=[loans, talks],
        municipalities=[thisted],
        code="a",
        **barrier,
        **source,
    )
    factories.make_experience("Det tog lang tid.", network=homes, code="b", **barrier, **time)
    factories.make_experience("Kommunerne delte lægeattester.", municipalities=[thisted, odense], code="c", **time)
    factories.make_experience("Alle bør dele viden.", kind=ExperienceKind.RECOMMENDATION, code="note:d")
    factories.make_experience("Hemmelig viden.", trials=[hidden], code="e")


@pytest.fixture(scope="class")
def small(django_db_setup, django_db_blocker):
    with rows_for_class(django_db_blocker):
        make_small()
        yield


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("redaktør", is_staff=True)


@pytest.mark.usefixtures("small")
class TestList:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["a", "b", "c", "note:d"]),
            ("tema=time", ["b", "c"]),
            ("art=barrier", ["a", "b"]),
            ("art=barrier&art=recommendation", ["a", "b", "note:d"]),
            ("netvaerk=1", ["a"]),
            ("netvaerk=1&netvaerk=2", ["a", "b"]),
            ("kommune=787", ["a", "c"]),
            ("kommune=787&kommune=461", ["a", "c"]),
            ("forsoeg=FKII-1-01", ["a"]),
            ("forsoeg=FKII-1-01&forsoeg=FKII-1-02", ["a"]),
            ("q=viden", ["a", "note:d"]),
            ("q=L%C3%86GEATTEST", ["c"]),
            ("q=attest", ["c"]),
            ("q=barriere", ["a", "b"]),
            ("q=viden&art=barrier&kommune=787&netvaerk=1", ["a"]),
            ("art=recommendation&tema=time", []),
            ("ukendt=1&tema=&q=+", ["a", "b", "c", "note:d"]),
        ],
    )
    def test_filter_finds(self, client, query, expected):
        assert lists.found(client, LIST, query) == expected

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("tema=tid", "»tid«"),
            ("art=barriere", "»barriere«"),
            ("netvaerk=01", "»01«"),
            ("kommune=0787", "»0787«"),
            ("forsoeg=FKII-9-99", "»FKII-9-99«"),
            ("forsoeg=FKII-2-01", "»FKII-2-01«"),
            ("art=barrier&tema=x", "»x«"),
            ("q=%3F", "»?«"),
            (f"q={'a' * 201}", "201 tegn"),
            ("q=a%00", "et tegn"),
            ("q=a&q=b", "»q«"),
            ("side=-1", "»-1«"),
        ],
    )
    def test_invalid_value_answers_400_without_experiences(self, client, query, said):
        response = client.get(f"{LIST}?{query}")

        assert response.status_code == 400
        assert said in response.content.decode()
        assert "experience__text" not in response.content.decode()
        assert outline(response).faults() == []

    def test_counts_are_what_a_click_gives(self, client):
        assert lists.miscounted(client, LIST) == []

    def test_only_municipalities_and_trials_with_experiences_are_offered(self, client):
        counts = lists.counts(client, LIST, "art=barrier")

        assert {value: count for (name, value), count in counts.items() if name == "kommune"} == {"787": 1}
        assert {value for name, value in counts if name == "forsoeg"} == {"FKII-1-01", "FKII-1-02"}
        assert counts["tema", "cooperation"] == 1
        assert counts["art", "result"] == 1

    def test_experience_shows_kind_theme_text_links_and_quotation(self, client):
        response = client.get(f"{LIST}?forsoeg=FKII-1-01")
        html, found = response.content.decode(), outline(response)

        for words in (
            "1 erfaring fra forsøget FKII-1-01 »Mikrolån«",
            "Barriere",
            "Samarbejde",
            "Sagsbehandlerne manglede",
        ):
            assert words in found.text
        assert "<q>haft travlt</q>" in html
        assert "Kilde: afsnit 1.1" in found.text
        assert "© VIVE og forfatterne" in found.text
        for name, address in {
            "Arbejde": "/netvaerk/arbejde/",
            "Mikrolån": "/forsoeg/FKII-1-01-mikrolaan/",
            "Thisted": "/kommuner/thisted/",
        }.items():
            assert found.links[name] == address
        assert '<li class="result" id="a">' in html

    def test_experience_of_an_editor_says_so(self, client):
        assert "Oplyst til registeret" in outline(client.get(f"{LIST}?netvaerk=2")).text

    def test_filters_in_force_stand_as_pills_and_in_the_form(self, client):
        html = client.get(f"{LIST}?q=viden&forsoeg=FKII-1-01").content.decode()

        assert html.count('class="pill"') == 2
        assert 'href="/erfaringer/?q=viden"' in html
        assert 'name="q" value="viden"' in html
        assert re.search(r'name="forsoeg" value="FKII-1-01" checked', html)

    def test_nothing_found_gives_advice_and_a_way_back(self, client):
        html = client.get(f"{LIST}?q=ukendtord&tema=time").content.decode()

        assert "Ingen erfaringer om temaet »Tid«, som indeholder »ukendtord«" in html
        assert "Søg på færre ord" in html
        assert '<a href="/erfaringer/">Vis alle erfaringer</a>' in html

    def test_draft_is_for_staff_only(self, client, staff):
        assert "emmelig" not in client.get(LIST).content.decode()
        assert client.get("/erfaringer/e/").status_code == 404
        client.force_login(staff)
        assert lists.found(client, LIST, "forsoeg=FKII-2-01") == ["e"]
        assert "Kladde" in outline(client.get(f"{LIST}?forsoeg=FKII-2-01")).text

    @pytest.mark.parametrize(
        ("address", "target"), [("a", "#a"), ("A", "#a"), ("note-d", "#note:d"), ("note:d", "#note:d")]
    )
    def test_own_address_leads_into_the_list(self, client, address, target):
        response = client.get(f"/erfaringer/{address}/")

        assert (response.status_code, response["Location"]) == (302, f"/erfaringer/{target}")

    @pytest.mark.parametrize("address", ["findes-ikke", "%00"])
    def test_unknown_code_is_404(self, client, address):
        assert client.get(f"/erfaringer/{address}/").status_code == 404

    def test_list_is_well_formed(self, client):
        assert outline(client.get(LIST)).faults() == []
        assert '<a href="/erfaringer/" aria-current="page">Erfaringer</a>' in client.get(LIST).content.decode()


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_list_has_them_all_25_a_page(self, client):
        response = client.get(LIST)

        assert response.context["page_obj"].paginator.count == Experience.objects.count() > 200
        assert len(lists.found(client, LIST)) == 25
        assert "Side 1 af 11" in outline(response).text
        assert client.get(f"{LIST}?side=12").status_code == 404

    def test_every_one_is_found_at_its_own_address(self, client):
        wanted = Experience.objects.order_by("code")[30]
        response = client.get(wanted.get_absolute_url(), follow=True)

        assert response.redirect_chain == [(f"/erfaringer/?side=2#{wanted.code}", 302)]
        assert f'id="{wanted.code}"' in response.content.decode()

    def test_search_finds_the_word_and_its_forms(self, client):
        html = client.get(f"{LIST}?q=sygeplejerske").content.decode()

        assert "sygeplejerske" in html.partition("result-list")[2]


def make_many(number: int) -> None:
    trial, municipality = factories.make_trial(), factories.make_municipality()
    for _ in range(number):
        factories.make_experience(
            trials=[trial],
            municipalities=[municipality],
            source=factories.make_source(),
            section="1.1",
            quotation="ord",
        )


def test_list_costs_the_same_with_1_and_30(client):
    make_many(1)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    make_many(30)
    with CaptureQueriesContext(connection) as many:
        assert len(lists.found(client, LIST)) == 25

    assert len(many) == len(one)
    assert len(many) <= 14


def test_draft_among_the_trials_is_not_named(client):
    shown, hidden = factories.make_trial("Mikrolån"), factories.make_trial("Hemmeligt", publication=Publication.DRAFT)
    factories.make_experience(trials=[shown, hidden])
    html = client.get(LIST).content.decode()

    assert "Mikrolån" in html
    assert "Hemmeligt" not in html
    assert "FKII-1-02" not in html


def test_what_is_written_is_escaped(client):
    evil = "<script>alert(1)</script>"
    factories.make_experience(evil, trials=[factories.make_trial(evil)], source=factories.make_source(), quotation=evil)
    for query in ("", "q=alert", f"q={evil}", f"tema={evil}"):
        html = client.get(f"{LIST}?{query}").content.decode()
        assert evil not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_list_is_only_read(client, method):
    assert getattr(client, method)(LIST).status_code == 405


def test_empty_register_has_a_list(client):
    assert '<h2 id="resultat">Ingen erfaringer</h2>' in client.get(LIST).content.decode()
