"""The list of municipalities and the page of one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import Standing
from networks.models import Municipality
from tests import factories
from tests.many import make_many_trials
from tests.outline import outline
from trials.enums import BasisKind, BasisRole, Decision, Precision, Publication, Reason, Status
from trials.models import Participation, Trial

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_list_says_how_many_take_part(self, client) -> None:
        text = outline(client.get("/kommuner/")).text

        assert "44 kommuner er eller har været med i et netværk; 38 deltager aktivt." in text
        assert "54 kommuner er ikke med og har ikke været med i et netværk." in text

    def test_list_names_all_municipalities_in_danish_order(self, client) -> None:
        page = outline(client.get("/kommuner/"))
        members = [text for level, text in page.headings if level == 3]
        others = page.part("Kommuner uden for netværkene").splitlines()[1:]

        assert (len(members), len(others)) == (44, 54)
        assert members[-4:] == ["Vesthimmerlands", "Aabenraa", "Aalborg", "Aarhus"]
        assert others[-2:] == ["Vordingborg", "Ærø"]
        assert {*members, *others} == set(Municipality.objects.values_list("name", flat=True))

    def test_list_gives_networks_and_number_of_trials(self, client) -> None:
        page = outline(client.get("/kommuner/"))

        assert page.part("København").splitlines() == [
            "Region Hovedstaden",
            "Billige boliger og fleksible boligløsninger",
            "Sammenhængende indsatser på tværs af sektorområder",
            "25 forsøg i Københavns Kommune",
        ]
        assert page.part("Lyngby-Taarbæk").splitlines()[1:] == [
            "Nye samarbejdsformer på det somatiske akutområde (deltager ikke aktivt)",
            "0 forsøg",
        ]
        assert "Øget borgerinvolvering og samskabelse (ikke aktivt netværk)" in page.part("Holbæk")

    def test_every_municipality_has_a_sound_page_with_all_its_trials(self, client) -> None:
        municipalities = Municipality.objects.all()
        assert len(municipalities) == 98

        for municipality in municipalities:
            response = client.get(municipality.get_absolute_url())
            page = outline(response)
            assert (page.faults(), page.crumbs) == ([], ["Forside", "Kommuner", municipality.official_name])
            trials = Trial.objects.filter(participations__municipality=municipality)
            titles = {text for level, text in page.headings if level == 3}
            assert titles >= {trial.title for trial in trials}
            if not trials:
                assert "Registeret kender ingen undtagelser fra de almindelige regler i" in page.lines[1]
            assert {page.links[trial.title] for trial in trials} == {trial.get_absolute_url() for trial in trials}

    def test_municipality_has_its_own_status_and_the_trials_beside_it(self, client) -> None:
        page = outline(client.get("/kommuner/vesthimmerlands/"))

        summary, *own = page.part("Formkrav ved lovpligtige samtaler").splitlines()
        assert summary == Trial.objects.get(public_id="FKII-1-03").summary
        assert own == [
            *("For hvem", "Målgrupper er individer omfattet af LAB-loven."),
            *("Regel, der fraviges", "LAB-loven § 73 a"),
            *("Hviler på", "frikommunebekendtgørelsen § 4, § 5 og § 6"),
            *("I kraft ved lov", "fra 1. juli 2017"),
            *("Kommunens status", "I drift senest den 28. februar 2019 Kilde: afsnit 1.2"),
            *("Gælder den stadig?", "Ikke oplyst"),
            *("Kendt pr.", "28. februar 2019"),
            "FKII-1-03 · Netværk: En mere fleksibel og effektiv beskæftigelsesindsats · Kommunens deltagelse: "
            "Bilagstabel 2.1, række 3, »Kommuner«, side 35",
        ]
        unknown = page.part("Fleksibilitet i forhold til forholdstalskravene").splitlines()
        at = unknown.index("Kommunens status")
        assert unknown[at + 1 : at + 3] == ["Ikke oplyst", "Forsøget som helhed"]
        assert unknown[at + 3].startswith("I drift senest den")

    def test_answer_comes_first(self, client) -> None:
        page = outline(client.get("/kommuner/vesthimmerlands/"))

        assert page.lines[1:8] == [
            "Registeret kender 10 forsøg med andre regler end de almindelige i Vesthimmerlands Kommune. "
            "Det er oplyst, at 3 af dem er sat i gang i kommunen.",
            "Gælder undtagelserne stadig?",
            "Det er ikke oplyst for nogen af dem. Siden viser, hvad registeret vidste den 28. februar 2019. "
            "Spørg kommunen, hvis du vil vide, hvad der gælder for dig i dag.",
            "Sat i gang i kommunen (3)",
            "Forsøget er sat i gang, men kommunens egen status er ikke oplyst (6)",
            "Ikke oplyst som sat i gang (1)",
            "Vesthimmerlands Kommune deltager aktivt i 1 frikommunenetværk og er med i 10 forsøg.",
        ]

    def test_municipality_counts_its_own_statuses(self, client) -> None:
        municipality = Municipality.objects.get(name="Vesthimmerlands")
        counts = municipality.participations.count_by_status()
        lines = outline(client.get(municipality.get_absolute_url())).lines

        assert len(counts) > 2
        assert [line for line in lines if "antal:" in line] == [
            f"{status.label} antal: {number}" for status, number in counts.items()
        ]

    def test_municipality_says_code_region_and_networks(self, client) -> None:
        page = outline(client.get("/kommuner/koebenhavn/"))

        assert "Københavns Kommune deltager aktivt i 2 frikommunenetværk og er med i 25 forsøg." in page.text
        assert page.part("Om kommunen") == "\n".join(["Kommunekode", "101", "Region", "Hovedstaden"])
        assert page.links["Søg i kommunens forsøg"] == "/forsoeg/?kommune=101"
        assert client.get(page.links["Hent kommunens forsøg som CSV"]).status_code == 200

    @pytest.mark.parametrize(
        ("slug", "said"),
        [
            ("aeroe", "Ærø Kommune er ikke med og har ikke været med i et frikommunenetværk."),
            (
                "lyngby-taarbaek",
                "er med i netværket »Nye samarbejdsformer på det somatiske akutområde«, men deltager ikke",
            ),
            (
                "holbaek",
                "var med i netværket »Øget borgerinvolvering og samskabelse«, som ikke fik imødekommet noget forsøg",
            ),
        ],
    )
    def test_municipality_outside_says_so(self, client, slug, said) -> None:
        text = outline(client.get(f"/kommuner/{slug}/")).text

        assert said in text
        assert "er ikke med i noget forsøg i registeret." in text
        assert "Registeret dækker kun Frikommuneforsøg II (2016–2020) og bygger på oplysninger fra februar 2019" in text
        assert "Det betyder ikke, at kommunen altid har fulgt de almindelige regler." in text

    def test_list_is_soundly_built(self, client) -> None:
        response = client.get("/kommuner/")

        assert (outline(response).faults(), outline(response).crumbs) == ([], ["Forside", "Kommuner"])
        assert "VIVE 2019" in response.content.decode()


@pytest.fixture
def participation() -> Participation:
    trial = factories.make_trial("Mikrolån", in_force_from=date(2018, 1, 1))
    return factories.make_participation(trial, factories.make_municipality("Læsø"))


def entry(client) -> str:
    return outline(client.get("/kommuner/laesoe/")).part("Mikrolån")


def test_municipality_shows_differing_status_of_the_trial(client, participation) -> None:
    factories.make_status(participation, Status.PLANNED)
    factories.make_status(participation.trial, Status.RUNNING, date(2018, 12, 1), Precision.ON)

    assert "Planlagt senest den 28. februar 2019" in entry(client)
    assert "Forsøget som helhed\nI drift den 1. december 2018" in entry(client)
    assert stage(client) == "Ikke oplyst som sat i gang", "the trial runs, but not here"


def test_municipality_shows_reason_note_and_newest_event_only(client, participation) -> None:
    factories.make_status(participation, Status.PLANNED, date(2018, 1, 1))
    reason = {"reason": Reason.NO_PARTNER, "note": "Venter på nabokommunen"}
    factories.make_status(participation, Status.AWAITING, date(2018, 6, 1), **reason)

    assert "Afventer senest den 1. juni 2018 · Ingen partner fundet Venter på nabokommunen" in entry(client)
    assert "Planlagt" not in entry(client)


def test_municipality_tells_what_the_trial_rests_on_from_what_it_deviates_from(client, participation) -> None:
    act = factories.make_act(code="serviceloven", title="Lov om social service")
    factories.make_basis(participation.trial, factories.make_provision(25))
    factories.make_basis(participation.trial, factories.make_provision(27, "c", subsection=3))
    factories.make_basis(participation.trial, factories.make_provision(184, act=act), BasisKind.EXPERIMENT_CLAUSE)
    factories.make_basis(participation.trial, factories.make_provision(52, act=act), role=BasisRole.DEVIATES_FROM)
    factories.make_basis(participation.trial, kind=BasisKind.EXISTING_LAW)

    lines = entry(client).splitlines()

    assert (
        lines[lines.index("Hviler på") + 1]
        == "frikommuneloven § 25 og § 27 c, stk. 3; serviceloven § 184; Muligt efter gældende regler"
    )
    assert lines[lines.index("Regel, der fraviges") + 1] == "serviceloven § 52"


def test_municipality_says_when_date_and_basis_are_not_given(client, participation) -> None:
    Trial.objects.update(in_force_from=None)

    text = entry(client)
    assert "Regel, der fraviges\nIkke oplyst\nHviler på\nIkke oplyst\nI kraft ved lov\nIngen dato oplyst" in text
    assert text.endswith("Kendt pr.\nIkke oplyst\nFKII-1-01 · Netværk: Netværk nr. 1")


def test_municipality_of_several_networks_without_active_part_gets_a_sentence_for_each(client) -> None:
    municipality = factories.make_municipality("Læsø")
    factories.make_membership(factories.make_network(1, "Første"), municipality, Standing.FORMER)
    factories.make_membership(factories.make_network(2, "Andet"), municipality, Standing.PASSIVE)
    factories.make_membership(factories.make_network(3, "Tredje", is_active=False), municipality)

    assert outline(client.get("/kommuner/laesoe/")).lines[2:5] == [
        "Læsø Kommune har tidligere været med i netværket »Første«.",
        "Læsø Kommune er med i netværket »Andet«, men deltager ikke aktivt.",
        "Læsø Kommune var med i netværket »Tredje«, som ikke fik imødekommet noget forsøg og derfor ikke er aktivt.",
    ]


def stage(client) -> str:
    """The heading under which the trial stands."""
    headings = outline(client.get("/kommuner/laesoe/")).headings
    return headings[headings.index((3, "Mikrolån")) - 1][1].rpartition(" ")[0]


class TestStages:
    """A trial stands where the events put it, and no further."""

    @pytest.mark.parametrize(
        ("own", "whole", "heading"),
        [
            (Status.RUNNING, Status.PLANNED, "Sat i gang i kommunen"),
            (Status.STARTED, None, "Sat i gang i kommunen"),
            (None, Status.RUNNING, "Forsøget er sat i gang, men kommunens egen status er ikke oplyst"),
            (None, Status.APPROVED, "Ikke oplyst som sat i gang"),
            (Status.AWAITING, Status.RUNNING, "Ikke oplyst som sat i gang"),
            (None, None, "Status er ikke oplyst"),
            (Status.ENDED, Status.RUNNING, "Slut, opgivet eller blevet almindelig lov"),
            (None, Status.MADE_GENERAL, "Slut, opgivet eller blevet almindelig lov"),
        ],
    )
    def test_own_status_counts_before_the_trials(self, client, participation, own, whole, heading) -> None:
        for subject, status in ((participation, own), (participation.trial, whole)):
            if status:
                factories.make_status(subject, status)

        assert stage(client) == heading

    def test_stages_stand_in_the_order_of_a_citizens_interest(self, client, participation) -> None:
        laesoe = participation.municipality
        for title, status in (("Slut", Status.ENDED), ("I drift", Status.RUNNING), ("Planlagt", Status.PLANNED)):
            factories.make_participation(factories.make_trial(title), laesoe, status)
        headings = outline(client.get("/kommuner/laesoe/")).headings

        assert [text for level, text in headings if level == 3][:4] == ["I drift", "Planlagt", "Mikrolån", "Slut"]

    def test_end_by_law_that_is_past_is_over_and_one_to_come_is_not(self, client, participation) -> None:
        factories.make_status(participation, Status.RUNNING)
        Trial.objects.update(in_force_to=date(2999, 1, 1))
        assert stage(client) == "Sat i gang i kommunen"
        assert "Gælder den stadig?\nEr i kraft ved lov til 1. januar 2999." in entry(client)
        Trial.objects.update(in_force_to=date(2020, 6, 30))

        assert stage(client) == "Slut, opgivet eller blevet almindelig lov"
        assert "Gælder den stadig?\nVar i kraft ved lov til 30. juni 2020." in entry(client)


class TestWhetherItStillApplies:
    def test_outcome_that_came_is_told_and_one_expected_is_not(self, client, participation) -> None:
        factories.make_outcome(participation.trial, Decision.SPREAD_PARTLY, is_expected=True)
        factories.make_outcome(participation.trial, Decision.UNDECIDED)
        assert "Gælder den stadig?\nIkke oplyst" in entry(client)
        factories.make_outcome(participation.trial, effective_on=date(2018, 7, 1), law="L 232")

        assert "Gælder den stadig?\nUdfald: Udbredt helt pr. 1. juli 2018 (L 232)." in entry(client)
        assert "Det står ved hvert forsøg." in outline(client.get("/kommuner/laesoe/")).text

    def test_status_that_ends_it_is_told_with_whose_it_is(self, client, participation) -> None:
        factories.make_status(participation, Status.NOT_PURSUED)
        factories.make_status(participation.trial, Status.MADE_GENERAL, date(2018, 7, 1), Precision.ON)

        assert (
            "Gælder den stadig?\nKommunens forsøg: Gennemføres ikke senest den 28. februar 2019. "
            "Forsøget som helhed: Omsat til generel lovgivning den 1. juli 2018." in entry(client)
        )

    def test_some_of_several_are_counted(self, client, participation) -> None:
        factories.make_participation(factories.make_trial("Andet"), participation.municipality, Status.ENDED)

        assert (
            "Det er ikke oplyst for 1 af dem; for de øvrige står det" in outline(client.get("/kommuner/laesoe/")).text
        )


class TestDrafts:
    @pytest.fixture(autouse=True)
    def draft(self) -> None:
        municipality = factories.make_municipality("Læsø")
        factories.make_membership(factories.make_network(), municipality)
        factories.make_trial("Hemmeligt forsøg", municipalities=[municipality], publication=Publication.DRAFT)

    def test_outsiders_get_no_drafts(self, client) -> None:
        assert outline(client.get("/kommuner/")).part("Læsø").endswith("0 forsøg")
        text = outline(client.get("/kommuner/laesoe/")).text
        assert "er med i 0 forsøg" in text
        assert "Registeret kender ingen undtagelser" in text
        assert "Hemmeligt" not in text
        assert "antal:" not in text

    def test_staff_get_drafts(self, admin_client) -> None:
        assert "1 forsøg i Læsø Kommune" in outline(admin_client.get("/kommuner/")).part("Læsø")
        page = outline(admin_client.get("/kommuner/laesoe/"))
        assert "· Kladde" in page.part("Hemmeligt forsøg")
        assert "Ikke oplyst antal: 1" in page.text


@pytest.mark.parametrize("written", ["Aeroe", "AEROE", "ærø", "Ærø"])
def test_municipality_at_other_spelling_leads_to_its_address(client, written) -> None:
    factories.make_municipality("Ærø")

    response = client.get(f"/kommuner/{written}/")

    assert (response.status_code, response.headers["Location"]) == (301, "/kommuner/aeroe/")


def test_municipality_at_former_address_leads_to_the_new_one(client) -> None:
    municipality = factories.make_municipality("Brønderslev-Dronninglund")
    municipality.name, municipality.slug = "Brønderslev", "broenderslev"
    municipality.save()

    response = client.get("/kommuner/broenderslev-dronninglund/")

    assert (response.status_code, response.headers["Location"]) == (301, "/kommuner/broenderslev/")


def test_unknown_municipality_is_not_found(client) -> None:
    factories.make_municipality("Ærø")

    assert client.get("/kommuner/aroe/").status_code == 404
    assert client.get("/kommuner/%C3%A6r%C3%B8s/").status_code == 404


def test_pages_escape_what_editors_write(client) -> None:
    evil = "<script>alert(1)</script>"
    municipality = factories.make_municipality("Ond", official_name=evil, region=evil)
    network = factories.make_network(name=evil)
    factories.make_membership(network, municipality, Standing.PASSIVE)
    participation = factories.make_participation(factories.make_trial(evil, network), municipality)
    factories.make_status(participation, Status.RUNNING, note=evil)

    for address, times in (("/kommuner/", 2), (municipality.get_absolute_url(), 7)):
        html = client.get(address).content.decode()
        assert html.count("&lt;script&gt;") >= times
        assert "<script>" not in html


def test_list_makes_as_many_queries_for_98_municipalities_as_for_one(client, django_assert_num_queries) -> None:
    networks = [factories.make_network(), factories.make_network()]
    for network in networks[:1]:
        factories.make_membership(network, factories.make_municipality())
    with CaptureQueriesContext(connection) as one:
        client.get("/kommuner/")

    trials = [factories.make_trial(network=network) for network in networks]
    for _ in range(97):
        municipality = factories.make_municipality()
        for network, trial in zip(networks, trials, strict=True):
            factories.make_membership(network, municipality)
            factories.make_participation(trial, municipality)
    with django_assert_num_queries(len(one)):
        assert "98 kommuner er eller har været med" in outline(client.get("/kommuner/")).text


def test_municipality_makes_as_many_queries_for_100_trials_as_for_one(client, django_assert_num_queries) -> None:
    small, large = factories.make_municipality(), factories.make_municipality()
    provision = factories.make_provision()
    networks = [factories.make_network() for _ in range(3)]
    make_many_trials(1, networks[0], small, provision)
    factories.make_membership(networks[0], small)
    for network in networks[1:]:
        make_many_trials(50, network, large, provision)
        factories.make_membership(network, large)
    client.get("/datakvalitet/")  # the findings are looked for once for all pages
    with CaptureQueriesContext(connection) as one:
        client.get(small.get_absolute_url())

    with django_assert_num_queries(len(one)):
        response = client.get(large.get_absolute_url())
    assert "er med i 100 forsøg." in outline(response).text
