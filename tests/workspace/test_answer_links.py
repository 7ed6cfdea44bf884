"""Links that municipalities get by e-mail: opening shows, answering uses up, and nothing else is let out."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from networks.enums import Channel
from networks.models import ChangeSet
from tests import factories, roles
from trials.enums import Publication, Status
from trials.models import ConfirmationRequest, MunicipalAnswer, Participation, StatusEvent
from trials.workspace import links

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def thisted():
    return factories.make_municipality("Thisted")


@pytest.fixture
def network(thisted):
    """Two trials in Thisted, running and unknown; one that is a draft; and Læsø in the first."""
    network = factories.make_network(1, "Beskæftigelse")
    laesoe = factories.make_municipality("Læsø")
    trials = [factories.make_trial(title, network) for title in ("Mikrolån", "Voksenlærlinge")]
    factories.make_participation(trials[0], thisted, Status.RUNNING)
    factories.make_participation(trials[1], thisted)
    factories.make_participation(trials[0], laesoe, Status.AWAITING)
    draft = factories.make_trial("Hemmeligt forsøg", network, publication=Publication.DRAFT)
    factories.make_participation(draft, thisted, Status.RUNNING)
    return network


@pytest.fixture
def asked(network, thisted):
    coordinator = roles.make_coordinator(network)
    return make_request(network, thisted, coordinator)


def make_request(network, municipality, user, **fields) -> ConfirmationRequest:
    fields = {"expires_at": timezone.now() + timedelta(days=30)} | fields
    return ConfirmationRequest.objects.create(
        network=network, municipality=municipality, email="kontakt@thisted.example", asked_by=user, **fields
    )


def address(asked: ConfirmationRequest) -> str:
    return reverse("trials:answer_link", args=[links.token_of(asked)])


def part(title: str, municipality: str = "Thisted") -> Participation:
    return Participation.objects.get(trial__title=title, municipality__name=municipality)


def newest(participation: Participation) -> int:
    return max(participation.events.values_list("pk", flat=True), default=0)


def said(participation: Participation, choice: str, **fields) -> dict:
    """What the browser sends of one participation."""
    sent = {"choice": choice, "seen": newest(participation)} | fields
    return {f"{participation.pk}-{name}": value for name, value in sent.items()}


def proposal(participation: Participation, status: str = "ended", **fields) -> dict:
    fields = {"status": status, "effective_on": "2019-03-01", "precision": "on"} | fields
    return said(participation, "aendret", **fields)


class TestOpening:
    def test_shows_only_the_municipalitys_own_published_participations(self, client, asked) -> None:
        page = client.get(address(asked)).content.decode()

        assert "Mikrolån" in page
        assert "Voksenlærlinge" in page
        assert "I drift" in page
        assert "senest den 28. februar 2019" in page
        assert "Hemmeligt forsøg" not in page
        assert "Læsø" not in page

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_uses_nothing_up_however_often(self, client, asked, method) -> None:
        for _ in range(3):
            assert getattr(client, method)(address(asked)).status_code == 200
        asked.refresh_from_db()

        assert asked.used_at is None
        assert client.post(address(asked), said(part("Mikrolån"), "uaendret")).status_code == 200

    def test_is_kept_out_of_caches_search_engines_and_other_sites(self, client, asked) -> None:
        response = client.get(address(asked))
        page = response.content.decode()

        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        # "no-referrer" would make browsers send the form without an origin, which the CSRF check refuses.
        assert response["Referrer-Policy"] == "same-origin"
        assert not response.has_header("ETag")
        assert not response.has_header("Content-Encoding")
        assert 'rel="canonical"' not in page
        assert "og:url" not in page
        assert links.token_of(asked) not in page

    def test_says_what_waits_already(self, client, asked) -> None:
        client.post(address(asked), proposal(part("Mikrolån")))
        again = make_request(asked.network, asked.municipality, asked.asked_by)

        assert "Et forslag om »Afsluttet«" in client.get(address(again)).content.decode()

    @pytest.mark.parametrize("number", [1, 12])
    def test_makes_the_same_number_of_queries(self, client, thisted, number, django_assert_num_queries) -> None:
        network = factories.make_network(2)
        for row in range(number):
            factories.make_participation(factories.make_trial(f"Forsøg {row}", network), thisted, Status.RUNNING)
        asked = make_request(network, thisted, roles.make_coordinator(network))

        with django_assert_num_queries(4):
            assert client.get(address(asked)).status_code == 200


class TestWrongLinks:
    def test_link_that_was_tampered_with_is_not_found(self, client, asked) -> None:
        token = links.token_of(asked)
        last = "A" if token[-1] != "A" else "B"
        for wrong in (token[:-1] + last, asked.key, f"x{token}", token.replace(".", ":"), "å", "%00", "."):
            response = client.get(f"/bekraeft/{wrong}/")
            assert response.status_code == 404, wrong

    def test_signature_of_another_kind_of_link_is_not_found(self, client, asked) -> None:
        from trials.models import CalendarKey

        key = CalendarKey.objects.create(user=asked.asked_by, key=asked.key)

        assert client.get(f"/bekraeft/{links.token_of(key)}/").status_code == 404

    def test_link_signed_with_another_secret_is_not_found(self, client, asked) -> None:
        from django.core.signing import Signer

        foreign = Signer(key="en anden nøgle", sep=".", salt="trials.confirmationrequest").sign(asked.key)

        assert client.get(f"/bekraeft/{foreign}/").status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_link_that_has_ended_is_gone(self, client, asked, method) -> None:
        now = timezone.now()
        ConfirmationRequest.objects.update(asked_at=now - timedelta(days=31), expires_at=now - timedelta(seconds=1))
        response = getattr(client, method)(address(asked), said(part("Mikrolån"), "uaendret"))

        assert response.status_code == 410
        assert "Linket gælder ikke længere" in response.content.decode()
        assert response["Cache-Control"] == "no-store"
        assert part("Mikrolån").confirmed_on is None

    def test_other_methods_are_refused(self, client, asked) -> None:
        assert client.put(address(asked)).status_code == 405
        assert client.delete(address(asked)).status_code == 405


class TestAnswering:
    def test_unchanged_is_confirmed_and_the_link_is_used_up(self, client, asked) -> None:
        response = client.post(address(asked), said(part("Mikrolån"), "uaendret"))
        asked.refresh_from_db()

        assert response.status_code == 200
        assert "1 forsøg er bekræftet uændret" in response.content.decode()
        assert part("Mikrolån").confirmed_on == TODAY()
        assert asked.used_at is not None
        assert [answer.unchanged for answer in asked.answers.all()] == [True]

        for again in (client.get(address(asked)), client.post(address(asked), said(part("Mikrolån"), "uaendret"))):
            assert again.status_code == 410
            assert "Linket er allerede brugt" in again.content.decode()
        assert MunicipalAnswer.objects.count() == 1

    def test_all_unchanged_confirms_what_has_a_status(self, client, asked) -> None:
        sent = said(part("Mikrolån"), "intet") | said(part("Voksenlærlinge"), "intet") | {"alt": "uaendret"}

        assert client.post(address(asked), sent).status_code == 200
        assert part("Mikrolån").confirmed_on == TODAY()
        assert part("Voksenlærlinge").confirmed_on is None
        assert part("Hemmeligt forsøg").confirmed_on is None

    @pytest.mark.parametrize("change", [{"choice": "aendret"}, {"status": "ended"}])
    def test_all_unchanged_with_a_change_is_refused_and_uses_nothing_up(self, client, asked, change) -> None:
        other = {f"{part('Voksenlærlinge').pk}-{name}": value for name, value in change.items()}
        sent = said(part("Mikrolån"), "intet") | other | {"alt": "uaendret"}
        response = client.post(address(asked), sent)
        asked.refresh_from_db()

        assert response.status_code == 400
        assert "Du har valgt en ændring" in response.content.decode()
        assert asked.used_at is None

    def test_change_is_a_proposal_and_changes_nothing(self, client, asked) -> None:
        mikro = part("Mikrolån")
        seen = newest(mikro)
        sent = proposal(mikro, reason="no_need", note=" Ingen ansøgere. ", precision="by")
        response = client.post(address(asked), sent)
        answer = MunicipalAnswer.objects.get()

        assert "1 forslag er sendt til koordinatoren" in response.content.decode()
        assert (answer.status, answer.reason, answer.note) == ("ended", "no_need", "Ingen ansøgere.")
        assert (answer.effective_on, answer.precision, answer.seen_event_id) == (date(2019, 3, 1), "by", seen)
        assert answer.is_waiting
        assert part("Mikrolån").status == Status.RUNNING
        assert part("Mikrolån").confirmed_on is None
        assert newest(mikro) == seen

    def test_status_that_was_unknown_can_be_proposed(self, client, asked) -> None:
        assert client.post(address(asked), proposal(part("Voksenlærlinge"), "running")).status_code == 200
        assert MunicipalAnswer.objects.get().seen_event is None

    def test_status_that_is_unknown_cannot_be_unchanged(self, client, asked) -> None:
        assert client.post(address(asked), said(part("Voksenlærlinge"), "uaendret")).status_code == 400
        assert not MunicipalAnswer.objects.exists()

    def test_confirmation_is_recorded_as_made_through_a_link_by_nobody(self, client, asked) -> None:
        client.post(address(asked), said(part("Mikrolån"), "uaendret"))
        change_set = ChangeSet.objects.get()

        assert change_set.channel == Channel.LINK
        assert change_set.made_by is None
        assert [(entry.model, entry.record) for entry in change_set.entries.all()] == [
            ("trials.participation", part("Mikrolån").pk)
        ]

    def test_form_without_its_token_is_refused(self, asked) -> None:
        strict = Client(enforce_csrf_checks=True)

        assert strict.post(address(asked), said(part("Mikrolån"), "uaendret")).status_code == 403

    def test_anothers_participation_is_not_answered_for(self, client, asked) -> None:
        foreign = part("Mikrolån", "Læsø")
        response = client.post(address(asked), said(foreign, "uaendret"))

        assert response.status_code == 400
        assert "Vælg et svar for mindst ét forsøg." in response.content.decode()
        foreign.refresh_from_db()
        assert foreign.confirmed_on is None


REFUSED = {
    "Vælg den nye status.": {"status": ""},
    "Skriv dagen": {"effective_on": ""},
    "Indtast en gyldig dato": {"effective_on": "2019-02-30"},
    "dag i fremtiden": {"effective_on": "2099-01-01"},
    "En årsag hører kun til": {"status": "made_general", "reason": "no_need"},
    "når den er »Andet«": {"reason": "other", "note": " "},
    "CPR-nummer": {"note": "Borgeren 010203-1234 er med."},
    "running": {"status": "running"},
    "kontaktoplysninger": {"note": "Ring til 12 34 56 78 eller 22 33 44 55."},
}


class TestRefusals:
    @pytest.mark.parametrize("sentence", REFUSED)
    def test_refused_answer_says_why_keeps_the_input_and_uses_nothing_up(self, client, asked, sentence) -> None:
        sent = said(part("Voksenlærlinge"), "intet") | proposal(
            part("Mikrolån"), **{"note": "Bevar mig"} | REFUSED[sentence]
        )
        response = client.post(address(asked), sent)
        page = response.content.decode()
        asked.refresh_from_db()

        assert response.status_code == 400
        assert sentence in page
        assert REFUSED[sentence].get("note", "Bevar mig") in page
        assert asked.used_at is None
        assert not MunicipalAnswer.objects.exists()

    def test_contact_details_may_be_kept_when_that_is_meant(self, client, asked) -> None:
        sent = proposal(part("Mikrolån"), note="Se job@thisted.example") | {"kontakt-ok": "ja"}

        assert client.post(address(asked), sent).status_code == 200
        assert MunicipalAnswer.objects.get().note == "Se job@thisted.example"

    def test_status_chosen_without_saying_changed_is_asked_about(self, client, asked) -> None:
        response = client.post(address(asked), said(part("Mikrolån"), "intet", status="ended"))

        assert response.status_code == 400
        assert "Vælg også »Ændret«" in response.content.decode()

    @pytest.mark.parametrize("choice", ["uaendret", "aendret"])
    def test_status_that_changed_meanwhile_is_shown_and_can_then_be_answered(self, client, asked, choice) -> None:
        mikro = part("Mikrolån")
        sent = proposal(mikro, "made_general", note="Skrevet før") | {f"{mikro.pk}-choice": choice}
        factories.make_status(mikro, Status.ENDED, date(2019, 3, 5))
        response = client.post(address(asked), sent)
        page = response.content.decode()
        asked.refresh_from_db()

        assert response.status_code == 400
        assert "Nu er den »Afsluttet«. Svar igen." in page
        assert "Skrevet før" in page
        assert asked.used_at is None
        assert part("Mikrolån").confirmed_on is None
        assert f'name="{mikro.pk}-seen" value="{newest(mikro)}"' in page
        assert client.post(address(asked), sent | {f"{mikro.pk}-seen": newest(mikro)}).status_code == 200

    def test_trial_that_was_published_meanwhile_does_not_stop_the_answer(self, client, asked) -> None:
        sent = said(part("Mikrolån"), "uaendret")
        factories.make_participation(factories.make_trial("Nyt", asked.network), asked.municipality, Status.RUNNING)

        assert client.post(address(asked), sent).status_code == 200
        assert part("Nyt").confirmed_on is None

    @pytest.mark.parametrize("seen", ["abc", "-1", "999999", ""])
    def test_what_was_seen_cannot_be_made_up(self, client, asked, seen) -> None:
        sent = said(part("Mikrolån"), "uaendret", seen=seen)

        assert client.post(address(asked), sent).status_code == 400
        assert not StatusEvent.objects.filter(participation=part("Mikrolån"), status=Status.ENDED).exists()
        assert part("Mikrolån").confirmed_on is None
