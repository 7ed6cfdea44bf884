"""What the search over everything finds, and in what order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import TextKind
from tests import factories
from trials import lookup
from trials.enums import BasisRole, Publication
from trials.lookup import Kind
from trials.models import Experience, Trial

pytestmark = pytest.mark.django_db

WORDS = ["bolig", "LÆSØ", "rehabilitering", "unge under 30", "§ 25", "tid", "kommune", "lægeattester", "fkii-2-10", "i"]


def found(text: str, kind: Kind, user=None) -> list[str]:
    """The titles found of a kind, in order."""
    groups = {group.kind: group.entries for group in lookup.find(lookup.index(user), text)}
    return [entry.title for entry in groups.get(kind, [])]


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    @pytest.mark.parametrize("text", WORDS)
    def test_trials_and_experiences_are_those_of_their_lists(self, text):
        index = lookup.index(None)
        groups = {group.kind: group.entries for group in lookup.find(index, text)}
        trials = {entry.code for entry in groups.get(Kind.TRIAL, [])}
        experiences = {f"vive-2019:{entry.code}" for entry in groups.get(Kind.EXPERIENCE, [])}

        assert trials == set(Trial.objects.search(text).values_list("public_id", flat=True))
        assert experiences == set(Experience.objects.search(text).values_list("code", flat=True))

    @pytest.mark.parametrize(
        ("text", "kind", "title"),
        [
            ("åbenrå", Kind.MUNICIPALITY, "Aabenraa Kommune"),
            ("AARHUS", Kind.MUNICIPALITY, "Aarhus Kommune"),
            ("øget samskabelse", Kind.NETWORK, "Øget borgerinvolvering og samskabelse"),
            ("servicelov", Kind.LAW, "Lov om social service"),
            ("igangsatte", Kind.TERM, "Igangsat"),
            ("omsat til lov", Kind.TERM, "Omsat til generel lovgivning"),
            ("mixed methods", Kind.EVALUATION, "Mikrolån"),
        ],
    )
    def test_thing_is_found_by_its_words(self, text, kind, title):
        assert title in found(text, kind)

    def test_every_excerpt_has_a_mark_and_every_find_an_address(self, client):
        index = lookup.index(None)
        for group in lookup.find(index, "bolig"):
            for entry in group.entries:
                hit = lookup.Hit(entry, ["bolig"])
                assert "<mark>" in hit.title + "".join(html for _, html in hit.excerpts), entry.url
        for group in lookup.find(index, "læsø"):
            for entry in group.entries[:2]:
                assert client.get(entry.url).status_code in (200, 302), entry.url

    def test_index_is_read_in_a_constant_number_of_queries_and_remembered(self):
        with CaptureQueriesContext(connection) as first:
            lookup.index(None)
        with CaptureQueriesContext(connection) as again:
            lookup.index(None)

        assert len(again) == 1
        assert 1 < len(first) <= 40


class TestOrder:
    def test_words_in_the_heading_come_before_words_in_the_text(self):
        factories.make_trial("Noget andet", content="Her er lån til unge.")
        factories.make_trial("Om lån", content="Det er for unge.")
        factories.make_trial("Studielån til unge")
        factories.make_trial("Unge får lån")

        assert found("lån unge", Kind.TRIAL) == ["Unge får lån", "Studielån til unge", "Om lån", "Noget andet"]

    def test_other_inflection_is_a_word_as_it_stands(self):
        factories.make_trial("Boligløsninger")
        factories.make_trial("Boligerne")

        assert found("bolig", Kind.TRIAL) == ["Boligerne", "Boligløsninger"]

    def test_equal_finds_stand_as_in_their_list(self):
        second, first = factories.make_network(2), factories.make_network(1)
        factories.make_trial("Lån i to", second)
        for title in ("Lån b", "Lån a"):
            factories.make_trial(title, first)

        assert found("lån", Kind.TRIAL) == ["Lån b", "Lån a", "Lån i to"]

    def test_kind_with_the_best_find_comes_first(self):
        municipality = factories.make_municipality("Læsø")
        factories.make_trial("Parkering", municipalities=[municipality])
        kinds = [group.kind for group in lookup.find(lookup.index(None), "læsø")]

        assert kinds == [Kind.MUNICIPALITY, Kind.TRIAL]


class TestWhatIsSearched:
    def test_network_has_its_texts_and_members(self):
        network = factories.make_network(1, "Arbejde", theme="temaord")
        factories.make_network_text(network, TextKind.STATUS, "statusord")
        factories.make_membership(network, factories.make_municipality("Læsø"))
        for word in ("arbejde", "temaord", "statusord", "læsø"):
            assert found(word, Kind.NETWORK) == ["Arbejde"], word
        assert found("læsø", Kind.MUNICIPALITY) == ["Læsø Kommune"]
        assert found("arbejde", Kind.MUNICIPALITY) == ["Læsø Kommune"]

    def test_evaluation_has_its_design_its_trials_and_its_methods(self):
        trial = factories.make_trial("Mikrolån")
        fields = {
            name: f"{name}ord" for name in ("expected_results", "target_group", "method", "baseline", "comparison")
        }
        evaluation = factories.make_evaluation(trial, name="Navneord", evaluator="Evaluatorord", **fields)
        evaluation.traits.create(trait="case_review")
        for word in ("navneord", "evaluatorord", *fields.values(), "mikrolån", "sagsgennemgang", trial.public_id):
            assert found(word, Kind.EVALUATION) == ["Navneord"], word

    def test_provision_has_its_act_and_its_trials(self):
        trial = factories.make_trial("Mikrolån")
        factories.make_basis(trial, factories.make_provision(25), note="bemærkningsord")
        factories.make_basis(trial, factories.make_provision(9, "a"), role=BasisRole.DEVIATES_FROM)
        act, rests, deviates = (
            "Lov om frikommunenetværk",
            "Lov om frikommunenetværk § 25",
            "Lov om frikommunenetværk § 9 a",
        )

        assert found("frikommuneloven", Kind.LAW) == [act, deviates, rests]
        assert found("mikrolån", Kind.LAW) == [deviates, rests]
        assert found("bemærkningsord", Kind.LAW) == [rests]

    def test_provision_that_no_trial_uses_is_not_found(self):
        factories.make_provision(25)

        assert found("frikommunenetværk", Kind.LAW) == []

    def test_part_of_a_kommunekode_is_no_find(self):
        factories.make_municipality("Læsø", code="0825")

        assert found("25", Kind.MUNICIPALITY) == []

    def test_search_follows_a_change(self):
        trial = factories.make_trial("Mikrolån")
        assert found("parkering", Kind.TRIAL) == []
        trial.title = "Parkering"
        trial.save()

        assert found("parkering", Kind.TRIAL) == ["Parkering"]
        assert found("mikrolån", Kind.TRIAL) == []


def test_drafts_and_what_hangs_on_them_are_found_by_staff_alone(admin_user):
    draft = factories.make_trial("Hemmeligord", publication=Publication.DRAFT)
    factories.make_basis(draft, factories.make_provision(25), note="hemmeligord")
    factories.make_evaluation(draft, method="hemmeligord")
    factories.make_experience("hemmeligord", trials=[draft])
    public = factories.make_trial("Åbent")
    factories.make_evaluation(public, method="åbent", shared_by=[draft])

    assert lookup.find(lookup.index(None), "hemmeligord") == []
    kinds = {group.kind for group in lookup.find(lookup.index(admin_user), "hemmeligord")}
    assert kinds == {Kind.TRIAL, Kind.LAW, Kind.EVALUATION, Kind.EXPERIENCE}
    assert lookup.index(None).popular(Kind.LAW, 5) == []
