"""The figures on pages and as comma-separated values."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.outline import outline
from tests.reading import read
from trials.enums import Accuracy, Publication, Unit
from trials.exports.columns.figures import COLUMNS as FIGURE_COLUMNS
from trials.models import Observation, Trial

pytestmark = pytest.mark.django_db

HEADER = (
    "id,indikator,vaerdi,vaerdi_til,enhed,praecision,kommuner,kommunekoder,forsoeg,netvaerk,dato_fra,dato_til,kilde"
)


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


def rows(client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/aktivitetstal.csv?{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8"), newline="")))


def make_full(trial: Trial) -> Observation:
    """The figure of two municipalities that the source writes as one."""
    both = [factories.make_municipality("Læsø", "825"), factories.make_municipality("Frederikshavn", "813")]
    cell = factories.make_cells(trial)[5]
    return factories.make_observation(
        "Sager, i alt",
        "3.60",
        Unit.CASES,
        [trial],
        both,
        code="note:O-1",
        value_to="15",
        accuracy=Accuracy.ABOUT,
        from_on=date(2018, 4, 1),
        to_on=date(2018, 4, 30),
        date_text="I april",
        cell=cell,
        source=cell.source,
        quotation="Frederikshavn/Læsø",
    )


class TestFile:
    def test_columns_are_exactly_these(self, client, trial):
        make_full(trial)
        response = client.get("/aktivitetstal.csv")
        lines = response.content.decode("utf-8").split("\r\n")

        assert response["Content-Type"].startswith("text/csv; charset=utf-8")
        assert response["Content-Disposition"] == 'attachment; filename="aktivitetstal.csv"'
        assert lines == [
            HEADER,
            'note:O-1,"Sager, i alt",3.6,15,cases,about,Frederikshavn | Læsø,813 | 825,FKII-1-01,Arbejde,2018-04-01,'
            '2018-04-30,"Bilagstabel 2.1, række 1, »Ikrafttrædelse«, side 35"',
            "",
        ]
        assert HEADER.split(",") == [column.name for column in FIGURE_COLUMNS]
        assert all(column.description.endswith(".") for column in FIGURE_COLUMNS)

    def test_what_is_not_given_is_empty(self, client):
        factories.make_observation(value=1000000, unit=Unit.DKK)
        [row] = rows(client)

        assert {name for name, value in row.items() if value} == {"id", "indikator", "vaerdi", "enhed", "praecision"}
        assert row["vaerdi"] == "1000000"
        assert row["praecision"] == "counted"

    def test_figure_of_two_trials_is_one_row(self, client, trial):
        factories.make_observation(trials=[trial, factories.make_trial("To")])

        assert [row["forsoeg"] for row in rows(client)] == ["FKII-1-01 | FKII-1-02"]

    def test_formula_is_made_harmless(self, client):
        factories.make_observation("=HYPERLINK(1)")

        assert rows(client)[0]["indikator"] == "'=HYPERLINK(1)"

    def test_file_follows_the_filter(self, client, trial):
        factories.make_observation(trials=[trial])
        factories.make_observation(unit=Unit.VISITS)

        assert [row["enhed"] for row in rows(client, "enhed=visits&side=9")] == ["visits"]

    def test_invalid_filter_answers_in_plain_danish(self, client):
        response = client.get("/aktivitetstal.csv?enhed=meter")

        assert response.status_code == 400
        assert response.content.decode() == "Der er ingen enhed med koden »meter«.\n"


class TestList:
    def test_row_says_what_whose_how_exact_when_and_where(self, client, trial):
        whole = make_full(trial)
        factories.make_observation("Færdige", 2, trials=[trial], part_of=whole, note="Efter forløbet")
        page = outline(client.get("/aktivitetstal/"))

        text = " ".join(page.text.split())
        assert page.faults() == []
        assert "2 aktivitetstal" in text
        for words in (
            "Sager, i alt",
            "ca. 3,6–15",
            "Frederikshavn og Læsø (tilsammen)",
            "FKII-1-01",
            "I april april 2018",
            "Kilden skriver: Frederikshavn/Læsø",
            "Kilde: Bilagstabel 2.1, række 1, »Ikrafttrædelse«, side 35 (O-1)",
            "del af O-1",
            "Efter forløbet",
        ):
            assert words in text, words

    def test_figure_without_a_day_is_as_of_its_source(self, client):
        factories.make_observation(source=factories.make_source(), section="1.2")
        factories.make_observation("Skrevet af en redaktør")
        text = " ".join(outline(client.get("/aktivitetstal/")).text.split())

        assert "senest den 28. februar 2019" in text
        assert "ikke oplyst" in text
        assert "Oplyst til registeret (T-0002)" in text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("netvaerk=1", {"A", "B"}),
            ("kommune=851", {"B"}),
            ("forsoeg=FKII-1-01", {"A"}),
            ("enhed=visits", {"C"}),
            ("q=ærøske+borgere", {"B"}),
            ("q=ÆRØSKE", {"B"}),
            ("enhed=visits&enhed=citizens", {"A", "B", "C"}),
            ("netvaerk=1&enhed=visits", set()),
        ],
    )
    def test_filter(self, client, trial, query, found):
        aalborg = factories.make_municipality("Aalborg", "851")
        other = factories.make_trial("To", trial.network)
        factories.make_observation("A", trials=[trial])
        factories.make_observation("B", trials=[other], municipalities=[aalborg], note="Ærøske borgere")
        factories.make_observation("C", unit=Unit.VISITS, network=factories.make_network(2))

        assert {row["indikator"] for row in rows(client, query)} == found
        assert client.get(f"/aktivitetstal/?{query}").status_code == 200

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("netvaerk=9", "Der er intet netværk med nummeret »9«."),
            ("kommune=1", "Der er ingen kommune med kommunekoden »1«."),
            ("forsoeg=x", "Der er intet forsøg med id'et »x«."),
            ("sortering=vaerdi", "Der kan ikke sorteres efter »vaerdi«."),
            ("side=0", "»0« er ikke et sidetal."),
        ],
    )
    def test_unknown_value_is_said_and_nothing_is_listed(self, client, query, message):
        factories.make_observation()
        response = client.get(f"/aktivitetstal/?{query}")

        assert response.status_code == 400
        assert message in outline(response).text
        assert "Borgere, der har deltaget" not in response.content.decode()

    def test_order_in_time(self, client):
        for day in (None, date(2018, 1, 1), date(2019, 1, 1)):
            factories.make_observation(to_on=day)

        assert [row["dato_til"] for row in rows(client, "sortering=-dato")] == ["2019-01-01", "2018-01-01", ""]
        assert [row["dato_til"] for row in rows(client, "sortering=dato")] == ["2018-01-01", "2019-01-01", ""]

    def test_empty_list_says_so(self, client):
        assert "Ingen aktivitetstal" in outline(client.get("/aktivitetstal/")).text

    def test_page_past_the_last_is_404(self, client):
        assert client.get("/aktivitetstal/?side=2").status_code == 404


class TestDrafts:
    @pytest.fixture(autouse=True)
    def draft(self, trial):
        self.draft = factories.make_trial("Hemmeligt forsøg", publication=Publication.DRAFT)
        factories.make_observation("Hemmeligt tal", 777, trials=[self.draft], note="Hemmelig bemærkning")
        factories.make_observation("Fælles tal", trials=[trial, self.draft])

    @pytest.mark.parametrize("address", ["/aktivitetstal/", "/aktivitetstal.csv", "/netvaerk/arbejde/"])
    def test_outsiders_see_nothing_of_drafts(self, client, address):
        text = client.get(address).content.decode()

        assert "Hemmelig" not in text
        assert "777" not in text
        assert self.draft.public_id not in text
        assert "Fælles tal" in text

    def test_draft_cannot_be_asked_for(self, client):
        assert client.get(f"/aktivitetstal/?forsoeg={self.draft.public_id}").status_code == 400

    def test_trial_shows_shared_figure_without_the_draft(self, client, trial):
        text = read(client, trial)

        assert "Fælles tal" in text
        assert self.draft.public_id not in text

    def test_staff_see_drafts(self, admin_client):
        assert {row["forsoeg"] for row in rows(admin_client)} == {"FKII-1-02", "FKII-1-01 | FKII-1-02"}


def test_what_editors_write_is_escaped(client, trial):
    evil = "<script>alert(1)</script>"
    municipality = factories.make_municipality(evil)
    factories.make_observation(evil, trials=[trial], municipalities=[municipality], note=evil, date_text=evil)
    for address in ("/aktivitetstal/", trial.get_absolute_url(), "/netvaerk/arbejde/", municipality.get_absolute_url()):
        html = client.get(address).content.decode()

        assert html.count("&lt;script&gt;") >= 2, address
        assert evil not in html, address


@pytest.mark.parametrize("address", ["/aktivitetstal/", "/aktivitetstal.csv", "trial", "network", "municipality"])
def test_pages_cost_the_same_with_1_and_30_figures(client, trial, address):
    aalborg = factories.make_municipality("Aalborg")
    where = {"trial": trial, "network": trial.network, "municipality": aalborg}
    address = where[address].get_absolute_url() if address in where else address

    def grow(number: int) -> None:
        cell = factories.make_cells(trial, row=number)[5]
        for place in range(number):
            other = factories.make_trial(f"Forsøg {number} {place}", trial.network)
            factories.make_observation(
                f"Tal {place}",
                trials=[trial, other],
                municipalities=[aalborg, factories.make_municipality()],
                part_of=Observation.objects.first(),
                cell=cell,
                source=cell.source,
            )
            factories.make_experience(trials=[trial, other], municipalities=[aalborg])
            factories.make_milestone(trials=[trial, other])

    grow(1)
    client.get(address)
    factories.make_observation("Én til", trials=[trial], municipalities=[aalborg])
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    grow(30)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200

    assert len(many) == len(one)


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_figure_is_in_the_file(self, client):
        found = rows(client)

        assert len(found) == Observation.objects.count() > 100
        assert all(row["kilde"] and row["netvaerk"] and row["forsoeg"] for row in found)
        assert {row["praecision"] for row in found} == {"counted", "about", "at_least", "at_most"}

    def test_shared_figure_of_two_municipalities_stands_once(self, client):
        shared = [row for row in rows(client, "kommune=825") if row["forsoeg"] == "FKII-1-05"]

        assert [(row["kommuner"], row["vaerdi"]) for row in shared] == [("Frederikshavn | Læsø", "9")]
        assert shared == [row for row in rows(client, "kommune=813") if row["forsoeg"] == "FKII-1-05"]

    def test_parts_of_fifteen_stand_below_it(self, client):
        part = outline(client.get(Trial.objects.get(public_id="FKII-1-01").get_absolute_url())).part("Aktivitetstal")
        order = [
            part.index(words) for words in ("15\n", "heraf: Borgere, der stadig er aktive", "heraf: Borgere, der har")
        ]

        assert order == sorted(order)
        assert "1. december 2018" in part

    def test_visits_grow_from_25_to_450(self, client):
        part = outline(client.get(Trial.objects.get(public_id="FKII-5-01").get_absolute_url())).part("Aktivitetstal")

        assert part.index("april 2018") < part.index("25") < part.index("oktober 2018") < part.index("450")
        assert "3,6" in part
        assert "mindst 200.000" in part
