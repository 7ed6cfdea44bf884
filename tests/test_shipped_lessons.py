"""What the chapters tell, as it ships: figures read by hand in the note, and coverage of the tables' own."""

import re
from datetime import date
from decimal import Decimal

import pytest

from networks.models import Focus, NetworkText
from tests.vive import FOLDER, ROWS, SourceRow
from trials.enums import DesignStatus, ExperienceKind, Theme
from trials.models import Coverage, Evaluation, Experience, Milestone, Observation, Outcome, Trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("module_register")]

# Read in the note, by hand: trial, municipalities, value, unit, where it stands.
FIGURES = [
    ("FKII-1-01", {"Aalborg"}, 15, "citizens", "2.1/1"),
    ("FKII-1-01", {"Aalborg"}, 9, "citizens", "2.1/1"),
    ("FKII-1-01", {"Aalborg"}, 6, "citizens", "2.1/1"),
    ("FKII-1-02", {"Aalborg"}, 36, "citizens", "2.1/2"),
    ("FKII-1-04", {"Thisted"}, 27, "citizens", "2.1/4"),
    ("FKII-1-04", {"Thisted"}, 6, "citizens", "2.1/4"),
    ("FKII-1-04", {"Jammerbugt"}, 144, "citizens", "2.1/4"),
    ("FKII-1-05", {"Thisted"}, 6, "citizens", "2.1/5"),
    ("FKII-1-05", {"Frederikshavn", "Læsø"}, 9, "citizens", "2.1/5"),
    ("FKII-1-06", {"Rebild"}, 45, "citizens", "2.1/6"),
    ("FKII-1-07", {"Rebild"}, 84, "percent", "2.1/7"),
    ("FKII-1-07", {"Rebild"}, 1_000_000, "dkk", "2.1/7"),
    ("FKII-1-09", {"Frederikshavn", "Læsø"}, 97, "cases", "2.1/9"),
    ("FKII-1-09", {"Aalborg"}, 202, "cases", "2.1/9"),
    ("FKII-1-11", {"Jammerbugt"}, 1, "cases", "2.1/11"),
    ("FKII-1-12", {"Aalborg"}, 450, "cases", "2.1/12"),
    ("FKII-1-01", {"Aalborg"}, 1_000, "dkk", "1.2"),
    ("FKII-1-01", {"Aalborg"}, 6, "months", "1.2"),
    ("FKII-2-01", {"København"}, 75, "homes", "2.1"),
    ("FKII-3-01", set(), 73, "measures", "3.1"),
    ("FKII-5-01", set(), 25, "visits", "5.1"),
    ("FKII-5-01", set(), 450, "visits", "5.1"),
    ("FKII-5-01", set(), 58, "percent", "5.2"),
    ("FKII-5-01", set(), Decimal("3.6"), "employees", "5.2"),
    ("FKII-5-01", set(), Decimal("1.6"), "employees", "5.2"),
    ("FKII-5-01", set(), Decimal("1.8"), "employees", "5.2"),
    ("FKII-5-01", set(), 2, "years", "5.2"),
    ("FKII-6-01", {"Aarhus"}, 100_000, "dkk", "6.2"),
]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure[0]}-{figure[2]}-{figure[3]}")
def test_figure_is_there_with_its_municipality_and_place(figure):
    public_id, municipalities, value, unit, place = figure
    found = Observation.objects.filter(trials__public_id=public_id, value=value, unit=unit)
    standing = [
        observation
        for observation in found
        if {m.name for m in observation.municipalities.all()} == municipalities
        and place == (observation.section or f"{observation.cell.table}/{observation.cell.row}")
    ]
    assert len(standing) == 1


def test_days_and_parts_are_kept():
    whole = Observation.objects.get(trials__public_id="FKII-1-01", value=15, cell__isnull=False)
    assert (whole.from_on, whole.to_on) == (None, date(2018, 12, 1))
    assert sorted(part.value for part in whole.parts.filter(cell__isnull=False)) == [6, 9]
    finished = Observation.objects.get(trials__public_id="FKII-1-01", value=6, cell__isnull=False)
    assert sorted(part.value for part in finished.parts.all()) == [1, 2, 3]
    april = Observation.objects.get(trials__public_id="FKII-5-01", value=25, unit="visits")
    assert (april.from_on, april.to_on) == (date(2018, 4, 1), date(2018, 4, 30))


