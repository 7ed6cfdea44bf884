"""The list of evaluations: what the filter finds, and what comes next of each."""

from datetime import date

import pytest

from tests import factories, lists
from tests.conftest import rows_for_class
from tests.evaluations.reading import LIST, make_traits, page, queries
from tests.outline import outline
from trials.enums import Approach, DesignStatus, Element, Method, MilestoneKind, Publication
from trials.models import Evaluation

pytestmark = pytest.mark.django_db


def make_small():
    """Four evaluations: two in network 1, one of them of two trials; one in network 2; one of a draft."""
    work, homes = factories.make_network(1, "Arbejde"), factories.make_network(2, "Boliger")
    loans, talks, calls = (factories.make_trial(title, work) for title in ("Mikrolån", "Samtaler", "Opkald"))
    flats = factories.make_trial("Udslusningsboliger", homes)
    hidden = factories.make_trial("Hemmeligt", homes, publication=Publication.DRAFT)
    first = factories.make_evaluation(
        loans,
        code="E-1",
        is_external=True,
        evaluator="VIVE",
        results_element=Element.PRESENT,
        method_element=Element.PARTLY,
        baseline_element=Element.MISSING,
    )
    make_traits(first, Approach.EFFECT, Approach.PROCESS, Method.SURVEY, Method.INTERVIEW)
    second = factories.make_evaluation(
        talks, shared_by=[calls], code="E-2", is_external=False, evaluator="Netværket", method_element=Element.MISSING
    )
    make_traits(second, Approach.PROCESS, Method.SURVEY)
    factories.make_evaluation(flats, DesignStatus.NONE, code="E-3", name="Boliger til alle")
    factories.make_evaluation(hidden, "", code="note:X-1", is_external=True, evaluator="Rambøll")
    planned = {"planned_from": date(2019, 6, 1), "planned_to": date(2019, 8, 31), "date_text": "sommeren 2019"}
    factories.make_milestone("Midtvejs", MilestoneKind.EVALUATION_MIDTERM, [loans], **planned)
    factories.make_milestone("Slut", MilestoneKind.EVALUATION_FINAL, [talks])


@pytest.fixture(scope="class")
def small(django_db_setup, django_db_blocker):
    with rows_for_class(django_db_blocker):
        make_small()
        yield


@pytest.mark.usefixtures("small")
class TestList:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["E-1", "E-2", "E-3"]),
            ("netvaerk=1", ["E-1", "E-2"]),
            ("netvaerk=1&netvaerk=2", ["E-1", "E-2", "E-3"]),
            ("ekstern=ja", ["E-1"]),
            ("ekstern=nej", ["E-2"]),
            ("ekstern=ikke-oplyst", ["E-3"]),
            ("ekstern=ja&ekstern=nej", ["E-1", "E-2"]),
            ("evaluator=VIVE", ["E-1"]),
            ("evaluator=ikke-oplyst&evaluator=Netv%C3%A6rket", ["E-2", "E-3"]),
            ("tilgang=process", ["E-1", "E-2"]),
            ("tilgang=process&tilgang=effect", ["E-1", "E-2"]),
            ("tilgang=effect&metode=survey", ["E-1"]),
            ("metode=interview", ["E-1"]),
            ("design=designed", ["E-1", "E-2"]),
            ("design=none", ["E-3"]),
            ("design=ikke-oplyst", []),
            ("mangler=metode", ["E-1", "E-2"]),
            ("mangler=baseline", ["E-1"]),
            ("mangler=forventede-resultater", []),
            ("milepael=evaluation_midterm", ["E-1"]),
            ("milepael=evaluation_final", ["E-2"]),
            ("milepael=ikke-oplyst", ["E-3"]),
            ("tilgang=process&ekstern=nej&mangler=metode&netvaerk=1", ["E-2"]),
            ("q=ukendt&andet=1&side=1&ekstern=", ["E-1", "E-2", "E-3"]),
        ],
    )
    def test_filter_finds(self, client, query, expected):
        assert lists.found(client, LIST, query) == expected

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("netvaerk=9", "»9«"),
            ("ekstern=yes", "»yes« er hverken"),
            ("evaluator=vive", "»vive«"),
            ("evaluator=Ramb%C3%B8ll", "»Rambøll«"),
            ("tilgang=survey", "»survey«"),
            ("metode=effect", "»effect«"),
            ("design=shared", "»shared«"),
            ("mangler=alt", "»alt«"),
            ("milepael=start", "»start«"),
            ("ekstern=ja&ekstern=x", "»x«"),
            ("side=0", "»0«"),
            ("design=%00", "»�«"),
        ],
    )
    def test_invalid_value_answers_400_without_evaluations(self, client, query, said):
        response = client.get(f"{LIST}?{query}")

        assert response.status_code == 400
        assert said in response.content.decode()
        assert "result__title" not in response.content.decode()
        assert outline(response).faults() == []

    def test_counts_are_what_a_click_gives(self, client):
        assert lists.miscounted(client, LIST) == []

    def test_counts_are_under_the_other_filters(self, client):
        counts = lists.counts(client, LIST, "ekstern=ja")

        assert counts["ekstern", "nej"] == 1
        assert counts["netvaerk", "1"] == 1
        assert counts["netvaerk", "2"] == 0
        assert counts["tilgang", "process"] == 1

    def test_result_says_who_how_and_what_is_missing(self, client):
        text = outline(client.get(f"{LIST}?evaluator=VIVE")).text

        for words in (
            "1 evaluering udført af VIVE",
            "Effektevaluering, Procesevaluering",
            "Spørgeskema, Interview",
            "Mangler\nBaselinemålinger",
            "Delvist beskrevet\nMetode",
            "Midtvejsevaluering: sommeren 2019",
        ):
            assert words in text

    def test_filters_in_force_stand_as_pills(self, client):
        html = client.get(f"{LIST}?ekstern=ja&mangler=baseline").content.decode()

        assert html.count('class="pill"') == 2
        assert 'href="/evalueringer/?mangler=baseline"' in html
        assert "1 evaluering ved en ekstern evaluator, hvor baselinemålinger mangler helt eller delvist" in html

    def test_nothing_found_gives_a_way_back(self, client):
        html = client.get(f"{LIST}?design=none&ekstern=ja").content.decode()

        assert "Ingen evalueringer" in html
        assert '<a href="/evalueringer/">Vis alle evalueringer</a>' in html

    @pytest.mark.parametrize("query", ["side=2", "side=999999999"])
    def test_page_past_the_last_is_404(self, client, query):
        assert client.get(f"{LIST}?{query}").status_code == 404

    def test_draft_is_for_staff_only(self, client, staff):
        hidden = Evaluation.objects.get(code="note:X-1")

        assert "Rambøll" not in client.get(LIST).content.decode()
        assert client.get(hidden.get_absolute_url()).status_code == 404
        client.force_login(staff)
        assert lists.found(client, LIST, "evaluator=Ramb%C3%B8ll") == ["note:X-1"]
        assert "Kladde" in page(client, hidden).text

    def test_pages_are_well_formed(self, client):
        for address in (LIST, *(each.get_absolute_url() for each in Evaluation.objects.exclude(code="note:X-1"))):
            assert outline(client.get(address)).faults() == []

    def test_list_is_in_the_menu(self, client):
        assert '<a href="/evalueringer/" aria-current="page">Evalueringer</a>' in client.get(LIST).content.decode()


