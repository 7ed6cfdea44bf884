"""A trial's working page: what a coordinator changes at once, and who may not."""

from datetime import date

import pytest
from django.urls import reverse

from networks.models import ChangeSet
from tests import factories
from tests.roles import make_coordinator, make_ministry, make_reader
from trials.enums import Publication, Status
from trials.models import Trial

pytestmark = pytest.mark.django_db

TEXTS = {"summary": "", "content": "Indhold", "target_group": "", "implementation": ""}


def page(trial, name: str = "trial", *args) -> str:
    return reverse(f"trials:workspace_{name}", args=[trial.public_id, *args])


@pytest.fixture
def trial() -> Trial:
    return factories.make_trial("Mikrolån", municipalities=[factories.make_municipality("Thisted")])


@pytest.fixture
def coordinator(trial, client):
    user = make_coordinator(trial.network)
    client.force_login(user)
    return user


def test_page_shows_status_and_the_ways_on(client, coordinator, trial):
    factories.make_status(trial.participations.get(), Status.RUNNING)
    text = client.get(page(trial)).content.decode()
    for words in ("Mikrolån", "Thisted", "I drift", "Skift status", "Historik", "Foreslå en ny kommune"):
        assert words in text
    assert "Offentliggør" not in text


def test_coordinator_changes_the_texts_at_once_as_one_change_set(client, coordinator, trial):
    response = client.post(page(trial), TEXTS | {"content": "Nyt indhold"})
    assert response.status_code == 302
    trial.refresh_from_db()
    assert trial.content == "Nyt indhold"
    change_set = ChangeSet.objects.get()
    assert (change_set.made_by, change_set.channel, change_set.entries.count()) == (coordinator, "page", 1)


def test_texts_page_changes_no_title(client, coordinator, trial):
    client.post(page(trial), TEXTS | {"title": "Sneget ind", "publication": "draft"})
    trial.refresh_from_db()
    assert (trial.title, trial.publication) == ("Mikrolån", Publication.PUBLISHED)


def test_personal_number_is_refused_and_the_input_kept(client, coordinator, trial):
    response = client.post(page(trial), TEXTS | {"content": "Borgeren 010190-1234"})
    assert response.status_code == 200
    assert "CPR-nummer" in response.content.decode()
    assert "010190-1234" in response.content.decode()
    trial.refresh_from_db()
    assert trial.content == ""


def test_contact_details_are_warned_of(client, coordinator, trial):
    response = client.post(page(trial), TEXTS | {"content": "Ring 21 43 65 87"}, follow=True)
    assert "21 43 65 87" in response.content.decode()
    assert "fjern den" in response.content.decode()


@pytest.mark.parametrize("name", ["trial", "legal_fields", "join", "new_basis", "trial_history"])
def test_another_networks_coordinator_is_refused(client, trial, name):
    client.force_login(make_coordinator(factories.make_network()))
    assert client.get(page(trial, name)).status_code == 403
    if name != "trial_history":
        assert client.post(page(trial, name), TEXTS).status_code == 403
    trial.refresh_from_db()
    assert trial.content == ""


def test_reader_follows_the_history_and_changes_nothing(client, trial):
    client.force_login(make_reader())
    assert client.get(page(trial, "trial_history")).status_code == 200
    assert client.get(page(trial)).status_code == 403
    assert client.post(page(trial), TEXTS).status_code == 403


def test_one_not_signed_in_meets_the_login(client, trial):
    response = client.get(page(trial))
    assert response.status_code == 302
    assert response.url.startswith("/konto/")


def test_coordinator_cannot_publish(client, coordinator, trial):
    Trial.objects.update(publication=Publication.DRAFT)
    assert client.post(page(trial, "publish")).status_code == 403
    client.force_login(make_ministry())
    assert client.post(page(trial, "publish")).status_code == 302
    trial.refresh_from_db()
    assert trial.publication == Publication.PUBLISHED


def test_new_trial_is_a_draft_with_the_next_free_number(client, coordinator, trial):
    address = reverse("trials:workspace_new_trial", args=[trial.network.slug])
    assert client.get(address).status_code == 200
    last = factories.make_trial("Slettet siden", trial.network, number=7)
    last.delete()
    response = client.post(address, {"title": "Nyt", "in_force_from": "2018-01-01"}, follow=True)
    made = Trial.objects.get(title="Nyt")
    assert (made.number, made.publication, made.in_force_from) == (8, Publication.DRAFT, date(2018, 1, 1))
    assert made.public_id == f"FKII-{trial.network.number}-08"
    assert "kladde" in response.content.decode()
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "Nyt" not in client.get("/forsoeg.csv").content.decode()


def test_new_trial_with_an_error_keeps_the_input(client, coordinator, trial):
    address = reverse("trials:workspace_new_trial", args=[trial.network.slug])
    response = client.post(address, {"title": "", "content": "Meget arbejde"})
    assert response.status_code == 200
    assert "Meget arbejde" in response.content.decode()


def test_keeper_changes_all_of_a_draft_directly(client, coordinator, trial):
    Trial.objects.update(publication=Publication.DRAFT)
    other = factories.make_municipality("Læsø")
    client.post(page(trial, "join"), {"municipality": other.pk})
    client.post(page(trial, "legal_fields"), {"title": "Anden titel"})
    client.post(page(trial, "new_basis"), {"role": "rests_on", "kind": "exemption"})
    trial.refresh_from_db()
    assert trial.title == "Anden titel"
    assert set(trial.participations.values_list("municipality__name", "status")) == {
        ("Thisted", "unknown"),
        ("Læsø", "unknown"),
    }
    assert trial.legal_bases.get().kind == "exemption"
    basis = trial.legal_bases.get()
    assert client.post(page(trial, "basis_removal", basis.pk)).status_code == 302
    assert not trial.legal_bases.exists()


def test_participation_with_a_status_is_not_removed(client, coordinator, trial):
    Trial.objects.update(publication=Publication.DRAFT)
    participation = trial.participations.get()
    factories.make_status(participation, Status.RUNNING)
    response = client.post(page(trial, "participation_removal", participation.pk), follow=True)
    assert "skift dens status" in response.content.decode()
    assert trial.participations.exists()


def test_council_decision_is_written_directly(client, coordinator, trial):
    participation = trial.participations.get()
    address = page(trial, "participation", participation.pk)
    assert client.get(address).status_code == 200
    client.post(address, {"decided_on": "2018-06-20"})
    participation.refresh_from_db()
    assert participation.decided_on == date(2018, 6, 20)


def test_records_of_another_trial_are_not_there(client, coordinator, trial):
    other = factories.make_trial("Andet", factories.make_network(), [factories.make_municipality()])
    basis = factories.make_basis(other)
    for name, key in (("participation", other.participations.get().pk), ("basis", basis.pk)):
        assert client.get(page(trial, name, key)).status_code == 404


def test_draft_published_since_the_page_was_opened_takes_proposals(client, coordinator, trial):
    """Whoever opened it as a draft sends no reason, and is asked for one."""
    response = client.post(page(trial, "legal_fields"), {"title": "Anden titel"})
    assert response.status_code == 200
    assert "Begrundelse" in response.content.decode()
    trial.refresh_from_db()
    assert trial.title == "Mikrolån"
