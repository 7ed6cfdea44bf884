"""One cell of the grid on its page, and a row on its own."""

from datetime import date

import pytest

from tests import factories
from tests.outline import outline
from tests.workspace.grid.cells import address, of_cell, part, refused, told
from trials.enums import Precision, Status
from trials.models import Participation, Trial

pytestmark = pytest.mark.django_db


class TestOneCell:
    @pytest.fixture
    def place(self, network) -> str:
        return address(network, "FKII-1-01", part("Thisted").municipality.code)

    def test_cell_is_changed(self, client, network, coordinator, place) -> None:
        response = client.post(place, of_cell(part("Thisted"), note="12 borgere"))

        assert told(response) == ["Thisted i FKII-1-01: fra Ikke oplyst til I drift, den 1. maj 2018"]
        assert response.url == address(network)
        assert part("Thisted").events.get().note == "12 borgere"

    def test_refused_transition_says_why_and_keeps_the_input(self, client, coordinator, place) -> None:
        factories.make_status(part("Thisted"), Status.ENDED, date(2018, 4, 1))
        response = client.post(place, of_cell(part("Thisted"), status=Status.PLANNED, note="Igen"))

        assert "Status kan ikke gå fra »Afsluttet« til »Planlagt«." in refused(response)
        assert "Igen" in response.content.decode()
        assert response["HX-Retarget"] == "#celle-indhold"

    def test_stale_form_shows_what_is_new(self, client, coordinator, place) -> None:
        written = of_cell(part("Thisted"), status=Status.PLANNED, effective_on="2018-06-01")
        factories.make_status(part("Thisted"), Status.RUNNING, date(2018, 5, 1), Precision.ON, note="12 borgere")
        response = client.post(place, written)

        assert "Nyt siden da: I drift, den 1. maj 2018." in refused(response)
        assert "12 borgere" in response.content.decode()
        assert part("Thisted").events.count() == 1
        latest = response.context["form"]["latest"].value()
        assert told(client.post(place, written | {"latest": latest}))

    def test_start_can_bring_the_day_of_the_decision(self, client, coordinator, place) -> None:
        assert "decided_on" not in client.get(place).context["form"].fields  # it is known
        Participation.objects.update(decided_on=None)
        refused(client.post(place, of_cell(part("Thisted"))))
        assert told(client.post(place, of_cell(part("Thisted"), decided_on="2018-04-01")))

        assert part("Thisted").decided_on == date(2018, 4, 1)
        assert part("Thisted").history.first().decided_on == date(2018, 4, 1)

    def test_decision_is_not_kept_when_the_status_is_refused(self, client, coordinator, place) -> None:
        Participation.objects.update(decided_on=None)
        response = client.post(place, of_cell(part("Thisted"), decided_on="2018-05-02"))

        assert "besluttede først at bruge forsøget den 2. maj 2018" in refused(response)
        assert part("Thisted").decided_on is None
        assert "kan ikke passe" in refused(client.post(place, of_cell(part("Thisted"), decided_on="2999-01-01")))
        assert "ikke kommet" in refused(client.post(place, of_cell(part("Thisted"), decided_on="2099-01-01")))

    def test_correction_takes_the_place_of_the_wrong_event(self, client, coordinator, place) -> None:
        wrong = factories.make_status(part("Thisted"), Status.ENDED, date(2018, 4, 1))
        [said] = told(client.post(place, of_cell(part("Thisted"), corrects=wrong.pk, note="Forkert kommune")))

        assert "er rettet til »I drift, den 1. maj 2018«" in said

    def test_where_nothing_is_known_there_is_nothing_to_confirm(self, client, coordinator, place) -> None:
        text = outline(client.get(place)).text

        assert "Status er ikke oplyst, så der er intet at bekræfte." in text
        assert "bekræft pr. i dag" not in text


class TestRow:
    def sent(self, network, **changed) -> dict:
        """What the browser sends from a row's form in which nothing has been changed, but for `changed`."""
        found = {}
        trial = Trial.objects.get(number=1)
        for place, subject in [
            ("hele", trial),
            *((each.municipality.code, each) for each in trial.participations.all()),
        ]:
            newest = subject.events.order_by("-pk").first()
            empty = {"status": "", "reason": "", "note": "", "effective_on": "2018-05-01", "precision": "on"}
            empty["latest"] = newest.pk if newest else 0
            found |= {f"{place}-{name}": value for name, value in empty.items()}
        return found | changed

    def test_what_is_chosen_is_kept_and_the_rest_left_alone(self, client, network, coordinator) -> None:
        thisted, laesoe = (part(name).municipality.code for name in ("Thisted", "Læsø"))
        written = {f"{thisted}-status": Status.RUNNING, f"{laesoe}-status": Status.AWAITING}
        written |= {f"{laesoe}-reason": "no_partner"}
        response = client.post(address(network, "FKII-1-01"), self.sent(network, **written))

        assert told(response) == ["FKII-1-01: 2 felter er gemt."]
        assert (part("Thisted").status, part("Læsø").status, part("Morsø").status) == ("running", "awaiting", "unknown")

    def test_one_that_is_refused_takes_the_others_with_it(self, client, network, coordinator) -> None:
        factories.make_status(part("Læsø"), Status.REJECTED)
        written = {f"{part(name).municipality.code}-status": Status.RUNNING for name in ("Thisted", "Læsø")}
        response = client.post(address(network, "FKII-1-01"), self.sent(network, **written))

        assert "Læsø i FKII-1-01: Status kan ikke gå fra" in refused(response)
        assert not part("Thisted").events.exists()

    def test_doubt_asks_once_for_the_whole_row(self, client, network, coordinator) -> None:
        Participation.objects.update(decided_on=None)
        thisted = part("Thisted").municipality.code
        written = self.sent(network, **{f"{thisted}-status": Status.RUNNING})
        response = client.post(address(network, "FKII-1-01"), written)

        assert "Der er ikke oplyst nogen dag" in refused(response)
        assert response.content.decode().count('name="anyway"') == 1
        again = written | {"anyway": "on", f"{thisted}-note": "Mundtligt"}
        assert told(client.post(address(network, "FKII-1-01"), again))

    def test_note_without_a_status_is_not_lost(self, client, network, coordinator) -> None:
        thisted, laesoe = (part(name).municipality.code for name in ("Thisted", "Læsø"))
        written = {f"{thisted}-status": Status.RUNNING, f"{laesoe}-note": "12 borgere"}
        response = client.post(address(network, "FKII-1-01"), self.sent(network, **written))

        assert "Læsø i FKII-1-01: Vælg en status; ellers bliver det skrevne ikke gemt." in refused(response)
        assert "12 borgere" in response.content.decode()

    def test_stale_row_and_empty_row_are_refused(self, client, network, coordinator) -> None:
        thisted = part("Thisted").municipality.code
        written = self.sent(network, **{f"{thisted}-status": Status.PLANNED, f"{thisted}-effective_on": "2018-06-01"})
        factories.make_status(part("Thisted"), Status.RUNNING, date(2018, 5, 1))
        response = client.post(address(network, "FKII-1-01"), written)

        assert "En anden har ændret status" in refused(response)
        assert "Vælg en ny status for mindst ét felt." in refused(
            client.post(address(network, "FKII-1-01"), self.sent(network))
        )
