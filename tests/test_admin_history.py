"""History in the admin: versions with what changed, and the way back, which never touches the status."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from trials.enums import BasisKind, Publication, Status
from trials.models import LegalBasis, Participation, Trial

pytestmark = pytest.mark.django_db


def page(record, version=None) -> str:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_"
    if version is None:
        return reverse(name + "history", args=[record.pk])
    return reverse(name + "simple_history", args=[record.pk, version.pk])


def fields_of(response) -> dict:
    """What the browser would send from the form as it stands."""
    form = response.context["adminform"].form
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


@pytest.fixture
def trial() -> Trial:
    """A trial whose title and content were edited, and whose status went on meanwhile."""
    trial = factories.make_trial("Første titel", publication=Publication.DRAFT, content="Uændret indhold")
    factories.make_status(trial, Status.RUNNING)
    trial.refresh_from_db()
    trial.title, trial.publication = "Anden titel", Publication.PUBLISHED
    trial.save()
    factories.make_status(trial, Status.ENDED)
    return trial


def oldest(record):
    return record.history.last()


def test_versions_show_who_when_and_what(admin_client, admin_user, trial) -> None:
    form = admin_client.get(reverse("admin:trials_trial_change", args=[trial.pk])).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {
        "title": "Tredje titel",
        "in_force_from": "1.7.2017",
    }
    for prefix in ("participations", "legal_bases", "coverages", "outcomes"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    assert admin_client.post(reverse("admin:trials_trial_change", args=[trial.pk]), data).status_code == 302
    newest = trial.history.first()
    html = admin_client.get(page(trial)).content.decode()

    assert newest.history_user == admin_user
    assert "<strong>Titel:</strong> <del>Anden titel</del> → <ins>Tredje titel</ins>" in html
    assert "<strong>Offentlighed:</strong> <del>Kladde</del> → <ins>Offentliggjort</ins>" in html
    assert "<strong>I kraft ved lov fra:</strong> <del>–</del> → <ins>1. juli 2017</ins>" in html
    assert str(admin_user) in html
    assert "Oprettet" in html


def test_long_texts_are_shortened_in_danish(admin_client, trial) -> None:
    trial.content = "Før " + "a" * 2000 + " efter"
    trial.save()
    html = admin_client.get(page(trial)).content.decode()

    assert " tegn]" in html
    assert " chars]" not in html


def test_versions_of_parts_are_listed_with_constant_number_of_queries(admin_client, trial) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(page(trial)).status_code == 200
        return len(captured)

    def make_parts(number: int) -> None:
        factories.make_participation(trial)
        factories.make_basis(trial, factories.make_provision(number))
        factories.make_evaluation(trial)

    make_parts(1)
    queries()
    few = queries()
    for number in range(2, 8):
        make_parts(number)
    factories.make_basis(trial, None, BasisKind.GENERAL_CHANGE)

    assert queries() == few
    assert "Hjemmel: Generel lovændring" in admin_client.get(page(trial)).content.decode()


def test_part_whose_own_subject_is_deleted_too_is_listed(admin_client, trial) -> None:
    evaluation = factories.make_evaluation(trial)
    evaluation.coverages.get().delete()
    evaluation.delete()

    assert "Evalueret forsøg: slettet" in admin_client.get(page(trial)).content.decode()


def test_text_of_a_version_is_escaped(admin_client, trial) -> None:
    trial.title = "<script>alert(1)</script>"
    trial.save()
    html = admin_client.get(page(trial)).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_revert_restores_what_can_be_edited_and_nothing_else(admin_client, admin_user, trial) -> None:
    trial.refresh_from_db()
    trial.confirmed_on = "2019-03-01"
    trial.save()
    digests = {"title": "fingeraftryk"}
    Trial.objects.update(imported=digests)
    version = oldest(trial)
    before = Trial.objects.get()
    versions = trial.history.count()
    opened = admin_client.get(page(trial, version))
    assert opened.status_code == 200
    assert admin_client.post(page(trial, version), fields_of(opened)).status_code == 302
    saved = Trial.objects.get()

    assert (saved.title, saved.publication) == ("Første titel", Publication.DRAFT)
    assert (saved.status, saved.events.count()) == (Status.ENDED, 2)
    assert (saved.confirmed_on, saved.imported, saved.public_id) == (before.confirmed_on, digests, before.public_id)
    assert "første titel" in saved.search_text
    assert trial.history.count() == versions + 1
    newest = trial.history.first()
    assert newest.history_change_reason.startswith("Tilbageført til version fra ")
    assert newest.history_user == admin_user
    assert LogEntry.objects.get().change_message == newest.history_change_reason


def test_status_sent_with_a_revert_is_ignored(admin_client, trial) -> None:
    version = oldest(trial)
    data = fields_of(admin_client.get(page(trial, version))) | {"status": Status.PLANNED, "number": 77}
    assert admin_client.post(page(trial, version), data).status_code == 302

    assert Trial.objects.get().status == Status.ENDED
    assert Trial.objects.get().number == trial.number


def test_viewer_sees_versions_but_cannot_revert(client, trial) -> None:
    viewer = get_user_model().objects.create_user("læser", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    opened = client.get(page(trial, oldest(trial)))
    html = opened.content.decode()

    assert client.get(page(trial)).status_code == 200
    assert opened.status_code == 200
    assert 'name="_save"' not in html
    assert client.post(page(trial, oldest(trial)), {"title": "Kup", "publication": "draft"}).status_code == 403
    assert Trial.objects.get().title == "Anden titel"


def test_deleted_participation_leaves_history_and_can_be_made_again(admin_client, admin_user, trial) -> None:
    participation = factories.make_participation(trial, factories.make_municipality("Thisted"))
    key = participation.pk
    assert (
        admin_client.post(reverse("admin:trials_participation_delete", args=[key]), {"post": "yes"}).status_code == 302
    )
    gone = Participation.history.get(history_type="-")
    assert (gone.id, gone.history_user) == (key, admin_user)

    participation.pk = key
    listed = admin_client.get(page(trial)).content.decode()
    assert "Forsøgskommune: Thisted" in listed
    assert page(participation, gone) in listed
    data = fields_of(admin_client.get(page(participation, gone)))
    assert admin_client.post(page(participation, gone), data).status_code == 302
    again = Participation.objects.get()
    assert (again.pk, again.municipality.name, again.status) == (key, "Thisted", Status.UNKNOWN)
    assert again.history.first().history_change_reason.startswith("Tilbageført")


def test_deleted_record_that_would_clash_is_not_made_again(admin_client, trial) -> None:
    municipality = factories.make_municipality("Thisted")
    participation = factories.make_participation(trial, municipality)
    key = participation.pk
    participation.delete()
    factories.make_participation(trial, municipality)
    participation.pk = key
    version = Participation.history.filter(id=key).first()

    for response in (
        admin_client.get(page(participation, version), follow=True),
        admin_client.post(page(participation, version), {"decided_on": ""}, follow=True),
    ):
        assert "Kommunen er allerede med i forsøget." in response.content.decode()
    assert Participation.objects.count() == 1


def test_deleted_record_is_made_again_only_by_those_who_may_add(client, trial) -> None:
    basis = factories.make_basis(trial, None, BasisKind.GENERAL_CHANGE)
    key = basis.pk
    basis.delete()
    basis.pk = key
    user = get_user_model().objects.create_user("redaktør", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=("view_legalbasis", "change_legalbasis")))
    client.force_login(user)

    assert client.post(page(basis, LegalBasis.history.first()), {}).status_code == 403
    assert not LegalBasis.objects.exists()


def test_versions_are_listed_with_constant_number_of_queries(admin_client, trial, django_assert_num_queries) -> None:
    admin_client.get(page(trial))
    with CaptureQueriesContext(connection) as few:
        admin_client.get(page(trial))
    for number in range(10):
        trial.title = f"Titel {number}"
        trial.save()
    with django_assert_num_queries(len(few)):
        admin_client.get(page(trial))
