"""What a free-text search finds."""

import unicodedata

import pytest

from tests import factories
from trials.models import Trial

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [trial.title for trial in Trial.objects.search(text).order_by("number")]


@pytest.mark.parametrize("query", ["læsø", "LÆSØ", "Læsø", "LæSØ kommune"])
def test_letters_are_found_in_any_case(query):
    factories.make_trial("Mikrolån", municipalities=[factories.make_municipality("Læsø")])
    factories.make_trial("Parkering", municipalities=[factories.make_municipality("Laesø By")])

    assert found(query) == ["Mikrolån"]


@pytest.mark.parametrize("query", ["mikrolån", "MIKROLÅN"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("title_form", ["NFC", "NFD"])
def test_composed_and_decomposed_letters_are_the_same(query, form, title_form):
    factories.make_trial(unicodedata.normalize(title_form, "Mikrolån"))

    assert len(found(unicodedata.normalize(form, query))) == 1


def test_word_is_found_inside_compounds():
    for title in ("Boligløsninger", "Flere udslusningsboliger", "Bolig", "Båd"):
        factories.make_trial(title)

    assert found("bolig") == ["Boligløsninger", "Flere udslusningsboliger", "Bolig"]


def test_word_is_found_in_other_inflections():
    factories.make_trial("Krav om lægeattest")

    assert found("lægeattester") == ["Krav om lægeattest"]
    assert found("lægeattesterne") == ["Krav om lægeattest"]
    assert found("lægeattestation") == []


def test_stems_are_compared_whole():
    factories.make_trial("Bolværk")

    assert found("boliger") == [], "bolig and boliger share the stem bol, which also begins another word"


def test_all_words_must_be_found():
    factories.make_trial("Lån til boliger")
    factories.make_trial("Lån til biler")

    assert found("lån") == ["Lån til boliger", "Lån til biler"]
    assert found("biler lån") == ["Lån til biler"]
    assert found("lån fly") == []


@pytest.mark.parametrize(("query", "expected"), [("a_b", ["a_b"]), ("100%", ["100 dage"]), ("a%b", ["axb", "a_b"])])
def test_signs_of_patterns_are_literal(query, expected):
    for title in ("axb", "a_b", "100 dage"):
        factories.make_trial(title)

    assert found(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "fkii-1-01",
        "titelord",
        "indholdsord",
        "målgruppeord",
        "implementeringsord",
        "netværksord",
        "Aarhus",
        "Århus",
        "frikommuneloven",
        "27 c",
        "undtagelse",
        "evalueringsord",
        "metodeord",
        "kildeord",
    ],
)
def test_everything_of_a_trial_is_searched(query):
    network = factories.make_network(1, "Netværksord")
    trial = factories.make_trial(
        "Titelord",
        network,
        [factories.make_municipality("Aarhus")],
        content="indholdsord",
        target_group="målgruppeord",
        implementation="implementeringsord",
    )
    factories.make_cells(trial, ["kildeord"])
    factories.make_basis(trial, factories.make_provision(27, "c"))
    evaluation = factories.make_evaluation(trial, method="metodeord")
    coverage = evaluation.coverages.get()
    coverage.description = "evalueringsord"
    coverage.save()
    factories.make_trial("Noget helt andet", factories.make_network(2, "Et andet"))

    assert found(query) == ["Titelord"]


def test_search_follows_a_change():
    trial = factories.make_trial("Mikrolån")
    trial.title = "Parkering"
    trial.save()

    assert found("parkering") == ["Parkering"]
    assert found("mikrolån") == []


def test_municipality_that_leaves_is_found_no_more():
    trial = factories.make_trial("Mikrolån", municipalities=[factories.make_municipality("Læsø")])
    trial.participations.get().delete()

    assert found("læsø") == []


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    @pytest.mark.parametrize(("query", "other"), [("læsø", "LÆSØ"), ("rehabilitering", "Rehabilitering")])
    def test_case_makes_no_difference(self, query, other):
        assert found(query) == found(other) != []

    def test_id_finds_the_trial_itself(self):
        ids = Trial.objects.search("fkii-2-10").values_list("public_id", flat=True)

        assert list(ids) == ["FKII-2-10"]

    def test_housing_is_found_in_compounds(self):
        texts = Trial.objects.search("bolig").values_list("search_text", flat=True)

        assert any("boligløsninger" in text for text in texts)
        assert any("udslusningsboliger" in text for text in texts)
        assert len(texts) < 79
