"""The Django fixture that ships: up to date, complete, and the same register as the import makes."""

import json

import pytest
from django.core.management import call_command

from tests.vive import ROWS
from trials.importers.fixture import left_out, serialise
from trials.management.commands.build_fixture import FIXTURE
from trials.models import StatusEvent, Trial

pytestmark = pytest.mark.django_db


def _shipped() -> str:
    return FIXTURE.read_text(encoding="utf-8")


@pytest.mark.once
def test_import_gives_the_shipped_fixture():
    call_command("import_reference", verbosity=0)
    call_command("import_vive", "fixtures/vive_2019", verbosity=0)
    assert serialise() == _shipped()


def test_loaddata_gives_the_same_register_and_repeats_harmlessly(capsys):
    for _ in range(2):
        call_command("loaddata", FIXTURE, verbosity=0)
        assert serialise() == _shipped()
    assert Trial.history.count() == 0
    events = StatusEvent.objects.count()
    call_command("import_vive", "fixtures/vive_2019")
    assert capsys.readouterr().out.startswith("0 ændringer lavet."), "an import after it finds nothing to do"
    assert StatusEvent.objects.count() == events
    assert serialise() == _shipped()


def test_every_cell_of_the_fixture_equals_the_table_file():
    cells = {
        (*record["fields"]["source"], record["fields"]["table"], record["fields"]["row"], record["fields"]["column"]): (
            record["fields"]["text"]
        )
        for record in json.loads(_shipped())
        if record["model"] == "trials.sourcecell"
    }
    assert len(cells) == 79 * 7
    for row in ROWS:
        for column, text in enumerate(row.cells, start=1):
            assert cells["vive-2019", row.table, row.number, column] == text


def test_fixture_leaves_no_model_out():
    assert left_out() == set()


@pytest.mark.once
def test_build_fixture_writes_what_ships(tmp_path):
    call_command("build_fixture", output=tmp_path / "fixture.json", verbosity=0)
    assert (tmp_path / "fixture.json").read_text(encoding="utf-8") == _shipped()
