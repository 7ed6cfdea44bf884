"""The list of networks and the page of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import Standing
from networks.models import Network
from tests import factories
from tests.many import make_many_trials
from tests.outline import outline
from trials.enums import Publication, Status
from trials.models import Trial

pytestmark = pytest.mark.django_db

TABLE = "Netværk, deltagende kommuner og imødekommede forsøg"


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_list_gives_vive_table_1(self, client) -> None:
        lines = outline(client.get("/netvaerk/")).lines
        rows = {network.name: lines[lines.index(network.name) :][1:3] for network in Network.objects.active()}

        assert list(rows.values()) == [
            [members, f"{trials} forsøg i {name}"]
            for name, members, trials in zip(
                rows, ("11", "6", "7", "3", "3", "5", "9"), (20, 23, 13, 10, 1, 4, 8), strict=True
            )
        ]
        assert lines[lines.index("I alt") :][:3] == ["I alt", "38*", "79"]

    def test_list_explains_total_of_municipalities(self, client) -> None:
        text = outline(client.get("/netvaerk/")).text

        assert "Derfor giver kolonnen 44, når tallene lægges sammen, mens der i alt er 38 forskellige" in text
        assert "stillet op som Tabel 1 i VIVEs notat, side 6" in text

    def test_list_sets_inactive_network_apart(self, client) -> None:
        page = outline(client.get("/netvaerk/"))
        part = page.part("Ikke aktivt")

        assert "Øget borgerinvolvering og samskabelse" in part
        assert "Staten imødekom ingen forsøg i netværket" in part
        assert "Assens, Holbæk, Nordfyns, Ringkøbing-Skjern, Slagelse og Aarhus." in part
        assert page.text.count("Øget borgerinvolvering og samskabelse") == 1

    def test_network_quotes_theme_with_place(self, client) -> None:
        network = Network.objects.get(number=5)
        lines = outline(client.get(network.get_absolute_url())).lines

        at = lines.index(network.theme)
        assert lines[at + 1] == ("Kilde: Bilagstabel 1.1, række 5, side 33. Gengivet ordret. © VIVE og forfatterne.")

    def test_network_says_how_many_take_part(self, client) -> None:
        text = outline(client.get(Network.objects.get(number=5).get_absolute_url())).text

        assert "3 kommuner deltager aktivt i netværket, som har 1 imødekommet forsøg." in text

    def test_network_tells_active_from_passive_members(self, client) -> None:
        page = outline(client.get(Network.objects.get(number=5).get_absolute_url()))

        assert page.part("Deltager aktivt (3)") == "Gentofte Kommune\nGladsaxe Kommune\nRudersdal Kommune"
        assert page.part("Deltager ikke aktivt (1)") == "Lyngby-Taarbæk Kommune"
        assert page.links["Lyngby-Taarbæk Kommune"] == "/kommuner/lyngby-taarbaek/"

    def test_network_groups_every_trial_under_its_status(self, client) -> None:
        network = Network.objects.get(number=2)
        page = outline(client.get(network.get_absolute_url()))
        groups = [text for level, text in page.headings if level == 3 and text.endswith(" forsøg")]
        counts = network.trials.count_by_status()

        assert sum(counts.values()) == 23
        assert groups == [f"{status.label} {number} forsøg" for status, number in counts.items()]
        for trial in network.trials.with_municipalities():
            group = page.part(f"{trial.get_status_display()} {counts[Status(trial.status)]} forsøg")
            names = ", ".join(participation.municipality.name for participation in trial.participations.all())
            assert f"{trial.title}\n{trial.public_id} {names}" in group
            assert page.links[trial.title] == trial.get_absolute_url()

    def test_network_links_to_filter_and_csv(self, client) -> None:
        links = outline(client.get(Network.objects.get(number=2).get_absolute_url())).links

        assert links["Under realisering"] == "/forsoeg/?netvaerk=2&status=realising"
        assert links["Søg i netværkets forsøg"] == "/forsoeg/?netvaerk=2"
        assert links["Hent netværkets forsøg som CSV"] == "/forsoeg.csv?netvaerk=2"
        assert client.get(links["Under realisering"]).status_code == 200
        assert client.get(links["Hent netværkets forsøg som CSV"]).status_code == 200

    def test_inactive_network_says_that_nothing_was_accommodated(self, client) -> None:
        page = outline(client.get(Network.objects.get(number=8).get_absolute_url()))

        assert "Staten imødekom ingen af de forsøg, netværket søgte om." in page.text
        assert page.part("Med i netværket (6)").splitlines()[-1] == "Aarhus Kommune"
        assert "Søg i netværkets forsøg" not in page.links

    def test_pages_are_soundly_built(self, client) -> None:
        networks = [
            (network.get_absolute_url(), ["Forside", "Netværk", network.name]) for network in Network.objects.all()
        ]
        assert len(networks) == 8

        for address, crumbs in [("/netvaerk/", ["Forside", "Netværk"]), *networks]:
            response = client.get(address)
            page = outline(response)
            assert (page.faults(), page.crumbs) == ([], crumbs)
            assert "e-ISBN 978-87-7119-625-2" in response.content.decode()


class TestDrafts:
    @pytest.fixture
    def network(self) -> Network:
        network = factories.make_network(name="Prøvenetværket")
        factories.make_membership(network, factories.make_municipality("Læsø"))
        factories.make_trial("Offentligt forsøg", network)
        factories.make_trial("Hemmeligt forsøg", network, status=Status.RUNNING, publication=Publication.DRAFT)
        return network

    def test_outsiders_get_no_drafts(self, client, network) -> None:
        assert "Prøvenetværket\n1\n1 forsøg i Prøvenetværket\nI alt\n1\n1" in outline(client.get("/netvaerk/")).text
        text = outline(client.get(network.get_absolute_url())).text
        assert "Offentligt forsøg" in text
        assert "Hemmeligt forsøg" not in text
        assert "I drift" not in text

    def test_staff_get_drafts(self, admin_client, network) -> None:
        assert (
            "Prøvenetværket\n1\n2 forsøg i Prøvenetværket\nI alt\n1\n2" in outline(admin_client.get("/netvaerk/")).text
        )
        page = outline(admin_client.get(network.get_absolute_url()))
        assert f"{Trial.objects.get(publication=Publication.DRAFT).public_id} Kladde" in page.part("I drift 1 forsøg")

    def test_network_with_only_drafts_says_that_it_has_no_trials(self, client, network) -> None:
        Trial.objects.filter(publication=Publication.PUBLISHED).update(publication=Publication.DRAFT)

        assert "Ingen forsøg endnu" in outline(client.get(network.get_absolute_url())).text


def test_network_groups_statuses_in_the_vocabularys_order(client) -> None:
    network = factories.make_network()
    for status in (Status.ENDED, Status.RUNNING, Status.APPROVED, None):
        factories.make_trial(f"Forsøg {status}", network, status=status)

    headings = outline(client.get(network.get_absolute_url())).headings

    assert [text for level, text in headings if level == 3 and text.endswith(" forsøg")] == [
        "Godkendt 1 forsøg",
        "I drift 1 forsøg",
        "Afsluttet 1 forsøg",
        "Ikke oplyst 1 forsøg",
    ]


def test_network_names_former_members(client) -> None:
    network = factories.make_network()
    factories.make_membership(network, factories.make_municipality("Ærø"), Standing.FORMER)

    page = outline(client.get(network.get_absolute_url()))

    assert page.part("Tidligere med (1)") == "Ærø Kommune"
    assert "0\n0 forsøg" in outline(client.get("/netvaerk/")).text


@pytest.mark.parametrize("written", ["Store-Aa", "STORE-AA", "store-å", "Store å"])
def test_network_at_other_spelling_leads_to_its_address(client, written) -> None:
    network = factories.make_network(name="Store Å")

    response = client.get(f"/netvaerk/{written}/")

    assert response.status_code == 301
    assert response.headers["Location"] == network.get_absolute_url() == "/netvaerk/store-aa/"


def test_network_at_former_address_leads_to_the_new_one(client) -> None:
    network = factories.make_network(name="Gammelt navn")
    network.slug = "nyt-navn"
    network.save()

    assert client.get("/netvaerk/gammelt-navn/").headers["Location"] == "/netvaerk/nyt-navn/"
    assert client.get("/netvaerk/nyt-navn/").status_code == 200


def test_address_given_on_to_another_network_is_that_networks(client) -> None:
    first = factories.make_network(name="Navnet")
    first.slug = "foerste"
    first.save()
    factories.make_network(name="Navnet")

    assert client.get("/netvaerk/navnet/").status_code == 200


def test_unknown_network_is_not_found(client) -> None:
    factories.make_network(name="Netværket")

    assert client.get("/netvaerk/netvaerk/").status_code == 404
    assert client.get("/netvaerk/!/").status_code == 404


def test_pages_escape_what_editors_write(client) -> None:
    evil = "<script>alert(1)</script>"
    network = factories.make_network(name=evil, theme=evil, source_place=evil)
    factories.make_membership(network, factories.make_municipality(evil))
    factories.make_trial(evil, network, municipalities=[network.municipalities.get()])

    for address, times in (("/netvaerk/", 4), (network.get_absolute_url(), 6)):
        html = client.get(address).content.decode()
        assert html.count("&lt;script&gt;") >= times
        assert "<script>" not in html


def test_list_makes_as_many_queries_for_500_trials_as_for_one(client, django_assert_num_queries) -> None:
    municipality = factories.make_municipality()
    make_many_trials(1, factories.make_network(), municipality)
    factories.make_membership(factories.make_network(is_active=False), municipality)
    with CaptureQueriesContext(connection) as one:
        client.get("/netvaerk/")

    make_many_trials(500, factories.make_network(), municipality)
    for _ in range(3):
        factories.make_membership(factories.make_network(is_active=False), municipality)
    with django_assert_num_queries(len(one)):
        assert "501" in outline(client.get("/netvaerk/")).lines


def test_network_makes_as_many_queries_for_500_trials_as_for_one(client, django_assert_num_queries) -> None:
    small, large = factories.make_network(), factories.make_network()
    for network, number in ((small, 1), (large, 500)):
        municipality = factories.make_municipality()
        factories.make_membership(network, municipality)
        make_many_trials(number, network, municipality)
    factories.make_membership(large, factories.make_municipality())
    client.get("/datakvalitet/")  # the findings are looked for once for all pages
    with CaptureQueriesContext(connection) as one:
        client.get(small.get_absolute_url())

    with django_assert_num_queries(len(one)):
        assert "500 forsøg" in outline(client.get(large.get_absolute_url())).lines
