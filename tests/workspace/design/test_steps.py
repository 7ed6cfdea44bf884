"""What the steps of a design save, refuse and leave alone."""

from datetime import date

import pytest

from networks.models import ChangeSet
from tests import factories
from tests.workspace.design.steps import page, send
from trials.enums import Approach, Method, MilestoneKind
from trials.models import Evaluation, EvaluationTrait, Milestone
from trials.workspace.design.overview import STEPS

pytestmark = pytest.mark.django_db


class TestSteps:
    @pytest.mark.parametrize("step", STEPS)
    def test_unchanged_step_writes_nothing(self, keeper, design, step):
        EvaluationTrait.objects.create(evaluation=design, trait=Method.SURVEY)
        versions = Evaluation.history.count(), EvaluationTrait.history.count()

        assert send(keeper, design, step).status_code == 302
        assert (Evaluation.history.count(), EvaluationTrait.history.count()) == versions
        assert ChangeSet.objects.count() == 0

    def test_words_and_judgment_are_saved(self, keeper, design):
        response = send(
            keeper, design, "resultater", expected_results="Flere i arbejde", results_element="partly", videre="1"
        )

        made = Evaluation.objects.get()
        assert (made.expected_results, made.results_element) == ("Flere i arbejde", "partly")
        assert response.url == page(design, "maalgruppe")
        assert made.history.first().history_user is not None

    def test_methods_are_added_and_removed(self, keeper, design):
        EvaluationTrait.objects.create(evaluation=design, trait=Method.SURVEY)
        send(keeper, design, "metode", approaches=[Approach.PROCESS], methods=[Method.INTERVIEW, Method.BASELINE])

        assert set(design.traits.values_list("trait", flat=True)) == {"process", "interview", "baseline"}

    @pytest.mark.parametrize(("sent", "stored"), [("True", True), ("False", False), ("", None)])
    def test_external_is_yes_no_or_unknown(self, keeper, design, sent, stored):
        Evaluation.objects.update(is_external=not stored if stored is not None else True)
        send(keeper, design, "evaluator", is_external=sent)

        assert Evaluation.objects.get().is_external is stored

    def test_milestone_keeps_its_period_and_is_this_evaluations_alone(self, keeper, design):
        other = factories.make_evaluation(design.trials.get())
        send(keeper, design, "milepaele", final_from="2020-06-01", final_to="2020-08-31", final_words="sommeren 2020")

        made = Milestone.objects.get()
        assert (made.kind, made.evaluation) == (MilestoneKind.EVALUATION_FINAL, design)
        assert (made.planned_from, made.planned_to) == (date(2020, 6, 1), date(2020, 8, 31))
        assert list(made.trials.all()) == list(design.trials.all())
        assert list(Evaluation.objects.milestones(None, design.pk)) == [made]
        assert list(Evaluation.objects.milestones(None, other.pk)) == []

    def test_milestone_is_moved_and_removed(self, keeper, design):
        send(keeper, design, "milepaele", midterm_from="2019-06-01")
        assert Milestone.objects.get().planned_to == date(2019, 6, 1)

        send(keeper, design, "milepaele", midterm_from="2019-07-01", midterm_to="2019-07-31")
        assert Milestone.objects.get().planned_from == date(2019, 7, 1)

        send(keeper, design, "milepaele", midterm_from="", midterm_to="")
        assert Milestone.objects.count() == 0
        assert Milestone.history.filter(history_type="-").count() == 1

    @pytest.mark.parametrize(
        ("first", "last", "sentence"),
        [
            ("", "2019-07-31", "Midtvejsevaluering: skriv også, hvornår perioden begynder."),
            ("2019-08-01", "2019-07-31", "Midtvejsevaluering: perioden slutter, før den begynder."),
        ],
    )
    def test_period_the_wrong_way_round_is_refused(self, keeper, design, first, last, sentence):
        response = send(keeper, design, "milepaele", midterm_from=first, midterm_to=last)

        assert response.context["form"].messages == [sentence]
        assert Milestone.objects.count() == 0

    def test_milestones_of_a_source_are_shown_and_left_alone(self, keeper, design):
        source = factories.make_source()
        trial = design.trials.get()
        told = factories.make_milestone(
            "Slutevaluering ved VIVE", MilestoneKind.EVALUATION_FINAL, [trial], source=source, section="1.1"
        )
        assert "Slutevaluering ved VIVE" in keeper.get(page(design, "milepaele")).content.decode()

        send(keeper, design, "milepaele", final_from="2020-06-01")
        told.refresh_from_db()
        assert (told.planned_from, told.evaluation) == (None, None)

    def test_trials_are_added_and_milestones_follow(self, keeper, design):
        send(keeper, design, "milepaele", final_from="2020-06-01")
        first, second = design.trials.get(), factories.make_trial("Udslusning", design.trials.get().network)
        send(keeper, design, "forsoeg", covered=[first.public_id, second.public_id])

        assert set(design.trials.all()) == {first, second}
        assert set(Milestone.objects.get().trials.all()) == {first, second}

    def test_evaluation_covers_at_least_one_trial(self, keeper, design):
        response = send(keeper, design, "forsoeg", covered=[])

        assert response.context["form"].messages == ["En evaluering skal dække mindst ét forsøg."]
        assert design.trials.count() == 1

    def test_what_a_source_says_is_covered_stays(self, keeper, design):
        design.coverages.update(source=factories.make_source(), section="1.1")
        second = factories.make_trial("Udslusning", design.trials.get().network)
        send(keeper, design, "forsoeg", covered=[second.public_id])
        send(keeper, design, "forsoeg", covered=[])

        assert design.coverages.get().source is not None

    def test_trial_of_another_network_cannot_be_covered(self, keeper, design):
        stranger = factories.make_trial("Fremmed", factories.make_network(2))
        response = send(keeper, design, "forsoeg", covered=[stranger.public_id])

        assert response.status_code == 200
        assert stranger not in design.trials.all()

    def test_personal_number_is_refused_and_the_input_kept(self, keeper, design):
        response = send(keeper, design, "maalgruppe", target_group="Borgeren 010203-1234")

        assert "CPR-nummer" in response.context["form"].messages[0]
        assert "Borgeren 010203-1234" in response.content.decode()
        assert Evaluation.objects.get().target_group == ""

    def test_telephone_number_is_warned_of(self, keeper, design):
        send(keeper, design, "maalgruppe", target_group="Ring til 33 44 55 66")
        assert "33 44 55 66" in " ".join(str(m) for m in keeper.get(page(design)).context["messages"])

        assert Evaluation.objects.get().target_group == "Ring til 33 44 55 66"
