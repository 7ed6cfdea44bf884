"""The filter of the trials: what each value finds, what it refuses, how many it counts, what it says of itself."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.conftest import rows_for_class
from trials import facets
from trials.enums import BasisKind, BasisRole, Publication, Status
from trials.filters import ORDERS, InvalidFilter, TrialFilter
from trials.search import LONGEST_QUERY

pytestmark = pytest.mark.django_db


def filtered(query: str = "", user=None) -> TrialFilter:
    return TrialFilter(QueryDict(query), user)


def titles(query: str = "") -> list[str]:
    return [trial.title for trial in filtered(query).qs]


def counts(query: str, name: str) -> dict[str, int | None]:
    facet = next(facet for facet in facets.facets(filtered(query)) if facet.name == name)
    return {choice.value: choice.count for choice in facet.choices}


@pytest.fixture(scope="class")
def small(django_db_setup, django_db_blocker):
    """Two networks with two trials each, in three municipalities."""
    with rows_for_class(django_db_blocker):
        make_small()
        yield


def make_small():
    aalborg, laesoe, odense = (
        factories.make_municipality(name, code)
        for name, code in (("Aalborg", "851"), ("Læsø", "825"), ("Odense", "461"))
    )
    work, homes = factories.make_network(1, "Arbejde"), factories.make_network(2, "Boliger")
    factories.make_membership(work, aalborg)
    early, late = factories.make_round(1, date(2017, 7, 1)), factories.make_round(2, date(2018, 1, 1))
    loans = factories.make_trial(
        "Mikrolån", work, [aalborg, laesoe], Status.RUNNING, application_round=early, in_force_from=date(2017, 7, 1)
    )
    factories.make_basis(loans, factories.make_provision(9), BasisKind.EXEMPTION)
    factories.make_basis(loans, factories.make_provision(10), BasisKind.EXEMPTION)
    factories.make_basis(loans, factories.make_provision(11), role=BasisRole.DEVIATES_FROM)
    talks = factories.make_trial("Åbne samtaler", work, [aalborg], Status.NOT_PURSUED, application_round=late)
    factories.make_basis(talks, kind=BasisKind.EXISTING_LAW)
    factories.make_trial("Ælde boliger", homes, [laesoe], Status.RUNNING, in_force_from=date(2018, 1, 1))
    factories.make_trial("Parkering", homes)
    factories.make_status(loans.participations.get(municipality=laesoe), Status.RUNNING)
    factories.make_trial("Kladde", homes, [odense], publication=Publication.DRAFT)


INVALID = {
    "netvaerk=01x": "»01x«",
    "netvaerk=01": "»01«",
    "netvaerk=9": "»9«",
    "netvaerk=-1": "»-1«",
    "netvaerk=1&netvaerk=7x": "»7x«",
    "kommune=0851": "»0851«",
    "kommune=Aalborg": "»Aalborg«",
    "status=i+drift": "»i drift«",
    "status=RUNNING": "»RUNNING«",
    "status=running&status=nej": "»nej«",
    "runde=4": "»4«",
    "hjemmelstype=lov": "»lov«",
    "sortering=dato": "»dato«",
    "sortering=--titel": "»--titel«",
    "side=0": "»0«",
    "side=-1": "»-1«",
    "side=1.5": "»1.5«",
    "side=to": "»to«",
    "side=%D9%A3": "»٣«",
    "side=1%0A": "»1�«",
    f"side={'9' * 5000}": "»999",
    "side=1&side=2": "»side«",
    "q=a&q=b": "»q«",
    f"q={'a' * (LONGEST_QUERY + 1)}": "201 tegn",
    "q=a%00b": "et tegn",
    "status=a%00b": "»a�b«",
    "q=%25": "»%«",
    "q=%3F%21": "»?!«",
}


@pytest.mark.usefixtures("small")
class TestSmallRegister:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Mikrolån", "Åbne samtaler", "Ælde boliger", "Parkering"]),
            ("netvaerk=1", ["Mikrolån", "Åbne samtaler"]),
            ("netvaerk=1&netvaerk=2", ["Mikrolån", "Åbne samtaler", "Ælde boliger", "Parkering"]),
            ("kommune=851", ["Mikrolån", "Åbne samtaler"]),
            ("kommune=851&kommune=825", ["Mikrolån", "Åbne samtaler", "Ælde boliger"]),
            ("kommune=461", []),
            ("status=running", ["Mikrolån", "Ælde boliger"]),
            ("status=unknown", ["Parkering"]),
            ("runde=1", ["Mikrolån"]),
            ("runde=1&runde=2", ["Mikrolån", "Åbne samtaler"]),
            ("hjemmelstype=exemption", ["Mikrolån"]),
            ("hjemmelstype=exemption&hjemmelstype=existing_law", ["Mikrolån", "Åbne samtaler"]),
            ("q=boliger", ["Ælde boliger", "Parkering"]),
            ("q=boliger+parkering", ["Parkering"]),
            ("status=running&netvaerk=1", ["Mikrolån"]),
            ("status=running&kommune=825&runde=1&hjemmelstype=exemption&q=lån", ["Mikrolån"]),
            ("status=running&kommune=825&runde=2", []),
        ],
    )
    def test_filter_finds(self, query, expected):
        assert titles(query) == expected

    @pytest.mark.parametrize(
        "query",
        [
            "netvaerk=&kommune=&status=&runde=&hjemmelstype=&q=&sortering=&side=",
            "q=+++&netvaerk=+",
            "ukendt=1&page=2&format=csv",
            "NETVAERK=1",
            "sortering=nummer&side=1",
            "netvaerk=1&netvaerk=&netvaerk=1&netvaerk=2",
        ],
    )
    def test_filter_ignores_empty_values_and_unknown_parameters(self, query):
        assert titles(query) == titles("")
        assert len(titles(query)) == 4

    @pytest.mark.parametrize("query", INVALID)
    def test_invalid_value_is_named_and_finds_nothing(self, query):
        trials = filtered(query)

        assert not trials.is_valid()
        assert any(INVALID[query] in message for message in trials.messages)
        assert all(len(message) < 200 for message in trials.messages)
        with pytest.raises(InvalidFilter):
            _ = trials.qs
        with pytest.raises(InvalidFilter):
            trials.narrowed()

    @pytest.mark.parametrize("query", INVALID)
    @pytest.mark.parametrize("address", ["/forsoeg/", "/forsoeg.csv"])
    def test_invalid_value_answers_400_without_trials(self, client, address, query):
        response = client.get(f"{address}?{query}")

        assert response.status_code == 400
        assert "Mikrolån" not in response.content.decode()
        assert "\0" not in response.content.decode()

    def test_all_errors_are_told_at_once(self):
        assert len(filtered("status=x&runde=9&side=0").messages) == 3

    def test_longest_query_is_searched(self):
        assert titles("q=" + "+".join(["lån"] * (LONGEST_QUERY // 4))) == ["Mikrolån"]

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            ("nummer", ["Mikrolån", "Åbne samtaler", "Ælde boliger", "Parkering"]),
            ("-nummer", ["Parkering", "Ælde boliger", "Åbne samtaler", "Mikrolån"]),
            ("titel", ["Mikrolån", "Parkering", "Ælde boliger", "Åbne samtaler"]),
            ("-titel", ["Åbne samtaler", "Ælde boliger", "Parkering", "Mikrolån"]),
            ("ikrafttraedelse", ["Mikrolån", "Ælde boliger", "Åbne samtaler", "Parkering"]),
            ("-ikrafttraedelse", ["Ælde boliger", "Mikrolån", "Åbne samtaler", "Parkering"]),
            ("status", ["Mikrolån", "Ælde boliger", "Åbne samtaler", "Parkering"]),
            ("-status", ["Parkering", "Åbne samtaler", "Mikrolån", "Ælde boliger"]),
        ],
    )
    def test_order(self, order, expected):
        assert titles(f"sortering={order}") == expected

    def test_every_order_is_tested(self):
        assert set(ORDERS) == {
            f"{sign}{name}" for name in ("nummer", "titel", "ikrafttraedelse", "status") for sign in ("", "-")
        }

    def test_counts_leave_out_the_facets_own_choice(self):
        assert counts("status=running", "status") == counts("", "status")
        assert counts("status=running", "netvaerk") == {"1": 1, "2": 1}
        assert counts("status=running&netvaerk=1", "status")["running"] == 1
        assert counts("kommune=851", "hjemmelstype")["existing_law"] == 1

    def test_counts_count_a_trial_with_several_bases_of_a_kind_once(self):
        assert counts("", "hjemmelstype")["exemption"] == 1

    def test_municipalities_to_choose_from(self):
        listed = counts("", "kommune")

        assert listed == {"825": 2, "851": 2}, "those in a network or with trials, in Danish order"
        assert counts("kommune=461", "kommune") == {"825": 2, "461": 0, "851": 2}, "and one that is chosen"

    def test_facets_of_invalid_filter_keep_what_is_valid_and_count_nothing(self):
        found = {facet.name: facet for facet in facets.facets(filtered("status=running&netvaerk=1&netvaerk=x"))}

        assert [choice.value for choice in found["status"].choices if choice.selected] == ["running"]
        assert [choice.value for choice in found["netvaerk"].choices if choice.selected] == ["1"]
        assert {choice.count for facet in found.values() for choice in facet.choices} == {None}

    def test_pills_remove_one_value_and_go_to_the_first_page(self):
        trials = filtered("q=lån&status=running&status=planned&netvaerk=1&sortering=titel&side=3&andet=1")

        assert {pill.label: pill.url for pill in facets.pills(trials)} == {
            "Søgning: »lån«": "/forsoeg/?netvaerk=1&status=planned&status=running&sortering=titel",
            "Netværk: Arbejde": "/forsoeg/?q=l%C3%A5n&status=planned&status=running&sortering=titel",
            "Status: Planlagt": "/forsoeg/?q=l%C3%A5n&netvaerk=1&status=running&sortering=titel",
            "Status: I drift": "/forsoeg/?q=l%C3%A5n&netvaerk=1&status=planned&sortering=titel",
        }

    def test_pill_of_the_only_filter_leads_to_the_whole_list(self):
        assert [pill.url for pill in facets.pills(filtered("runde=2"))] == ["/forsoeg/"]
        assert facets.pills(filtered("")) == []

    @pytest.mark.parametrize(
        ("query", "count", "expected"),
        [
            ("", 79, "79 forsøg"),
            ("", 0, "Ingen forsøg"),
            ("netvaerk=1", 2, "2 forsøg i netværket »Arbejde«"),
            ("status=running&status=planned", 1, "1 forsøg med status »Planlagt« eller »I drift«"),
            ("kommune=461&kommune=851&kommune=825", 3, "3 forsøg i Læsø Kommune, Odense Kommune eller Aalborg Kommune"),
            ("runde=1&runde=2", 2, "2 forsøg fra 1. eller 2. ansøgningsrunde"),
            ("hjemmelstype=unsettled&q=b", 5, "5 forsøg med hjemmelstypen »Ikke afklaret«, som indeholder »b«"),
        ],
    )
    def test_sentence(self, query, count, expected):
        assert facets.sentence(filtered(query), count) == expected

    def test_drafts_are_counted_for_staff_only(self, django_user_model):
        staff = django_user_model.objects.create_user("redaktør", is_staff=True)

        assert filtered("kommune=461", staff).qs.count() == 1
        assert filtered("kommune=461").qs.count() == 0


CODES_OF: dict[str, Callable] = {
    "netvaerk": lambda trial: {str(trial.network.number)},
    "kommune": lambda trial: {participation.municipality.code for participation in trial.participations.all()},
    "runde": lambda trial: {str(trial.application_round.number)} if trial.application_round else set(),
    "hjemmelstype": lambda trial: {basis.kind for basis in trial.legal_bases.all()} - {""},
}
"""What a trial has of some parameters, read off the records rather than asked of the database. The others and how they
go together: tests/test_trial_filters.py."""


def expected_of(trials, chosen: dict[str, set[str]]) -> list:
    return [trial for trial in trials if all(CODES_OF[name](trial) & codes for name, codes in chosen.items() if codes)]


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    def test_each_network_has_its_trials(self):
        assert filtered().qs.count() == 79
        assert list(counts("", "netvaerk").values()) == [20, 23, 13, 10, 1, 4, 8, 0]

    def test_44_municipalities_to_choose_from_and_all_98_valid(self):
        assert len(counts("", "kommune")) == 44
        assert len(filtered().vocabularies["kommune"]) == 98

    @pytest.mark.parametrize("name", CODES_OF)
    def test_choosing_a_value_gives_its_count(self, name):
        trials = list(filtered().qs.for_list())
        for code, count in counts("", name).items():
            found = list(filtered(f"{name}={code}").qs)
            assert len(found) == count, f"{name}={code}"
            assert found == expected_of(trials, {name: {code}}), f"{name}={code}"

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_choice_finds_and_counts_what_the_records_say(self, data):
        trials = list(filtered().qs.for_list())
        values = {name: list(options) for name, options in filtered().vocabularies.items()}
        chosen = {name: set(data.draw(st.lists(st.sampled_from(values[name]), max_size=4))) for name in CODES_OF}
        query = QueryDict(mutable=True)
        for name, codes in chosen.items():
            query.setlist(name, sorted(codes))

        assert list(filtered(query.urlencode()).qs) == expected_of(trials, chosen)
        for name in CODES_OF:
            under_others = expected_of(trials, chosen | {name: set()})
            for code, count in counts(query.urlencode(), name).items():
                assert count == sum(code in CODES_OF[name](trial) for trial in under_others), f"{name}={code}"

    @pytest.mark.parametrize("order", ORDERS)
    def test_every_order_is_total_and_stable(self, order):
        found = list(filtered(f"sortering={order}").qs)
        assert len(found) == len(set(found)) == 79
        assert found == list(filtered(f"sortering={order}").qs)
