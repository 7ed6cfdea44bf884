"""Ideas in the workspace: who reads and writes, comments, interest, the trial it became, and what collides."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import Standing
from networks.models import ChangeSet
from tests import factories, roles
from trials.enums import IdeaKind, IdeaState, Publication
from trials.models import Idea, IdeaComment, IdeaInterest

pytestmark = pytest.mark.django_db

WRITTEN = {"kind": "solution", "title": "Samtykke på mail", "text": "Så slipper vi for papir."}


@pytest.fixture
def network():
    return factories.make_network(1, "Et netværk")


@pytest.fixture
def member(network):
    """A municipality of the network."""
    municipality = factories.make_municipality("Thisted")
    factories.make_membership(network, municipality)
    return municipality


@pytest.fixture
def contact(member):
    """Its contact."""
    return roles.make_contact(member)


@pytest.fixture
def idea(network, member, contact) -> Idea:
    """An idea of that contact's."""
    return factories.make_idea(network, contact, municipality=member)


def ideas_page(network, query: str = "") -> str:
    return f"/arbejdsbord/netvaerk/{network.slug}/ideer/{query}"


def page(idea: Idea, part: str = "") -> str:
    return f"/arbejdsbord/ideer/{idea.pk}/{part}"


def opened(client, address: str) -> dict:
    """What the browser would send from the form, were nothing changed."""
    form = client.get(address).context["form"]
    return {field.name: field.value() for field in form if field.value() not in (None, "")}


