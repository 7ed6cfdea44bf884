"""Asking municipalities by e-mail: whom, with what, and what happens when a letter cannot be sent."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests import factories, roles
from trials.enums import Publication, Status
from trials.models import ConfirmationRequest
from trials.workspace import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    """A network with a trial in Thisted and Læsø, and a draft in Ærø."""
    network = factories.make_network(1, "Beskæftigelse")
    places = [factories.make_municipality(name, code) for name, code in (("Thisted", "0787"), ("Læsø", "0825"))]
    factories.make_trial("Mikrolån", network, places, Status.RUNNING)
    draft = factories.make_trial("Kladde", network, publication=Publication.DRAFT)
    factories.make_participation(draft, factories.make_municipality("Ærø", "0492"))
    return network


@pytest.fixture
def coordinator(network, client):
    user = roles.make_coordinator(network, roles.make_user("kim", first_name="Kim", last_name="Holm"))
    client.force_login(user)
    return user


def page(network) -> str:
    return f"/arbejdsbord/netvaerk/{network.slug}/spoerg/"


def chosen(message: str = "Se venligst efter.", **emails: str) -> dict:
    """What the browser sends: the kommunekoder, as k0787, with their addresses."""
    sent = {"message": message}
    for code, email in emails.items():
        sent |= {f"spoerg-{code[1:]}": "on", f"email-{code[1:]}": email}
    return sent


class Refusing:
    """A mail server that takes no letter to one address."""

    def __init__(self, monkeypatch, address: str) -> None:
        send = mail.EmailMessage.send

        def refuse(message, *args, **kwargs):
            if address in message.to:
                raise ConnectionError("550")
            return send(message, *args, **kwargs)

        monkeypatch.setattr(mail.EmailMessage, "send", refuse)


class TestWho:
    def test_municipalities_with_published_trials_can_be_asked_in_danish_order(self, network) -> None:
        assert [each.municipality.name for each in asking.askable(network)] == ["Læsø", "Thisted"]

    def test_address_is_the_contacts_then_the_one_used_last(self, network, coordinator) -> None:
        thisted, laesoe = sorted((each.municipality for each in asking.askable(network)), key=lambda m: m.code)
        roles.make_contact(thisted, roles.make_user("thi", email="thi@thisted.example"))
        roles.make_contact(laesoe, roles.make_user("la", is_active=False))
        soon = timezone.now() + timedelta(days=1)
        for email in ("gammel@laesoe.example", "ny@laesoe.example"):
            ConfirmationRequest.objects.create(
                network=network, municipality=laesoe, email=email, asked_by=coordinator, expires_at=soon
            )
        emails = {each.municipality.name: each.email for each in asking.askable(network)}

        assert emails == {"Thisted": "thi@thisted.example", "Læsø": "ny@laesoe.example"}

    @pytest.mark.parametrize("number", [1, 12])
    def test_page_makes_the_same_number_of_queries(self, client, number, django_assert_num_queries) -> None:
        network = factories.make_network(3)
        places = [factories.make_municipality() for _ in range(number)]
        factories.make_trial("Stort", network, places)
        client.force_login(roles.make_coordinator(network))
        for place in places:
            roles.make_contact(place)
        with django_assert_num_queries(11):
            assert client.get(page(network)).status_code == 200

    def test_network_without_published_trials_has_nobody_to_ask(self, client) -> None:
        network = factories.make_network(5)
        client.force_login(roles.make_coordinator(network))

        assert "ingen offentliggjorte forsøg" in client.get(page(network)).content.decode()


class TestLetter:
    def test_each_chosen_municipality_gets_its_own_link(self, client, network, coordinator) -> None:
        response = client.post(page(network), chosen(k0787="a@thisted.example", k0825="b@laesoe.example"), follow=True)
        letters = {letter.to[0]: letter for letter in mail.outbox}
        found = {to: re.findall(r"http://testserver(/bekraeft/\S+/)", letter.body) for to, letter in letters.items()}

        assert response.status_code == 200
        assert (
            "Spørgsmålet er sendt til Læsø (b@laesoe.example), Thisted (a@thisted.example)."
            in response.content.decode()
        )
        assert sorted(found) == ["a@thisted.example", "b@laesoe.example"]
        assert [len(links) for links in found.values()] == [1, 1]
        client.logout()
        for to, name in (("a@thisted.example", "Thisted"), ("b@laesoe.example", "Læsø")):
            assert f"{name} Kommune" in client.get(found[to][0]).content.decode()

    def test_letter_is_plain_text_with_the_message_and_answers_go_to_the_coordinator(
        self, client, network, coordinator
    ) -> None:
        client.post(page(network), chosen("Hej <Thisted> & co.", k0787="a@thisted.example"))
        letter = mail.outbox[0]
        last_day = timezone.localdate() + timedelta(days=30)

        assert letter.subject == "Er oplysningerne om frikommuneforsøgene i Thisted Kommune stadig rigtige?"
        assert "Hej <Thisted> & co." in letter.body
        assert "1 forsøg i netværket »Beskæftigelse«" in letter.body
        assert f"til og med den {last_day.day}. " in letter.body
        assert "Kim Holm" in letter.body
        assert letter.reply_to == ["kim@kommune.example"]
        assert letter.alternatives == [] if hasattr(letter, "alternatives") else letter.content_subtype == "plain"

    def test_link_ends_when_its_last_day_is_over(self, client, network, coordinator) -> None:
        client.post(page(network), chosen(k0787="a@thisted.example"))
        ends = timezone.localtime(ConfirmationRequest.objects.get().expires_at)

        assert ends.date() == timezone.localdate() + timedelta(days=31)
        assert (ends.hour, ends.minute) == (0, 0)

    def test_new_link_closes_the_one_before_in_this_network_only(self, client, network, coordinator) -> None:
        thisted = network.trials.first().municipalities.get(name="Thisted")
        other = factories.make_network(2, "Et andet")
        until = timezone.now() + timedelta(days=9)
        for each in (network, other):
            ConfirmationRequest.objects.create(
                network=each, municipality=thisted, email="a@b.example", asked_by=coordinator, expires_at=until
            )
        client.post(page(network), chosen(k0787="a@thisted.example"))

        opened = ConfirmationRequest.objects.open()
        assert {(each.network.number, each.email) for each in opened} == {(1, "a@thisted.example"), (2, "a@b.example")}

    def test_message_is_not_kept(self) -> None:
        fields = {field.name for field in ConfirmationRequest._meta.get_fields()}

        assert not fields & {"message", "text", "body"}

    def test_name_with_a_line_break_makes_no_header(self, client, network, coordinator) -> None:
        network.trials.first().municipalities.update(official_name="Thisted\nBcc: x@y.example")
        client.post(page(network), chosen(k0787="a@thisted.example"))

        assert mail.outbox[0].bcc == []
        assert "\n" not in mail.outbox[0].subject


REFUSED = {
    "Vælg mindst én kommune.": {"message": "Hej"},
    "E-mail til Thisted Kommune: Skriv den adresse": chosen(k0787=" "),
    "E-mail til Læsø Kommune: Indtast en gyldig e-mail": chosen(k0787="a@b.example", k0825="ikke en adresse"),
    "CPR-nummer": chosen("010203-1234", k0787="a@b.example"),
    "Besked: Dette felt er påkrævet": chosen("", k0787="a@b.example"),
}


class TestRefusals:
    @pytest.mark.parametrize("sentence", REFUSED)
    def test_refused_form_says_why_and_sends_nothing(self, client, network, coordinator, sentence) -> None:
        response = client.post(page(network), REFUSED[sentence])

        assert response.status_code == 400
        assert sentence in response.content.decode()
        assert mail.outbox == []
        assert not ConfirmationRequest.objects.exists()

    def test_letter_that_cannot_be_sent_leaves_no_link_and_stops_no_other(
        self, client, network, coordinator, monkeypatch
    ) -> None:
        Refusing(monkeypatch, "a@thisted.example")
        response = client.post(page(network), chosen("Min besked", k0787="a@thisted.example", k0825="b@laesoe.example"))
        text = response.content.decode()

        assert [letter.to for letter in mail.outbox] == [["b@laesoe.example"]]
        assert [each.email for each in ConfirmationRequest.objects.all()] == ["b@laesoe.example"]
        assert "E-mailen kunne ikke sendes til" in text
        assert "<li>Thisted Kommune</li>" in text
        assert "Min besked" in text
        assert re.findall(r'name="spoerg-(\d+)"[^>]*checked', text) == ["0787"]

    def test_link_before_lives_on_when_the_new_one_cannot_be_sent(
        self, client, network, coordinator, monkeypatch
    ) -> None:
        client.post(page(network), chosen(k0787="a@thisted.example"))
        Refusing(monkeypatch, "ny@thisted.example")
        client.post(page(network), chosen(k0787="ny@thisted.example"))

        assert [each.email for each in ConfirmationRequest.objects.open()] == ["a@thisted.example"]


class TestAccess:
    def test_who_may_ask(self, client, network) -> None:
        place = network.trials.first().municipalities.first()
        other = factories.make_network(7)
        expected = {
            roles.make_coordinator(network): 200,
            roles.make_ministry(): 200,
            roles.make_coordinator(other): 403,
            roles.make_contact(place): 403,
            roles.make_reader(): 403,
            roles.make_user(): 403,
        }
        answers = {}
        for user in expected:
            client.force_login(user)
            answers[user] = client.get(page(network)).status_code
            if answers[user] == 403:
                assert client.post(page(network), chosen(k0787="a@b.example")).status_code == 403

        assert answers == expected
        assert mail.outbox == []

    def test_one_who_is_not_signed_in_meets_the_login(self, client, network) -> None:
        response = client.get(page(network))

        assert response.status_code == 302
        assert response["Location"].startswith("/konto/login/?next=/arbejdsbord/")
