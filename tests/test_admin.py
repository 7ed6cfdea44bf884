"""The admin: every page answers, and lists ask the database a constant number of times."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.importers.merge import Merge
from tests import factories
from tests.admin import OURS, READ_ONLY, REGISTERED, make_one_of_everything, trial_page, url
from trials.enums import Status
from trials.models import (
    Correction,
    SourceCell,
    StatusEvent,
    Trial,
)

pytestmark = pytest.mark.django_db


def test_registry_holds_every_model_of_ours() -> None:
    ours = {model for label in ("networks", "trials") for model in apps.get_app_config(label).get_models()}
    historical = {model for model in ours if model.__name__.startswith("Historical")}

    assert set(OURS) == ours - historical
    assert len(OURS) > 10


def test_every_page_answers(admin_client) -> None:
    make_one_of_everything(1)
    expected: dict[str, int] = {}
    for model in REGISTERED:
        key = model._default_manager.values_list("pk", flat=True)[0]
        edited = 403 if model in READ_ONLY else 200
        expected |= {
            url(model, "changelist"): 200,
            url(model, "changelist") + "?q=l%C3%86s%C3%B8+%C2%A7+27+c": 200,
            url(model, "add"): edited,
            url(model, "change", key): 200,
            url(model, "history", key): 200,
            url(model, "delete", key): edited,
        }
        if hasattr(model, "history"):
            expected[url(model, "simple_history", key, model.history.filter(id=key).first().pk)] = 200

    assert {page: admin_client.get(page).status_code for page in expected} == expected
    assert len(expected) > 80


@pytest.mark.parametrize("key", ["0", "abc", "9" * 20])
def test_unknown_record_is_no_error(admin_client, key: str) -> None:
    pages = [url(model, page, key) for model in OURS for page in ("change", "history", "delete")]
    with_history = [model for model in OURS if hasattr(model, "history")]
    pages += [
        url(model, "simple_history", key, version) for model in with_history for version in ("1", "abc", "9" * 20)
    ]
    pages += [f"/admin/trials/{kind}/{key}/status/" for kind in ("trial", "participation")]
    answers = {page: admin_client.get(page).status_code for page in pages}

    assert {page: answer for page, answer in answers.items() if answer not in (302, 403, 404)} == {}


def test_changelists_have_constant_number_of_queries(admin_client) -> None:
    def queries(model) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(url(model, "changelist")).status_code == 200
        return len(captured)

    make_one_of_everything(1)
    for model in REGISTERED:
        queries(model)
    few = {model: queries(model) for model in REGISTERED}
    for index in range(2, 31):
        make_one_of_everything(index)

    assert {model: model._default_manager.count() >= 30 for model in REGISTERED} == dict.fromkeys(REGISTERED, True)
    assert {model: queries(model) for model in REGISTERED} == few


def test_trial_page_has_constant_number_of_queries(admin_client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(url(Trial, "change", trial.pk)).status_code == 200
        return len(captured)

    make_one_of_everything(1)
    trial = Trial.objects.get()
    queries()
    few = queries()
    for number in range(2, 12):
        factories.make_participation(trial, status=Status.RUNNING)
        factories.make_basis(trial, factories.make_provision(number + 100))
        factories.make_evaluation(trial)

    assert queries() == few


def test_anonymous_is_sent_to_login(client) -> None:
    make_one_of_everything(1)
    for page in (url(Trial, "changelist"), f"/admin/trials/trial/{Trial.objects.get().pk}/status/"):
        response = client.get(page)
        assert response.status_code == 302
        assert response.url == f"/konto/login/?next={page}"


def test_viewer_sees_trial_but_cannot_change_it(client) -> None:
    make_one_of_everything(1)
    trial = Trial.objects.get()
    viewer = get_user_model().objects.create_user("læser", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)

    assert client.get(url(Trial, "change", trial.pk)).status_code == 200
    assert client.post(url(Trial, "change", trial.pk), trial_page(trial, title="Kuppet")).status_code == 403
    assert Trial.objects.get().title == trial.title


def test_page_of_trial_shows_source_events_and_corrections(admin_client) -> None:
    make_one_of_everything(1)
    trial = Trial.objects.get()
    page = admin_client.get(url(Trial, "change", trial.pk)).content.decode()

    assert SourceCell.objects.all()[0].place in page
    assert str(Correction.objects.get()) in page
    assert StatusEvent.objects.count() == 2
    assert page.count("Indlæst fra kilden") == 2
    assert "© VIVE" in page
    assert "Vis på webstedet" in page
    for subject in (trial, trial.participations.get()):
        assert f"/admin/trials/{subject._meta.model_name}/{subject.pk}/status/" in page


def test_imported_digests_are_shown_nowhere(admin_client) -> None:
    make_one_of_everything(1)
    Merge().put(Trial, {"public_id": Trial.objects.get().public_id}, {"title": "Forsøg 1"})
    fingerprint = Trial.objects.get().imported["title"]
    key = Trial.objects.get().pk

    for page in ("change", "history"):
        assert fingerprint not in admin_client.get(url(Trial, page, key)).content.decode()
