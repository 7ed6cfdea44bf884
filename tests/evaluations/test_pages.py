"""What the page of an evaluation says, and where it says it from."""

import pytest

from networks.importers.merge import digest
from tests import factories, lists
from tests.evaluations.reading import LIST, make_traits, page, queries
from tests.outline import outline
from trials.enums import DESIGN_LACKING, Approach, DesignStatus, Element, Method, MilestoneKind, Publication
from trials.models import Coverage, Evaluation

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_nine_evaluations_of_the_overview_are_external(self, client):
        codes = lists.found(client, LIST, "design=ikke-oplyst")

        assert codes == [f"vive-2019:X-{number}" for number in range(1, 10)]
        assert set(codes) <= set(lists.found(client, LIST, "ekstern=ja"))

    def test_every_evaluation_has_a_sound_page(self, client):
        evaluations = list(Evaluation.objects.all())
        assert len(evaluations) == 80
        for evaluation in evaluations:
            assert page(client, evaluation).faults() == []

    def test_every_unfinished_design_says_why_in_the_words_of_its_cell(self, client):
        unfinished = Evaluation.objects.filter(design_status__in=DESIGN_LACKING)
        assert unfinished.count() > 20
        for evaluation in unfinished:
            description = evaluation.coverages.get(is_shared=False).description
            head = page(client, evaluation).text.partition("Forsøget, der evalueres")[0]
            assert f"Kilden skriver: {' '.join(description.split())}" in head

    def test_evaluation_that_eight_trials_share_shows_them_all(self, client):
        found = page(client, Evaluation.objects.get(code="E-FKII-7-01"))

        assert (2, "De 8 forsøg, der evalueres") in found.headings
        assert found.text.count("henviser til den her.") == 7
        assert "Midtvejsevaluering ved VIVE" in found.part("For alle netværkets forsøg")

    def test_words_from_a_chapter_are_not_placed_in_a_cell(self, client):
        found = page(client, Evaluation.objects.get(code="E-FKII-1-03"))

        assert "fra nulpunktsmålingen til de første borgersurveys\nKilde: notatets kapitler" in found.text


