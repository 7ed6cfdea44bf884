"""Two workbooks at once: of two who have changed the same, one wins and the other is told.

On PostgreSQL both really run at once. SQLite takes writers one by one, so there the second comes after the first.
"""

from collections.abc import Callable
from datetime import date
from time import sleep

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from networks.models import ChangeSet, Network
from tests import factories, sheets
from tests.races import at_once
from tests.roles import make_coordinator
from trials.activity_querysets import CodedQuerySet
from trials.enums import Status
from trials.models import Observation, Participation, SheetUpload
from trials.workspace.figure_round import RoundForm
from trials.workspace.figure_series import series_of, subjects_of
from trials.workspace.sheet.reading import Reading, download_for, read, sheets_in
from trials.workspace.sheet.saving import Preview, preview, reading_of, save
from trials.workspace.sheet.snapshot import Snapshot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_sheets")]

NEW = {"Indikator": "Ny", "Værdi": 10, "Enhed": "sager"}


@pytest.fixture
def network() -> Network:
    return a_network(1)


@pytest.fixture
def slow_codes(monkeypatch):
    """Between reading which codes are taken and writing the next, others have time to do the same."""
    quick = CodedQuerySet.next_code

    def slow(self, letter: str) -> str:
        code = quick(self, letter)
        sleep(0.2 if connection.vendor == "postgresql" else 0)
        return code

    monkeypatch.setattr(CodedQuerySet, "next_code", slow)


def a_network(number: int) -> Network:
    """A network with three trials in Thisted, each with a figure."""
    network = factories.make_network(number)
    town = factories.make_municipality("Thisted", "0787") if number == 1 else factories.make_municipality()
    factories.make_membership(network, town)
    for title in ("Mikrolån", "Mentor", "Praktik"):
        trial = factories.make_trial(title, network, [town])
        factories.make_observation("Lån", 15, trials=[trial], municipalities=[town], to_on=date(2018, 12, 1))
    return network


def sent(client, network: Network, *edits: tuple[str, str, dict]) -> tuple[Reading, object]:
    """A workbook of `network` with the edits, as another of its coordinators sends it back."""
    user = make_coordinator(network)
    client.force_login(user)
    book = sheets.fetch(client, network)
    for title, row, values in edits:
        sheets.edit(book, title, row, **values)
    pages = sheets_in(SimpleUploadedFile("netvaerk.xlsx", sheets.content(book)))
    return read(pages, download_for(pages, network), Snapshot(network, user).known), user


def looked_at(client, network: Network, *edits: tuple[str, str, dict]) -> Callable[[], Preview]:
    """The saving of a workbook whose preview has been seen."""
    reading, user = sent(client, network, *edits)
    upload = SheetUpload.objects.create(download=reading.download, made_by=user, rows=reading.kept())
    seen = preview(reading_of(upload), user).seen
    return lambda: save(SheetUpload.objects.get(pk=upload.pk), user, seen)


def outcome(results: list) -> tuple[int, int]:
    """How many were saved, and how many were told that something else would be."""
    assert all(isinstance(each, Preview) for each in results), results
    return sum(each.is_saved for each in results), sum(each.is_overtaken for each in results)


def test_of_two_who_changed_the_same_cell_one_wins_and_the_other_sees_it(client, network):
    saves = [looked_at(client, network, ("Aktivitetstal", "T-0001", {"Værdi": value})) for value in (16, 17, 18)]
    results = at_once(*saves)
    assert outcome(results) == (1, 2)
    won = str(Observation.objects.get(code="T-0001").value.normalize())
    for lost in (each for each in results if not each.is_saved):
        ((clash,),) = [choice.cells for choice in lost.choices]
        assert (clash.base, clash.theirs) == ("15", won)
        assert clash.mine != won
    assert ChangeSet.objects.count() == 1
    assert Observation.history.filter(code="T-0001").exclude(value=15).count() == 1


def test_of_two_who_gave_the_same_municipality_a_status_one_wins(client, network):
    part = Participation.objects.order_by("trial__number").first()
    row = f"{part.trial.public_id}/0787"
    given = {"Gældende_fra": date(2019, 5, 1), "Besluttet": date(2019, 1, 1)}
    saves = [
        looked_at(client, network, ("Forsøgskommuner", row, {"Status": status, **given}))
        for status in ("I drift", "Planlagt")
    ]
    assert outcome(at_once(*saves)) == (1, 1)
    part.refresh_from_db()
    assert part.events.count() == 1
    assert part.status in (Status.RUNNING, Status.PLANNED)


def test_new_row_in_two_workbooks_is_added_once(client, network):
    saves = [looked_at(client, network, ("Aktivitetstal", "", NEW)) for _ in range(3)]
    assert outcome(at_once(*saves)) == (1, 2)
    assert Observation.objects.filter(indicator="Ny").count() == 1


def test_one_upload_saved_twice_at_once_is_saved_once(client, network):
    saving = looked_at(client, network, ("Aktivitetstal", "T-0001", {"Værdi": 16}), ("Aktivitetstal", "", NEW))
    assert outcome(at_once(saving, saving)) == (1, 1)
    assert Observation.objects.filter(indicator="Ny").count() == 1
    assert SheetUpload.objects.get().rows == {}


def test_new_rows_of_two_networks_get_codes_of_their_own(client, network, slow_codes):
    saves = [looked_at(client, each, ("Aktivitetstal", "", NEW)) for each in (network, a_network(2))]
    assert outcome(at_once(*saves)) == (2, 0)
    assert sorted(Observation.objects.filter(indicator="Ny").values_list("code", flat=True)) == ["T-0007", "T-0008"]


def test_preview_beside_savings_is_no_obstacle(client, network, slow_codes):
    """A preview writes too, what is taken back: it neither takes a code from one who saves nor waits crosswise."""
    other = a_network(2)
    edits = [("Aktivitetstal", code, {"Værdi": 20}) for code in ("T-0003", "T-0001", "T-0002")]
    edits += [("Forsøg", "FKII-1-03", {"Status": "I drift", "Gældende_fra": date(2019, 5, 1)})]
    for number in range(3):
        new = ("Aktivitetstal", "", NEW | {"Indikator": f"Ny {number}"})
        looks = [sent(client, each, new, *(edits if each is network else [])) for each in (network, other)]
        saves = [looked_at(client, each, new) for each in (network, other)]
        results = at_once(*saves, *[lambda look=look: preview(*look) for look in looks])
        assert outcome(results[:2]) == (2, 0)
        assert [each.errors for each in results] == [[], [], [], []]


def test_round_of_figures_beside_a_workbook_gets_codes_of_its_own(client, network, slow_codes):
    other = a_network(2)
    trial, user = other.trials.first(), make_coordinator(other)
    (series,) = series_of(trial, user)
    (subject, _) = subjects_of(trial)
    data = {"to_on": "2019-01-01", "accuracy": "counted", f"tal_{subject.key}": "20"}
    form = RoundForm(trial, series, subjects_of(trial), data | {"seen": Observation.history.first().history_id})
    assert form.is_valid(), form.errors
    saving = looked_at(client, network, ("Aktivitetstal", "", NEW))
    saved, entered = at_once(saving, form.save)
    assert (getattr(saved, "is_saved", saved), entered) == (True, True)
