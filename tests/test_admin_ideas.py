"""Ideas in the admin are there for those who share them; what was withdrawn is told to nobody."""

import pytest
from django.urls import reverse
from django.utils import timezone

from networks.enums import Channel
from networks.models import ChangeSet
from networks.recording import recording
from tests import factories, roles
from trials.enums import IdeaState
from trials.models import IdeaComment

pytestmark = pytest.mark.django_db

WORDS = "Det fortryder jeg"


@pytest.fixture
def network():
    return factories.make_network(1)


@pytest.fixture
def comment(network) -> IdeaComment:
    """A comment on an idea that became a trial, so that the history of the trial tells of it."""
    author = roles.make_user()
    trial = factories.make_trial("Mikrolån", network)
    with recording(Channel.PAGE, author):
        idea = factories.make_idea(network, author, state=IdeaState.TRIAL, trial=trial)
        factories.make_interest(idea, author)
        comment = factories.make_comment(idea, author, WORDS)
    with recording(Channel.PAGE, author):
        comment.text = f"{WORDS} nu"
        comment.save()
    return comment


def addresses(comment) -> list[str]:
    """Every page of the admin on which the comment stands."""
    start, version = "admin:trials_ideacomment", comment.history.first()
    pages = [reverse(f"{start}_{name}", args=[comment.pk]) for name in ("change", "history")]
    return [reverse(f"{start}_changelist"), *pages, reverse(f"{start}_simple_history", args=[comment.pk, version.pk])]


@pytest.mark.parametrize("what", ["idea", "ideacomment", "ideainterest"])
def test_another_networks_are_not_there(client, network, comment, what):
    record = {"idea": comment.idea, "ideacomment": comment, "ideainterest": comment.idea.interests.get()}[what]
    pages = [reverse(f"admin:trials_{what}_{name}", args=[record.pk]) for name in ("change", "history")]
    pages += [reverse(f"admin:trials_{what}_simple_history", args=[record.pk, record.history.first().pk])]
    listed = reverse(f"admin:trials_{what}_changelist")

    for user, met, count in (
        (roles.make_coordinator(factories.make_network(2)), 404, 0),
        (roles.make_coordinator(network), 200, 1),
        (roles.make_reader(), 200, 1),
        (roles.make_ministry(), 200, 1),
    ):
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [met] * 3, user
        assert client.get(listed).context["cl"].result_count == count


def test_history_of_an_interest_that_was_taken_back_is_not_there_for_others(client, network, comment):
    interest = comment.idea.interests.get()
    key, version = interest.pk, interest.history.first().pk
    interest.delete()
    pages = [reverse("admin:trials_ideainterest_history", args=[key])]
    pages += [reverse("admin:trials_ideainterest_simple_history", args=[key, version])]

    for user, met in ((roles.make_coordinator(factories.make_network(2)), 404), (roles.make_coordinator(network), 200)):
        client.force_login(user)
        assert client.get(pages[0]).status_code == met
        if met == 404:
            assert client.get(pages[1]).status_code == met


@pytest.mark.parametrize("key", ["0", "x", "9" * 25])
def test_unknown_one_is_not_there(client, network, key):
    client.force_login(roles.make_ministry())
    assert client.get(f"/admin/trials/ideacomment/{key}/history/").status_code == 404


def test_words_are_read_until_they_are_withdrawn(client, network, comment):
    trial = comment.idea.trial
    told = reverse("trials:workspace_trial_history", args=[trial.public_id])
    client.force_login(roles.make_ministry())
    shown = [client.get(page).content.decode() for page in (*addresses(comment)[1:], told)]
    assert [WORDS in page for page in shown] == [True] * 4

    with recording(Channel.PAGE, comment.author):
        comment.withdrawn_at, comment.withdrawn_by = timezone.now(), comment.author
        comment.save()

    for user in (roles.make_ministry(), comment.author):
        roles.make_coordinator(network, user)
        client.force_login(user)
        for page in (*addresses(comment), told, *_reverts(comment)):
            answer = client.get(page)
            assert (answer.status_code, WORDS in answer.content.decode()) == (200, False), page
    assert IdeaComment.objects.get().text == f"{WORDS} nu"


def test_withdrawn_words_are_not_searched(client, network, comment):
    comment.withdrawn_at, comment.withdrawn_by = timezone.now(), comment.author
    comment.save()
    client.force_login(roles.make_ministry())
    listed = reverse("admin:trials_ideacomment_changelist")
    assert client.get(listed, {"q": "fortryder"}).context["cl"].result_count == 0
    assert client.get(listed, {"q": comment.idea.title.split()[0]}).context["cl"].result_count == 1


def _reverts(comment) -> list[str]:
    """The pages that would take back what was done to it."""
    trial = comment.idea.trial
    made = ChangeSet.objects.filter(entries__model="trials.ideacomment", entries__record=comment.pk)
    return [reverse("trials:workspace_trial_revert", args=[trial.public_id, each.pk]) for each in made]