class TestWho:
    def answers(self, client, user, idea) -> tuple[int, ...]:
        client.force_login(user)
        sent = {
            "list": client.get(ideas_page(idea.network)),
            "idea": client.get(page(idea)),
            "new": client.get(ideas_page(idea.network, "ny/")),
            "edit": client.get(page(idea, "rediger/")),
            "comment": client.post(page(idea, "kommentar/"), {"text": "Det kender vi."}),
        }
        return tuple(response.status_code for response in sent.values())

    def test_each_role(self, client, network, member, contact, idea):
        former, passive = factories.make_municipality(), factories.make_municipality()
        factories.make_membership(network, former, Standing.FORMER)
        factories.make_membership(network, passive, Standing.PASSIVE)
        trial = factories.make_trial("Mikrolån", network)
        expected = {
            (200, 200, 200, 200, 302): [roles.make_coordinator(network), roles.make_ministry(), contact],
            (200, 200, 200, 403, 302): [roles.make_contact(member), roles.make_contact(passive)],
            (200, 200, 403, 403, 403): [roles.make_reader()],
            (403, 404, 403, 404, 404): [
                roles.make_coordinator(factories.make_network(2)),
                roles.make_contact(_member_of_another()),
            ],
            (403, 403, 403, 403, 403): [
                roles.make_contact(former),
                roles.make_contact(member, to_on=date(2018, 1, 1)),
                roles.make_evaluator(factories.make_evaluation(trial)),
                roles.make_user(is_staff=True),
                roles.make_user(),
            ],
        }
        for answer, users in expected.items():
            for user in users:
                before = IdeaComment.objects.count()
                assert self.answers(client, user, idea) == answer, user
                assert IdeaComment.objects.count() - before == (answer[-1] == 302)

    def test_not_signed_in_is_sent_to_the_login(self, client, network, idea):
        for address in ("/arbejdsbord/ideer/", ideas_page(network), page(idea), page(idea, "rediger/")):
            assert client.get(address).url.startswith("/konto/login/")
        assert client.post(page(idea, "kommentar/"), {"text": "x"}).url.startswith("/konto/login/")

    def test_nobody_else_finds_them(self, idea):
        assert list(Idea.objects.visible_to(AnonymousUser())) == []
        assert list(Idea.objects.visible_to(None)) == []

    def test_networks_are_ones_own(self, client, network, contact):
        factories.make_network(2)
        client.force_login(contact)
        assert list(client.get("/arbejdsbord/ideer/").context["networks"]) == [network]
        client.force_login(roles.make_reader())
        assert len(client.get("/arbejdsbord/ideer/").context["networks"]) == 2

    def test_ideas_are_not_in_public_pages_or_search(self, client, network, idea):
        for address in (network.get_absolute_url(), "/soeg/?q=samtykke", f"{network.get_absolute_url()[:-1]}.atom"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert idea.text not in answer.content.decode()

    def test_forms_that_only_take_are_not_read(self, client, contact, idea):
        client.force_login(contact)
        assert client.get(page(idea, "kommentar/")).status_code == 405
        assert client.get(page(idea, "interesse/")).status_code == 405

    @pytest.mark.parametrize("pk", ["0", "9" * 25])
    def test_unknown_idea_is_404(self, client, contact, pk):
        client.force_login(contact)
        assert client.get(f"/arbejdsbord/ideer/{pk}/").status_code == 404


def _member_of_another():
    municipality = factories.make_municipality()
    factories.make_membership(factories.make_network(3), municipality)
    return municipality


class TestWriting:
    def test_contact_shares_an_idea_for_his_municipality(self, client, network, member, contact):
        client.force_login(contact)
        response = client.post(ideas_page(network, "ny/"), opened(client, ideas_page(network, "ny/")) | WRITTEN)

        made = Idea.objects.get()
        assert response.url == page(made)
        assert (made.author, made.municipality, made.state) == (contact, member, IdeaState.OPEN)
        assert (made.kind, made.title) == (IdeaKind.SOLUTION, "Samtykke på mail")
        assert ChangeSet.objects.get().made_by == contact

    def test_contact_does_not_write_for_another_municipality(self, client, network, member, contact):
        other = factories.make_municipality()
        factories.make_membership(network, other)
        client.force_login(contact)
        sent = opened(client, ideas_page(network, "ny/")) | WRITTEN | {"municipality": other.pk}

        assert client.post(ideas_page(network, "ny/"), sent).status_code == 200
        assert Idea.objects.count() == 0

    @pytest.mark.parametrize("field", ["title", "text"])
    def test_personal_number_is_refused_and_the_input_kept(self, client, network, contact, field):
        client.force_login(contact)
        response = client.post(ideas_page(network, "ny/"), WRITTEN | {field: "Borgeren 010203-1234"})

        assert "CPR-nummer" in " ".join(response.context["form"].messages)
        assert "Borgeren 010203-1234" in response.content.decode()
        assert Idea.objects.count() == 0

    def test_everything_needed_is_asked_for(self, client, network, contact):
        client.force_login(contact)
        assert len(client.post(ideas_page(network, "ny/"), {}).context["form"].messages) == 3

    def test_coordinator_links_the_trial_it_became(self, client, network, idea):
        trial = factories.make_trial("Mikrolån", network)
        client.force_login(roles.make_coordinator(network))
        sent = opened(client, page(idea, "rediger/"))
        assert client.post(page(idea, "rediger/"), sent | {"state": "trial"}).context["form"].messages == [
            "Vælg det forsøg, som idéen blev til."
        ]
        client.post(page(idea, "rediger/"), sent | {"state": "trial", "trial": trial.pk})

        idea.refresh_from_db()
        assert (idea.state, idea.trial) == (IdeaState.TRIAL, trial)
        assert trial.get_absolute_url() in client.get(page(idea)).content.decode()

    def test_state_that_is_no_trial_has_none(self, client, network, idea):
        trial = factories.make_trial("Mikrolån", network)
        Idea.objects.update(state="trial", trial=trial)
        client.force_login(roles.make_coordinator(network))
        client.post(page(idea, "rediger/"), opened(client, page(idea, "rediger/")) | {"state": "closed"})

        idea.refresh_from_db()
        assert (idea.state, idea.trial) == (IdeaState.CLOSED, None)

    def test_trial_of_another_network_is_refused(self, client, network, idea):
        stranger = factories.make_trial("Fremmed", factories.make_network(2))
        client.force_login(roles.make_coordinator(network))
        sent = opened(client, page(idea, "rediger/")) | {"state": "trial", "trial": stranger.pk}

        assert client.post(page(idea, "rediger/"), sent).status_code == 200
        assert Idea.objects.get().trial is None

    def test_draft_is_not_named_to_a_contact(self, client, network, contact, idea):
        draft = factories.make_trial("Hemmeligt forsøg", network, publication=Publication.DRAFT)
        client.force_login(roles.make_coordinator(network))
        client.post(
            page(idea, "rediger/"), opened(client, page(idea, "rediger/")) | {"state": "trial", "trial": draft.pk}
        )
        assert "Hemmeligt forsøg" in client.get(page(idea)).content.decode()

        client.force_login(contact)
        for address in (page(idea), page(idea, "rediger/"), ideas_page(network)):
            answer = client.get(address).content.decode()
            assert "Hemmeligt forsøg" not in answer
            assert draft.public_id not in answer
        client.post(page(idea, "rediger/"), opened(client, page(idea, "rediger/")) | {"title": "Ny titel"})
        idea.refresh_from_db()
        assert (idea.title, idea.trial) == ("Ny titel", draft)

    def test_author_closes_his_idea_but_makes_it_no_trial(self, client, network, contact, idea):
        client.force_login(contact)
        sent = opened(client, page(idea, "rediger/"))
        assert client.post(page(idea, "rediger/"), sent | {"state": "trial"}).status_code == 200
        assert client.post(page(idea, "rediger/"), sent | {"state": "closed"}).status_code == 302
        assert Idea.objects.get().state == IdeaState.CLOSED

    def test_history_tells_what_was_changed_and_by_whom(self, client, network, contact, idea):
        client.force_login(contact)
        client.post(page(idea, "rediger/"), opened(client, page(idea, "rediger/")) | {"title": "Underskrift"})

        newest, first = client.get(page(idea)).context["versions"]
        (change,) = newest.changes
        assert (newest.by, first.changes) == (contact, [])
        assert (change.label, change.before, change.after) == ("titel", "Samtykke på papir", "Underskrift")

    def test_second_to_save_chooses(self, client, network, contact, idea):
        client.force_login(contact)
        mine = opened(client, page(idea, "rediger/"))
        client.post(page(idea, "rediger/"), mine | {"title": "Deres"})
        form = client.post(page(idea, "rediger/"), mine | {"title": "Mit"}).context["form"]
        assert [(each.theirs, each.mine) for each in form.collisions] == [("Deres", "Mit")]
        assert Idea.objects.get().title == "Deres"

        again = mine | {"title": "Mit", "seen": form["seen"].value(), "strid": "title", "valg_title": "mit"}
        assert client.post(page(idea, "rediger/"), again).status_code == 302
        assert Idea.objects.get().title == "Mit"

    def test_unchanged_form_writes_nothing(self, client, contact, idea):
        client.force_login(contact)
        assert client.post(page(idea, "rediger/"), opened(client, page(idea, "rediger/"))).status_code == 302
        assert Idea.history.count() == 1


class TestComments:
    def test_comment_is_shown(self, client, contact, idea):
        client.force_login(contact)
        client.post(page(idea, "kommentar/"), {"text": "Det <b>kender</b> vi."})

        assert "Det &lt;b&gt;kender&lt;/b&gt; vi." in client.get(page(idea)).content.decode()

    @pytest.mark.parametrize("text", ["", "  ", "Hun hedder 010203-1234"])
    def test_comment_is_refused_and_the_input_kept(self, client, contact, idea, text):
        client.force_login(contact)
        response = client.post(page(idea, "kommentar/"), {"text": text})

        assert response.context["form"].messages != []
        assert text.strip() in response.content.decode()
        assert IdeaComment.objects.count() == 0

    def test_withdrawn_comment_keeps_its_place_and_its_words_in_the_database(self, client, contact, idea):
        said = factories.make_comment(idea, contact, "Fortrudt")
        client.force_login(contact)
        for _ in range(2):
            assert client.post(page(idea, f"kommentar/{said.pk}/traek-tilbage/")).status_code == 302

        answer = client.get(page(idea)).content.decode()
        assert "Fortrudt" not in answer
        assert f"Kommentaren er trukket tilbage af {contact}" in answer
        said.refresh_from_db()
        assert (said.text, said.withdrawn_by) == ("Fortrudt", contact)
        assert said.history.count() == 2

    def test_who_withdraws_what(self, client, network, member, contact, idea):
        own, others = factories.make_comment(idea, contact), factories.make_comment(idea, roles.make_contact(member))
        client.force_login(contact)
        assert client.post(page(idea, f"kommentar/{others.pk}/traek-tilbage/")).status_code == 403
        client.force_login(roles.make_reader())
        assert client.post(page(idea, f"kommentar/{own.pk}/traek-tilbage/")).status_code == 403
        client.force_login(roles.make_coordinator(network))
        assert client.post(page(idea, f"kommentar/{others.pk}/traek-tilbage/")).status_code == 302

    def test_comment_of_another_idea_is_404(self, client, network, contact, idea):
        said = factories.make_comment(factories.make_idea(network, contact), contact)
        client.force_login(contact)
        assert client.post(page(idea, f"kommentar/{said.pk}/traek-tilbage/")).status_code == 404


class TestInterest:
    def test_municipality_shows_interest_once_and_takes_it_back(self, client, member, contact, idea):
        client.force_login(contact)
        for _ in range(2):
            client.post(page(idea, "interesse/"), {"kommune": member.code})
        assert IdeaInterest.objects.get().municipality == member

        client.post(page(idea, "interesse/"), {"kommune": member.code, "fortryd": "1"})
        assert IdeaInterest.objects.count() == 0
        assert IdeaInterest.history.count() == 2

    def test_nobody_speaks_for_another_municipality(self, client, network, contact, idea):
        other = factories.make_municipality()
        factories.make_membership(network, other)
        client.force_login(contact)
        for code in (other.code, "", "9999"):
            assert client.post(page(idea, "interesse/"), {"kommune": code}).status_code == 403
        assert IdeaInterest.objects.count() == 0

    def test_coordinator_speaks_for_himself(self, client, network, idea):
        coordinator = roles.make_coordinator(network)
        client.force_login(coordinator)
        client.post(page(idea, "interesse/"), {})

        assert (IdeaInterest.objects.get().municipality, IdeaInterest.objects.get().user) == (None, coordinator)

    def test_reader_shows_none(self, client, idea):
        client.force_login(roles.make_reader())
        assert client.post(page(idea, "interesse/"), {}).status_code == 403


class TestList:
    def test_filters(self, client, network, contact, idea):
        closed = factories.make_idea(network, contact, IdeaKind.SOLUTION, state="closed")
        client.force_login(contact)

        def found(query: str) -> list:
            return list(client.get(ideas_page(network, query)).context["page_obj"])

        assert found("") == [closed, idea]
        assert found("?art=barrier") == found("?tilstand=open") == [idea]
        assert found("?art=solution&tilstand=closed&ukendt=1") == [closed]
        assert found("?art=barrier&tilstand=closed") == []

    @pytest.mark.parametrize(("query", "sentence"), [("art=x", "Art: »x« findes ikke."), ("tilstand=y", "»y«")])
    def test_unknown_code_is_400_in_words(self, client, network, contact, query, sentence):
        client.force_login(contact)
        response = client.get(ideas_page(network, f"?{query}"))

        assert response.status_code == 400
        assert sentence in response.content.decode()

    @pytest.mark.parametrize("side", ["0", "2", "x", "9" * 30])
    def test_page_that_is_not_there_is_404(self, client, network, contact, side):
        client.force_login(contact)
        assert client.get(ideas_page(network, f"?side={side}")).status_code == 404

    def test_counts_leave_out_what_is_withdrawn(self, client, network, member, contact, idea):
        factories.make_comment(idea, contact)
        withdrawn = factories.make_comment(idea, contact)
        client.force_login(contact)
        client.post(page(idea, f"kommentar/{withdrawn.pk}/traek-tilbage/"))
        factories.make_interest(idea, contact, member)

        (row,) = client.get(ideas_page(network)).context["page_obj"]
        assert (row.comment_count, row.interest_count) == (1, 1)


def test_pages_cost_the_same_with_1_and_20(client, network, member, contact, idea):
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    client.force_login(contact)
    factories.make_comment(idea, contact)
    factories.make_interest(idea, contact, member)
    idea.title = "Anden titel"
    idea.save()
    asked = [ideas_page(network), page(idea), page(idea, "rediger/"), ideas_page(network, "ny/")]
    few = {address: cost(address) for address in asked}
    for number in range(20):
        municipality = factories.make_municipality()
        factories.make_membership(network, municipality)
        other = roles.make_contact(municipality)
        factories.make_idea(network, other, municipality=municipality)
        factories.make_comment(idea, other)
        factories.make_interest(idea, other, municipality)
        idea.title, idea.municipality = f"Titel {number}", municipality
        idea._history_user = other
        idea.save()

    assert {address: cost(address) for address in asked} == few