NUMBER_WORDS = {"en": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.public_id)
def test_every_number_of_the_sixth_cell_is_a_figure(row: SourceRow):
    """Dates, paragraphs and the number of a form apart. "De tre kommuner" counts municipalities, not activity."""
    text = re.sub(r"\d+\.\d+\. ?\d{4}|\b(?:19|20)\d\d\b|§+ ?\d+ ?[a-z]?\b|de tre kommuner|i alt", " ", row.cells[5])
    numbers = {int(number) for number in re.findall(r"\b\d+\b", text)}
    words = {
        NUMBER_WORDS[word] for word in re.findall(r"\b\w+\b", text) if word in NUMBER_WORDS and word not in ("en", "to")
    }
    cells = Observation.objects.filter(cell__trial__public_id=row.public_id, cell__column=6)
    values = set(cells.values_list("value", flat=True))
    for number in numbers | words:
        assert number in values or number * 1_000_000 in values, number


def test_what_became_law():
    general = Outcome.objects.filter(is_expected=False, effective_on=date(2018, 7, 1))
    assert {o.trial.public_id for o in general} >= {"FKII-7-01", "FKII-7-02"}
    expected = Outcome.objects.filter(is_expected=True, effective_on=date(2019, 7, 1))
    assert {o.trial.public_id for o in expected} >= {f"FKII-7-0{n}" for n in (3, 4, 5, 7, 8)}
    assert Outcome.objects.filter(trial__public_id="FKII-6-03", effective_on=date(2018, 12, 31)).exists()


def test_nine_external_evaluations_with_their_evaluators():
    external = Evaluation.objects.filter(code__startswith="vive-2019:X-")
    assert external.count() == 9
    evaluators = sorted(external.values_list("evaluator", flat=True))
    assert evaluators == ["Rambøll", "Statens Byggeforskningsinstitut", *["VIVE"] * 7]
    assert all(evaluation.trials.exists() for evaluation in external)
    network7 = external.get(code="vive-2019:X-2")
    assert sorted(network7.trials.values_list("public_id", flat=True)) == [f"FKII-7-0{n}" for n in range(1, 9)]


def test_every_trial_shows_its_evaluation():
    for trial in Trial.objects.all():
        own = [c.design_status for c in trial.coverages.select_related("evaluation") if c.design_status]
        assert len(own) == 1, trial
        described = Coverage.objects.get(trial=trial, evaluation__code__startswith="E-")
        assert described.description
        assert described.design_status in DesignStatus


def test_milestones_keep_a_season_as_a_period():
    midterm = Milestone.objects.filter(network__number=5, kind="evaluation_midterm").first()
    assert (midterm.planned_from, midterm.planned_to) == (date(2019, 6, 1), date(2019, 8, 31))
    assert Milestone.objects.filter(actual_from=date(2018, 4, 1), network__number=5).exists()
    assert Milestone.objects.filter(trials__public_id="FKII-4-02", planned_from=date(2019, 8, 1)).exists()


def test_experiences_cover_the_chapters_and_use_the_vocabularies():
    sections = {f"{chapter}.2" for chapter in range(1, 8)} | {f"{chapter}.1" for chapter in range(1, 8)}
    sections |= {"0.1", "0.2", "0.3", "0.4"}
    assert set(Experience.objects.values_list("section", flat=True)) >= sections
    assert set(Experience.objects.values_list("kind", flat=True)) == set(ExperienceKind.values)
    assert set(Experience.objects.values_list("theme", flat=True)) == set(Theme.values)


def test_every_network_is_told_of():
    assert set(NetworkText.objects.filter(kind="status").values_list("network__number", flat=True)) == set(range(1, 9))
    assert NetworkText.objects.filter(kind="core_element", network__number=7).count() == 4
    assert NetworkText.objects.filter(kind="inactive_reason").get().network.number == 8
    focuses = Focus.objects.filter(membership__municipality__name="Helsingør").values_list("target_group", flat=True)
    assert sorted(focuses) == ["adults", "families", "young_people"]


def test_every_trial_has_a_summary_of_its_own():
    summaries = list(Trial.objects.values_list("summary", flat=True))
    assert all(60 < len(summary) < 500 for summary in summaries)
    assert len(set(summaries)) == 79


# The names of citizens, of the project worker, of their firms and of the contacts, which the registry leaves out.
NAMES = ["Dehn Klit", "Amami", "Wimmer", "EyeGarden", "samsbilpleje", "Birch Hansen", "Ravn", "Emilie", "Mads Leth"]
NAMES += ["Boligselskabet Sjælland", "Møllegården"]


@pytest.mark.parametrize("name", NAMES)
def test_no_person_of_the_note_is_named(name):
    for path in [*FOLDER.glob("*.tsv"), FOLDER.parent / "vive_2019.json"]:
        assert name not in path.read_text(encoding="utf-8"), path.name


def test_own_words_are_not_the_notes():
    """No run of seven words of the registry's own texts stands in the row it tells of."""
    for row in ROWS:
        trial = Trial.objects.get(public_id=row.public_id)
        words = re.findall(r"\w+", trial.summary.lower())
        source = " ".join(re.findall(r"\w+", " ".join(row.cells).lower()))
        for start in range(len(words) - 6):
            assert " ".join(words[start : start + 7]) not in source, trial
