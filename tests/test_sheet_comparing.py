"""What a workbook changes, what it clashes with, and what is wrong in its cells."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks.models import ChangeEntry, ChangeSet, Municipality
from tests import factories, sheets
from tests.many import make_many_trials
from tests.roles import make_coordinator
from trials import workflow
from trials.enums import Precision, Reason, Status
from trials.models import Milestone, Observation, Participation, SheetUpload, StatusEvent, Trial
from trials.workspace.sheet import record_writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_sheets")]

THISTED, AEROE = "FKII-1-04/0787", "FKII-1-04/0492"


@pytest.fixture
def network(client):
    """FKII-1-04 in Thisted, where it waits, and Ærø; a figure and a milestone. The coordinator is signed in."""
    network = factories.make_network(1, "Fleksibel beskæftigelse")
    towns = [factories.make_municipality("Thisted", "0787"), factories.make_municipality("Ærø", "0492")]
    for town in towns:
        factories.make_membership(network, town)
    trial = factories.make_trial("Mikrolån", network, towns, number=4)
    waiting = {"reason": Reason.NO_PARTNER, "note": "Ingen vil være med."}
    factories.make_status(trial.participations.get(municipality=towns[0]), Status.AWAITING, **waiting)
    factories.make_observation("Lån", 15, trials=[trial], municipalities=towns[:1], to_on=date(2018, 12, 1))
    factories.make_milestone("Evaluering", trials=[trial])
    client.force_login(make_coordinator(network))
    return network


def part(town: str = "Thisted") -> Participation:
    return Participation.objects.get(municipality__name=town)


def clashes(response) -> dict[str, tuple[str, str, str]]:
    cells = [cell for choice in response.context["preview"].choices for cell in choice.cells]
    return {cell.address: (cell.base, cell.theirs, cell.mine) for cell in cells}


def test_cells_of_every_kind_are_saved(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøg", "FKII-1-04", Status="I drift", Gældende_fra=date(2019, 5, 1))
    sheets.edit(book, "Forsøgskommuner", AEROE, Status="Afsluttet", Årsag="Intet lokalt ønske eller behov")
    sheets.edit(book, "Forsøgskommuner", AEROE, Gældende_fra="1.6.2019", Bemærkning="Ny", Besluttet="2019-01-02")
    sheets.edit(
        book, "Aktivitetstal", "T-0001", Værdi="1.234,5", Enhed="sager", Præcision="ca.", Kommuner="Ærø, Thisted"
    )
    sheets.edit(book, "Milepæle", "P-0001", Art="Møde", Milepæl="Et møde", Sket_fra=date(2019, 1, 1))
    sheets.edit(book, "Milepæle", "P-0001", Sket_til=date(2019, 1, 2))
    sheets.edit(book, "Milepæle", "", Art="Start", Milepæl="En ny", Forsøg="FKII-1-04")
    response = sheets.send(client, network, book)
    assert sheets.wrong(response) == {}
    assert Trial.objects.get().status == Status.UNKNOWN
    assert StatusEvent.objects.count() == 1
    sheets.press_save(client, response)

    trial = Trial.objects.get()
    assert (trial.status, trial.events.get().effective_on) == (Status.RUNNING, date(2019, 5, 1))
    event = part("Ærø").events.get()
    assert (event.status, event.reason, event.note) == (Status.ENDED, Reason.NO_NEED, "Ny")
    assert (event.effective_on, event.precision) == (date(2019, 6, 1), Precision.ON)
    assert part("Ærø").decided_on == date(2019, 1, 2)
    figure = Observation.objects.get()
    assert (str(figure.value), figure.unit, figure.accuracy) == ("1234.50", "cases", "about")
    assert figure.municipalities.count() == 2
    old, new = Milestone.objects.order_by("code")
    assert (old.kind, old.label, old.actual_to) == ("meeting", "Et møde", date(2019, 1, 2))
    assert (new.code, new.network, list(new.trials.all())) == ("P-0002", network, [trial])


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
    sheets.edit(book, "Aktivitetstal", "", Indikator="Ny", Værdi=1, Enhed="sager")
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


def test_new_status_leaves_what_was_said_of_the_former(client, network):
    workflow.confirm(part(), date(2019, 4, 1))
    book = sheets.fetch(client, network)
    sheets.edit(
        book, "Forsøgskommuner", THISTED, Status="I drift", Gældende_fra=date(2019, 5, 1), Besluttet=date(2019, 4, 15)
    )
    response = sheets.send(client, network, book)
    assert sheets.changed(response) == {
        "Forsøgskommuner!D2": ("Afventer", "I drift"),
        "Forsøgskommuner!E2": ("Ingen partner fundet", ""),
        "Forsøgskommuner!F2": ("28.02.2019", "01.05.2019"),
        "Forsøgskommuner!G2": ("Ingen vil være med.", ""),
        "Forsøgskommuner!H2": ("01.04.2019", ""),
        "Forsøgskommuner!I2": ("", "15.04.2019"),
    }
    assert "hører til den tidligere status" in response.content.decode()
    sheets.press_save(client, response)
    assert part().status == Status.RUNNING
    assert part().confirmed_on is None
    assert part().events.last().note == "Ingen vil være med."


def test_correction_stays_beside_what_it_corrects(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, Årsag="Ingen aftale opnået", Bemærkning="Der var en partner.")
    sheets.press_save(client, sheets.send(client, network, book))
    newest, wrong = part().events.all()
    assert (newest.corrects, newest.is_correction) == (wrong, True)
    assert (newest.reason, newest.note) == (Reason.NO_AGREEMENT, "Der var en partner.")
    assert (newest.effective_on, newest.precision) == (wrong.effective_on, Precision.BY)
    assert part().status == Status.AWAITING


def test_confirmation_is_a_day(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Forsøgskommuner", THISTED, Sidst_bekræftet=date(2019, 5, 1))
    sheets.press_save(client, sheets.send(client, network, book))
    assert part().confirmed_on == date(2019, 5, 1)
    assert part().events.count() == 1
    assert part().history.first().confirmed_on == date(2019, 5, 1)


TOMORROW = timezone.localdate() + timedelta(1)
ERRORS = [
    ("Forsøgskommuner", THISTED, {"Status": "I drift"}, "F2", "den dag, som den nye status gælder fra"),
    ("Forsøgskommuner", THISTED, {"Status": "I drift", "Gældende_fra": TOMORROW}, "F2", "fremtiden"),
    ("Forsøgskommuner", THISTED, {"Status": "I drift", "Gældende_fra": date(2018, 1, 1)}, "F2", "28.02.2019"),
    (
        "Forsøgskommuner",
        THISTED,
        {"Status": "Ansøgt", "Gældende_fra": date(2019, 5, 1)},
        "D2",
        "kan ikke gå fra »Afventer«",
    ),
    ("Forsøgskommuner", THISTED, {"Status": "Gik i gang"}, "D2", "»Gik i gang« findes ikke på listen over status"),
    ("Forsøgskommuner", THISTED, {"Status": None}, "D2", "Vælg en status"),
    (
        "Forsøgskommuner",
        THISTED,
        {"Gældende_fra": date(2019, 5, 1)},
        "G2",
        "Skriv i bemærkningen, hvad der var forkert",
    ),
    ("Forsøgskommuner", THISTED, {"Bemærkning": None}, "G2", "Skriv i bemærkningen"),
    ("Forsøgskommuner", THISTED, {"Sidst_bekræftet": TOMORROW}, "H2", "ikke er kommet endnu"),
    ("Forsøgskommuner", THISTED, {"Sidst_bekræftet": date(2018, 1, 1)}, "H2", "kan kun flyttes frem"),
    ("Forsøgskommuner", THISTED, {"Gældende_fra": "31.2.2019"}, "F2", "»31.2.2019« er ikke en dag"),
    ("Forsøgskommuner", THISTED, {"Gældende_fra": date(1066, 1, 1)}, "F2", "kan ikke passe"),
    ("Forsøgskommuner", THISTED, {"Gældende_fra": "i maj"}, "F2", "ikke en dag"),
    ("Forsøgskommuner", AEROE, {"Årsag": "Andet"}, "D3", "Vælg en status"),
    ("Forsøgskommuner", AEROE, {"Sidst_bekræftet": date(2019, 5, 1)}, "H3", "ingen status at bekræfte"),
    (
        "Forsøgskommuner",
        AEROE,
        {"Status": "I drift", "Gældende_fra": date(2019, 5, 1), "Årsag": "Andet"},
        "E3",
        "kun til",
    ),
    (
        "Forsøgskommuner",
        AEROE,
        {"Status": "Afventer", "Gældende_fra": date(2019, 5, 1), "Årsag": "Andet"},
        "G3",
        "Andet",
    ),
    ("Forsøgskommuner", AEROE, {"Kommune": "Thisted"}, "C3", "foreslås ændret på forsøgets side"),
    ("Forsøgskommuner", AEROE, {"Id": "FKII-2-01/0492"}, "A3", "er ikke en række i det regneark"),
    ("Forsøgskommuner", AEROE, {"Id": THISTED}, "A3", "står også i række 2"),
    ("Forsøgskommuner", AEROE, {"Id": None}, "A3", "Nye forsøg og kommuner kan ikke tilføjes"),
    ("Forsøg", "FKII-1-04", {"Titel": "Noget andet"}, "B2", "låst"),
    ("Forsøg", "FKII-1-04", {"I_kraft_fra": date(2019, 5, 1)}, "C2", "foreslås ændret på forsøgets side"),
    ("Forsøg", "FKII-1-04", {"I_kraft_fra": "snart"}, "C2", "låst"),
    ("Aktivitetstal", "T-0001", {"Værdi": "mange"}, "E2", "»mange« er ikke et tal"),
    ("Aktivitetstal", "T-0001", {"Værdi": None}, "E2", "Værdi skal udfyldes"),
    ("Aktivitetstal", "T-0001", {"Værdi": "1,234"}, "E2", "to decimaler"),
    ("Aktivitetstal", "T-0001", {"Værdi": 10**13}, "E2", "for stort"),
    ("Aktivitetstal", "T-0001", {"Værdi": "nan"}, "E2", "ikke et tal"),
    ("Aktivitetstal", "T-0001", {"Værdi_til": 3}, "F2", "større end værdien"),
    ("Aktivitetstal", "T-0001", {"Fra": date(2019, 5, 1)}, "J2", "Slutdatoen ligger før startdatoen"),
    ("Aktivitetstal", "T-0001", {"Enhed": "kilo"}, "G2", "listen over enhed"),
    ("Aktivitetstal", "T-0001", {"Kommuner": "Thorshavn"}, "C2", "»Thorshavn« er ikke en dansk kommune"),
    ("Aktivitetstal", "T-0001", {"Kommuner": "Ribe"}, "C2", "Ribe er ikke med i netværket"),
    ("Aktivitetstal", "T-0001", {"Forsøg": "FKII-1-05"}, "B2", "låst"),
    ("Aktivitetstal", "T-0001", {"Forsøg": None}, "B2", "Skriv en ny række"),
    ("Aktivitetstal", "T-0001", {"Indikator": "x" * 151}, "D2", "151 tegn"),
    ("Aktivitetstal", "T-0001", {"Bemærkning": "to\nlinjer"}, "K2", "én linje"),
    ("Aktivitetstal", "T-0001", {"Bemærkning": "Borger 010190-1234"}, "K2", "CPR-nummer"),
    ("Aktivitetstal", "T-0001", {"Bemærkning": "#REF!"}, "K2", "viser en fejl"),
    ("Aktivitetstal", "T-0001", {"Sted_i_kilden": "Afsnit 1"}, "M2", "låst"),
    ("Aktivitetstal", "", {"Indikator": "Ny", "Værdi": 3}, "G3", "Enhed skal udfyldes"),
    ("Aktivitetstal", "", {"Bemærkning": "kun en bemærkning"}, "D3", "skal udfyldes"),
    ("Aktivitetstal", "", {"Indikator": "Ny", "Værdi": 3, "Enhed": "sager", "Sted_i_kilden": "x"}, "M3", "ny række"),
    (
        "Milepæle",
        "P-0001",
        {"Planlagt_til": date(2019, 1, 1), "Planlagt_fra": date(2019, 2, 1)},
        "F2",
        "i den rækkefølge",
    ),
    ("Milepæle", "P-0001", {"Art": "Fest"}, "C2", "listen over art"),
]


@pytest.mark.parametrize(("title", "row_id", "values", "cell", "words"), ERRORS)
def test_error_is_told_of_its_cell_and_nothing_is_saved(client, network, title, row_id, values, cell, words):
    factories.make_municipality("Ribe", "9999")
    book = sheets.fetch(client, network)
    sheets.edit(book, "Milepæle", "P-0001", Bemærkning="Denne celle er god")
    sheets.edit(book, title, row_id, **values)
    response = sheets.send(client, network, book)
    messages = sheets.wrong(response)
    assert words in messages[f"{title}!{cell}"]
    assert SheetUpload.objects.count() == 0
    assert "Gem</button>" not in response.content.decode()
    assert Milestone.objects.get().note == ""


def test_personal_number_is_not_repeated(client, network):
    book = sheets.fetch(client, network)
    sheets.edit(book, "Milepæle", "P-0001", Bemærkning="Borger 010190-1234")
    response = sheets.send(client, network, book)
    assert "010190" not in response.content.decode()


def test_contact_details_are_warned_of(client, network):
    book = sheets.fetch(client, network)
    (cell,) = sheets.edit(book, "Milepæle", "P-0001", Bemærkning="Ring 97 12 34 56 eller a@b.dk")
    preview = sheets.send(client, network, book).context["preview"]
    assert [warning.address for warning in preview.warnings] == [cell]
    assert "a@b.dk" in preview.warnings[0].message


def test_what_the_source_says_is_warned_of(client, network):
    figure = Observation.objects.get()
    figure.source, figure.section = factories.make_source(), "1.2"
    figure.save()
    book = sheets.fetch(client, network)
    sheets.edit(book, "Aktivitetstal", "T-0001", Værdi=16)
    preview = sheets.send(client, network, book).context["preview"]
    assert "har sit sted i kilden (afsnit 1.2)" in preview.warnings[0].message


def test_new_row_twice_is_an_error(client, network):
    book = sheets.fetch(client, network)
    for _ in range(2):
        sheets.edit(book, "Aktivitetstal", "", Indikator="Ny", Værdi=1, Enhed="sager")
    assert sheets.wrong(sheets.send(client, network, book)) == {
        "Aktivitetstal!A4": "Rækken uden id står to gange i arket."
    }


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

    monkeypatch.setattr(record_writing, "_validate", killed)
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
