"""The workspace's front page and my network today: who sees what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.models import Network
from tests import factories, roles
from tests.outline import outline
from trials.enums import DesignStatus, Publication, Status
from trials.models import Trial

pytestmark = pytest.mark.django_db

HOME = "/arbejdsbord/"


@pytest.fixture
def network() -> Network:
    """Network 1, whose trial in Thisted has a milestone that is overdue and an evaluation without a design."""
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    trial = factories.make_trial("Mikrolån", network, [factories.make_municipality("Thisted")], number=4)
    factories.make_milestone(trials=[trial], planned_from=date(2019, 1, 1), planned_to=date(2019, 1, 31))
    factories.make_evaluation(trial, DesignStatus.NONE)
    return network


def today(network: Network) -> str:
    return f"/arbejdsbord/netvaerk/{network.slug}/"


def seen(client, user, address: str = HOME):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return outline(response)


def test_coordinator_sees_the_networks_kept_and_what_is_due(client, network) -> None:
    factories.make_network(2, "Billige boliger")
    page = seen(client, roles.make_coordinator(network))

    assert "Fleksibel beskæftigelsesindsats" in page.part("Mine netværk")
    assert "1 overskredet" in page.text
    assert "Akutteamet i drift (FKII-1-04): planlagt januar 2019, ikke oplyst som sket" in page.text
    assert "Billige boliger" not in page.text


def test_former_coordinator_keeps_nothing(client, network) -> None:
    user = roles.make_coordinator(network, to_on=date(2020, 12, 31))
    client.force_login(user)

    assert client.get(HOME).status_code == 403
    assert client.get(today(network)).status_code == 403


@pytest.mark.parametrize("role", [roles.make_ministry, roles.make_reader])
def test_ministry_and_reader_see_all_networks(client, network, role) -> None:
    factories.make_network(2, "Billige boliger")
    page = seen(client, role())

    assert "Billige boliger" in page.text
    assert "Fleksibel beskæftigelsesindsats" in page.text


def test_reader_follows_a_network_and_is_offered_no_change(client, network) -> None:
    page = seen(client, roles.make_reader(), today(network))

    assert "Akutteamet i drift" in page.text
    assert "skema" not in page.text.casefold()
    assert "/skema/" not in client.get(today(network)).content.decode()


def test_contact_sees_the_municipality_and_no_draft(client, network) -> None:
    trial = Trial.objects.get()
    thisted = trial.municipalities.get()
    factories.make_status(trial.participations.get(), Status.RUNNING)
    draft = factories.make_trial("Hemmeligt", network, [thisted], publication=Publication.DRAFT)
    page = seen(client, roles.make_contact(thisted))

    assert "FKII-1-04 Mikrolån" in page.text
    assert "ikke bekræftet" in page.text
    assert draft.title not in page.text
    assert client.get(today(network)).status_code == 403


def test_evaluator_sees_the_evaluation_and_what_it_lacks(client, network) -> None:
    trial = Trial.objects.get()
    evaluation = factories.make_evaluation(trial, name="Måling af mikrolån", method_element="missing")
    page = seen(client, roles.make_evaluator(evaluation))

    assert "Måling af mikrolån" in page.text
    assert "Mangler: evalueringsmetode" in page.text


def test_one_without_a_role_is_refused_and_one_not_signed_in_sent_to_the_login(client, network) -> None:
    for address in (HOME, today(network)):
        assert client.get(address).url.startswith("/konto/login/")
    client.force_login(roles.make_user())
    for address in (HOME, today(network)):
        assert client.get(address).status_code == 403


def test_my_network_today_lists_duties_by_how_pressing_they_are(client, network) -> None:
    page = seen(client, roles.make_coordinator(network), today(network))

    assert page.lines.index("Overskredet (1)") < page.lines.index("Mangler (1)")
    assert "skulle være gjort 31. januar 2019" in page.text
    assert "evalueringsdesignet er »Udarbejdes ikke«" in page.text


def test_my_network_today_tells_the_newest_changes_with_their_pages(client, network) -> None:
    trial = Trial.objects.get()
    factories.make_status(trial, Status.RUNNING, date(2019, 2, 1), by=roles.make_user("skriver"))
    page = seen(client, roles.make_coordinator(network), today(network))

    assert "FKII-1-04 Mikrolån: fra Ikke oplyst til I drift senest den 1. februar 2019" in page.part("Nyeste ændringer")
    assert "skriver" not in page.text


def test_network_with_nothing_due_says_so(client) -> None:
    network = factories.make_network()
    user = roles.make_coordinator(network)

    assert "Intet at gøre i dag" in seen(client, user, today(network)).text
    assert "Intet at gøre i dag." in seen(client, user).text


def test_networks_pages_are_in_the_menu_and_the_public_part_is_not_marked(client, network) -> None:
    client.force_login(roles.make_coordinator(network))
    html = client.get(today(network)).content.decode()

    assert f'<a href="{today(network)}" aria-current="page">' in html
    assert f'<a href="{today(network)}skema/">' in html
    assert 'aria-current="true"' not in html
    assert 'aria-current="true"' in client.get(network.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", [roles.make_ministry, roles.make_coordinator])
def test_pages_cost_as_many_queries_with_many_networks_and_trials(client, network, role) -> None:
    user = role() if role is roles.make_ministry else role(network)
    client.force_login(user)
    asked = (HOME, today(network))

    def costs() -> list[int]:
        found = []
        for address in asked:
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    few = costs()
    for number in range(5):
        other = factories.make_network()
        if role is roles.make_coordinator:
            roles.make_coordinator(other, user)
        for each in (network, other):
            trial = factories.make_trial(f"Nr. {number}", each, [factories.make_municipality()], Status.RUNNING)
            factories.make_milestone(trials=[trial], planned_from=date(2019, 1, 1), planned_to=date(2019, 1, 31))
            factories.make_evaluation(trial, DesignStatus.NONE)
            factories.make_observation(trials=[trial], to_on=date(2018, 1, 1))
    assert costs() == few
