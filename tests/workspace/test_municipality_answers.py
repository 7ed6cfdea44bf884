"""A municipality's own participations for its contact with an account: the same sheet as behind a link."""

import pytest
from django.utils import timezone

from networks.enums import Channel
from networks.models import ChangeSet
from tests import factories, roles
from trials.enums import Publication, Status
from trials.models import MunicipalAnswer, Participation

pytestmark = pytest.mark.django_db

PAGE = "/arbejdsbord/kommune/thisted/"


@pytest.fixture
def thisted():
    """Thisted with a running trial in each of two networks, and a draft; Læsø in the first."""
    thisted = factories.make_municipality("Thisted")
    for number, title in ((1, "Mikrolån"), (2, "Almene boliger")):
        trial = factories.make_trial(title, factories.make_network(number))
        factories.make_participation(trial, thisted, Status.RUNNING)
    draft = factories.make_trial("Hemmeligt", trial.network, publication=Publication.DRAFT)
    factories.make_participation(draft, thisted, Status.RUNNING)
    return thisted


@pytest.fixture
def contact(thisted, client):
    user = roles.make_contact(thisted)
    client.force_login(user)
    return user


def part(title: str) -> Participation:
    return Participation.objects.get(trial__title=title)


def said(title: str, choice: str, **fields) -> dict:
    mine = part(title)
    sent = {"choice": choice, "seen": mine.events.get().pk} | fields
    return {f"{mine.pk}-{name}": value for name, value in sent.items()}


def proposal(title: str) -> dict:
    return said(title, "aendret", status="ended", effective_on="2019-03-01", precision="on", note="Slut.")


class TestSheet:
    def test_contact_answers_for_all_networks_as_often_as_needed(self, client, contact) -> None:
        for _ in range(2):
            response = client.post(PAGE, {**said("Mikrolån", "uaendret"), **proposal("Almene boliger")}, follow=True)
            assert response.redirect_chain == [(PAGE, 302)]
            assert "1 forsøg er bekræftet uændret og 1 forslag er sendt" in response.content.decode()

        assert part("Mikrolån").confirmed_on == timezone.localdate()
        assert part("Almene boliger").status == Status.RUNNING
        assert MunicipalAnswer.objects.filter(answered_by=contact, request=None).count() == 4

    def test_change_set_names_the_contact_and_the_page(self, client, contact) -> None:
        client.post(PAGE, said("Mikrolån", "uaendret"))

        assert (ChangeSet.objects.get().channel, ChangeSet.objects.get().made_by) == (Channel.PAGE, contact)

    def test_drafts_are_not_shown_to_the_contact(self, client, contact) -> None:
        page = client.get(PAGE).content.decode()

        assert "Mikrolån" in page
        assert "Almene boliger" in page
        assert "Hemmeligt" not in page

    def test_refused_answer_keeps_the_input(self, client, contact) -> None:
        response = client.post(PAGE, said("Mikrolån", "aendret", note="Bevar mig", precision="on"))

        assert response.status_code == 400
        assert "FKII-1-01: Vælg den nye status." in response.content.decode()
        assert "Bevar mig" in response.content.decode()

    def test_what_was_decided_is_shown(self, client, contact) -> None:
        client.post(PAGE, proposal("Mikrolån"))
        assert "Venter på koordinatoren" in client.get(PAGE).content.decode()
        MunicipalAnswer.objects.update(
            accepted=False, comment="Aftalen løber.", decided_at=timezone.now(), decided_by=roles.make_user()
        )

        assert "Sendt tilbage: Aftalen løber." in client.get(PAGE).content.decode()

    @pytest.mark.parametrize("number", [1, 12])
    def test_page_makes_the_same_number_of_queries(
        self, client, contact, thisted, number, django_assert_num_queries
    ) -> None:
        network = factories.make_network(3)
        for row in range(number):
            mine = factories.make_participation(factories.make_trial(f"F{row}", network), thisted, Status.RUNNING)
            MunicipalAnswer.objects.create(
                participation=mine, answered_by=contact, status="ended", effective_on="2019-03-01", precision="on"
            )
        with django_assert_num_queries(14):
            assert client.get(PAGE).status_code == 200


class TestAccess:
    def test_coordinator_answers_only_in_the_own_network(self, client, thisted) -> None:
        client.force_login(roles.make_coordinator(part("Mikrolån").trial.network))
        page = client.get(PAGE).content.decode()
        assert "Mikrolån" in page
        assert "Almene boliger" not in page

        assert client.post(PAGE, said("Almene boliger", "uaendret")).status_code == 400
        assert part("Almene boliger").confirmed_on is None

    def test_ministry_answers_for_all(self, client, thisted) -> None:
        client.force_login(roles.make_ministry())

        assert "Hemmeligt" in client.get(PAGE).content.decode()

    def test_others_are_refused(self, client, thisted) -> None:
        other = roles.make_contact(factories.make_municipality("Læsø"))
        former = roles.make_contact(thisted, to_on=timezone.localdate().replace(year=2019))
        for user in (other, former, roles.make_reader(), roles.make_coordinator(factories.make_network(9))):
            client.force_login(user)
            assert client.get(PAGE).status_code == 403
            assert client.post(PAGE, said("Mikrolån", "uaendret")).status_code == 403
        client.logout()
        assert client.get(PAGE).status_code == 302
        assert part("Mikrolån").confirmed_on is None

    def test_unknown_municipality_is_not_found(self, client, contact) -> None:
        assert client.get("/arbejdsbord/kommune/findes-ikke/").status_code == 404
