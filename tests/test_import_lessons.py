"""Importing what a note's chapters tell: figures, experiences, milestones, outcomes, evaluations, contradictions."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from networks.importers.problems import ImportRefused
from networks.models import Focus, Guidance, NetworkText
from tests.factories import make_membership, make_municipality, make_network
from trials.importers.lessons import FILES
from trials.importers.vive import import_note
from trials.models import (
    Contradiction,
    Coverage,
    Evaluation,
    Experience,
    Milestone,
    Observation,
    Outcome,
    Source,
    Trial,
)

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"


@pytest.fixture
def note(tmp_path) -> Path:
    """A copy of the small note and of what its chapters tell, with what both refer to in the register."""
    network = make_network(1)
    for code, name in (("787", "Thisted"), ("851", "Aalborg"), ("773", "Morsø"), ("825", "Læsø")):
        make_membership(network, make_municipality(name, code))
    shutil.copytree(DATA / "lessons", tmp_path / "note")
    return Path(shutil.copytree(DATA / "note", tmp_path / "note", dirs_exist_ok=True))


def _change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _coded(model, key: str):
    return model.objects.get(code=f"lille-2019:{key}")


def test_every_kind_of_file_is_tried():
    assert {path.name for path in (DATA / "lessons").glob("*.tsv")} == set(FILES)


def test_figures_keep_value_unit_time_and_place(note):
    import_note(note, DATA / "note.txt")
    first, second = _coded(Observation, "O-001"), _coded(Observation, "O-002")
    assert (first.value, first.value_to, first.unit, first.accuracy) == (Decimal("7.00"), None, "citizens", "counted")
    assert (first.from_on, first.to_on, first.date_text) == (None, date(2018, 12, 1), "pr. 1.12. 2018")
    assert (first.cell.column, first.quotation) == (6, "syv borgere")
    assert (second.value, second.value_to, second.accuracy) == (Decimal("5.00"), Decimal("15.00"), "about")
    assert (second.part_of, second.section) == (first, "1.1")


def test_a_figure_of_two_municipalities_is_one_figure(note):
    import_note(note)
    figure = _coded(Observation, "O-002")
    assert sorted(m.name for m in figure.municipalities.all()) == ["Læsø", "Morsø"]
    assert sorted(t.number for t in figure.trials.all()) == [1, 2]
    assert Observation.objects.count() == 2


def test_experience_milestone_and_outcome(note):
    import_note(note)
    learnt, planned, became = _coded(Experience, "E-001"), _coded(Milestone, "M-001"), Outcome.objects.get()
    assert (learnt.kind, learnt.theme, learnt.network.number) == ("barrier", "it_systems", 1)
    assert (planned.planned_from, planned.planned_to) == (date(2019, 6, 1), date(2019, 8, 31))
    assert (planned.actual_from, planned.date_text) == (None, "sommeren 2019")
    assert (became.decision, became.is_expected, became.effective_on) == ("spread_partly", True, date(2019, 7, 1))


def test_experience_is_found_by_its_words(note):
    import_note(note)
    assert Experience.objects.search("UNDTAGELSER it").count() == 1
    assert Experience.objects.search("moms").count() == 0


def test_evaluation_gets_its_design(note):
    import_note(note)
    evaluation = Evaluation.objects.get(code="E-FKII-1-01")
    assert sorted(evaluation.traits.values_list("trait", flat=True)) == ["effect", "interview", "survey"]
    assert (evaluation.design_status, evaluation.evaluator, evaluation.is_external) == ("designed", "Netværket", False)
    assert (evaluation.results_element, evaluation.baseline_element) == ("partly", "missing")
    assert (evaluation.method, evaluation.baseline) == ("interview", "")


def test_external_evaluation_covers_its_trials(note):
    import_note(note)
    external = _coded(Evaluation, "X-1")
    assert (external.is_external, external.evaluator, external.design_status) == (True, "VIVE", "")
    assert sorted(external.trials.values_list("number", flat=True)) == [1, 2]
    assert [c.design_status for c in external.coverages.all()] == [None, None]
    assert Coverage.objects.filter(trial__number=1).count() == 2


def test_contradiction_has_both_places(note):
    import_note(note)
    places = list(_coded(Contradiction, "D-001").places.order_by("position"))
    assert [place.quotation for place in places] == ["syv borgere", "haft travlt"]
    assert [bool(place.cell) for place in places] == [True, False]


def test_network_is_told_of(note):
    import_note(note)
    text = NetworkText.objects.get()
    assert (text.kind, text.source_place, text.quotation) == ("purpose", "Afsnit 1.1", "haft travlt")
    assert Focus.objects.get().membership.municipality.name == "Thisted"
    assert Guidance.objects.get().level == "required"


def test_trial_gets_its_summary_which_is_searched(note):
    import_note(note)
    assert Trial.objects.get(number=1).summary == "Kommunen må låne penge ud til ledige."
    assert Trial.objects.search("låne penge").count() == 1


def test_second_import_changes_nothing(note):
    import_note(note)
    report = import_note(note)
    assert (report.changes, report.kept) == ([], [])


def test_edits_are_kept_also_of_which_municipalities(note):
    import_note(note)
    figure, experience = _coded(Observation, "O-001"), _coded(Experience, "E-001")
    figure.municipalities.add(_coded(Observation, "O-002").municipalities.first())
    experience.text = "Systemet er rettet."
    experience.save()
    _change(note, "observations.tsv", "\tThisted\t", "\tAalborg\t")
    _change(note, "experiences.tsv", "kender ikke", "kendte ikke")
    report = import_note(note)
    assert {m.name for m in figure.municipalities.all()} >= {"Thisted"}
    experience.refresh_from_db()
    assert experience.text == "Systemet er rettet."
    assert sum("beholdt" in line for line in report.kept) == 2


def test_changed_files_change_what_nobody_edited(note):
    import_note(note)
    _change(note, "observations.tsv", "\tThisted\t", "\tAalborg\t")
    report = import_note(note)
    assert [m.name for m in _coded(Observation, "O-001").municipalities.all()] == ["Aalborg"]
    assert any("kommuner: »Thisted« → »Aalborg«" in line for line in report.changes)


def test_register_made_before_gets_the_summary_and_keeps_one_written_by_hand(note):
    (note / "summaries.tsv").rename(note.parent / "summaries.tsv")
    import_note(note)
    trial = Trial.objects.get(number=1)
    assert trial.summary == ""
    trial.summary = "Skrevet af en redaktør."
    trial.save()
    shutil.copy(note.parent / "summaries.tsv", note)
    report = import_note(note)
    trial.refresh_from_db()
    assert trial.summary == "Skrevet af en redaktør."
    assert any("Skrevet af en redaktør" in line for line in report.kept)


def test_a_note_without_these_files_is_in_order(note):
    for file in FILES:
        (note / file).unlink()
    import_note(note)
    assert Trial.objects.count() == 3
    assert not Observation.objects.exists()


FAULTS = {
    "value": ("observations.tsv", "\t7\t\t", "\tsyv\t\t", "observations.tsv:2:3: »syv« er ikke et tal"),
    "value_missing": ("observations.tsv", "\t7\t\t", "\t\t\t", "observations.tsv:2:3: tallet mangler"),
    "unit": ("observations.tsv", "\tcitizens\tcounted", "\tpeople\tcounted", "observations.tsv:2:5: »people« er ikke"),
    "precision": ("observations.tsv", "\tcounted\t", "\texact\t", "observations.tsv:2:6: »exact« er ikke tilladt"),
    "trial": (
        "observations.tsv",
        "1\tFKII-1-01\tThisted",
        "1\tFKII-1-09\tThisted",
        "observations.tsv:2:8: forsøget »F",
    ),
    "municipality": ("observations.tsv", "\tThisted\t", "\tTisted\t", "observations.tsv:2:9: ukendt kommune »Tisted«"),
    "day": ("observations.tsv", "2018-12-01", "1.12.2018", "observations.tsv:2:11: »1.12.2018« er ikke en dato"),
    "part": ("observations.tsv", "\tO-001\t\t", "\tO-009\t\t", "observations.tsv:3:13: tallet »O-009« findes ikke"),
    "key_twice": ("observations.tsv", "O-002\t", "O-001\t", "observations.tsv:3:1: nøglen »O-001« mangler eller er"),
    "quotation": (
        "observations.tsv",
        "\tsyv borgere\t",
        "\tni borgere\t",
        "observations.tsv:2:18: citatet »ni borgere«",
    ),
    "no_place": ("observations.tsv", "\t1.1\thaft", "\t\thaft", "observations.tsv:3:18: angiv enten en række"),
    "network": (
        "observations.tsv",
        "\tcounted\t1\t",
        "\tcounted\tx\t",
        "observations.tsv:2:7: »x« er ikke et netværks",
    ),
    "kind": ("experiences.tsv", "\tbarrier\t", "\twall\t", "experiences.tsv:2:2: »wall« er ikke tilladt"),
    "theme": ("experiences.tsv", "\tit_systems\t", "\tit\t", "experiences.tsv:2:3: »it« er ikke tilladt"),
    "text": ("experiences.tsv", "Systemet kender ikke undtagelsen.", "", "experiences.tsv:2:4: teksten mangler"),
    "section": ("experiences.tsv", "\t1.1\t", "\t1.9\t", "experiences.tsv:2:8: afsnittet »1.9« findes ikke"),
    "milestone": ("milestones.tsv", "2019-06-01", "juni", "milestones.tsv:2:6: »juni« er ikke en dato"),
    "decision": ("outcomes.tsv", "spread_partly", "spread", "outcomes.tsv:2:4: »spread« er ikke tilladt"),
    "expected": ("outcomes.tsv", "\tyes\t", "\tja\t", "outcomes.tsv:2:5: »ja« er hverken yes eller no"),
    "title": ("summaries.tsv", "Lån til", "Gaver til", "summaries.tsv:2:3: titlen er ikke rækkens"),
    "row": ("summaries.tsv", "2.1\t1", "2.1\t7", "summaries.tsv:2:2: tabel 2.1 har ingen række 7"),
    "words": ("evaluation_designs.tsv", "7:interview", "7:samtaler", "evaluation_designs.tsv:2:14: »samtaler« står"),
    "approach": ("evaluation_designs.tsv", "\teffect\t", "\tmagic\t", "evaluation_designs.tsv:2:4: »magic« er ikke"),
    "one_place": ("contradiction_places.tsv", "D-001\t2", "D-002\t2", "contradictions.tsv:2:1: en modstrid skal have"),
    "text_kind": ("network_texts.tsv", "\tpurpose\t", "\taim\t", "network_texts.tsv:2:2: »aim« er ikke tilladt"),
    "focus": ("focus.tsv", "\tadults\t", "\tmen\t", "focus.tsv:2:3: »men« er ikke tilladt"),
    "stranger": ("focus.tsv", "\tThisted\t", "\tRebild\t", "focus.tsv:2:2: ukendt kommune »Rebild«"),
    "network_unknown": ("network_texts.tsv", "1\tpurpose", "9\tpurpose", "network_texts.tsv:2:1: »9« er ikke et"),
    "level": ("guidance.tsv", "\trequired\t", "\tmust\t", "guidance.tsv:2:2: »must« er ikke tilladt"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_at_its_place(note, fault):
    file, old, new, message = FAULTS[fault]
    _change(note, file, old, new)
    with pytest.raises(ImportRefused) as refused:
        import_note(note)
    found = [str(problem) for problem in refused.value.problems]
    assert any(problem.startswith(message) for problem in found), found
    assert not Source.objects.exists()


def test_focus_of_a_municipality_outside_the_network_is_refused(note):
    make_municipality("Rebild", "840")
    _change(note, "focus.tsv", "\tThisted\t", "\tRebild\t")
    with pytest.raises(ImportRefused, match=r"focus\.tsv:2:2: kommunen er ikke med i netværket"):
        import_note(note)


def test_a_quotation_is_checked_against_the_note(note):
    _change(note, "experiences.tsv", "haft travlt", "haft ro")
    with pytest.raises(ImportRefused, match=r"citatet »haft ro« står ikke i afsnit 1\.1"):
        import_note(note, DATA / "note.txt")
