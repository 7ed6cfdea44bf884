"""The grid's pages: who may, what is changed and confirmed, and what is refused with nothing kept."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks.enums import Channel
from networks.models import ChangeSet, Network
from tests import factories, roles
from tests.outline import outline
from trials.enums import Precision, Publication, Status
from trials.models import Participation, StatusEvent, Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    """Network 1 with Thisted, Læsø and Morsø in two trials."""
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    municipalities = [factories.make_municipality(name) for name in ("Thisted", "Læsø", "Morsø")]
    for municipality in municipalities:
        factories.make_membership(network, municipality)
    for number in (1, 2):
        factories.make_trial(f"Forsøg {number}", network, municipalities, number=number)
    Participation.objects.update(decided_on=date(2018, 1, 1))
    return network


@pytest.fixture
def coordinator(client, network):
    user = roles.make_coordinator(network)
    client.force_login(user)
    return user


def part(name: str, number: int = 1) -> Participation:
    return Participation.objects.get(municipality__name=name, trial__number=number)


def address(network: Network, *rest: str) -> str:
    return "/".join([f"/arbejdsbord/netvaerk/{network.slug}/skema", *rest, ""])


def token(subject) -> str:
    """What the box of a cell is worth when the page has just been made."""
    newest = subject.events.order_by("-pk").first()
    trial, place = (subject, "hele") if isinstance(subject, Trial) else (subject.trial, subject.municipality.code)
    return f"{trial.public_id}/{place}/{newest.pk if newest else 0}"


def change(*subjects, goer: str = "skift", **changed) -> dict:
    """What the browser sends for some marked cells."""
    return {
        "celle": [token(subject) for subject in subjects],
        "goer": goer,
        "status": Status.RUNNING,
        "reason": "",
        "effective_on": "2018-05-01",
        "precision": Precision.ON,
        "note": "",
        "anyway": "",
    } | changed


def of_cell(subject, **changed) -> dict:
    """What the browser sends from a cell's own form."""
    newest = subject.events.order_by("-pk").first()
    return change(corrects="", latest=newest.pk if newest else 0) | changed


def told(response) -> list[str]:
    assert response.status_code == 302, response.context["errors"]
    return [str(message) for message in get_messages(response.wsgi_request)]


def refused(response) -> str:
    assert response.status_code == 200
    assert "Intet er gemt" in response.content.decode() or "Intet er bekræftet" in response.content.decode()
    return " ".join(response.context["errors"])


class TestWhoMay:
    @pytest.fixture(params=["", "bekraeft", "FKII-1-01", "FKII-1-01/hele"])
    def place(self, request, network) -> str:
        return address(network, *request.param.split("/")) if request.param else address(network)

    def test_one_who_is_not_signed_in_is_sent_to_the_login(self, client, place) -> None:
        for response in (client.get(place), client.post(place)):
            assert response.status_code == 302
            assert response.url.startswith("/konto/login/")

    @pytest.mark.parametrize("role", ["none", "other", "reader", "contact"])
    def test_those_who_do_not_keep_the_network_are_refused(self, client, network, place, role) -> None:
        user = {
            "none": roles.make_user,
            "other": lambda: roles.make_coordinator(factories.make_network(2)),
            "reader": roles.make_reader,
            "contact": lambda: roles.make_contact(part("Thisted").municipality),
        }[role]()
        client.force_login(user)

        assert client.get(place).status_code == 403
        assert client.post(place, change(part("Thisted"))).status_code == 403
        assert not StatusEvent.objects.exists()

    @pytest.mark.parametrize("role", ["coordinator", "ministry"])
    def test_those_who_keep_it_see_it(self, client, network, place, role) -> None:
        client.force_login(roles.make_ministry() if role == "ministry" else roles.make_coordinator(network))

        assert client.get(place).status_code == 200

    def test_what_is_not_there_is_missed(self, client, network, coordinator) -> None:
        other = factories.make_trial("Andres", factories.make_network(2))
        for rest in (["FKII-1-99"], [other.public_id], [other.public_id, "hele"], ["FKII-1-01", "9999"]):
            assert client.get(address(network, *rest)).status_code == 404
        assert client.get("/arbejdsbord/netvaerk/findes-ikke/skema/").status_code == 404


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
            ({"effective_on": "2999-01-01"}, "fremtiden"),
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
        "celle", ["FKII-1-09/hele/0", "FKII-1-01/9999/0", "FKII-1-01/hele/x", "", "FKII-1-01/hele/-1", "x\0/0"]
    )
    def test_cell_that_is_not_there_answers_400_and_names_it(self, client, network, coordinator, celle) -> None:
        response = client.post(address(network), change() | {"celle": [celle]})

        assert response.status_code == 400
        assert f"»{celle}«" in response.context["errors"][0]

    def test_unknown_button_answers_400(self, client, network, coordinator) -> None:
        response = client.post(address(network), change(part("Thisted"), goer="slet"))

        assert (response.status_code, response.context["errors"]) == (400, ["Knappen »slet« findes ikke i skemaet."])


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
        assert "fremtiden" in refused(client.post(place, of_cell(part("Thisted"), decided_on="2999-01-01")))

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


def test_draft_is_marked_in_the_grid(client, network, coordinator) -> None:
    Trial.objects.filter(number=2).update(publication=Publication.DRAFT)

    assert "FKII-1-02 · Kladde" in outline(client.get(address(network))).text


def test_network_without_trials_says_so(client) -> None:
    network = factories.make_network()
    client.force_login(roles.make_coordinator(network))

    assert "Der er endnu ikke forsøg i netværket." in outline(client.get(address(network))).text
    assert "endnu intet at bekræfte" in outline(client.get(address(network, "bekraeft"))).text


@pytest.mark.parametrize("rest", [(), ("bekraeft",), ("FKII-1-01",), ("FKII-1-01", "hele")])
def test_pages_cost_as_many_queries_with_many_cells(client, network, coordinator, rest) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get(address(network, *rest))
    municipalities = [factories.make_municipality() for _ in range(8)]
    for municipality in municipalities:
        factories.make_participation(Trial.objects.get(number=1), municipality, Status.RUNNING)
    for _ in range(10):
        factories.make_trial("Et til", network, municipalities, Status.RUNNING)
    with CaptureQueriesContext(connection) as many:
        client.get(address(network, *rest))

    assert len(many) == len(few)


def test_changing_two_cells_at_once_costs_the_same_wherever_they_are(client, network, coordinator) -> None:
    """Each change reads the cell's own events; nothing is read of the other cells."""
    with CaptureQueriesContext(connection) as few:
        told(client.post(address(network), change(part("Thisted"))))
    with CaptureQueriesContext(connection) as two:
        told(client.post(address(network), change(part("Læsø"), part("Morsø"))))

    assert len(two) < 2 * len(few)
