"""A user's own deadlines as a calendar at a secret address."""

from datetime import date

import pytest
from icalendar import Calendar

from tests import factories, roles
from trials.enums import Publication
from trials.models import CalendarKey
from trials.workspace import own_calendar

pytestmark = pytest.mark.django_db

PAGE = "/arbejdsbord/kalender/"
DAY = date(2019, 5, 1)


@pytest.fixture
def network():
    return factories.make_network(1, "Beskæftigelse")


def make_milestone(label: str, **fields):
    return factories.make_milestone(label, **{"planned_from": DAY, "planned_to": DAY} | fields)


def address(user) -> str:
    own_calendar.renew(user)
    return own_calendar.address(user)


def titles(client, user) -> list[str]:
    """What the user's calendar holds, read without logging in."""
    client.logout()
    response = client.get(address(user))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return sorted(str(event["summary"]).removeprefix("Planlagt: ") for event in events)


class TestContent:
    def test_coordinator_has_the_milestones_to_come_of_the_own_networks(self, client, network) -> None:
        trial = factories.make_trial(network=network, publication=Publication.DRAFT)
        make_milestone("Netværkets", network=network)
        make_milestone("Forsøgets", trials=[trial], network=None)
        make_milestone("Nået", network=network, actual_from=DAY, actual_to=DAY)
        make_milestone("Uden dag", network=network, planned_from=None, planned_to=None)
        make_milestone("Et andet netværks", network=factories.make_network(2))

        assert titles(client, roles.make_coordinator(network)) == ["Forsøgets", "Netværkets"]

    def test_contact_has_those_of_the_municipalitys_published_trials(self, client, network) -> None:
        place = factories.make_municipality()
        make_milestone("Kommunens", trials=[factories.make_trial(network=network, municipalities=[place])])
        make_milestone("En andens", trials=[factories.make_trial(network=network)])
        draft = factories.make_trial(network=network, municipalities=[place], publication=Publication.DRAFT)
        make_milestone("Kladdens", trials=[draft])

        assert titles(client, roles.make_contact(place)) == ["Kommunens"]

    def test_evaluator_has_those_of_the_trials_evaluated(self, client, network) -> None:
        trial = factories.make_trial(network=network)
        make_milestone("Evalueringens", trials=[trial])
        make_milestone("En andens", trials=[factories.make_trial(network=network)])

        assert titles(client, roles.make_evaluator(factories.make_evaluation(trial))) == ["Evalueringens"]

    def test_ministry_has_all(self, client, network) -> None:
        make_milestone("Et", network=network)
        make_milestone("To", network=factories.make_network(2))

        assert titles(client, roles.make_ministry()) == ["Et", "To"]

    @pytest.mark.parametrize("number", [1, 15])
    def test_calendar_makes_the_same_number_of_queries(
        self, client, network, number, django_assert_num_queries
    ) -> None:
        user = roles.make_coordinator(network)
        for row in range(number):
            make_milestone(f"Milepæl {row}", trials=[factories.make_trial(f"Forsøg {row}", network)])
        path = address(user)
        with django_assert_num_queries(7):
            assert client.get(path).status_code == 200


class TestAddress:
    def test_address_is_made_made_anew_and_closed_on_its_page(self, client, network) -> None:
        user = roles.make_coordinator(network)
        client.force_login(user)
        assert "Du har ingen kalenderadresse" in client.get(PAGE).content.decode()

        client.post(PAGE, {"handling": "ny"})
        first = own_calendar.address(user)
        assert f"http://testserver{first}" in client.get(PAGE).content.decode()
        client.post(PAGE, {"handling": "ny"})
        second = own_calendar.address(user)
        assert [client.get(path).status_code for path in (first, second)] == [404, 200]

        client.post(PAGE, {"handling": "luk"})
        assert client.get(second).status_code == 404
        assert not CalendarKey.objects.exists()

    def test_unknown_deed_does_nothing(self, client, network) -> None:
        client.force_login(roles.make_coordinator(network))

        assert client.post(PAGE, {"handling": "x"}).status_code == 200
        assert not CalendarKey.objects.exists()

    def test_inactive_user_or_one_without_a_role_has_no_calendar(self, client, network) -> None:
        user = roles.make_coordinator(network)
        path = address(user)
        user.is_active = False
        user.save()
        assert client.get(path).status_code == 404

        user.is_active = True
        user.save()
        assert client.get(path).status_code == 200
        user.coordinates.update(to_on=date(2019, 1, 1))
        assert client.get(path).status_code == 404

    def test_address_that_was_changed_or_guessed_is_not_found(self, client, network) -> None:
        path = address(roles.make_coordinator(network)).removesuffix(".ics")
        key = CalendarKey.objects.get().key
        for wrong in (path[:-1] + ("A" if path[-1] != "A" else "B"), f"{PAGE}{key}", f"{PAGE}{key}.x", f"{PAGE}å"):
            assert client.get(f"{wrong}.ics").status_code == 404, wrong

    def test_calendar_is_private_and_only_read(self, client, network) -> None:
        path = address(roles.make_coordinator(network))
        response = client.get(path)

        assert response["Cache-Control"] == "private, no-cache"
        assert response["X-Robots-Tag"] == "noindex"
        assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304
        assert client.post(path).status_code == 405

    def test_page_is_for_those_with_a_role(self, client) -> None:
        assert client.get(PAGE).status_code == 302
        client.force_login(roles.make_user())
        assert client.get(PAGE).status_code == 403
