"""The milestones: the list with its filter, and the calendar."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from networks.enums import Standing
from tests import factories, lists
from tests.conftest import rows_for_class
from tests.outline import outline
from trials import known
from trials.enums import MilestoneKind, Publication
from trials.models import Milestone

pytestmark = pytest.mark.django_db

LIST = "/milepaele/"
SUMMER = {"planned_from": date(2019, 6, 1), "planned_to": date(2019, 8, 31), "date_text": "i sommeren 2019"}


def events(client, query: str = "") -> list:
    """The events of the calendar, which must answer 200."""
    return calendar(client, query).walk("VEVENT")


def calendar(client, query: str = "") -> Calendar:
    response = client.get(f"/milepaele.ics?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n")), "lines are folded"
    return Calendar.from_ical(response.content)


def make_small():
    """Milestones of a trial, of a network, of all, without time, and of a draft."""
    work, homes = factories.make_network(1, "Arbejde"), factories.make_network(2, "Boliger")
    thisted, odense = factories.make_municipality("Thisted", "787"), factories.make_municipality("Odense", "461")
    factories.make_membership(homes, odense, Standing.PASSIVE)
    factories.make_membership(work, odense)
    loans = factories.make_trial("Mikrolån", work, [thisted])
    hidden = factories.make_trial("Hemmeligt", homes, [thisted], publication=Publication.DRAFT)
    source = {"source": factories.make_source(), "section": "1.1"}
    opened = {"actual_from": date(2018, 3, 1), "actual_to": date(2018, 3, 1), "date_text": "d. 1.3. 2018"}
    factories.make_milestone("Åbning", trials=[loans], code="note:P-1", quotation="åbnede", **opened, **source)
    factories.make_milestone("Midtvejs", MilestoneKind.EVALUATION_MIDTERM, network=homes, code="b", **SUMMER, **source)
    factories.make_milestone(
        "Frist", "decision", code="c", planned_from=date(2018, 10, 1), planned_to=date(2018, 10, 1)
    )
    factories.make_milestone("Afslutning", MilestoneKind.OTHER, [loans], code="d", date_text="til sidst", note="Uvist")
    factories.make_milestone("Hemmelig", trials=[hidden], code="e", **SUMMER)
    factories.make_milestone("Fælles", MilestoneKind.MEETING, [loans, hidden], code="f", network=None, **opened)


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
            ("", ["f", "note:P-1", "c", "b", "d"]),
            ("sortering=-dato", ["b", "c", "f", "note:P-1", "d"]),
            ("netvaerk=1", ["note:P-1", "d"]),
            ("netvaerk=1&netvaerk=2", ["note:P-1", "b", "d"]),
            ("kommune=787", ["f", "note:P-1", "d"]),
            ("kommune=461", ["b"]),
            ("kommune=461&kommune=787&art=operation", ["note:P-1"]),
            ("forsoeg=FKII-1-01", ["f", "note:P-1", "d"]),
            ("art=decision&art=meeting", ["f", "c"]),
            ("fra=2018-03-02", ["c", "b"]),
            ("til=2018-03-01", ["f", "note:P-1"]),
            ("fra=2019-08-31&til=2019-12-31", ["b"]),
            ("fra=2018-03-01&til=2018-03-01&netvaerk=1", ["note:P-1"]),
            ("fra=2019-09-01", []),
            ("q=uvist", ["d"]),
            ("q=SOMMEREN", ["b"]),
            ("q=midtvejsevaluering", ["b"]),
            ("q=åbning&fra=2018-01-01", ["note:P-1"]),
            ("fra=&til=&q=&art=", ["f", "note:P-1", "c", "b", "d"]),
        ],
    )
    def test_filter(self, client, query, expected):
        assert lists.found(client, LIST, query) == expected

    @pytest.mark.parametrize("query", ["", "fra=2018-03-01&til=2018-12-31", "netvaerk=1", "art=operation"])
    def test_counts_are_what_choosing_gives(self, client, query):
        offered = lists.counts(client, LIST, query)
        given = set(query.split("&"))
        free = [(name, value, count) for (name, value), count in offered.items() if f"{name}=" not in query]

        assert any(count for *_, count in free)
        for name, value, count in free:
            assert len(lists.found(client, LIST, "&".join([*given, f"{name}={value}"]))) == count, (name, value)

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("fra=sommer", "»sommer« er ikke en dag skrevet som 2018-12-01."),
            ("til=2019-02-30", "»2019-02-30« er ikke en dag skrevet som"),
            ("til=1.3.2019", "»1.3.2019« er ikke en dag skrevet som"),
            ("fra=2019-01-02&til=2019-01-01", "»fra« (2. januar 2019) ligger efter »til« (1. januar 2019)."),
            ("fra=2019-01-01&fra=2019-01-02", "Parameteren »fra« kan kun have én værdi."),
            ("netvaerk=9", "Der er intet netværk med nummeret »9«."),
            ("kommune=1", "Der er ingen kommune med kommunekoden »1«."),
            ("forsoeg=FKII-2-01", "Der er intet forsøg med id'et »FKII-2-01«."),
            ("art=fest", "Der er ingen art med koden »fest«."),
            ("sortering=art", "Der kan ikke sorteres efter »art«."),
            ("side=0", "»0« er ikke et sidetal."),
            ("fra=%00%1f", "er ikke en dag skrevet som"),
        ],
    )
    def test_unknown_value_is_said_on_page_and_in_calendar(self, client, query, message):
        page, file = client.get(f"{LIST}?{query}"), client.get(f"/milepaele.ics?{query}")

        assert (page.status_code, file.status_code) == (400, 400)
        assert message in outline(page).text
        assert message in file.content.decode()
        assert "Åbning" not in outline(page).text

    def test_row_keeps_planned_and_actual_apart_and_a_season_a_season(self, client):
        page = outline(client.get(LIST))
        text = " ".join(page.text.split()).replace("juni – august", "juni–august")

        assert page.faults() == []
        assert "5 milepæle" in text
        assert "Midtvejs Midtvejsevaluering · Boliger i sommeren 2019 juni–august 2019 ikke oplyst" in text
        assert "Åbning Drift · FKII-1-01 ikke oplyst d. 1.3. 2018 1. marts 2018" in text
        assert "Frist Beslutning · ikke knyttet til et netværk 1. oktober 2018 ikke oplyst" in text
        assert "Kilde: afsnit 1.1 (P-1)" in text
        assert "1 milepæl har intet tidspunkt og er ikke i kalenderen." in text

    def test_period_is_said_and_can_be_taken_away(self, client):
        response = client.get(f"{LIST}?fra=2018-03-01&til=2018-12-31&netvaerk=1")
        page = outline(response)

        assert "1 milepæl i netværket »Arbejde« fra og med 1. marts 2018 til og med 31. december 2018" in page.text
        assert [(pill.label, pill.url) for pill in response.context["pills"]] == [
            ("Netværk: Arbejde", "/milepaele/?fra=2018-03-01&til=2018-12-31"),
            ("Fra og med 1. marts 2018", "/milepaele/?netvaerk=1&til=2018-12-31"),
            ("Til og med 31. december 2018", "/milepaele/?netvaerk=1&fra=2018-03-01"),
        ]
        assert "/milepaele.ics?netvaerk=1&fra=2018-03-01&til=2018-12-31" in page.links.values()

    def test_nothing_found_says_so(self, client):
        assert "Ingen milepæle passer" in outline(client.get(f"{LIST}?fra=2030-01-01")).text

    def test_page_past_the_last_is_404(self, client):
        assert client.get(f"{LIST}?side=2").status_code == 404

    def test_staff_see_drafts(self, admin_client):
        assert lists.found(admin_client, LIST, "netvaerk=2") == ["b", "e"]

    @pytest.mark.parametrize("address", [LIST, "/milepaele.ics"])
    def test_outsiders_see_nothing_of_drafts(self, client, address):
        text = client.get(address).content.decode()

        assert "Hemmelig" not in text
        assert "FKII-2-01" not in text
        assert "Fælles" in text


@pytest.mark.usefixtures("small")
class TestCalendar:
    def test_season_fills_its_period_and_says_so(self, client):
        [event] = events(client, "netvaerk=2")

        assert str(event["summary"]) == "Planlagt: Midtvejs (i sommeren 2019)"
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2019, 6, 1), date(2019, 9, 1))
        assert str(event["description"]).splitlines() == [
            "Planlagt »i sommeren 2019«, juni–august 2019",
            "Tidspunktet er kun kendt som en periode, og begivenheden varer hele perioden.",
            "Art: Midtvejsevaluering",
            "Netværk: Boliger",
            f"Kilde: {factories.make_source()}, afsnit 1.1",
        ]
        assert event["status"] == "TENTATIVE"
        assert event["url"] == "http://testserver/netvaerk/boliger/"
        assert event["uid"] == str(known.permanent_id("milestone", "b"))
        assert event.decoded("dtstamp") == datetime(2019, 2, 27, 23, tzinfo=UTC)

    def test_day_is_one_day_and_no_more(self, client):
        [event] = events(client, "netvaerk=1")

        assert str(event["summary"]) == "Åbning"
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2018, 3, 1), date(2018, 3, 2))
        assert "periode" not in event["description"]
        assert "Sket »d. 1.3. 2018«, 1. marts 2018" in event["description"]
        assert "Forsøg: FKII-1-01 Mikrolån" in event["description"]
        assert event["status"] == "CONFIRMED"
        assert event["url"] == "http://testserver/forsoeg/FKII-1-01-mikrolaan/"

    def test_undated_are_left_out(self, client):
        assert {str(event["summary"]) for event in events(client)} == {
            "Fælles",
            "Åbning",
            "Planlagt: Frist",
            "Planlagt: Midtvejs (i sommeren 2019)",
        }
        assert events(client, "art=other") == []

    def test_milestone_of_all_leads_to_the_list(self, client):
        [event] = events(client, "art=decision")

        assert event["url"] == "http://testserver/milepaele/"
        assert "Oplyst til registeret" in event["description"]

    def test_calendar_is_named_after_its_filter(self, client):
        name = "Milepæle i frikommuneforsøgene: Netværk: Arbejde; Fra og med 1. januar 2018"

        assert str(calendar(client, "netvaerk=1&fra=2018-01-01&side=9")["x-wr-calname"]) == name
        assert str(calendar(client)["x-wr-calname"]) == "Milepæle i frikommuneforsøgene"

    def test_reader_who_has_it_is_told_so(self, client):
        tag = client.get("/milepaele.ics")["ETag"]

        assert client.get("/milepaele.ics", headers={"if-none-match": tag}).status_code == 304


def test_time_that_happened_is_the_events_and_the_planned_is_told(client):
    happened = {"actual_from": date(2019, 9, 1), "actual_to": date(2019, 9, 30)}
    factories.make_milestone("Evaluering", **SUMMER, **happened)
    [event] = events(client)

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2019, 9, 1), date(2019, 10, 1))
    assert str(event["summary"]) == "Evaluering (september 2019)"
    first = str(event["description"]).splitlines()[0]
    assert first == "Planlagt »i sommeren 2019«, juni–august 2019 · sket september 2019"


def test_what_two_places_say_is_one_event(client):
    trial = factories.make_trial()
    for section in ("1.1", "1.2"):
        source = {"source": factories.make_source(), "section": section}
        factories.make_milestone(trials=[trial], code=f"note:M-{section}", **SUMMER, **source)
    [event] = events(client)

    assert "afsnit 1.1; også afsnit 1.2" in event["description"]
    assert len(lists.found(client, LIST)) == 2


def test_open_end_is_a_day_at_least(client):
    Milestone.objects.create(label="Fra", kind="other", planned_from=date(2019, 6, 1))
    Milestone.objects.create(label="Til", kind="other", actual_to=date(2019, 7, 1))
    found = {str(event["summary"]): event.decoded("dtstart") for event in events(client)}

    assert found == {"Planlagt: Fra": date(2019, 6, 1), "Til": date(2019, 7, 1)}
    assert len(lists.found(client, LIST, "fra=2019-07-01&til=2019-07-01")) == 1


@pytest.mark.parametrize("address", [LIST, "/milepaele.ics"])
def test_pages_cost_the_same_with_1_and_60(client, address):
    network = factories.make_network()
    odense = factories.make_municipality("Odense")
    source = {"source": factories.make_source(), "section": "1.1"}

    def grow(number: int) -> None:
        for place in range(number):
            trial = factories.make_trial(f"Nr. {number} {place}", network, [odense])
            factories.make_milestone(f"Nr. {number} {place}", trials=[trial], **SUMMER, **source)

    grow(1)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    grow(60)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200

    assert len(many) == len(one)


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=90)


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(label=anything, note=anything)
@example(label="BEGIN:VEVENT\r\nEND:VCALENDAR;,\\n\x0b", note='"\x85\u2028æ' * 40)
def test_any_text_gives_a_valid_calendar(client, label, note):
    if not Milestone.objects.exists():
        factories.make_milestone(**SUMMER)
    Milestone.objects.update(label=label, note=note, date_text="")
    [event] = events(client)

    shown = " ".join(f"Planlagt: {known.legible(label)} (juni–august 2019)".split())
    assert str(event["summary"]) == shown
    said = " ".join(known.legible(note).split())
    assert (said in str(event["description"]).splitlines()) or not said


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_milestone_is_listed_and_every_dated_one_is_in_the_calendar(self, client):
        response = client.get(LIST)
        assert response.context["page_obj"].paginator.count == Milestone.objects.count() == 59
        assert response.context["undated"] == 3
        # M-032, M-036 and M-055 repeat M-013, M-014 and M-020.
        found = events(client)
        assert len(found) == 53
        assert len({event["uid"] for event in found}) == len(found)

    def test_counts_are_what_choosing_gives(self, client):
        assert lists.miscounted(client, LIST) == []

    def test_network_and_trial_lead_to_their_calendar(self, client):
        for page, address in (
            ("/forsoeg/FKII-5-01-etablering-af-rammer-for-tvaerkommunale-akutfunktioner/", "forsoeg=FKII-5-01"),
            ("/netvaerk/nye-samarbejdsformer-paa-det-somatiske-akutomraade/", "netvaerk=5"),
        ):
            links = outline(client.get(page)).links.values()
            assert f"/milepaele.ics?{address}" in links
            assert f"/milepaele/?{address}" in links
            assert len(events(client, address)) > 3

    def test_trial_without_milestones_offers_no_calendar(self, client):
        page = client.get("/forsoeg/FKII-1-08/", follow=True)

        assert "Hent og abonnér" in outline(page).text
        assert "milepaele.ics" not in page.content.decode()
