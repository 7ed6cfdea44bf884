"""The acts and provisions: who rests on them and who deviates from them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.conftest import rows_for_class
from tests.outline import outline
from trials.enums import ActKind, BasisKind, BasisRole, Publication, Status
from trials.models import LegalBasis, Provision, SourceCell
from trials.views.law import Stated

pytestmark = pytest.mark.django_db

LIST = "/hjemler/"
LAW = "/hjemler/frikommuneloven"


def make_small():
    """An act whose § 25 is used whole and in part, one whose § 52 only in part, and an order that only a draft uses."""
    network = factories.make_network(2, "Boliger")
    members = [factories.make_municipality(name) for name in ("Roskilde", "Aarhus")]
    rent = factories.make_trial("Huslejetilskud", network, members, Status.RUNNING)
    longer = factories.make_trial("Længere støtte", network, members[:1], Status.AWAITING)
    general = factories.make_trial("Affaldsskakter", network)
    hidden = factories.make_trial("Hemmeligt", network, publication=Publication.DRAFT)
    cell = factories.make_cells(rent, [""] * 4 + ["Lov om frikommunenetværk § 25."])[4]
    factories.make_basis(rent, factories.make_provision(25), cell=cell, source=cell.source)
    factories.make_basis(longer, factories.make_provision(25, subsection=3))
    factories.make_basis(longer, factories.make_provision(25, "a"), BasisKind.EXPERIMENT_CLAUSE)
    factories.make_basis(hidden, factories.make_provision(25))
    social = factories.make_act("serviceloven", "Lov om social service")
    factories.make_basis(
        longer,
        factories.make_provision(52, act=social, subsection=3, number=1),
        role=BasisRole.DEVIATES_FROM,
        note="Kun børn",
    )
    order = factories.make_act("bekendtgoerelsen", "Bekendtgørelse om noget", kind=ActKind.ORDER)
    factories.make_basis(hidden, factories.make_provision(3, act=order))
    factories.make_provision(99)
    factories.make_basis(general, kind=BasisKind.GENERAL_CHANGE, note="Generel regel")


@pytest.fixture(scope="class")
def small(django_db_setup, django_db_blocker):
    with rows_for_class(django_db_blocker):
        make_small()
        yield


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("redaktør", is_staff=True)


def page(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return outline(response)


@pytest.mark.usefixtures("small")
class TestList:
    def test_list_counts_provisions_and_trials_of_each_act(self, client):
        text = page(client, LIST).text

        assert "Forsøgene hviler på eller fraviger 4 bestemmelser i 2 love og bekendtgørelser." in text
        assert "Lov om frikommunenetværk 3 bestemmelser, 2 forsøg" in text
        assert "Lov om social service 1 bestemmelse, 1 forsøg" in text

    def test_whole_paragraph_counts_what_lies_in_it(self, client):
        part = page(client, LIST).part("Lov om frikommunenetværk").split("\n")

        assert part[-9:] == [
            *("§ 25", "2 forsøg: FKII-2-01, FKII-2-02", "ingen"),
            *("§ 25, stk. 3", "1 forsøg: FKII-2-02", "ingen"),
            *("§ 25 a", "1 forsøg: FKII-2-02", "ingen"),
        ]

    def test_deviation_is_told_from_what_a_trial_rests_on(self, client):
        part = page(client, LIST).part("Lov om social service")

        assert part.endswith("§ 52, stk. 3, nr. 1\ningen\n1 forsøg: FKII-2-02")

    def test_trials_without_a_provision_stand_apart(self, client):
        part = page(client, LIST).part("Forsøg uden en nævnt bestemmelse")

        for words in ("Affaldsskakter", "FKII-2-03", "Generel lovændring", "Generel regel"):
            assert words in part

    def test_every_provision_leads_to_its_page(self, client):
        found = page(client, LIST)

        assert found.links["§ 25, stk. 3"] == f"{LAW}/paragraf-25-stk-3/"
        for reference in ("§ 25", "§ 25 a", "§ 52, stk. 3, nr. 1"):
            assert page(client, found.links[reference]).headings[0][1].endswith(reference)

    def test_draft_is_for_staff_only(self, client, staff):
        html = client.get(LIST).content.decode()

        assert "Bekendtgørelse om noget" not in html
        assert "FKII-2-04" not in html
        assert client.get("/hjemler/bekendtgoerelsen/paragraf-3/").status_code == 404
        assert client.get("/hjemler/bekendtgoerelsen/").status_code == 404
        assert "Hemmeligt" not in client.get(f"{LAW}/paragraf-25/").content.decode()
        client.force_login(staff)
        assert "Bekendtgørelse om noget" in client.get(LIST).content.decode()
        assert "Kladde" in page(client, "/hjemler/bekendtgoerelsen/paragraf-3/").text

    def test_pages_are_well_formed(self, client):
        for address in (LIST, f"{LAW}/paragraf-25/", "/hjemler/serviceloven/paragraf-52-stk-3-nr-1/"):
            assert page(client, address).faults() == []
        assert '<a href="/hjemler/" aria-current="page">Hjemler</a>' in client.get(LIST).content.decode()


@pytest.mark.usefixtures("small")
class TestProvision:
    def test_shows_trials_with_status_network_municipalities_kind_words_and_place(self, client):
        found = page(client, f"{LAW}/paragraf-25/")

        assert found.headings[:2] == [(1, "Lov om frikommunenetværk § 25"), (2, "Hviler på bestemmelsen 2 forsøg")]
        part = found.part("Huslejetilskud")
        for words in (
            "I drift",
            "FKII-2-01",
            "2 kommuner",
            "Boliger",
            "Særlig undtagelse",
            "Lov om frikommunenetværk § 25.",
        ):
            assert words in part
        assert "Kilde: Bilagstabel 2.2, række 1, »Hjemmel«, side 35. Gengivet ordret. © VIVE" in part
        assert found.crumbs == ["Forside", "Hjemler", "Lov om frikommunenetværk", "§ 25"]

    def test_includes_what_lies_in_it_but_not_its_lettered_neighbour(self, client):
        found = page(client, f"{LAW}/paragraf-25/")

        assert "§ 25, stk. 3: Særlig undtagelse" in found.part("Længere støtte")
        assert found.links["§ 25, stk. 3"] == f"{LAW}/paragraf-25-stk-3/"
        assert "Forsøgsbestemmelse" not in found.text
        assert "Forsøgsbestemmelse" in page(client, f"{LAW}/paragraf-25-a/").text

    def test_part_has_only_its_own_and_leads_to_the_whole(self, client):
        found = page(client, f"{LAW}/paragraf-25-stk-3/")

        assert "Huslejetilskud" not in found.text
        assert found.links["§ 25"] == f"{LAW}/paragraf-25/"

    def test_paragraph_that_is_only_used_in_part_has_a_page(self, client):
        found = page(client, "/hjemler/serviceloven/paragraf-52/")

        assert found.headings[1] == (2, "Fraviger bestemmelsen 1 forsøg")
        assert "§ 52, stk. 3, nr. 1\nRegisterets bemærkning: Kun børn\nOplyst til registeret" in found.text

    @pytest.mark.parametrize(
        ("address", "right"),
        [
            ("/hjemler/Frikommuneloven/paragraf-25/", f"{LAW}/paragraf-25/"),
            (f"{LAW}/Paragraf-25-A/", f"{LAW}/paragraf-25-a/"),
            (f"{LAW}/paragraf-025-STK-3/", f"{LAW}/paragraf-25-stk-3/"),
            (f"{LAW}/paragraf-25-stk-3-nr-0/", f"{LAW}/paragraf-25-stk-3/"),
        ],
    )
    def test_other_spelling_leads_to_the_right_address(self, client, address, right):
        response = client.get(address)

        assert (response.status_code, response["Location"]) == (301, right)

    @pytest.mark.parametrize(
        "address",
        [
            f"{LAW}/paragraf-99/",
            f"{LAW}/paragraf-25-stk-4/",
            f"{LAW}/paragraf-25-nr-1/",
            f"{LAW}/paragraf-0/",
            f"{LAW}/paragraf-99999/",
            f"{LAW}/paragraf-%D9%A3/",
            f"{LAW}/paragraf/",
            f"{LAW}/25/",
            f"{LAW}/paragraf-25%0A/",
            "/hjemler/findes-ikke/paragraf-25/",
            "/hjemler/findes-ikke/",
            "/hjemler/%00/paragraf-25/",
        ],
    )
    def test_provision_that_nobody_uses_is_404(self, client, address):
        assert client.get(address).status_code == 404

    def test_act_leads_to_its_place_in_the_list(self, client):
        response = client.get("/hjemler/Serviceloven/")

        assert (response.status_code, response["Location"]) == (302, "/hjemler/#serviceloven")


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_list_has_every_provision_and_act(self, client):
        text = page(client, LIST).text

        assert f"fraviger {Provision.objects.count()} bestemmelser i 8 love" in text
        assert "Lov om folkeskolen 2 bestemmelser, 4 forsøg" in text

    def test_every_provision_has_a_page_with_its_trials(self, client):
        assert Provision.objects.count() > 100
        for provision in Provision.objects.select_related("act"):
            bases = LegalBasis.objects.filter(provision__in=Provision.objects.within(provision))
            found = page(client, provision.get_absolute_url())
            for basis in bases.select_related("trial"):
                assert found.links[basis.trial.title] == basis.trial.get_absolute_url()

    def test_paragraph_25_gathers_its_parts(self, client):
        found = page(client, f"{LAW}/paragraf-25/")

        assert found.headings[1] == (2, "Hviler på bestemmelsen 5 forsøg")
        assert SourceCell.objects.get(table="2.2", row=17, column=5).text in found.text


def test_long_cell_is_folded(client):
    trial = factories.make_trial()
    cell = factories.make_cells(trial, ["", "", "Ord " * Stated.SHORT])[2]
    factories.make_basis(
        trial, factories.make_provision(20), role=BasisRole.DEVIATES_FROM, cell=cell, source=cell.source
    )
    html = client.get(f"{LAW}/paragraf-20/").content.decode()

    assert '<details class="verbatim">' in html
    assert "Hele cellen, ordret" in html


def make_many(number: int) -> None:
    municipality = factories.make_municipality()
    for _ in range(number):
        trial = factories.make_trial(municipalities=[municipality])
        cell = factories.make_cells(trial)[4]
        factories.make_basis(trial, factories.make_provision(25), cell=cell, source=cell.source)
        factories.make_basis(trial, factories.make_provision(trial.number), role=BasisRole.DEVIATES_FROM)
        factories.make_basis(trial, kind=BasisKind.GENERAL_CHANGE)


@pytest.mark.parametrize(("address", "most"), [(LIST, 2), (f"{LAW}/paragraf-25/", 4)])
def test_pages_cost_the_same_with_1_and_30(client, address, most):
    make_many(1)
    with CaptureQueriesContext(connection) as one:
        page(client, address)
    make_many(30)
    with CaptureQueriesContext(connection) as many:
        page(client, address)

    assert len(many) == len(one)
    assert len(many) <= most


def test_what_is_written_is_escaped(client):
    evil = "<script>alert(1)</script>"
    trial = factories.make_trial(evil)
    cell = factories.make_cells(trial, [evil] * 7)[4]
    said = {"cell": cell, "source": cell.source, "note": evil, "quotation": evil}
    factories.make_basis(trial, factories.make_provision(25, act=factories.make_act("loven", evil)), **said)
    factories.make_basis(trial, kind=BasisKind.GENERAL_CHANGE, **said)
    for address in (LIST, "/hjemler/loven/paragraf-25/"):
        html = client.get(address).content.decode()
        assert "<script>" not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("address", [LIST, f"{LAW}/", f"{LAW}/paragraf-25/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, address, method):
    factories.make_basis(factories.make_trial(), factories.make_provision(25))

    assert getattr(client, method)(address).status_code == 405


def test_empty_register_has_a_list(client):
    assert page(client, LIST).headings[0] == (1, "Hjemler")
