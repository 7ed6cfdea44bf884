"""Deciding on what municipalities propose: accepted through the workflow, or returned with a comment."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from networks.enums import Channel
from networks.models import ChangeSet
from tests import factories, roles
from tests.outline import outline
from trials.enums import Precision, Status
from trials.models import ConfirmationRequest, MunicipalAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return factories.make_network(1, "Beskæftigelse")


@pytest.fixture
def coordinator(network, client):
    user = roles.make_coordinator(network, roles.make_user("kim"))
    client.force_login(user)
    return user


def make_answer(network, status: str = Status.ENDED, by=None, **fields) -> MunicipalAnswer:
    """A proposal for a participation that is running, by link unless `by` is given."""
    place = factories.make_municipality()
    part = factories.make_participation(factories.make_trial(network=network), place, Status.RUNNING)
    request = None
    if by is None:
        request = ConfirmationRequest.objects.create(
            network=network,
            municipality=place,
            email="kontakt@kommune.example",
            asked_by=roles.make_user(),
            expires_at=timezone.now() + timedelta(days=1),
        )
    fields = {"effective_on": date(2019, 3, 1), "precision": Precision.BY, "note": "Ingen ansøgere."} | fields
    return MunicipalAnswer.objects.create(
        request=request, answered_by=by, participation=part, seen_event=part.events.get(), status=status, **fields
    )


def page(network) -> str:
    return f"/arbejdsbord/netvaerk/{network.slug}/svar/"


def decision(answer: MunicipalAnswer, kind: str = "godkend", comment: str = "", **sent) -> dict:
    newest = max(answer.participation.events.values_list("pk", flat=True))
    return {"svar": answer.pk, "afgoerelse": kind, "begrundelse": comment, "set": newest} | sent


class TestAccepting:
    def test_accepted_proposal_becomes_an_event_of_the_coordinator(self, client, network, coordinator) -> None:
        answer = make_answer(network, reason="no_need")
        response = client.post(page(network), decision(answer), follow=True)
        answer.refresh_from_db()
        event = answer.participation.events.first()

        assert "Forslaget er godkendt" in response.content.decode()
        assert answer.participation.status == Status.ENDED
        assert (event.status, event.reason, event.note) == ("ended", "no_need", "Ingen ansøgere.")
        assert (event.effective_on, event.precision, event.recorded_by) == (date(2019, 3, 1), "by", coordinator)
        assert (answer.accepted, answer.decided_by) == (True, coordinator)
        assert answer.decided_at is not None

    def test_change_set_says_whose_answer_it_was(self, client, network, coordinator) -> None:
        answer = make_answer(network)
        client.post(page(network), decision(answer))
        change_set = ChangeSet.objects.get()

        assert (change_set.channel, change_set.made_by) == (Channel.PAGE, coordinator)
        assert change_set.note == f"Svar fra {answer.participation.municipality.official_name}"

    def test_refusal_of_the_workflow_is_said_and_the_proposal_waits_on(self, client, network, coordinator) -> None:
        answer = make_answer(network, Status.APPROVED)
        response = client.post(page(network), decision(answer, comment="Bevar mig"))
        answer.refresh_from_db()

        assert response.status_code == 400
        assert "Status kan ikke gå fra »I drift« til »Godkendt«." in response.content.decode()
        assert "Bevar mig" in response.content.decode()
        assert answer.is_waiting

    def test_status_that_changed_since_the_answer_is_shown(self, client, network, coordinator) -> None:
        answer = make_answer(network)
        assert "Status er ændret, siden kommunen svarede" not in client.get(page(network)).content.decode()
        factories.make_status(answer.participation, Status.STARTED, date(2019, 4, 1))
        text = client.get(page(network)).content.decode()

        assert "Status er ændret, siden kommunen svarede" in text
        assert "I drift, senest den 28.02.2019" in text

    def test_status_that_changed_since_the_page_was_opened_stops_the_decision(
        self, client, network, coordinator
    ) -> None:
        answer = make_answer(network)
        sent = decision(answer)
        factories.make_status(answer.participation, Status.STARTED, date(2019, 2, 28))
        response = client.post(page(network), sent)
        answer.refresh_from_db()

        assert response.status_code == 400
        assert "Nu er den »Igangsat«." in response.content.decode()
        assert answer.is_waiting
        assert client.post(page(network), decision(answer)).status_code == 302

    def test_decided_proposal_is_not_decided_again(self, client, network, coordinator) -> None:
        answer = make_answer(network)
        client.post(page(network), decision(answer))
        for kind in ("godkend", "tilbage"):
            response = client.post(page(network), decision(answer, kind, "Nej"))
            assert response.status_code == 400
            assert "Forslaget er allerede godkendt af kim." in response.content.decode()
        assert answer.participation.events.count() == 2


class TestDoubtful:
    """A start for which no council decision is known, as only the law's dates can tell."""

    SENTENCE = "Der er ikke oplyst nogen dag, hvor kommunalbestyrelsen besluttede at bruge forsøget."

    @pytest.fixture
    def answer(self, network) -> MunicipalAnswer:
        place = factories.make_municipality()
        part = factories.make_participation(factories.make_trial(network=network), place, Status.APPROVED)
        said = {"effective_on": date(2019, 3, 1), "precision": Precision.BY, "note": "Vi er i gang"}
        seen, by = part.events.get(), roles.make_user()
        return MunicipalAnswer.objects.create(
            participation=part, seen_event=seen, status=Status.RUNNING, answered_by=by, **said
        )

    def test_what_the_municipality_wrote_does_not_silence_it(self, client, network, coordinator, answer) -> None:
        assert 'name="anyway"' not in client.get(page(network)).content.decode()
        response = client.post(page(network), decision(answer, comment="Mundtligt"))
        text = response.content.decode()
        answer.refresh_from_db()

        assert response.status_code == 400
        assert self.SENTENCE in text
        assert text.count('name="anyway"') == 1
        assert outline(response).faults() == []
        assert "Mundtligt" in text
        assert answer.is_waiting
        assert answer.participation.status == Status.APPROVED

    def test_tick_alone_is_not_enough(self, client, network, coordinator, answer) -> None:
        response = client.post(page(network), decision(answer, anyway="on"))
        text = response.content.decode()
        answer.refresh_from_db()

        assert response.status_code == 400
        assert "Skriv i begrundelsen, hvorfor det er rigtigt alligevel." in text
        assert self.SENTENCE in text
        assert "checked" in text.split('name="anyway"')[1].split(">")[0]
        assert answer.is_waiting

    def test_it_is_accepted_with_tick_and_comment(self, client, network, coordinator, answer) -> None:
        assert client.post(page(network), decision(answer, comment="Mundtligt", anyway="on")).status_code == 302
        answer.refresh_from_db()

        assert (answer.accepted, answer.comment) == (True, "Mundtligt")
        assert answer.participation.status == Status.RUNNING
        assert answer.participation.events.latest("pk").note == "Vi er i gang"


