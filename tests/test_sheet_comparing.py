"""What a workbook changes beside what others have changed since, and that it is saved whole or not at all."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.models import ChangeEntry, ChangeSet, Municipality
from tests import factories, sheets
from tests.many import make_many_trials
from tests.sheets import THISTED, part
from trials.enums import Precision, Status
from trials.models import Milestone, Observation, SheetUpload, StatusEvent, Trial
from trials.workspace.sheet import record_writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_sheets")]


@pytest.fixture
def network(client):
    return sheets.make_network(client)


def clashes(response) -> dict[str, tuple[str, str, str]]:
    cells = [cell for choice in response.context["preview"].choices for cell in choice.cells]
    return {cell.address: (cell.base, cell.theirs, cell.mine) for cell in cells}


def test_unchanged_cell_leaves_what_others_have_written(client, network):
    book = sheets.fetch(client, network)
    Observation.objects.update(value=20)
    sheets.edit(book, "Aktivitetstal", "T-0001", Bemærkning="Talt")
    response = sheets.send(client, network, book)
    assert list(sheets.changed(response).values()) == [("", "Talt")]
    sheets.press_save(client, response)
    figure = Observation.objects.get()
    assert (figure.value, figure.note) == (20, "Talt")


def test_clash_keeps_theirs_unless_mine_is_chosen(client, network):
    book = sheets.fetch(client, network)
    (cell,) = sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    sheets.edit(book, "Milepæle", "P-0001", Bemærkning="Ny")
    Observation.objects.update(value=20)
    response = sheets.send(client, network, book)
    assert clashes(response) == {cell: ("15", "20", "16")}
    assert cell not in sheets.changed(response)
    sheets.press_save(client, response)
    assert (Observation.objects.get().value, Milestone.objects.get().note) == (20, "Ny")

    response = sheets.send(client, network, book)
    (choice,) = response.context["preview"].choices
    sheets.press_save(client, response, **{choice.name: "min"})
    assert Observation.objects.get().value == 16


def test_both_wrote_the_same_is_no_clash(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=20)
    Observation.objects.update(value=20)
    response = sheets.send(client, network, book)
    assert (sheets.changed(response), clashes(response)) == ({}, {})


def test_status_that_others_have_changed_clashes_as_a_whole(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, Bemærkning="Stadig ingen.")
    factories.make_status(part(), Status.RUNNING, date(2019, 5, 1), Precision.ON)
    response = sheets.send(client, network, book)
    assert sheets.wrong(response) == {}
    assert clashes(response)["Forsøgskommuner!D2"] == ("Afventer", "I drift", "Afventer")
    assert clashes(response)["Forsøgskommuner!G2"] == ("Ingen vil være med.", "", "Stadig ingen.")

    # To go back to the status of then is a new status, which needs a day of its own: said, and nothing saved.
    (choice,) = response.context["preview"].choices
    refused = sheets.press_save(client, response, **{choice.name: "min"})
    assert "den nye status gælder fra" in sheets.wrong(refused)["Forsøgskommuner!F2"]
    assert part().events.count() == 2
    sheets.press_save(client, refused)
    assert part().status == Status.RUNNING


def test_change_after_the_preview_is_shown_before_anything_is_saved(client, network):
    book = sheets.fetch(client, network)
    (cell,) = sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    response = sheets.send(client, network, book)
    Observation.objects.update(value=20)
    again = sheets.press_save(client, response)
    assert "Registeret er ændret, siden du så ændringerne" in again.content.decode()
    assert clashes(again) == {cell: ("15", "20", "16")}
    assert Observation.objects.get().value == 20
    sheets.press_save(client, again)
    assert Observation.objects.get().value == 20


def test_rows_left_out_are_not_deleted(client, network):
    book = sheets.fetch(client, network)
    book["Aktivitetstal"].delete_rows(2)
    response = sheets.send(client, network, book)
    assert response.context["preview"].absent == 1
    assert "bliver ikke slettet" in response.content.decode()
    assert Observation.objects.exists()


def test_row_deleted_by_others_is_an_error_only_where_it_was_edited(client, network):
    book = sheets.fetch(client, network)
    Observation.objects.all().delete()
    assert sheets.wrong(sheets.send(client, network, book)) == {}
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    assert "slettet af en anden" in sheets.wrong(sheets.send(client, network, book))["Aktivitetstal!A2"]


def test_figure_shared_with_another_network_is_not_in_the_workbook(client, network):
    other = factories.make_trial("Et andet", factories.make_network(2))
    figure = Observation.objects.get()
    book = sheets.fetch(client, network)
    figure.trials.add(other)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    assert sheets.wrong(sheets.send(client, network, book))
    later = sheets.fetch(client, network)["Aktivitetstal"]
    assert "T-0001" not in [row[0] for row in later.iter_rows(values_only=True)]


def test_correction_that_would_not_show_is_refused(client, network):
    """Dated before the event it follows, the corrected one would not be what holds."""
    factories.make_status(part(), Status.RUNNING, date(2019, 5, 1), Precision.ON)
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, Gældende_fra=date(2018, 5, 1), Bemærkning="Det var før.")
    assert "ikke slå igennem" in sheets.wrong(sheets.send(client, network, book))["Forsøgskommuner!F2"]
    assert part().events.count() == 2


def test_killed_upload_leaves_nothing_half_done(client, network, monkeypatch):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøg", "FKII-1-04", Status="I drift", Gældende_fra=date(2019, 5, 1))
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    sheets.edit(book, "Milepæle", "P-0001", Milepæl="Ny")
    response = sheets.send(client, network, book)
    history = Observation.history.count()

    class Killed(BaseException):
        """As when the process is told to stop."""

    def killed(row, record):
        if isinstance(record, Milestone):
            raise Killed

    monkeypatch.setattr(record_writing, "validate", killed)
    with pytest.raises(Killed):
        sheets.press_save(client, response)
    assert (Trial.objects.get().status, Observation.objects.get().value) == (Status.UNKNOWN, 15)
    assert Observation.history.count() == history
    assert ChangeSet.objects.count() == ChangeEntry.objects.count() == 0
    assert StatusEvent.objects.filter(trial__isnull=False).count() == 0
    monkeypatch.undo()
    sheets.press_save(client, response)
    assert (Trial.objects.get().status, Observation.objects.get().value) == (Status.RUNNING, 16)


def _queries(client, network, first: int, number: int) -> tuple[int, int, int]:
    """How many queries it takes to fetch, send and look at a workbook, one cell of it edited, with more trials."""
    town = Municipality.objects.get(name="Thisted")
    make_many_trials(number, network, town, first=first)
    for trial in network.trials.filter(number__gte=first):
        factories.make_observation("Lån", trial.number, trials=[trial], municipalities=[town])
        factories.make_milestone("Møde", trials=[trial])
    with CaptureQueriesContext(connection) as fetched:
        book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    with CaptureQueriesContext(connection) as sent:
        response = sheets.send(client, network, book, follow=False)
    with CaptureQueriesContext(connection) as seen:
        assert len(sheets.changed(client.get(response.url))) == 1
    return len(fetched), len(sent), len(seen)


def test_queries_do_not_grow_with_the_rows(client, network):
    few = _queries(client, network, first=10, number=1)
    assert _queries(client, network, first=20, number=30) == few


def test_all_that_is_saved_is_one_change_by_upload(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    sheets.edit(book, "Forsøg", "FKII-1-04", Status="I drift", Gældende_fra=date(2019, 5, 1))
    sheets.press_save(client, sheets.send(client, network, book))
    change = ChangeSet.objects.get()
    assert (change.channel, change.made_by_id) == ("upload", int(client.session["_auth_user_id"]))
    assert set(change.entries.values_list("model", flat=True)) == {"trials.statusevent", "trials.observation"}


def test_saved_twice_is_saved_once(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "", Indikator="Ny", Værdi=10, Enhed="sager")
    preview = sheets.send(client, network, book)
    sheets.press_save(client, preview)
    again = sheets.press_save(client, preview)
    assert "allerede gemt" in again.content.decode()
    assert Observation.objects.count() == 2
    assert SheetUpload.objects.get().rows == {}

    # The same file read in once more adds nothing either.
    response = sheets.send(client, network, book)
    assert sheets.changed(response) == {}
    assert "findes allerede som T-0002" in response.content.decode()
