"""Trials side by side: which are asked for, what is said of each, where they differ, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.outline import outline
from trials.comparison import Comparison, Likeness, Selection
from trials.enums import BasisKind, BasisRole, Decision, Publication, Status
from trials.models import Trial

pytestmark = pytest.mark.django_db

TWO = "forsoeg=FKII-1-01&forsoeg=FKII-1-02"


@pytest.fixture
def trials() -> list[Trial]:
    network = factories.make_network(1, "Arbejde")
    return [factories.make_trial(title, network) for title in ("Mikrolån", "Parkering", "Skole", "Søvn", "Tilkøb")]


def get(client, query: str):
    return client.get(f"/sammenlign/?{query}")


def selection(query: str) -> Selection:
    return Selection(QueryDict(query), Trial.objects.visible_to(None))


def fact(name: str, user=None):
    found = list(Trial.objects.visible_to(user).filter(public_id__in=("FKII-1-01", "FKII-1-02")).for_page(user))
    return next(each for each in Comparison(found, user).facts if each.name == name)


def texts(name: str) -> list[list[str]]:
    return [[line.text for line in cell] for cell in fact(name).cells]


class TestSelection:
    def test_trials_come_in_the_order_asked_for_once_and_in_any_letters(self, trials):
        found = selection("forsoeg=fkii-1-03&forsoeg=FKII-1-01&forsoeg=&forsoeg=FKII-1-03&andet=x")

        assert [trial.title for trial in found.trials] == ["Skole", "Mikrolån"]
        assert (found.messages, found.is_enough) == ([], True)

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("forsoeg=FKII-9-99", "»FKII-9-99« er ikke et forsøg i registeret."),
            ("forsoeg=%00FKII-1", "»FKII-1« er ikke et forsøg i registeret."),
            ("forsoeg=<b>", "»<b>« er ikke et forsøg i registeret."),
            (f"{TWO}&vis=x", "»x« er ikke en visning. Vælg »alt« eller »forskelle«."),
            (
                "&".join(f"forsoeg=FKII-1-0{number}" for number in range(1, 6)),
                "Du har valgt 5 forsøg. Man kan højst sammenligne fire ad gangen.",
            ),
        ],
    )
    def test_what_cannot_be_answered_is_said_with_its_value(self, client, trials, query, said):
        response = get(client, query)

        assert (response.status_code, response.context["errors"]) == (400, [said])
        assert said in outline(response).text
        assert outline(response).faults() == []
        assert "<b>" not in response.content.decode()

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("", "Vælg to til fire forsøg, og se dem side om side."),
            ("forsoeg=", "Vælg to til fire forsøg, og se dem side om side."),
            ("forsoeg=FKII-1-01", "Ét forsøg er valgt. Vælg mindst ét til for at se dem side om side."),
            (
                "forsoeg=FKII-1-01&forsoeg=fkii-1-01",
                "Ét forsøg er valgt. Vælg mindst ét til for at se dem side om side.",
            ),
        ],
    )
    def test_too_few_explain_how_to_choose(self, client, trials, query, said):
        response = get(client, query)

        assert (response.status_code, outline(response).lines[1]) == (200, said)
        assert "<table" not in response.content.decode()
        assert outline(response).links["listen over alle forsøg"] == "/forsoeg/"

    def test_draft_is_no_trial_to_outsiders_and_one_to_staff(self, client, admin_client, trials):
        Trial.objects.filter(title="Parkering").update(publication=Publication.DRAFT)

        assert get(client, TWO).context["errors"] == ["»FKII-1-02« er ikke et forsøg i registeret."]
        assert "Parkering" not in get(client, "").content.decode()
        assert get(admin_client, TWO).status_code == 200

    def test_trials_are_added_and_removed_by_addresses_that_keep_the_rest(self, client, trials):
        response = get(client, f"{TWO}&vis=forskelle")
        html = response.content.decode()

        assert 'href="/sammenlign/?forsoeg=FKII-1-02&amp;vis=forskelle"' in html, "without the first"
        assert html.count('<input type="hidden" name="forsoeg"') == 2
        assert '<input type="hidden" name="vis" value="forskelle">' in html
        assert '<option value="FKII-1-03">' in html
        assert '<option value="FKII-1-01">' not in html

    def test_four_leave_no_room(self, client, trials):
        html = get(client, "&".join(f"forsoeg=FKII-1-0{number}" for number in range(1, 5))).content.decode()

        assert "comparison--4" in html
        assert "tilfoej" not in html

    def test_it_is_only_read(self, client):
        assert client.post("/sammenlign/").status_code == 405


class TestFacts:
    def test_same_different_partly_known_and_unknown_are_told_apart(self, trials):
        Trial.objects.filter(title__in=("Mikrolån", "Parkering")).update(in_force_from=date(2018, 1, 1))
        Trial.objects.filter(title="Mikrolån").update(target_group="Ledige")
        factories.make_status(trials[0], Status.RUNNING)
        factories.make_status(trials[1], Status.PLANNED)

        assert fact("Status").likeness == Likeness.DIFFERENT
        assert fact("Status gælder").likeness == Likeness.SAME
        assert fact("I kraft ved lov fra").likeness == Likeness.SAME
        assert fact("Målgruppe").likeness == Likeness.PARTLY_KNOWN
        assert fact("I kraft ved lov til").likeness == Likeness.UNKNOWN

    def test_what_is_known_of_each(self, trials):
        first, second = trials[:2]
        act = factories.make_act("serviceloven", "Lov om social service")
        factories.make_basis(first, factories.make_provision(25), BasisKind.EXEMPTION)
        factories.make_basis(first, factories.make_provision(52, subsection=3, act=act), role=BasisRole.DEVIATES_FROM)
        factories.make_basis(second, kind=BasisKind.EXISTING_LAW)
        factories.make_participation(first, factories.make_municipality("Aalborg"), Status.RUNNING)
        factories.make_participation(first, factories.make_municipality("Læsø"))
        factories.make_evaluation(second, evaluator="VIVE", is_external=True)
        factories.make_outcome(first, Decision.SPREAD_PARTLY, is_expected=True, effective_on=date(2019, 7, 1))
        factories.make_observation(trials=[first, second])
        factories.make_observation(trials=[first])

        assert texts("Hviler på") == [["frikommuneloven § 25"], ["Ingen bestemmelse nævnt"]]
        assert texts("Fraviger") == [["serviceloven § 52, stk. 3"], []]
        assert texts("Hjemmelstype") == [["Særlig undtagelse (frikommunelov)"], ["Muligt efter gældende regler"]]
        assert texts("Forsøgskommuner") == [["Læsø", "Aalborg"], ["Ingen forsøgskommune"]]
        assert texts("Kommunernes egen status") == [["I drift: 1", "Ikke oplyst: 1"], []]
        assert texts("Evaluator") == [[], ["VIVE (ekstern)"]]
        assert texts("Udfald") == [["Ventet: Udbredt delvist pr. 1. juli 2019"], []]
        assert texts("Aktivitetstal") == [["2"], ["1"]]
        assert fact("Aktivitetstal").cells[0][0].url == "/aktivitetstal/?forsoeg=FKII-1-01"
        assert texts("Erfaringer") == [["0"], ["0"]]

    def test_page_marks_differences_in_words_and_shows_only_them_when_asked(self, client, trials):
        factories.make_status(trials[0], Status.RUNNING)
        factories.make_status(trials[1], Status.PLANNED)
        every, some = (outline(get(client, f"{TWO}{more}")).text for more in ("", "&vis=forskelle"))

        assert "Status forskellig" in every.replace("\n", " ")
        assert "Netværk ens" in every
        assert "I kraft ved lov til ikke oplyst" in every
        assert "Status forskellig" in some.replace("\n", " ")
        assert "Netværk ens" not in some
        assert "Kun de oplysninger, der er forskellige" in some

    def test_page_is_soundly_built(self, client, trials):
        page = outline(get(client, TWO))

        assert (page.faults(), page.crumbs) == ([], ["Forside", "Forsøg", "Sammenlign"])
        assert page.links["Mikrolån"] == trials[0].get_absolute_url()


class TestWaysThere:
    def test_list_has_a_mark_for_each_trial_and_a_form_they_belong_to(self, client, trials):
        html = client.get("/forsoeg/").content.decode()

        assert html.count('<form class="comparison-bar no-print" id="sammenlign" action="/sammenlign/"') == 1
        assert html.count('name="forsoeg" value="FKII-1-0') == html.count('form="sammenlign"') == 5

    def test_trial_leads_there(self, client, trials):
        links = outline(client.get(trials[0].get_absolute_url())).links

        assert links["Sammenlign med et andet forsøg"] == "/sammenlign/?forsoeg=FKII-1-01"


def test_three_rich_trials_cost_as_many_queries_as_two_poor(client, trials, django_assert_num_queries):
    for trial in trials[:2]:
        part = factories.make_participation(trial)
        factories.make_status(part, Status.RUNNING)
        factories.make_evaluation(trial)
        factories.make_cells(trial)
    with CaptureQueriesContext(connection) as two:
        assert get(client, TWO).status_code == 200
    for trial in trials:
        for number in range(1, 6):
            factories.make_participation(trial)
            factories.make_basis(trial, factories.make_provision(number))
            factories.make_evaluation(trial)
            factories.make_observation(trials=[trial])
            factories.make_trial(f"Andet {number}")
    for trial in trials[2:]:
        factories.make_cells(trial)
    three = f"{TWO}&forsoeg=FKII-1-03"
    with django_assert_num_queries(len(two)):
        assert get(client, three).status_code == 200
    with django_assert_num_queries(len(two) - 1):  # nothing to be added
        assert get(client, f"{three}&forsoeg=FKII-1-04").status_code == 200