class TestReturning:
    def test_returned_proposal_changes_nothing_and_the_municipality_is_told(self, client, network, coordinator) -> None:
        answer = make_answer(network)
        client.post(page(network), decision(answer, "tilbage", "Aftalen løber endnu."))
        answer.refresh_from_db()

        assert (answer.accepted, answer.comment, answer.decided_by) == (False, "Aftalen løber endnu.", coordinator)
        assert answer.participation.status == Status.RUNNING
        assert mail.outbox[0].to == ["kontakt@kommune.example"]
        assert "Aftalen løber endnu." in mail.outbox[0].body
        assert mail.outbox[0].reply_to == ["kim@kommune.example"]

    def test_contact_with_an_account_is_told_at_the_accounts_address(self, client, network, coordinator) -> None:
        answer = make_answer(network, by=roles.make_user("thi"))
        client.post(page(network), decision(answer, "tilbage", "Nej."))

        assert mail.outbox[0].to == ["thi@kommune.example"]

    @pytest.mark.parametrize(
        ("comment", "sentence"), [("  ", "Skriv en begrundelse"), ("Se 010203-1234", "CPR-nummer")]
    )
    def test_return_needs_a_comment_that_may_be_kept(self, client, network, coordinator, comment, sentence) -> None:
        answer = make_answer(network)
        response = client.post(page(network), decision(answer, "tilbage", comment))
        answer.refresh_from_db()

        assert response.status_code == 400
        assert sentence in response.content.decode()
        assert answer.is_waiting
        assert mail.outbox == []

    def test_decision_stands_when_the_letter_cannot_be_sent(self, client, network, coordinator, monkeypatch) -> None:
        def fail(*args, **kwargs):
            raise ConnectionError

        monkeypatch.setattr(mail.EmailMessage, "send", fail)
        answer = make_answer(network)
        response = client.post(page(network), decision(answer, "tilbage", "Nej."), follow=True)
        answer.refresh_from_db()

        assert "kunne ikke sendes" in response.content.decode()
        assert answer.accepted is False


class TestPage:
    def test_answers_of_another_network_are_neither_shown_nor_decided(self, client, network, coordinator) -> None:
        foreign = make_answer(factories.make_network(2, "Fremmed"))
        foreign.note = "Fremmed svar"
        foreign.save()

        assert "Fremmed svar" not in client.get(page(network)).content.decode()
        assert client.post(page(network), decision(foreign)).status_code == 404
        assert client.post(page(foreign.participation.trial.network), decision(foreign)).status_code == 403
        foreign.refresh_from_db()
        assert foreign.is_waiting

    @pytest.mark.parametrize("number", ["", "abc", "0", "9" * 30, "²"])
    def test_unknown_answer_is_not_found(self, client, network, coordinator, number) -> None:
        assert client.post(page(network), {"svar": number, "afgoerelse": "godkend"}).status_code == 404

    def test_unchanged_cannot_be_decided_on(self, client, network, coordinator) -> None:
        part = make_answer(network).participation
        unchanged = MunicipalAnswer.objects.create(participation=part, unchanged=True, answered_by=roles.make_user())

        assert client.post(page(network), decision(unchanged)).status_code == 404

    @pytest.mark.parametrize("number", [1, 10])
    def test_page_makes_the_same_number_of_queries(
        self, client, network, coordinator, number, django_assert_num_queries
    ) -> None:
        for _ in range(number):
            make_answer(network)
            decided = make_answer(network)
            decided.accepted, decided.decided_by, decided.decided_at = True, coordinator, timezone.now()
            decided.save()
        with django_assert_num_queries(9):
            assert client.get(page(network)).status_code == 200

    def test_who_answered_and_decided_is_never_public(self, client, network, coordinator) -> None:
        answer = make_answer(network, by=roles.make_user("hemmelig-kontakt"))
        client.post(page(network), decision(answer))
        client.logout()
        trial = answer.participation.trial
        for address in (
            trial.get_absolute_url(),
            f"/forsoeg/{trial.public_id}.json",
            f"/forsoeg/{trial.public_id}.atom",
        ):
            text = client.get(address, follow=True).content.decode()
            assert "Ingen ansøgere." in text or "Afsluttet" in text, address
            assert "hemmelig-kontakt" not in text, address
            assert "kommune.example" not in text, address
