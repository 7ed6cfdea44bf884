"""What is changed together is one change set: of a form, of a command, and nothing of what was rolled back."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from networks.enums import Channel
from networks.models import ChangeEntry, ChangeSet
from networks.recording import recording
from tests import factories
from tests.roles import make_user
from tests.test_import_note import small_note
from trials.enums import Status
from trials.models import StatusEvent, Trial

pytestmark = pytest.mark.django_db


def test_changes_within_are_one_set_and_name_their_versions():
    user = make_user("ane")
    with recording(Channel.PAGE, user, "Ryddet op") as made:
        trial = factories.make_trial(status=Status.RUNNING)
        trial.title = "Ny"
        trial.save()
    change_set = ChangeSet.objects.get()
    assert made.change_set == change_set
    assert (change_set.made_by, change_set.channel, change_set.note) == (user, "page", "Ryddet op")
    named = set(change_set.entries.values_list("model", "record", "version"))
    assert {("trials.trial", trial.pk, version.pk) for version in trial.history.all()} <= named
    event = StatusEvent.objects.get()
    assert ("trials.statusevent", event.pk, event.pk) in named


def test_nothing_changed_leaves_no_set():
    with recording(Channel.PAGE):
        Trial.objects.count()
    with recording(Channel.COMMAND):
        Trial.objects.count()
    assert not ChangeSet.objects.exists()


def test_outside_a_recording_nothing_is_written():
    factories.make_trial()
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize("channel", [Channel.PAGE, Channel.COMMAND])
def test_what_is_rolled_back_has_no_entry(channel):
    trial = factories.make_trial()
    with recording(channel):
        with transaction.atomic():
            trial.title = "Fortrudt"
            trial.save()
            transaction.set_rollback(True)
        trial.title = "Beholdt"
        trial.save()
    assert ChangeEntry.objects.get().version == trial.history.latest().pk


def test_command_writes_its_entries_at_once():
    with CaptureQueriesContext(connection) as captured, recording(Channel.COMMAND):
        for _ in range(20):
            factories.make_municipality()
    written = [query["sql"] for query in captured if "changeentry" in query["sql"].lower()]
    assert len(written) == 1
    assert ChangeEntry.objects.count() == 20


def test_command_that_fails_writes_nothing():
    def fail() -> None:
        with transaction.atomic(), recording(Channel.COMMAND):
            factories.make_municipality()
            raise LookupError("undervejs")

    with pytest.raises(LookupError, match="undervejs"):
        fail()
    assert not ChangeSet.objects.exists()


def test_reference_data_is_one_change_set():
    call_command("import_reference", verbosity=0)
    made = ChangeSet.objects.get()
    assert (made.channel, made.made_by, made.note) == ("command", None, "import_reference reference")
    assert made.entries.count() > 98
    call_command("import_reference", verbosity=0)
    assert ChangeSet.objects.count() == 1, "nothing changed the second time"


def test_import_of_a_note_is_one_change_set(tmp_path):
    note = small_note(tmp_path)
    call_command("import_vive", note, dry_run=True, verbosity=0)
    assert not ChangeSet.objects.exists(), "a dry run keeps nothing"
    call_command("import_vive", note, verbosity=0)
    models = set(ChangeSet.objects.get().entries.values_list("model", flat=True))
    assert {"trials.trial", "trials.statusevent", "trials.participation"} <= models
