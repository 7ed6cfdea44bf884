"""Many cells of the grid changed at once, or none."""

from datetime import date

import pytest

from networks.enums import Channel
from networks.models import ChangeSet
from tests import factories
from tests.workspace.grid.cells import address, change, part, refused, token, told
from trials.enums import Precision, Status
from trials.models import Participation, StatusEvent, Trial

pytestmark = pytest.mark.django_db


class TestManyCells:
    def test_three_cells_are_changed_at_once_in_one_change_set(self, client, network, coordinator) -> None:
        subjects = [part("Thisted"), part("Læsø", 2), Trial.objects.get(number=1)]
        response = client.post(address(network), change(*subjects, note="Besluttet samlet"))

        assert told(response) == [
            "3 felter har fået status »I drift«: Thisted i FKII-1-01, Læsø i FKII-1-02, Hele forsøget i FKII-1-01."
        ]
        assert response.url == address(network)
        events = StatusEvent.objects.all()
        assert {event.subject for event in events} == set(subjects)
        assert {(e.status, e.effective_on, e.note, e.recorded_by) for e in events} == {
            (Status.RUNNING, date(2018, 5, 1), "Besluttet samlet", coordinator)
        }
        assert ChangeSet.objects.get().channel == Channel.PAGE
        assert ChangeSet.objects.get().entries.filter(model="trials.statusevent").count() == 3

    def test_one_that_is_refused_takes_the_others_with_it_and_is_named(self, client, network, coordinator) -> None:
        factories.make_status(part("Læsø"), Status.REJECTED)
        response = client.post(address(network), change(part("Thisted"), part("Læsø"), effective_on="2019-05-01"))

        said = refused(response)
        assert "Læsø i FKII-1-01: Status kan ikke gå fra »Ikke imødekommet« til »I drift«." in said
        assert "Thisted" not in said
        assert not part("Thisted").events.exists()
        boxes = response.content.decode()
        for subject in (part("Thisted"), part("Læsø")):
            assert f'value="{token(subject)}" checked' in boxes
        assert 'value="2019-05-01"' in boxes

    def test_cell_that_someone_else_has_changed_is_shown_and_not_overwritten(
        self, client, network, coordinator
    ) -> None:
        written = change(part("Thisted"), part("Læsø"), status=Status.PLANNED, effective_on="2018-06-01")
        factories.make_status(part("Læsø"), Status.RUNNING, date(2018, 5, 1), Precision.ON)
        response = client.post(address(network), written)

        assert "Læsø i FKII-1-01 er ændret, siden du åbnede siden: I drift, den 1. maj 2018." in refused(response)
        assert StatusEvent.objects.count() == 1
        again = written | {"celle": [token(part("Thisted")), token(part("Læsø"))]}
        assert "checked" in response.content.decode()
        assert len(told(client.post(address(network), again))) == 1
        assert part("Læsø").status == Status.PLANNED

    def test_doubt_is_overruled_by_a_tick_and_a_note(self, client, network, coordinator) -> None:
        Participation.objects.update(decided_on=None)
        written = change(part("Thisted"), part("Læsø"))
        response = client.post(address(network), written)

        assert refused(response).count("Der er ikke oplyst nogen dag, hvor kommunalbestyrelsen") == 2
        assert 'type="checkbox" name="anyway"' in response.content.decode()
        assert "Skriv i bemærkningen" in refused(client.post(address(network), written | {"anyway": "on"}))
        assert told(client.post(address(network), written | {"anyway": "on", "note": "Beslutningen er mundtlig"}))
        assert StatusEvent.objects.count() == 2

    def test_nothing_marked_is_said(self, client, network, coordinator) -> None:
        for goer in ("skift", "bekraeft"):
            assert "Markér mindst ét felt" in refused(client.post(address(network), change(goer=goer)))

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"status": "findes-ikke"}, "findes-ikke"),
            ({"status": ""}, "Ny status: Dette felt er påkrævet."),
            ({"effective_on": "2099-01-01"}, "fremtiden"),
            ({"note": "Borger 010190-1234"}, "CPR-nummer"),
        ],
        ids=["status", "no status", "future", "personal number"],
    )
    def test_what_cannot_be_is_refused_with_a_sentence(self, client, network, coordinator, changed, why) -> None:
        assert why in refused(client.post(address(network), change(part("Thisted")) | changed))
        assert not StatusEvent.objects.exists()

    def test_telephone_number_in_the_note_is_warned_of(self, client, network, coordinator) -> None:
        response = client.post(address(network), change(part("Thisted"), note="Ring 20 30 40 50"))

        assert "kontaktoplysninger: 20 30 40 50" in told(response)[1]

    @pytest.mark.parametrize(
        "celle", ["FKII-1-09/hele/0", "FKII-1-01/9999/0", "FKII-1-01/hele/x", "", "FKII-1-01/hele/-1", "x/0"]
    )
    def test_cell_that_is_not_there_answers_400_and_names_it(self, client, network, coordinator, celle) -> None:
        response = client.post(address(network), change() | {"celle": [celle]})

        assert response.status_code == 400
        assert f"»{celle}«" in response.context["errors"][0]

    def test_unknown_button_answers_400(self, client, network, coordinator) -> None:
        response = client.post(address(network), change(part("Thisted"), goer="slet"))

        assert (response.status_code, response.context["errors"]) == (400, ["Knappen »slet« findes ikke i skemaet."])
