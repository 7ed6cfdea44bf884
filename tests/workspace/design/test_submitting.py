"""What a design lacks, and that it is not marked submitted for as long as it does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.models import ChangeSet
from tests.workspace.design.steps import WHOLE, page, send
from trials.enums import DesignStatus, Element, Method
from trials.models import Evaluation, EvaluationTrait
from trials.workspace.design.elements import missing_elements

pytestmark = pytest.mark.django_db


class TestMissing:
    """What keeps a design from being marked submitted."""

    def test_nothing_is_missing_of_a_whole_design(self, design):
        Evaluation.objects.update(**WHOLE)

        assert missing_elements(Evaluation.objects.get()) == []

    @pytest.mark.parametrize("field", ["expected_results", "target_group", "method"])
    @pytest.mark.parametrize("words", ["", "  \n"])
    def test_element_without_words_is_missing(self, design, field, words):
        Evaluation.objects.update(**WHOLE | {field: words})

        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == [field]

    @pytest.mark.parametrize("field", ["results_element", "target_group_element", "method_element"])
    @pytest.mark.parametrize("state", ["", "partly", "missing"])
    def test_element_not_wholly_described_is_missing(self, design, field, state):
        Evaluation.objects.update(**WHOLE | {field: state})
        named = {"results_element": "expected_results"}.get(field, field.removesuffix("_element"))

        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == [named]

    @pytest.mark.parametrize(
        "said",
        [
            {"baseline_element": "partly"},
            {"baseline_element": "present"},
            {"baseline": "Ledighed i 2017"},
            {"baseline": "Ledighed i 2017", "baseline_element": "partly"},
        ],
    )
    def test_baseline_counts_when_there_is_any(self, design, said):
        Evaluation.objects.update(**WHOLE | said)

        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == ["baseline"]

    def test_baseline_among_the_methods_has_to_be_described(self, design):
        Evaluation.objects.update(**WHOLE)
        EvaluationTrait.objects.create(evaluation=design, trait=Method.BASELINE)
        assert [lack.field for lack in missing_elements(Evaluation.objects.get())] == ["baseline"]

        Evaluation.objects.update(baseline="Ledighed i 2017", baseline_element="present")
        assert missing_elements(Evaluation.objects.get()) == []

    @pytest.mark.parametrize("state", ["", "missing"])
    def test_baseline_need_not_be_there(self, design, state):
        Evaluation.objects.update(**WHOLE, baseline_element=state)

        assert missing_elements(Evaluation.objects.get()) == []


@given(
    words=st.lists(st.sampled_from(["", " ", "Noget"]), min_size=4, max_size=4),
    states=st.lists(st.sampled_from(["", *Element.values]), min_size=4, max_size=4),
)
def test_whole_means_all_three_with_words_and_present(words, states):
    names = ["expected_results", "target_group", "method", "baseline"]
    marks = ["results_element", "target_group_element", "method_element", "baseline_element"]
    made = Evaluation(pk=1, **dict(zip(names, words, strict=True)), **dict(zip(marks, states, strict=True)))
    made._prefetched_objects_cache = {"traits": []}
    there = [bool(text.strip()) and state == "present" for text, state in zip(words, states, strict=True)]
    any_baseline = words[3].strip() or states[3] in ("present", "partly")

    assert (missing_elements(made) == []) == (all(there[:3]) and (there[3] or not any_baseline))


class TestSubmitting:
    def test_refused_with_a_sentence_for_each_that_is_missing(self, keeper, design):
        Evaluation.objects.update(method="Interview", method_element="partly")
        response = send(keeper, design, "status", design_status="submitted")

        assert response.status_code == 200
        assert response.context["form"].messages == [
            "De forventede resultater er ikke beskrevet.",
            "Målgruppen er ikke beskrevet.",
            "Evalueringsmetoden er kun delvist beskrevet.",
        ]
        assert Evaluation.objects.get().design_status == DesignStatus.NOT_FINISHED

    def test_whole_design_is_marked_submitted_from_the_overview(self, keeper, design):
        Evaluation.objects.update(**WHOLE)
        overview = keeper.get(page(design)).context
        response = keeper.post(page(design, "status"), {"design_status": "submitted", "seen": overview["seen"]})

        assert response.status_code == 302
        assert Evaluation.objects.get().design_status == DesignStatus.SUBMITTED
        entry = ChangeSet.objects.get().entries.get()
        assert (entry.model, entry.record) == ("trials.evaluation", design.pk)

    def test_button_does_not_overrule_what_has_changed_since(self, keeper, design):
        Evaluation.objects.update(**WHOLE)
        seen = keeper.get(page(design)).context["seen"]
        Evaluation.objects.update(design_status=DesignStatus.NONE)
        response = keeper.post(page(design, "status"), {"design_status": "submitted", "seen": seen})

        assert [collision.theirs for collision in response.context["form"].collisions] != []
        assert Evaluation.objects.get().design_status == DesignStatus.NONE

    def test_what_a_source_says_is_submitted_stays_so_and_says_what_is_missing(self, keeper, design):
        Evaluation.objects.update(design_status="submitted")
        assert "står som indsendt, men der mangler noget" in keeper.get(page(design)).content.decode()

        assert send(keeper, design, "resultater", expected_results="Flere i arbejde").status_code == 302
        assert Evaluation.objects.get().design_status == "submitted"

    def test_admin_refuses_too(self, admin_client, design):
        from tests.admin import errors_of, inlines, url

        address = url(Evaluation, "change", design.pk)
        data = inlines(traits=[], coverages=[]) | {"design_status": "submitted", "is_external": "unknown"}
        refused = errors_of(admin_client.post(address, data | {"may_be_shared": "unknown"}))

        assert "Målgruppen er ikke beskrevet." in refused
        assert Evaluation.objects.get().design_status == DesignStatus.NOT_FINISHED
