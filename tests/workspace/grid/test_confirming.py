"""Cells of the grid confirmed unchanged: one, those marked, a row, the whole network."""

from datetime import date

import pytest
from django.utils import timezone

from networks.models import ChangeSet
from tests import factories
from tests.outline import outline
from tests.workspace.grid.cells import address, change, part, refused, token, told
from trials.enums import Precision, Status
from trials.models import StatusEvent, Trial

pytestmark = pytest.mark.django_db


class TestConfirming:
    @pytest.fixture(autouse=True)
    def running(self, network) -> None:
        """All of the first trial but Morsø is running; of the second nothing is known."""
        for subject in (Trial.objects.get(number=1), part("Thisted"), part("Læsø")):
            factories.make_status(subject, Status.RUNNING, date(2019, 2, 28))

    def test_whole_network_is_confirmed_and_says_so(self, client, network, coordinator) -> None:
        page = outline(client.get(address(network, "bekraeft")))
        assert "Du bekræfter, at 3 oplyste statusser stadig gælder" in page.text
        assert "I 5 felter er status ikke oplyst, og der er intet at bekræfte." in page.text
        sent = {
            "celler": " ".join(token(each) for each in (Trial.objects.get(number=1), part("Thisted"), part("Læsø")))
        }
        [said] = told(client.post(address(network, "bekraeft"), sent))

        assert said.startswith("3 felter er bekræftet uændret pr. ")
        assert said.endswith("I 5 er status ikke oplyst, så der er intet at bekræfte.")
        assert part("Thisted").confirmed_on == timezone.localdate()
        assert part("Morsø").confirmed_on is None
        assert "Alle oplyste statusser er sidst bekræftet" in outline(client.get(address(network))).text
        assert not StatusEvent.objects.filter(recorded_by=coordinator).exists()
        assert ChangeSet.objects.get().entries.count() == 3

    def test_row_is_confirmed_by_its_button(self, client, network, coordinator) -> None:
        factories.make_status(part("Læsø", 2), Status.RUNNING)
        known = [Trial.objects.get(number=1), part("Thisted"), part("Læsø"), part("Læsø", 2)]
        sent = {"goer": "bekraeft-forsoeg-FKII-1-01", "kendte": " ".join(map(token, known))}
        [said] = told(client.post(address(network), sent))

        assert said.startswith("3 felter er bekræftet")
        assert part("Læsø").confirmed_on == timezone.localdate()
        assert part("Læsø", 2).confirmed_on is None

    def test_marked_cells_are_confirmed_whatever_the_form_below_says(self, client, network, coordinator) -> None:
        assert told(client.post(address(network), change(part("Thisted"), goer="bekraeft", status="")))
        assert part("Thisted").confirmed_on == timezone.localdate()
        assert part("Læsø").confirmed_on is None

    def test_marked_cell_that_is_not_known_is_named_and_nothing_confirmed(self, client, network, coordinator) -> None:
        response = client.post(address(network), change(part("Thisted"), part("Morsø"), goer="bekraeft"))

        assert refused(response) == "Morsø i FKII-1-01: Status er ikke oplyst, så der er intet at bekræfte."
        assert part("Thisted").confirmed_on is None

    @pytest.mark.parametrize("rest", [(), ("bekraeft",)])
    def test_what_has_changed_since_is_shown_and_nothing_confirmed(self, client, network, coordinator, rest) -> None:
        sent = {"goer": "bekraeft", "celle": [token(part("Thisted")), token(part("Læsø"))]}
        sent["celler"] = " ".join(sent["celle"])
        factories.make_status(part("Læsø"), Status.ENDED, date(2019, 3, 1), Precision.ON)
        said = refused(client.post(address(network, *rest), sent))

        assert "Læsø i FKII-1-01 er ændret, siden du åbnede siden: Afsluttet, den 1. marts 2019." in said
        assert part("Thisted").confirmed_on is None

    def test_confirmation_by_another_is_no_collision(self, client, network, coordinator) -> None:
        sent = change(part("Thisted"), goer="bekraeft")
        assert told(client.post(address(network), sent))
        assert told(client.post(address(network), sent))

    def test_cell_is_confirmed_on_its_page(self, client, network, coordinator) -> None:
        place = address(network, "FKII-1-01", part("Thisted").municipality.code)
        [said] = told(client.post(place, {"goer": "bekraeft", "latest": part("Thisted").events.get().pk}))

        assert said.startswith("Thisted i FKII-1-01: »I drift« er bekræftet uændret pr. ")
        assert "siden du åbnede siden" in refused(client.post(place, {"goer": "bekraeft", "latest": "x"}))

    def test_unknown_cell_in_the_confirmation_answers_400(self, client, network, coordinator) -> None:
        response = client.post(address(network, "bekraeft"), {"celler": "FKII-1-01/hele"})

        assert (response.status_code, response.context["errors"]) == (400, ["Skemaet har intet felt »FKII-1-01/hele«."])
