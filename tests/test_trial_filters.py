"""What each parameter of the trials' filter means, and that the number beside each value is what choosing it gives."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.conftest import rows_for_class
from tests.rich_register import CALLED, make_rich_register
from trials import facets
from trials.enums import Reason, Status
from trials.filters import CHOSEN, TrialFilter

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2016, 1, 1), date(2019, 6, 1)


def filtered(query: str = "", user=None) -> TrialFilter:
    return TrialFilter(QueryDict(query), user)


def found(query: str, user=None) -> str:
    """The letters of the trials found, in order."""
    return "".join(CALLED[trial.title] for trial in filtered(query, user).qs)


def refused(query: str) -> list[str]:
    trials = filtered(query)
    assert not trials.is_valid()
    return trials.messages


def miscounted(query: QueryDict, names=CHOSEN, user=None) -> list[str]:
    """The values whose number is not that of the trials that setting the parameter to just this value gives."""
    wrong = []
    trials = TrialFilter(query, user)
    for name in names:
        counts = trials.counts(name)
        for value in trials.vocabularies[name]:
            asked = query.copy()
            asked.setlist(name, [value])
            number = TrialFilter(asked, user).qs.count()
            if number != counts.get(value, 0):
                wrong.append(f"{query.urlencode()}: {name}={value} says {counts.get(value, 0)}, but {number} trials")
    return wrong


@pytest.fixture(scope="class")
def rich(django_db_setup, django_db_blocker):
    with rows_for_class(django_db_blocker):
        make_rich_register()
        yield


@pytest.mark.usefixtures("rich")
class TestRichRegister:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("region=1081", "ab"),
            ("region=1082&region=1083", "ac"),
            ("maalgruppe=adults", "c"),
            ("maalgruppe=families", "c"),
            ("maalgruppe=young_people", ""),
            ("status=running", "ac"),
            ("status=running&kommune=851", "a"),
            ("status=running&kommune=730", "c"),
            ("status=awaiting", ""),
            ("status=awaiting&kommune=730", "a"),
            ("status=awaiting&kommune=851", ""),
            ("status=unknown&kommune=461&kommune=851", "bc"),
            ("status=awaiting&status=running&kommune=730", "ac"),
            ("aarsag=existing_law", "b"),
            ("aarsag=no_partner", ""),
            ("aarsag=no_partner&kommune=730", "a"),
            ("aarsag=no_partner&kommune=851", ""),
            ("aarsag=no_partner&kommune=851&kommune=730&status=running", ""),
            ("aarsag=existing_law&status=not_pursued", "b"),
            ("aarsag=existing_law&pr=2018-12-01", ""),
            ("fra=2017-07-01", "ac"),
            ("fra=2017-07-02", "c"),
            ("til=2017-07-01", "a"),
            ("fra=2017-07-02&til=2017-12-31", ""),
            ("fra=2018-01-01&til=2018-01-01", "c"),
            ("lov=frikommuneloven", "ac"),
            ("lov=serviceloven", "a"),
            ("paragraf=frikommuneloven/paragraf-25", "ac"),
            ("paragraf=frikommuneloven/paragraf-25-stk-3", "a"),
            ("paragraf=frikommuneloven/paragraf-25-a", "c"),
            ("paragraf=serviceloven/paragraf-52", "a"),
            ("paragraf=serviceloven/paragraf-52-stk-3", "a"),
            ("paragraf=serviceloven/paragraf-52-stk-3-nr-1&paragraf=frikommuneloven/paragraf-25-a", "ac"),
            ("evaluering=designed", "a"),
            ("evaluering=shared", "b"),
            ("evaluering=not_finished", "c"),
            ("evaluering=ikke-oplyst", "d"),
            ("ekstern=ja", "ab"),
            ("ekstern=nej", "cd"),
            ("evaluator=VIVE", "ab"),
            ("evaluator=Rambøll", "a"),
            ("evaluator=ikke-oplyst", "cd"),
            ("tal=ja", "ac"),
            ("tal=nej", "bd"),
            ("tal=ja&pr=2018-11-01", "a"),
            ("tal=ja&pr=2018-10-31", ""),
            ("fund=contradiction&netvaerk=2", "d"),
            ("status=planned&kommune=730&pr=2018-08-31", "c"),
            ("status=running&kommune=730&pr=2018-08-31", ""),
            ("status=approved&pr=2018-05-31", "c"),
            ("status=running&pr=2018-06-01", "c"),
            ("status=unknown&pr=2018-06-01", "abd"),
        ],
    )
    def test_filter_finds(self, query, expected):
        assert found(query) == expected

    def test_all_parameters_at_once(self):
        query = (
            "q=boliger&netvaerk=2&kommune=730&region=1082&maalgruppe=adults&status=running&runde=2&fra=2018-01-01"
            "&til=2018-01-01&lov=frikommuneloven&paragraf=frikommuneloven/paragraf-25&hjemmelstype=exemption"
            "&evaluering=not_finished&ekstern=nej&evaluator=ikke-oplyst&tal=ja&fund=gap&pr=2019-03-01"
        )
        assert found(query) == "c"
        assert miscounted(QueryDict(query)) == []

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("fra=2018-13-01", "»2018-13-01« er ikke en dag skrevet som 2018-12-01."),
            ("til=1.7.2018", "»1.7.2018« er ikke en dag skrevet som 2018-12-01."),
            ("fra=2018-01-02&til=2018-01-01", "»fra« (2. januar 2018) ligger efter »til« (1. januar 2018)."),
            ("fra=2018-01-01&fra=2018-01-02", "Parameteren »fra« kan kun have én værdi."),
            ("region=81", "Der er ingen region med regionskoden »81«."),
            ("aarsag=x", "Der er ingen årsag med koden »x«."),
            ("lov=x", "Intet forsøg hviler på eller fraviger en lov med koden »x«."),
            ("paragraf=frikommuneloven/paragraf-9", "bestemmelsen »frikommuneloven/paragraf-9«"),
            ("maalgruppe=x", "Der er ingen målgruppe med koden »x«."),
            ("evaluering=x", "»x«"),
            ("ekstern=måske", "»måske« er hverken »ja« eller »nej«."),
            ("evaluator=X", "Der er ingen evaluator med navnet »X«."),
            ("tal=1", "»1« er hverken »ja« eller »nej«."),
            ("fund=x", "Der er ingen slags fund med koden »x«."),
            ("antal=26", "kun 25, 50 eller 100"),
            ("visning=liste", "»liste« er ikke en visning."),
        ],
    )
    def test_what_is_refused_is_named(self, query, expected):
        assert expected in " ".join(refused(query))

    def test_days_of_a_refused_period_stay_in_the_form(self):
        sections = facets.sections(filtered("fra=2018-01-02&til=2018-01-01"), [])
        (days,) = [part for section in sections for part in section.parts if part.name == "fra"]

        assert [(day.name, day.value) for day in days.inputs] == [("fra", date(2018, 1, 2)), ("til", date(2018, 1, 1))]
        assert days.open
        assert len(days.inputs[0].errors) == 1

    def test_what_only_a_draft_has_is_unknown_to_the_public(self, django_user_model):
        staff = django_user_model.objects.create_user("redaktør", is_staff=True)
        for query in ("lov=kladdeloven", "paragraf=kladdeloven/paragraf-1", "evaluator=Hemmelig"):
            assert refused(query)
            assert found(query, staff) == "e"
        assert filtered("", staff).counts("status")["ended"] == 1
        assert "ended" not in filtered("").counts("status")

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("kommune=730&status=running", "i Randers Kommune, hvor kommunens status er »I drift«"),
            (
                "kommune=730&kommune=851&status=awaiting&aarsag=no_partner",
                "i Randers Kommune eller Aalborg Kommune, hvor status i en af kommunerne er »Afventer« og årsagen er "
                "»Ingen partner fundet«",
            ),
            (
                "kommune=730&aarsag=no_partner",
                "i Randers Kommune, hvor kommunens status har årsagen »Ingen partner fundet«",
            ),
            ("status=awaiting&aarsag=no_partner", "med status »Afventer« med årsagen »Ingen partner fundet«"),
            (
                "paragraf=frikommuneloven/paragraf-25-stk-3&status=running&pr=2018-12-01",
                "med status »I drift« pr. 1. december 2018, som hviler på eller fraviger § 25, stk. 3 i Lov om "
                "frikommunenetværk",
            ),
            ("fra=2018-01-01", ", som er trådt i kraft ved lov den 1. januar 2018 eller senere"),
            ("til=2018-01-01", ", som er trådt i kraft ved lov senest den 1. januar 2018"),
            ("fra=2017-01-01&til=2018-01-01", "ved lov i perioden 1. januar 2017 til 1. januar 2018"),
            ("region=1081&tal=nej&ekstern=ja", "i Region Nordjylland med ekstern evaluering uden aktivitetstal"),
            ("maalgruppe=adults&maalgruppe=families", "i kommuner med fokus på voksne eller familier"),
            ("fund=contradiction&fund=gap", ", hvor registeret har fundet en modstrid eller en mangel"),
        ],
    )
    def test_sentence(self, query, expected):
        assert expected in facets.sentence(filtered(query), 3)

    def test_pills_say_and_remove_each_filter_and_keep_the_layout(self):
        trials = filtered("paragraf=frikommuneloven/paragraf-25&fra=2017-07-01&pr=2018-12-01&antal=50&visning=tabel")

        assert {pill.label: pill.url for pill in facets.pills(trials)} == {
            "Bestemmelse: § 25 i frikommuneloven": "/forsoeg/?fra=2017-07-01&pr=2018-12-01&antal=50&visning=tabel",
            "I kraft ved lov fra 1. juli 2017": (
                "/forsoeg/?paragraf=frikommuneloven/paragraf-25&pr=2018-12-01&antal=50&visning=tabel"
            ),
            "Pr. 1. december 2018": (
                "/forsoeg/?paragraf=frikommuneloven/paragraf-25&fra=2017-07-01&antal=50&visning=tabel"
            ),
        }

    def test_provisions_stand_under_their_acts(self):
        (facet,) = [facet for facet in facets.facets(filtered()) if facet.name == "paragraf"]

        assert [(choice.group, choice.label, choice.count) for choice in facet.choices] == [
            ("Lov om frikommunenetværk", "§ 25", 2),
            ("Lov om frikommunenetværk", "§ 25, stk. 3", 1),
            ("Lov om frikommunenetværk", "§ 25 a", 1),
            ("Lov om social service", "§ 52", 1),
            ("Lov om social service", "§ 52, stk. 3", 1),
            ("Lov om social service", "§ 52, stk. 3, nr. 1", 1),
        ]

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_combination_counts_what_choosing_gives(self, data):
        """Every parameter may be set; one of those that take codes is counted, value by value."""
        query = QueryDict(mutable=True)
        for name, options in filtered().vocabularies.items():
            # Mostly unset: with all set at once hardly anything would be found, and nothing counted.
            several = st.lists(st.sampled_from(list(options)), max_size=3, unique=True)
            query.setlist(name, data.draw(st.one_of(st.just([]), st.just([]), several), label=name))
        days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(days=number))
        begins, ends, pr = (data.draw(st.none() | days, label=name) for name in ("fra", "til", "pr"))
        if begins and ends and begins > ends:
            begins, ends = ends, begins
        for name, day in {"fra": begins, "til": ends, "pr": pr}.items():
            query.setlist(name, [day.isoformat()] if day else [])
        query["q"] = data.draw(st.sampled_from(["", "", "", "bolig", "lån", "samtale"]), label="q")

        assert miscounted(query, [data.draw(st.sampled_from(CHOSEN), label="counted")]) == []

    @pytest.mark.parametrize("name", CHOSEN)
    def test_every_value_alone_and_under_a_municipality_counts_what_choosing_gives(self, name, django_user_model):
        staff = django_user_model.objects.create_user("redaktør", is_staff=True)
        for query in ("", "kommune=730", "kommune=730&kommune=461&status=running", "pr=2018-08-01&kommune=730"):
            assert miscounted(QueryDict(query), [name]) == []
            assert miscounted(QueryDict(query), [name], staff) == []


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    @pytest.mark.parametrize("name", CHOSEN)
    def test_every_value_counts_what_choosing_gives(self, name):
        assert any(filtered().counts(name).values())
        assert miscounted(QueryDict(""), [name]) == []

    @pytest.mark.parametrize("query", ["kommune=730&status=running", "pr=2018-12-01&kommune=851", "status=awaiting"])
    def test_counts_under_a_filter(self, query):
        assert miscounted(QueryDict(query), ["kommune", "region", "status", "aarsag", "tal", "fund"]) == []

    def test_in_operation_in_randers(self):
        assert [trial.public_id for trial in filtered("kommune=730&status=running").qs] == [
            participation.trial.public_id
            for participation in factories.Participation.objects.filter(
                municipality__code="730", status=Status.RUNNING
            ).order_by("trial__network", "trial__number")
        ]

    def test_every_reason_stands_where_the_events_have_it(self):
        counts = filtered().counts("aarsag")
        assert sum(counts.get(reason, 0) for reason in Reason) == 16
        assert counts["existing_law"] == 5


FULL = (
    "netvaerk={n}&kommune={code}&region=1084&maalgruppe=adults&status=unknown&runde=1&fra=2018-01-01&til=2018-01-01"
    "&lov=frikommuneloven&paragraf=frikommuneloven/paragraf-27&hjemmelstype=exemption&evaluering=designed&ekstern=nej"
    "&evaluator=ikke-oplyst&tal=nej&fund=ingen&fund=gap&fund=contradiction&fund=error&q=forsøg&antal=100&visning={as_}"
)


@pytest.mark.once
@pytest.mark.parametrize("layout", ["kort", "tabel"])
@pytest.mark.parametrize("day", ["", "&pr=2019-03-01"])
def test_list_costs_the_same_with_1_and_59_trials_under_every_filter(client, layout, day):
    def page() -> int:
        network = factories.Network.objects.first()
        municipality = factories.Municipality.objects.order_by("code").first()
        address = "/forsoeg/?" + FULL.format(n=network.number, code=municipality.code, as_=layout) + day
        client.get(address)  # the findings are looked for once
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200
        numbers.append(response.context["page_obj"].paginator.count)
        return len(queries)

    numbers: list[int] = []
    factories.make_many_trials(1)
    for municipality in factories.Municipality.objects.all():
        factories.make_focus(factories.make_membership(factories.Network.objects.get(), municipality))
    one = page()
    network = factories.Network.objects.get()
    first = factories.Trial.objects.get()
    for number in range(2, 60):
        trial = factories.make_trial(
            f"Forsøg {number}", network, in_force_from=first.in_force_from, application_round=first.application_round
        )
        for part in first.participations.all():
            factories.make_participation(trial, part.municipality)
        factories.make_basis(trial, first.legal_bases.get().provision)
        factories.make_evaluation(trial)
        factories.make_cells(trial)

    assert page() == one
    assert numbers == [1, 59]
    assert one <= 35