class TestNextMilestone:
    @pytest.fixture
    def trial(self):
        trial = factories.make_trial()
        factories.make_evaluation(trial, code="E-1")
        return trial

    def next_kind(self, client) -> list[str]:
        counts = lists.counts(client, LIST)
        return [value for (name, value), count in counts.items() if name == "milepael" and count]

    def test_first_planned_one_is_next(self, client, trial):
        late, early = ({"planned_from": day, "planned_to": day} for day in (date(2020, 12, 1), date(2019, 6, 1)))
        factories.make_milestone("Slut", MilestoneKind.EVALUATION_FINAL, [trial], **late)
        factories.make_milestone("Midtvejs", MilestoneKind.EVALUATION_MIDTERM, [trial], **early)
        factories.make_milestone("Uden dag", MilestoneKind.EVALUATION_MINOR, [trial])

        assert self.next_kind(client) == ["evaluation_midterm"]

    @pytest.mark.parametrize(
        "fields",
        [
            {"actual_from": date(2018, 3, 1), "actual_to": date(2018, 3, 1)},
            {"planned_from": date(2018, 1, 1), "planned_to": date(2018, 12, 31)},
        ],
        ids=["has happened", "was over when the source was published"],
    )
    def test_what_is_past_is_not_next(self, client, trial, fields):
        factories.make_milestone("Måling", MilestoneKind.MEASUREMENT, [trial], source=factories.make_source(), **fields)

        assert self.next_kind(client) == ["ikke-oplyst"]

    def test_that_of_the_whole_network_counts(self, client, trial):
        factories.make_milestone("Midtvejs", MilestoneKind.EVALUATION_MIDTERM, network=trial.network)

        assert self.next_kind(client) == ["evaluation_midterm"]
        assert "Midtvejs" in page(client, Evaluation.objects.get()).part("For alle netværkets forsøg")

    def test_that_of_all_trials_is_only_on_the_page(self, client, trial):
        factories.make_milestone("Midtvejs", MilestoneKind.EVALUATION_MIDTERM)

        assert self.next_kind(client) == ["ikke-oplyst"]
        assert "Midtvejs" in page(client, Evaluation.objects.get()).part("For alle frikommuneforsøg")

    def test_those_of_others_are_left_out(self, client, trial):
        other = factories.make_trial("Andet", factories.make_network())
        factories.make_milestone("Andres", MilestoneKind.EVALUATION_MIDTERM, [other])
        factories.make_milestone("Andres", MilestoneKind.EVALUATION_MIDTERM, network=other.network)
        factories.make_milestone("Andres", MilestoneKind.START, [trial])

        assert self.next_kind(client) == ["ikke-oplyst"]
        assert "Andres" not in page(client, Evaluation.objects.get()).text


def make_many(number: int) -> None:
    network = factories.make_network()
    for _ in range(number):
        trial = factories.make_trial(network=network)
        evaluation = factories.make_evaluation(trial)
        make_traits(evaluation, Approach.EFFECT, Method.SURVEY)
        factories.make_milestone("Slut", MilestoneKind.EVALUATION_FINAL, [trial])


def test_list_costs_the_same_with_1_and_30(client):
    make_many(1)
    one = queries(client, LIST)
    make_many(30)

    assert queries(client, LIST) == one
    assert one <= 18


def test_empty_register_has_a_list(client):
    assert '<h2 id="resultat">Ingen evalueringer</h2>' in client.get(LIST).content.decode()