class TestPage:
    @pytest.mark.parametrize("address", ["NOTE-x-1", "note:X-1", "note-X-1"])
    def test_other_spelling_leads_to_the_right_address(self, client, address):
        factories.make_evaluation(factories.make_trial(), "", code="note:X-1")
        response = client.get(f"/evalueringer/{address}/")

        if address == "note-X-1":
            assert response.status_code == 200
        else:
            assert (response.status_code, response["Location"]) == (301, "/evalueringer/note-X-1/")

    @pytest.mark.parametrize("address", ["E-2", "findes%20ikke", "note--X-1", "%00"])
    def test_unknown_code_is_404(self, client, address):
        factories.make_evaluation(factories.make_trial(), code="E-1")

        assert client.get(f"/evalueringer/{address}/").status_code == 404

    def test_shows_every_trial_with_what_the_source_says_and_where(self, client):
        network = factories.make_network(7)
        plan, house = (factories.make_trial(title, network) for title in ("Én plan", "Ét hus"))
        evaluation = factories.make_evaluation(plan, code="E-7")
        for trial, words, shared in ((plan, "Effekten måles.", False), (house, "Beskrevet ovenfor.", True)):
            cell = factories.make_cells(trial)[6]
            Coverage.objects.update_or_create(
                evaluation=evaluation,
                trial=trial,
                defaults={"description": words, "is_shared": shared, "cell": cell, "source": cell.source},
            )
        found = page(client, evaluation)

        assert found.headings[0] == (1, "Evaluering: Én plan")
        assert found.headings[1] == (2, "De 2 forsøg, der evalueres")
        assert "Effekten måles.\nKilde: Bilagstabel 2.7, række 1, »Evaluering«, side 35" in found.part("Én plan")
        assert "henviser til den her.\nBeskrevet ovenfor." in found.part("Ét hus")
        assert found.links["Ét hus"] == house.get_absolute_url()
        assert "Ulf Hjelmar og Niels Ejersbo: Status over forsøg" in found.text

    def test_remark_of_the_registry_is_told_from_the_source(self, client):
        trial = factories.make_trial()
        evaluation = Evaluation.objects.create(code="X-1", name="Tilkøb", is_external=True)
        said = {"source": factories.make_source(), "section": "0.3", "quotation": "forsøg med tilkøb"}
        Coverage.objects.create(evaluation=evaluation, trial=trial, description="Sluttet af titlen.", **said)
        html = client.get(evaluation.get_absolute_url()).content.decode()

        assert "<q>forsøg med tilkøb</q>" in html
        assert "Registerets bemærkning: Sluttet af titlen." in html
        assert "Kilde: »Overordnet status«, afsnit 0.3" in html
        assert "Kilden siger ikke, hvor langt evalueringsdesignet er." in html

    def test_draft_among_the_trials_is_not_named(self, client, staff):
        shown, hidden = (
            factories.make_trial("Mikrolån"),
            factories.make_trial("Hemmeligt", publication=Publication.DRAFT),
        )
        evaluation = factories.make_evaluation(shown, shared_by=[hidden], code="E-1")
        factories.make_milestone("Hemmelig midtvejs", MilestoneKind.EVALUATION_MIDTERM, [hidden])

        assert "emmelig" not in page(client, evaluation).text
        assert "emmelig" not in outline(client.get(LIST)).text
        client.force_login(staff)
        assert "Hemmelig midtvejs" in page(client, evaluation).text

    @pytest.mark.parametrize(
        ("status", "sentence"),
        [
            (DesignStatus.NONE, "Der udarbejdes ikke et evalueringsdesign."),
            (DesignStatus.AWAITS_PROJECT, "afventer, at der er et konkret projekt"),
            (DesignStatus.LATER, "afgøres senere"),
            (DesignStatus.NOT_FINISHED, "ikke gjort færdigt"),
        ],
    )
    def test_evaluation_without_a_finished_design_says_why(self, client, status, sentence):
        trial = factories.make_trial()
        cell = factories.make_cells(trial)[6]
        evaluation = factories.make_evaluation(trial, status, code="E-1", results_element=Element.PRESENT)
        said = {"description": "Da der er tale om en generel regelændring.", "cell": cell, "source": cell.source}
        evaluation.coverages.update(**said)
        found = page(client, evaluation)
        head = found.text.partition("Forsøget, der evalueres")[0]

        assert sentence in head
        assert "Kilden skriver: Da der er tale om en generel regelændring." in head
        assert "Kilde: Bilagstabel 2.1, række 1, »Evaluering«, side 35" in head
        assert "Der er ikke noget færdigt evalueringsdesign." in found.text

    def test_required_elements_show_state_words_and_place(self, client):
        trial = factories.make_trial()
        factories.make_cells(trial, ["", "", "Flere kommer i job", "Ledige", "", "", "Der bruges interview."])
        evaluation = factories.make_evaluation(
            trial,
            code="E-1",
            expected_results="Flere kommer i job",
            results_element=Element.PRESENT,
            target_group="Unge ledige",
            target_group_element=Element.PARTLY,
            method="bruges interview",
            method_element=Element.PARTLY,
            baseline="nulpunktsmålingen",
            baseline_element=Element.MISSING,
            imported={"baseline": digest("nulpunktsmålingen")},
        )
        response = client.get(evaluation.get_absolute_url())
        part, html = outline(response).part("Det skal et evalueringsdesign indeholde"), response.content.decode()

        assert "afsnit 0.3" in part
        assert (
            "Forventede resultater\nBeskrevet\nFlere kommer i job\nKilde: Bilagstabel 2.1, række 1, »Indhold«" in part
        )
        assert "Målgruppe\nDelvist beskrevet\nUnge ledige\nOplyst til registeret" in part
        assert "Evalueringsmetode\nDelvist beskrevet\nbruges interview\nKilde: Bilagstabel 2.1, række 1" in part
        assert "Baselinemålinger\nIkke beskrevet\nnulpunktsmålingen\nKilde: notatets kapitler" in part
        assert "<q>bruges interview</q>" in html
        assert "<q>Unge ledige</q>" not in html

    def test_facts_stand_beside(self, client):
        evaluation = factories.make_evaluation(
            factories.make_trial(),
            code="E-1",
            is_external=True,
            may_be_shared=True,
            comparison="Hillerød",
            evaluator="VIVE",
        )
        make_traits(evaluation, Approach.THEORY_BASED, Method.FOCUS_GROUP)
        text = page(client, evaluation).part("Kort om evalueringen")

        for words in (
            "VIVE",
            "Ekstern",
            "Virkningsevaluering",
            "Fokusgruppe",
            "Hillerød",
            "Må evalueringen deles?\nJa",
        ):
            assert words in text

    def test_other_evaluation_of_the_same_trial_is_linked(self, client):
        trial = factories.make_trial()
        own = factories.make_evaluation(trial, code="E-1")
        external = factories.make_evaluation(trial, "", code="note:X-1", name="Tilkøb", evaluator="VIVE")

        assert page(client, own).links["Tilkøb"] == external.get_absolute_url()
        assert page(client, external).links["Mikrolån"] == trial.get_absolute_url()


def test_page_costs_the_same_with_1_and_30_trials(client):
    trial = factories.make_trial()
    factories.make_cells(trial)
    evaluation = factories.make_evaluation(trial, results_element=Element.PRESENT, expected_results="Tekst")
    factories.make_milestone("Slut", MilestoneKind.EVALUATION_FINAL, [trial])
    factories.make_evaluation(trial, name="Anden")
    one = queries(client, evaluation.get_absolute_url())
    for _ in range(30):
        other = factories.make_trial()
        factories.make_cells(other)
        Coverage.objects.create(evaluation=evaluation, trial=other, is_shared=True)
        factories.make_milestone("Slut", MilestoneKind.EVALUATION_FINAL, [other])
        factories.make_evaluation(other)

    assert queries(client, evaluation.get_absolute_url()) == one
    assert one <= 10


def test_what_is_written_is_escaped(client):
    evil = "<script>alert(1)</script>"
    trial = factories.make_trial(evil)
    evaluation = factories.make_evaluation(
        trial,
        DesignStatus.NONE,
        code="E-1",
        evaluator=evil,
        comparison=evil,
        method=evil,
        method_element=Element.PRESENT,
    )
    evaluation.coverages.update(description=evil)
    factories.make_milestone(evil, MilestoneKind.EVALUATION_FINAL, [trial], date_text=evil)
    for address in (LIST, evaluation.get_absolute_url(), f"{LIST}?evaluator={evil}", f"{LIST}?evaluator=%22{evil}"):
        html = client.get(address).content.decode()
        assert evil not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("address", [LIST, "/evalueringer/E-1/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, address, method):
    factories.make_evaluation(factories.make_trial(), code="E-1")

    assert getattr(client, method)(address).status_code == 405
