"""Deleting in the admin: what others hang on stays, and what comes from sources is only read."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model

from networks.models import Municipality, Network
from tests import factories
from tests.admin import READ_ONLY, make_one_of_everything, url
from trials.enums import Status
from trials.models import (
    Participation,
    Trial,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model._meta.model_name)
def test_what_comes_from_sources_is_read_only_for_superuser(admin_client, model) -> None:
    make_one_of_everything(1)
    before = list(model.objects.values())
    key = model.objects.first().pk
    bulk = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}

    assert admin_client.post(url(model, "change", key), {"text": "Kuppet"}).status_code == 403
    assert admin_client.post(url(model, "delete", key), {"post": "yes"}).status_code == 403
    assert admin_client.post(url(model, "add"), {}).status_code == 403
    assert admin_client.post(url(model, "changelist"), bulk).status_code in (200, 302)
    assert list(model.objects.values()) == before


@pytest.mark.parametrize(
    "model", [Trial, Participation, Network, Municipality], ids=lambda model: model._meta.model_name
)
def test_record_with_others_hanging_on_it_is_not_deleted(admin_client, model) -> None:
    make_one_of_everything(1)
    key = model.objects.get().pk
    bulk = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    answers = [
        admin_client.post(url(model, "delete", key), {"post": "yes"}),
        admin_client.post(url(model, "changelist"), bulk),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert "beskyttede" in answer.content.decode()
    assert model.objects.filter(pk=key).exists()


def test_user_who_recorded_events_is_not_deleted(admin_client) -> None:
    author = get_user_model().objects.create_user("forfatter")
    factories.make_status(factories.make_trial(), Status.RUNNING, by=author)
    response = admin_client.post(url(get_user_model(), "delete", author.pk), {"post": "yes"})

    assert response.status_code == 200
    assert "beskyttede" in response.content.decode()


def test_selected_drafts_are_deleted_with_history(admin_client, admin_user) -> None:
    trial = factories.make_trial("Fejloprettet")
    bulk = {"action": "delete_selected", "_selected_action": [trial.pk], "post": "yes"}
    assert admin_client.post(url(Trial, "changelist"), bulk).status_code == 302
    deleted = Trial.history.filter(title="Fejloprettet", history_type="-").get()

    assert not Trial.objects.exists()
    assert deleted.history_user == admin_user
    assert LogEntry.objects.filter(object_repr__contains="Fejloprettet").exists()
