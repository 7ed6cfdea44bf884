"""What the page of a network tells of the network itself: its story, its members' focus, its coordinator."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks.enums import Standing, TargetGroup, TextKind
from networks.models import Coordinator, Network, NetworkText
from tests import factories
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from tests.outline import outline
from trials.models import Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return factories.make_network(1, "Arbejde")


def words(client, record) -> str:
    return " ".join(outline(client.get(record.get_absolute_url())).text.split())


class TestNetwork:
    def test_texts_stand_by_kind_with_their_places(self, client, network):
        for kind in TextKind:
            if kind != TextKind.INACTIVE_REASON:
                factories.make_network_text(
                    network, kind, f"Om {kind.label}.", source_place="Afsnit 1", quotation="ordret"
                )
        page = outline(client.get(network.get_absolute_url()))

        for heading, kind in {
            "Formål": TextKind.PURPOSE,
            "Status": TextKind.STATUS,
            "Kerneelementer på tværs af forsøgene": TextKind.CORE_ELEMENT,
            "Særligt ved netværket": TextKind.SPECIAL,
            "VIVEs datagrundlag": TextKind.DATA_SOURCE,
            "Om tidligere medlemmer": TextKind.FORMER_MEMBER,
        }.items():
            assert page.part(heading).startswith(f"Om {kind.label}.\nKilde: Afsnit 1: ordret"), heading
        assert page.faults() == []

    def test_inactive_network_says_why(self, client):
        network = factories.make_network(8, "Samskabelse", is_active=False)
        factories.make_network_text(network, TextKind.INACTIVE_REASON, "Ingen forsøg blev godkendt.")
        text = words(client, network)

        assert "Netværket er ikke aktivt" in text
        assert "Ingen forsøg blev godkendt." in text
        assert "oordinator" not in text

    def test_coordinator_is_a_role_without_a_name(self, client, network, django_user_model):
        user = django_user_model.objects.create_user("navngivet", first_name="Karen", last_name="Kontakt")
        today = timezone.localdate()
        assert "Netværkets koordinator er ikke registreret." in words(client, network)
        former = Coordinator.objects.create(network=network, user=user, to_on=date(2018, 1, 1))
        assert "Netværkets koordinator er ikke registreret." in words(client, network)
        former.delete()
        Coordinator.objects.create(network=network, user=user, from_on=today)
        html = client.get(network.get_absolute_url()).content.decode()

        assert "Netværket har en koordinator." in words(client, network)
        for name in ("navngivet", "Karen", "Kontakt"):
            assert name not in html

    def test_focus_of_each_member_is_a_table(self, client, network):
        both = factories.make_membership(network, factories.make_municipality("Furesø"))
        factories.make_focus(both, TargetGroup.ADULTS, source_place="Afsnit 7.1")
        factories.make_focus(both, TargetGroup.FAMILIES)
        factories.make_focus(factories.make_membership(network, factories.make_municipality("Allerød")))
        factories.make_membership(network, factories.make_municipality("Uden fokus"))
        lines = outline(client.get(network.get_absolute_url())).part("Kommunernes målgrupper").splitlines()

        assert lines[:4] == ["Kommune", "Voksne", "Familier", "Unge"]
        assert lines[4:12] == ["Allerød", "ja", "ikke nævnt", "ikke nævnt", "Furesø", "ja", "ja", "ikke nævnt"]
        assert "Uden fokus" not in lines

    def test_former_member_stands_apart(self, client, network):
        factories.make_membership(network, factories.make_municipality("Læsø"), Standing.FORMER)

        assert outline(client.get(network.get_absolute_url())).part("Tidligere med (1)") == "Læsø Kommune"

    def test_network_of_nothing_has_no_empty_parts(self, client, network):
        headings = {text for _, text in outline(client.get(network.get_absolute_url())).headings}

        assert headings & {"Milepæle", "Aktivitetstal", "Erfaringer", "Kommunernes målgrupper", "Formål"} == set()


def test_network_costs_the_same_with_1_and_30_of_everything(client, network):
    def grow(number: int) -> int:
        for place in range(number):
            municipality = factories.make_municipality()
            trial = factories.make_trial(f"Forsøg {number} {place}", network, [municipality])
            factories.make_focus(factories.make_membership(network, municipality))
            factories.make_network_text(network, TextKind.SPECIAL)
            factories.make_experience(trials=[trial], municipalities=[municipality])
            factories.make_milestone(trials=[trial])
            factories.make_observation(trials=[trial], municipalities=[municipality])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(network.get_absolute_url()).status_code == 200
        return len(captured)

    assert grow(1) == grow(30)


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_text_of_every_network_is_on_its_page(self, client):
        for network in Network.objects.all():
            text = words(client, network)
            for told in NetworkText.objects.filter(network=network):
                assert " ".join(told.text.split()) in text, told

    def test_inactive_network_tells_why(self, client):
        text = words(client, Network.objects.get(number=8))

        assert "ingen af dets forsøg er blevet godkendt" in text

    def test_halsnaes_focuses_on_all_three(self, client):
        lines = outline(client.get(Network.objects.get(number=7).get_absolute_url())).part("Kommunernes målgrupper")

        assert "Halsnæs\nja\nja\nja" in lines
        assert "Ballerup\nikke nævnt\nja\nikke nævnt" in lines

    @pytest.mark.html
    def test_pages_of_what_was_learnt_are_valid_html(self, client):
        addresses = ["/om/", "/datakvalitet/", "/aktivitetstal/", "/aktivitetstal/?enhed=x", "/kommuner/halsnaes/"]
        addresses += [network.get_absolute_url() for network in Network.objects.all()]
        addresses += [trial.get_absolute_url() for trial in Trial.objects.filter(number__in=(1, 5))]
        try:
            assert validate_html({address: client.get(address).content.decode() for address in addresses}) == []
        except CheckerUnavailable as missing:
            unavailable(str(missing))
