"""Who coordinates a network: another is added, one takes over, one stops, and the ministry sees who is alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from networks.models import Coordinator, Network
from tests import factories, roles
from trials.workspace.handover import networks_without_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return factories.make_network(1, "Beskæftigelse")


@pytest.fixture
def coordinator(network, client):
    user = roles.make_coordinator(network, roles.make_user("kim"), from_on=date(2018, 1, 1))
    client.force_login(user)
    return user


@pytest.fixture
def bo():
    return roles.make_user("bo", first_name="Bo", last_name="Berg")


def today() -> date:
    return timezone.localdate()


def page(network: Network) -> str:
    return f"/arbejdsbord/netvaerk/{network.slug}/koordinatorer/"


def addition(name: str, from_on: date | str | None = None, takes_over: object = "") -> dict:
    sent = {"name": name, "from_on": from_on or today(), "takes_over": getattr(takes_over, "pk", takes_over)}
    return {f"tilfoej-{field}": value for field, value in sent.items()}


def ending(role: Coordinator, to_on: date | str, alone: bool = False, seen: str = "") -> dict:
    sent = {"to_on": to_on, "seen": seen} | ({"alone": "on"} if alone else {})
    return {"rolle": role.pk} | {f"slut-{role.pk}-{field}": value for field, value in sent.items()}


def days(network: Network) -> dict[str, tuple]:
    return {role.user.username: (role.from_on, role.to_on) for role in network.coordinators.select_related("user")}


class TestAdding:
    @pytest.mark.parametrize("name", ["bo", "bo@kommune.example", "BO@Kommune.example"])
    def test_user_is_added_by_name_or_address(self, client, network, coordinator, bo, name) -> None:
        response = client.post(page(network), addition(name), follow=True)

        assert "Bo Berg er koordinator fra" in response.content.decode()
        assert days(network) == {"kim": (date(2018, 1, 1), None), "bo": (today(), None)}
        client.force_login(bo)
        assert client.get(page(network)).status_code == 200

    def test_one_who_takes_over_relieves_the_other_from_that_day(self, client, network, coordinator, bo) -> None:
        first = today() + timedelta(days=10)
        client.post(page(network), addition("bo", first, coordinator.coordinates.get()))

        assert days(network) == {"kim": (date(2018, 1, 1), first), "bo": (first, None)}

    def test_one_who_stopped_may_come_back(self, client, network, coordinator, bo) -> None:
        roles.make_coordinator(network, bo, from_on=date(2017, 1, 1), to_on=date(2018, 1, 1))

        assert client.post(page(network), addition("bo")).status_code == 302
        assert network.coordinators.filter(user=bo).count() == 2

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            (addition("ukendt"), "Der er ingen bruger »ukendt«."),
            (addition("dobbelt@kommune.example"), "Flere brugere har e-mailadressen"),
            (addition("lukket"), "Kontoen »lukket« er lukket."),
            (addition("kim"), "kim er allerede koordinator"),
            (addition(""), "Dette felt er påkrævet"),
            (addition("bo", "x"), "Indtast en gyldig dato"),
            (addition("bo", takes_over=999), "gyldig"),
        ],
    )
    def test_refused_addition_says_why_and_changes_nothing(
        self, client, network, coordinator, bo, sent, sentence
    ) -> None:
        roles.make_user("lukket", is_active=False)
        for name in ("a", "b"):
            roles.make_user(name, email="dobbelt@kommune.example")
        response = client.post(page(network), sent)

        assert response.status_code == 400
        assert sentence in response.content.decode()
        assert set(days(network)) == {"kim"}

    def test_taking_over_before_the_other_began_changes_nothing(self, client, network, coordinator, bo) -> None:
        sent = addition("bo", date(2017, 1, 1), coordinator.coordinates.get())

        assert client.post(page(network), sent).status_code == 400
        assert days(network) == {"kim": (date(2018, 1, 1), None)}

    def test_coordinator_hands_over_only_the_own_role(self, client, network, coordinator, bo) -> None:
        other = roles.make_coordinator(network, roles.make_user("eva"))

        assert client.post(page(network), addition("bo", None, other.coordinates.get())).status_code == 400
        assert days(network)["eva"] == (None, None)


class TestStopping:
    def test_one_of_several_stops_without_a_warning(self, client, network, coordinator, bo) -> None:
        roles.make_coordinator(network, bo)
        response = client.post(page(network), ending(coordinator.coordinates.get(), today()))

        assert response.status_code == 302
        assert days(network)["kim"] == (date(2018, 1, 1), today())
        assert client.get(page(network)).status_code == 200, "the last day is a day at work"

    def test_last_one_is_warned_first_and_may_then_leave(self, client, network, coordinator) -> None:
        role = coordinator.coordinates.get()
        response = client.post(page(network), ending(role, today()))

        assert response.status_code == 400
        assert "Netværket har ingen anden koordinator" in response.content.decode()
        assert f'name="slut-{role.pk}-alone"' in response.content.decode()
        assert days(network)["kim"][1] is None

        assert client.post(page(network), ending(role, today(), alone=True)).status_code == 302
        assert days(network)["kim"][1] == today()

    @pytest.mark.parametrize(
        "other", [{"to_on": date(2019, 1, 1)}, {"user": {"is_active": False}}, {"from_on": date(2999, 1, 1)}]
    )
    def test_one_whose_colleague_is_not_there_then_is_warned(self, client, network, coordinator, other) -> None:
        user = roles.make_user("eva", **other.pop("user", {}))
        roles.make_coordinator(network, user, **other)

        assert client.post(page(network), ending(coordinator.coordinates.get(), today())).status_code == 400
        assert days(network)["kim"][1] is None

    def test_one_who_leaves_for_good_is_led_on(self, client, network, coordinator, bo) -> None:
        roles.make_coordinator(network, bo)
        yesterday = today() - timedelta(days=1)
        response = client.post(page(network), ending(coordinator.coordinates.get(), yesterday))

        assert response["Location"] == "/"
        assert client.get(page(network)).status_code == 403

    @pytest.mark.parametrize(
        ("day", "sentence"), [("x", "Indtast en gyldig dato"), (date(2017, 12, 31), "før den begynder 01.01.2018")]
    )
    def test_wrong_last_day_is_refused(self, client, network, coordinator, day, sentence) -> None:
        response = client.post(page(network), ending(coordinator.coordinates.get(), day, alone=True))

        assert response.status_code == 400
        assert sentence in response.content.decode()
        assert days(network)["kim"][1] is None

    def test_role_that_changed_since_the_page_was_opened_is_shown_first(self, client, network, coordinator) -> None:
        role = coordinator.coordinates.get()
        until = today() + timedelta(days=5)
        Coordinator.objects.update(to_on=until)
        response = client.post(page(network), ending(role, today(), alone=True))

        assert response.status_code == 400
        assert f"slutter nu {until:%d.%m.%Y}" in response.content.decode()
        assert days(network)["kim"][1] == until
        sent = ending(role, today(), alone=True, seen=until.isoformat())
        assert client.post(page(network), sent).status_code == 302

    def test_coordinator_ends_nobody_elses_role(self, client, network, coordinator) -> None:
        other = roles.make_coordinator(network, roles.make_user("eva"))

        assert client.post(page(network), ending(other.coordinates.get(), today())).status_code == 404
        assert days(network)["eva"] == (None, None)

    def test_ministry_ends_anyones_role(self, client, network, coordinator) -> None:
        client.force_login(roles.make_ministry())

        assert client.post(page(network), ending(coordinator.coordinates.get(), today(), alone=True)).status_code == 302
        assert days(network)["kim"][1] == today()

    def test_role_in_another_network_is_not_found_here(self, client, network, coordinator) -> None:
        other = factories.make_network(2)
        roles.make_coordinator(other, coordinator)

        assert client.post(page(network), ending(other.coordinators.get(), today(), alone=True)).status_code == 404


class TestPage:
    def test_history_says_who_did_what(self, client, network, coordinator, bo) -> None:
        client.post(page(network), addition("bo"))
        client.post(page(network), ending(coordinator.coordinates.get(), today()))
        text = client.get(page(network)).content.decode()

        assert f"kim: koordinator til og med {today():%d.%m.%Y}" in text
        assert f"Bo Berg: koordinator fra {today():%d.%m.%Y}" in text

    def test_earlier_coordinators_are_shown(self, client, network, coordinator) -> None:
        roles.make_coordinator(network, roles.make_user("ida"), from_on=date(2016, 1, 1), to_on=date(2017, 12, 31))

        assert "ida, 1. januar 2016 – 31. december 2017" in client.get(page(network)).content.decode()

    @pytest.mark.parametrize("number", [1, 8])
    def test_page_makes_the_same_number_of_queries(self, client, network, number, django_assert_num_queries) -> None:
        client.force_login(roles.make_ministry())
        for _ in range(number):
            roles.make_coordinator(network)
            roles.make_coordinator(network, to_on=date(2018, 1, 1))
        with django_assert_num_queries(10):
            assert client.get(page(network)).status_code == 200

    def test_page_is_for_those_who_keep_the_network(self, client, network) -> None:
        for user in (roles.make_coordinator(factories.make_network(2)), roles.make_reader()):
            client.force_login(user)
            assert client.get(page(network)).status_code == 403
            assert client.post(page(network), addition(user.username)).status_code == 403
        assert days(network) == {}


class TestAlone:
    def test_networks_that_nobody_keeps_today(self, network) -> None:
        states = {
            2: {"to_on": today() - timedelta(days=1)},
            3: {"from_on": today() + timedelta(days=1)},
            4: {"to_on": today()},
            5: {"user": roles.make_user(is_active=False)},
        }
        for number, fields in states.items():
            roles.make_coordinator(factories.make_network(number), **fields)
        factories.make_network(6, is_active=False)

        assert [each.number for each in networks_without_coordinator()] == [1, 2, 3, 5]

    def test_ministry_sees_them_on_the_front_page_and_nobody_else(self, client, network) -> None:
        client.force_login(roles.make_ministry())
        text = client.get("/arbejdsbord/").content.decode()
        assert "Netværk uden koordinator" in text
        assert page(network) in text

        client.force_login(roles.make_coordinator(factories.make_network(2)))
        assert "Netværk uden koordinator" not in client.get("/arbejdsbord/").content.decode()

        roles.make_coordinator(network)
        client.force_login(roles.make_ministry())
        assert "Netværk uden koordinator" not in client.get("/arbejdsbord/").content.decode()
