"""What is wrong with the files is said with file, line and column, and nothing is saved."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from networks.importers.problems import ImportRefused
from tests.factories import make_municipality, make_network
from trials.importers.vive import import_note
from trials.models import Source, SourceCell, Trial

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"


@pytest.fixture
def note(tmp_path) -> Path:
    """A copy of the small note, to be spoilt."""
    make_network(1)
    for code, name in (("787", "Thisted"), ("851", "Aalborg"), ("773", "Morsø"), ("825", "Læsø")):
        make_municipality(name, code)
    return Path(shutil.copytree(DATA / "note", tmp_path / "note"))


def _spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _problems(folder: Path, source: Path | None = None) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        import_note(folder, source)
    return [str(problem) for problem in refused.value.problems]


def test_the_note_itself_is_in_order(note):
    import_note(note, DATA / "note.txt")
    assert Trial.objects.count() == 3


TABLE = "bilagstabel_2_1.tsv"
ROW1 = "Lån til iværksættere"
FAULTS = {
    "cell_missing": (TABLE, "\tLedige i Thisted", "", f"{TABLE}:2:1: 6 celler, men der skal være 7"),
    "cell_too_many": (TABLE, "Ledige i Thisted", "Ledige\ti Thisted", f"{TABLE}:2:1: 8 celler"),
    "blank_line": (TABLE, "Kortere skæma", "\nKortere skæma", f"{TABLE}:3:1: 1 celler"),
    "no_title": (TABLE, "Kortere skæma", "", f"{TABLE}:3:1: rækken har ingen titel"),
    "no_heading": (TABLE, "Titel på forsøg", "Overskrift", f"{TABLE}:1:1: tabellen begynder ikke med en overskrift"),
    "unknown_municipality": (TABLE, "Thisted, Aalborg", "Thisted, Ålleborg", f"{TABLE}:2:2: ukendt kommune »Ålleborg«"),
    "municipality_twice": (TABLE, "Thisted, Aalborg", "Thisted, Thisted", f"{TABLE}:2:2: kommunen »Thisted« står to"),
    "no_municipality": (TABLE, "Thisted, Aalborg", "", f"{TABLE}:2:2: rækken nævner ingen kommune"),
    "impossible_date": (TABLE, "pr. 1.7. 2017", "pr. 31.6. 2017", f"{TABLE}:2:6: »31.6. 2017« er ikke en mulig dato"),
    "unreadable_law": (TABLE, "§§ 9 og 27 c-e.", "§§ 9 og sådan", f"{TABLE}:2:5: »sådan« kan ikke læses"),
    "unknown_law": (
        TABLE,
        "Lov om frikommunenetværk § 14 a",
        "Lov om alt § 1",
        f"{TABLE}:3:5: »Lov om alt § 1« er ikke",
    ),
    "no_approval": (TABLE, "ikrafttrædelse d. 1.1. 2018", "start", f"{TABLE}:3:6: rækken har ingen ikrafttrædelse"),
    "title_unknown": (
        "status.tsv",
        f"1\t{ROW1}\t\trunning",
        "1\tLån\t\trunning",
        "status.tsv:2:3: titlen er ikke rækkens",
    ),
    "row_unknown": (
        "status.tsv",
        f"2.1\t1\t{ROW1}\tThisted",
        f"2.1\t9\t{ROW1}\tThisted",
        "status.tsv:3:2: tabel 2.1 har ingen",
    ),
    "table_unknown": ("corrections.tsv", "2.1\t2\t1", "2.8\t2\t1", "corrections.tsv:2:2: tabel 2.8 har ingen række 2"),
    "status_unknown": ("status.tsv", "\trunning\t", "\tgoing\t", "status.tsv:2:5: »going« er ikke tilladt her"),
    "reason_misplaced": (
        "status.tsv",
        "running\t\t2018-12-01",
        "running\tno_need\t2018-12-01",
        "status.tsv:2:6: »no_need«",
    ),
    "precision_unknown": ("status.tsv", "2018-12-01\tby", "2018-12-01\tca", "status.tsv:2:8: »ca« er ikke tilladt"),
    "day_impossible": ("status.tsv", "2018-12-01", "2018-12-41", "status.tsv:2:7: »2018-12-41« er ikke en dato"),
    "day_after_source": (
        "status.tsv",
        "2018-12-01",
        "2019-03-01",
        "status.tsv:2:7: dagen ligger efter kildens udgivelse",
    ),
    "not_in_row": ("status.tsv", "\tThisted\t", "\tMorsø\t", "status.tsv:3:4: kommunen står ikke i rækken"),
    "stranger": ("status.tsv", "\tThisted\t", "\tTisted\t", "status.tsv:3:4: ukendt kommune »Tisted«"),
    "quotation_wrong": (
        "status.tsv",
        "syv borgere deltaget",
        "otte borgere deltaget",
        "status.tsv:2:11: citatet »otte",
    ),
    "quotation_missing": ("status.tsv", "syv borgere deltaget", "", "status.tsv:2:11: citatet mangler"),
    "quotation_elsewhere": (
        "status.tsv",
        "\t6\t\tsyv",
        "\t3\t\tsyv",
        "status.tsv:2:11: citatet »syv borgere deltaget« står ikke",
    ),
    "column_unknown": ("status.tsv", "\t6\t\tsyv", "\t8\t\tsyv", "status.tsv:2:9: »8« er ikke en kolonne fra 1 til 7"),
    "section_unknown": ("status.tsv", "\t0.1\t", "\t0.9\t", "status.tsv:5:10: afsnittet »0.9« findes ikke"),
    "two_places": ("status.tsv", "\t\t0.1\t", "\t6\t0.1\t", "status.tsv:5:10: angiv enten en kolonne eller et afsnit"),
    "status_missing": (
        "status.tsv",
        f"2.1\t1\t{ROW1}\t\t",
        f"2.1\t1\t{ROW1}\tAalborg\t",
        f"{TABLE}:2:1: forsøgets status mangler",
    ),
    "transition": ("status.tsv", "\tapproved\t", "\trejected\t", f"{TABLE}:5:6: rækken har ingen ikrafttrædelse"),
    "id_missing": ("trials.tsv", "2.1\t3\tUden undtagelse\tFKII-1-03\n", "", f"{TABLE}:5:1: rækken har intet id"),
    "id_twice": ("trials.tsv", "FKII-1-02", "FKII-1-01", "trials.tsv:3:4: id'et FKII-1-01 er brugt"),
    "id_of_other_network": ("trials.tsv", "FKII-1-02", "FKII-2-02", "trials.tsv:3:4: id'et skal have formen FKII-1-01"),
    "correction_elsewhere": (
        "corrections.tsv",
        "\tskæma\t",
        "\tskemaa\t",
        "corrections.tsv:2:4: »skemaa« står ikke i cellen",
    ),
    "correction_idle": (
        "corrections.tsv",
        "skæma\tskema",
        "skæma\tskæma",
        "corrections.tsv:2:5: rettelsen ændrer ingenting",
    ),
    "correction_groundless": (
        "corrections.tsv",
        "\tSlåfejl",
        "\t",
        "corrections.tsv:2:6: en rettelse skal have en begr",
    ),
    "alias_wrong": ("aliases.tsv", "\t-\t-\t", "\t999\tBy\t", "aliases.tsv:2:2: kommunekode 999 er ikke »By«"),
    "act_kind": ("acts.tsv", "\tstatute\texemption", "\trule\texemption", "acts.tsv:2:4: »rule« er ikke tilladt"),
    "act_without_kind": ("acts.tsv", "\texemption\t", "\t\t", f"{TABLE}:2:5: loven har ingen rests_on_kind"),
    "basis_kind": ("legal_basis.tsv", "\texisting_law\t", "\tluck\t", "legal_basis.tsv:3:5: »luck« er ikke tilladt"),
    "basis_act": (
        "legal_basis.tsv",
        "\tintegrationsloven\t",
        "\tloven\t",
        "legal_basis.tsv:2:6: loven »loven« findes ikke",
    ),
    "basis_provision": ("legal_basis.tsv", "\t§ 20\t", "\tnoget\t", "legal_basis.tsv:2:7: »noget« begynder ikke med §"),
    "design_status": ("evaluations.tsv", "\tdesigned\t", "\tfine\t", "evaluations.tsv:2:4: »fine« er ikke tilladt"),
    "shared_with_none": (
        "evaluations.tsv",
        "\tshared\t2.1/1\t",
        "\tshared\t\t",
        "evaluations.tsv:3:5: angiv den række",
    ),
    "shared_with_unknown": (
        "evaluations.tsv",
        "\t2.1/1\t",
        "\t2.1/7\t",
        "evaluations.tsv:3:5: »2.1/7« er ikke en anden række",
    ),
    "evaluation_missing": ("evaluations.tsv", "2.1\t3\t", "2.1\t1\t", "evaluations.tsv:4:1: det samme står allerede"),
    "source_date": ("source.tsv", "2019-02-28", "28.2.2019", "source.tsv:2:5: »28.2.2019« er ikke en dato"),
    "headings": ("status.tsv", "precision", "præcision", "status.tsv:1:1: overskrifterne skal være"),
    "network_unreadable": ("tables.tsv", "\tFKII\t1\t", "\tFKII\t²\t", "tables.tsv:2:4: netværk og første side skal"),
    "shared_unreadable": ("evaluations.tsv", "\t2.1/1\t", "\t2.1/²\t", "evaluations.tsv:3:5: »2.1/²« er ikke en anden"),
    "provision_too_high": ("legal_basis.tsv", "\t§ 20\t", "\t§§ 1-99999999\t", "legal_basis.tsv:2:7: »1-99999999« er"),
    "title_too_long": (TABLE, "Kortere skæma", "Lang " * 70, f"{TABLE}:3:1: titlen skal være på 1 til 300 tegn"),
    "title_corrected_away": ("corrections.tsv", "1\tskæma\tskema", "1\tKortere skæma\t", f"{TABLE}:3:1: titlen skal"),
    "quotation_too_long": (
        "status.tsv",
        "syv borgere deltaget",
        "x" * 501,
        "status.tsv:2:11: citatet er på over 500",
    ),
    "isbn_too_long": (
        "source.tsv",
        "\t\tMå citeres",
        "\t" + "9" * 30 + "\tMå citeres",
        "source.tsv:2:7: teksten er på 30",
    ),
    "table_network": ("tables.tsv", "\tFKII\t1\t", "\tFKII\t7\t", "tables.tsv:1:4: netværk 7 i FKII findes ikke"),
    "table_file": ("tables.tsv", TABLE, "væk.tsv", "væk.tsv:1:1: filen mangler"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_at_its_place(note, fault):
    file, old, new, message = FAULTS[fault]
    _spoil(note, file, old, new)
    found = _problems(note)
    assert any(problem.startswith(message) for problem in found), found
    assert all(re.match(r"[^:]+:\d+:\d+: \S", problem) for problem in found)
    assert not Source.objects.exists()
    assert not SourceCell.objects.exists()


@pytest.mark.parametrize("file", ["corrections", "acts", "legal_basis", "evaluations", "status", "trials"])
def test_a_line_that_stands_twice_is_reported(note, file):
    path = note / f"{file}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    expected = f"{file}.tsv:{len(lines) + 1}:1: det samme står allerede i linje 2"
    assert expected in _problems(note)


def test_an_id_of_the_register_never_changes(note):
    import_note(note)
    _spoil(note, "trials.tsv", "FKII-1-03", "FKII-1-77")
    with pytest.raises(ImportRefused, match="rækken har id'et FKII-1-03 i registeret"):
        import_note(note)


def test_what_follows_from_a_missing_file_is_not_listed(note):
    (note / "status.tsv").unlink()
    assert _problems(note) == ["status.tsv:1:1: filen mangler"]


def test_a_file_that_is_no_text_is_reported(note):
    _spoil(note, TABLE, "Kortere", "Kort\0ere")
    assert _problems(note) == [f"{TABLE}:3:1: filen er ikke en tekstfil"]


def test_a_byte_order_mark_does_no_harm(note):
    path = note / TABLE
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    import_note(note)


def test_every_problem_is_reported_at_once(note):
    for fault in ("cell_missing", "status_unknown", "id_of_other_network", "correction_idle"):
        _spoil(note, *FAULTS[fault][:3])
    found = _problems(note)
    for fault in ("cell_missing", "status_unknown", "id_of_other_network"):
        assert any(problem.startswith(FAULTS[fault][3]) for problem in found), fault


def test_refused_transition_is_reported_at_its_line(note):
    _spoil(note, "status.tsv", "\tawaiting\tno_partner\t", "\tapplied\t\t")
    assert _problems(note)[0].startswith("status.tsv:4:5: Status kan ikke gå fra »Godkendt« til »Ansøgt«")
    assert not Trial.objects.exists()


@pytest.mark.parametrize("file", sorted(path.name for path in (DATA / "note").glob("*.tsv")))
def test_a_missing_file_is_reported(note, file):
    (note / file).unlink()
    assert f"{file}:1:1: filen mangler" in _problems(note)


def test_another_encoding_is_reported(note):
    path = note / TABLE
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    assert f"{TABLE}:1:1: filen er ikke gemt som UTF-8" in _problems(note)


def test_an_empty_folder_is_reported(note, tmp_path):
    (tmp_path / "tom").mkdir()
    assert "tables.tsv:1:1: filen mangler" in _problems(tmp_path / "tom")


def test_the_note_shows_a_changed_cell(note):
    _spoil(note, TABLE, "Et enklere skæma.", "Et nyt skæma.")
    assert _problems(note, DATA / "note.txt")[0].startswith(f"{TABLE}:3:3: cellen er ikke notatets")


def test_the_note_shows_a_missing_row(note):
    path = note / TABLE
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    assert f"{TABLE}:5:1: 4 linjer, men notatets tabel har 5" in _problems(note, DATA / "note.txt")


def test_the_note_shows_a_false_quotation(note):
    _spoil(note, "status.tsv", "Der er imødekommet tre forsøg", "Der er imødekommet fire forsøg")
    assert _problems(note, DATA / "note.txt")[0].startswith("status.tsv:5:11: citatet »Der er imødekommet fire")


def test_the_note_shows_a_quotation_from_another_section(note):
    _spoil(note, "status.tsv", "\t0.1\t", "\t1.1\t")
    assert _problems(note, DATA / "note.txt")[0].endswith("står ikke i afsnit 1.1")


def test_quotation_may_run_over_a_line_break(note):
    _spoil(note, "status.tsv", "Der er imødekommet tre forsøg", "og de er vidt forskellige.")
    import_note(note, DATA / "note.txt")


def test_a_long_quotation_from_a_chapter_is_refused(note):
    _spoil(note, "status.tsv", "Der er imødekommet tre forsøg", " ".join(["ord"] * 13))
    assert _problems(note)[0].startswith("status.tsv:5:11: citatet er på 13 ord")


def test_a_missing_section_heading_is_reported(note):
    _spoil(note, "sections.tsv", "1.1 Status", "1.1 Stade")
    assert _problems(note, DATA / "note.txt")[0].startswith("note.txt:1:1: overskriften til afsnit 1.1")


def test_command_reports_and_exits_with_1(note, capsys):
    _spoil(note, *FAULTS["unknown_municipality"][:3])
    with pytest.raises(SystemExit) as stopped:
        call_command("import_vive", note)
    assert stopped.value.code == 1
    assert FAULTS["unknown_municipality"][3] in capsys.readouterr().err
