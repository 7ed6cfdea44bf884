"""Importing a status note: what it makes, that it repeats itself harmlessly, and what it never overwrites."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from networks.models import ApplicationRound
from tests.factories import make_municipality, make_network, make_programme, make_round
from trials import workflow
from trials.enums import Precision, Status
from trials.importers.vive import import_note
from trials.models import Correction, Evaluation, LegalBasis, Participation, Source, SourceCell, StatusEvent, Trial
from trials.workflow import Change

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"


@pytest.fixture
def note(tmp_path) -> Path:
    return small_note(tmp_path)


def small_note(tmp_path: Path) -> Path:
    """A copy of the small note, with what it refers to in the register."""
    make_network(1)
    make_round(1, date(2017, 7, 1))
    make_round(2, date(2018, 1, 1))
    for code, name in (("787", "Thisted"), ("851", "Aalborg"), ("773", "Morsø"), ("825", "Læsø")):
        make_municipality(name, code)
    return Path(shutil.copytree(DATA / "note", tmp_path / "note"))


def _change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _trial(number: int) -> Trial:
    return Trial.objects.get(public_id=f"FKII-1-0{number}")


def test_rows_become_trials(note):
    import_note(note)
    first, second, third = _trial(1), _trial(2), _trial(3)
    assert first.in_force_from == date(2017, 7, 1)
    assert first.application_round == ApplicationRound.objects.get(number=1)
    assert [p.municipality.name for p in first.participations.in_danish_order()] == ["Thisted", "Aalborg"]
    assert second.title == "Kortere skema"
    assert second.content == "Et enklere skema."
    assert [p.municipality.name for p in second.participations.in_danish_order()] == ["Læsø", "Morsø"]
    assert (third.participations.count(), third.in_force_from, third.application_round) == (0, None, None)
    assert {trial.publication for trial in (first, second, third)} == {"published"}


def test_cells_are_kept_verbatim_with_page(note):
    import_note(note)
    assert SourceCell.objects.get(row=2, column=1).text == "Kortere skæma"
    assert sorted(SourceCell.objects.filter(column=1).values_list("row", "page")) == [(1, 35), (2, 35), (3, 36)]
    assert SourceCell.objects.count() == 21
    assert [str(c) for c in Correction.objects.filter(cell__row=2, cell__column=1)] == ["»skæma« rettet til »skema«"]


def test_legal_basis_is_written_out(note):
    import_note(note)
    bases = [(b.role, b.kind, b.provision and b.provision.reference) for b in _trial(1).legal_bases.in_order()]
    assert bases == [
        ("rests_on", "exemption", "§ 9"),
        ("rests_on", "exemption", "§ 27 c"),
        ("rests_on", "exemption", "§ 27 d"),
        ("rests_on", "exemption", "§ 27 e"),
        ("deviates_from", "", "§ 20"),
    ]
    assert [(b.kind, b.provision) for b in _trial(3).legal_bases.all()] == [("existing_law", None)]


def test_trials_are_found_by_provision(note):
    import_note(note)
    provision = LegalBasis.objects.get(provision__paragraph=27, provision__letter="d").provision
    assert list(Trial.objects.under_provision(provision)) == [_trial(1)]
    deviated = LegalBasis.objects.get(role="deviates_from").provision
    assert list(Trial.objects.under_provision(deviated)) == [_trial(1)]


def test_statuses_become_events_with_evidence(note):
    import_note(note)
    events = list(_trial(1).events.in_effect())
    assert [(e.status, e.effective_on, e.precision) for e in events] == [
        ("running", date(2018, 12, 1), "by"),
        ("approved", date(2017, 7, 1), "by"),
    ]
    assert (events[0].quotation, events[0].cell.column) == ("syv borgere deltaget", 6)
    assert {e.known_on for e in events} == {date(2019, 2, 28)}
    assert _trial(3).events.get(status="approved").section == "0.1"
    thisted = Participation.objects.get(trial=_trial(1), municipality__name="Thisted")
    assert thisted.status == "running"
    assert Participation.objects.get(trial=_trial(1), municipality__name="Aalborg").status == "unknown"


def test_shared_evaluation_covers_both_trials(note):
    import_note(note)
    shared = Evaluation.objects.get(trials=_trial(2))
    assert sorted(shared.trials.values_list("number", flat=True)) == [1, 2]
    assert [c.design_status for c in shared.coverages.order_by("trial__number")] == ["designed", "shared"]


def test_second_import_changes_nothing(note):
    import_note(note)
    history = Trial.history.count()
    report = import_note(note)
    assert (report.changes, report.kept) == ([], [])
    assert Trial.history.count() == history


def test_dry_run_says_field_by_field_and_saves_nothing(note):
    import_note(note)
    _change(note, "bilagstabel_2_1.tsv", "Et enklere skæma.", "Et enkelt skæma.")
    report = import_note(note, dry_run=True)
    assert any("indhold: »Et enklere skema.« → »Et enkelt skema.«" in line for line in report.changes)
    assert _trial(2).content == "Et enklere skema."
    assert Source.objects.get().files_digest


def test_dry_run_on_an_empty_register_leaves_it_empty(note, capsys):
    call_command("import_vive", note, dry_run=True)
    assert "forsøg FKII-1-01 Lån til iværksættere: oprettet" in capsys.readouterr().out
    assert not Trial.objects.exists()
    assert not StatusEvent.objects.exists()


def test_changed_files_change_what_nobody_edited(note):
    import_note(note)
    _change(note, "bilagstabel_2_1.tsv", "Ledige i Thisted", "Ledige i hele landet")
    report = import_note(note)
    assert _trial(1).target_group == "Ledige i hele landet"
    assert any("målgruppe: »Ledige i Thisted« → »Ledige i hele landet«" in line for line in report.changes)


def test_edited_field_is_kept_and_reported_once_the_files_differ(note):
    import_note(note)
    trial = _trial(1)
    trial.target_group = "Ledige under 30"
    trial.save()
    assert import_note(note).kept == []
    _change(note, "bilagstabel_2_1.tsv", "Ledige i Thisted", "Ledige i hele landet")
    _change(note, "bilagstabel_2_1.tsv", "Kommunen kan give et lån", "Kommunen må give et lån")
    report = import_note(note)
    trial.refresh_from_db()
    assert trial.target_group == "Ledige under 30"
    assert trial.content.startswith("Kommunen må give"), "what nobody edited still follows the files"
    assert [line for line in report.kept if "beholdt »Ledige under 30«" in line]


def test_what_an_editor_deleted_is_not_made_again(note):
    import_note(note)
    Participation.objects.get(municipality__name="Aalborg").delete()
    LegalBasis.objects.get(role="deviates_from").delete()
    report = import_note(note)
    assert not Participation.objects.filter(municipality__name="Aalborg").exists()
    assert not LegalBasis.objects.filter(role="deviates_from").exists()
    assert sum("slettet i registeret, oprettes ikke igen" in line for line in report.kept) == 2


def test_what_an_editor_added_stays(note):
    import_note(note)
    Participation.objects.create(trial=_trial(3), municipality=make_municipality("Skive", "779"))
    import_note(note)
    assert _trial(3).participations.count() == 1


def test_basis_that_the_files_no_longer_give_is_removed_unless_edited(note):
    import_note(note)
    _change(note, "bilagstabel_2_1.tsv", "§§ 9 og 27 c-e.", "§§ 9 og 27 c-d.")
    edited = LegalBasis.objects.get(provision__letter="e")
    edited.note = "Afklaret med ministeriet"
    edited.save()
    assert any("rettet i registeret, beholdt" in line for line in import_note(note).kept)
    edited.note = ""
    edited.save()
    import_note(note)
    assert not LegalBasis.objects.filter(provision__letter="e").exists()


def test_changed_statement_becomes_a_correction(note):
    import_note(note)
    _change(note, "status.tsv", "awaiting\tno_partner", "planned\t")
    report = import_note(note)
    trial = _trial(2)
    assert trial.status == Status.PLANNED
    correction = trial.events.get(is_correction=True)
    assert correction.corrects.status == Status.AWAITING
    assert "de indlæste filer er ændret" in correction.note
    assert any("»Afventer« → »Planlagt«" in line for line in report.changes)
    assert import_note(note).changes == []
    _change(note, "status.tsv", "\tplanned\t", "\trealising\t")
    import_note(note)
    trial.refresh_from_db()
    assert trial.status == Status.REALISING
    assert import_note(note).changes == []


def test_status_that_an_editor_has_changed_is_kept(note):
    import_note(note)
    editor = get_user_model().objects.create_user("ane")
    workflow.change_status(_trial(2), Change(Status.RUNNING, date(2019, 2, 28)), editor)
    _change(note, "status.tsv", "awaiting\tno_partner", "planned\t")
    report = import_note(note)
    assert _trial(2).status == Status.RUNNING
    assert [line for line in report.kept if "status er ændret i registeret, beholdt" in line]


def test_event_that_an_editor_corrected_is_kept(note):
    import_note(note)
    editor = get_user_model().objects.create_user("ane")
    wrong = _trial(2).events.get(status="awaiting")
    workflow.correct(wrong, Change(Status.RUNNING, date(2018, 1, 1), note="Partner fundet"), editor)
    assert import_note(note).changes == []
    assert _trial(2).status == Status.RUNNING


def _later_note(note: Path) -> Path:
    later = Path(shutil.copytree(note, note.parent / "senere"))
    _change(later, "source.tsv", "lille-2019\tEt lille notat", "lille-2020\tEt senere notat")
    _change(later, "source.tsv", "2019-02-28\tfebruar 2019", "2020-06-30\tjuni 2020")
    _change(later, "tables.tsv", "2.1\tbilagstabel_2_1.tsv", "3.1\tbilagstabel_2_1.tsv")
    for file in ("trials", "corrections", "legal_basis", "evaluations", "status"):
        _change(later, f"{file}.tsv", "2.1\t", "3.1\t")
    _change(later, "evaluations.tsv", "2.1/1", "3.1/1")
    _change(later, "status.tsv", "awaiting\tno_partner\t", "running\t\t")
    _change(later, "bilagstabel_2_1.tsv", "Forsøget afventer en partner.", "Forsøget er i gang.")
    _change(later, "status.tsv", "Forsøget afventer en partner.", "Forsøget er i gang.")
    return later


def test_a_later_note_is_a_new_source_and_the_old_stays(note):
    import_note(note)
    import_note(_later_note(note))
    trial = _trial(2)
    assert Trial.objects.count() == 3
    assert trial.status == Status.RUNNING
    assert trial.status_on(date(2020, 7, 1), known_on=date(2019, 12, 31)) == Status.AWAITING
    assert trial.status_on(date(2019, 12, 31)) == Status.AWAITING
    assert sorted(trial.cells.filter(column=6).values_list("source__code", "text")) == [
        ("lille-2019", "Lovmæssig ikrafttrædelse d. 1.1. 2018. Forsøget afventer en partner."),
        ("lille-2020", "Lovmæssig ikrafttrædelse d. 1.1. 2018. Forsøget er i gang."),
    ]
    assert trial.events.filter(status="approved").count() == 1
    assert _trial(1).events.filter(status="running").count() == 1, "the same said again is no event"


def test_the_older_note_can_be_imported_again_after_the_later(note):
    import_note(note)
    import_note(_later_note(note))
    bases = list(_trial(2).legal_bases.values("source__code", "provision"))
    report = import_note(note)
    assert report.changes == []
    assert _trial(2).status == Status.RUNNING
    assert _trial(2).implementation.endswith("Forsøget er i gang.")
    assert list(_trial(2).legal_bases.values("source__code", "provision")) == bases
    _change(note, "bilagstabel_2_1.tsv", "Et enklere skæma.", "Et kort skæma.")
    import_note(note)
    assert _trial(2).content == "Et enklere skema.", "the later note's word stands"


def test_import_keeps_precision(note):
    _change(note, "status.tsv", "2018-12-01\tby\t6\t\tI Thisted", "2018-12-01\ton\t6\t\tI Thisted")
    import_note(note)
    assert Participation.objects.get(municipality__name="Thisted").events.get().precision == Precision.ON


def test_programme_is_the_tables(note):
    import_note(note)
    assert {trial.network.programme for trial in Trial.objects.all()} == {make_programme()}


def test_new_statement_that_an_editors_status_does_not_allow_is_kept_out_and_reported(note):
    import_note(note)
    editor = get_user_model().objects.create_user("ane")
    workflow.change_status(_trial(1), Change(Status.MADE_GENERAL, date(2018, 12, 15)), editor)
    line = "2.1\t1\tLån til iværksættere\t\timplementing\t\t\tby\t6\t\tsyv borgere deltaget\t\n"
    (note / "status.tsv").write_text((note / "status.tsv").read_text(encoding="utf-8") + line, encoding="utf-8")
    report = import_note(note)
    assert _trial(1).status == Status.MADE_GENERAL
    assert any("filen siger »Under implementering«" in line for line in report.kept)


def test_what_an_import_removed_can_come_back(note):
    import_note(note)
    text = (note / "legal_basis.tsv").read_text(encoding="utf-8")
    _change(note, "legal_basis.tsv", text.splitlines()[1] + "\n", "")
    import_note(note)
    assert not LegalBasis.objects.filter(role="deviates_from").exists()
    (note / "legal_basis.tsv").write_text(text, encoding="utf-8")
    assert import_note(note).kept == []
    assert LegalBasis.objects.filter(role="deviates_from").exists()


def test_statement_that_the_files_no_longer_make_is_withdrawn_and_can_come_back(note):
    import_note(note)
    thisted = Participation.objects.get(municipality__name="Thisted")
    text = (note / "status.tsv").read_text(encoding="utf-8")
    _change(note, "status.tsv", text.splitlines()[2] + "\n", "")
    report = import_note(note)
    thisted.refresh_from_db()
    assert thisted.status == Status.UNKNOWN
    assert thisted.events.count() == 2, "the statement stays on record"
    assert any("trukket tilbage" in line for line in report.changes)
    assert import_note(note).changes == []
    (note / "status.tsv").write_text(text, encoding="utf-8")
    import_note(note)
    thisted.refresh_from_db()
    assert thisted.status == Status.RUNNING


def test_evaluation_that_is_no_longer_shared_leaves_no_trace_on_the_other(note):
    import_note(note)
    shared = "\tshared\t2.1/1\t"
    _change(note, "evaluations.tsv", shared, "\tdesigned\t\t")
    import_note(note)
    assert [c.design_status for c in _trial(2).coverages.all()] == ["designed"]
    _change(note, "evaluations.tsv", "2.1\t2\tKortere skæma\tdesigned\t\t", f"2.1\t2\tKortere skæma{shared}")
    import_note(note)
    assert [c.design_status for c in _trial(2).coverages.all()] == ["shared"]
    assert Evaluation.objects.count() == 2


def test_a_copy_of_the_note_under_another_name_repeats_what_is_known(note):
    import_note(note)
    events = StatusEvent.objects.count()
    _change(note, "source.tsv", "lille-2019", "lille-kopi")
    report = import_note(note)
    assert StatusEvent.objects.count() == events
    assert not [line for line in report.changes if "» → »" in line and line.split("»")[1] == line.split("»")[3]]


def test_municipality_that_a_later_note_leaves_out_is_reported(note):
    import_note(note)
    later = _later_note(note)
    _change(later, "bilagstabel_2_1.tsv", "Thisted, Aalborg", "Thisted")
    report = import_note(later)
    assert any("Aalborg" in line and "står ikke længere i filerne" in line for line in report.kept)
