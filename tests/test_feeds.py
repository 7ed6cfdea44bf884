"""The Atom feeds of changes: what they tell, to whom, of which trials, and that any text can be told."""

import csv
import io
from datetime import date, datetime
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.factories import make_many_trials
from tests.outline import outline
from trials import known, workflow
from trials.enums import BasisRole, Precision, Publication, Status, Unit
from trials.models import Milestone, Observation, Outcome, StatusEvent, Trial

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, address: str, **headers) -> ElementTree.Element:
    """The feed at an address, parsed. It must answer 200."""
    response = client.get(address, **headers)
    assert response.status_code == 200, response.content.decode()[:300]
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(root: ElementTree.Element, name: str) -> list[str]:
    """What each entry has in the element `name`."""
    return [entry.findtext(f"{ATOM}{name}") for entry in root.iter(f"{ATOM}entry")]


def titles(client, address: str) -> list[str]:
    return texts(feed(client, address), "title")


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


@pytest.fixture
def thisted(trial):
    return factories.make_participation(trial, factories.make_municipality("Thisted", "787"))


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("kontakt", first_name="Karen", last_name="Kontaktperson")


class TestStatus:
    def test_change_is_a_sentence_with_the_precision_kept(self, client, trial, thisted):
        factories.make_status(thisted, Status.APPROVED, date(2018, 1, 1))
        factories.make_status(thisted, Status.RUNNING, date(2018, 5, 1), Precision.ON)
        factories.make_status(trial, Status.RUNNING, date(2018, 4, 30))

        assert titles(client, "/forsoeg.atom")[::-1] == [
            "Thisted: fra Ikke oplyst til Godkendt senest den 1. januar 2018 – FKII-1-01 Mikrolån",
            "Thisted: fra Godkendt til I drift pr. 1. maj 2018 – FKII-1-01 Mikrolån",
            "FKII-1-01 Mikrolån: fra Ikke oplyst til I drift senest den 30. april 2018",
        ]

    def test_correction_stands_beside_what_it_corrects(self, client, trial):
        wrong = factories.make_status(trial, Status.RUNNING, date(2018, 5, 1), Precision.ON)
        change = workflow.Change(Status.PLANNED, date(2018, 6, 1), note="Læst forkert")
        right = workflow.correct(wrong, change)
        root = feed(client, "/forsoeg.atom")

        assert texts(root, "title") == [
            "FKII-1-01 Mikrolån: fra Ikke oplyst til Planlagt (rettelse) pr. 1. juni 2018",
            "FKII-1-01 Mikrolån: fra Ikke oplyst til I drift pr. 1. maj 2018 (senere rettet, gælder ikke)",
        ]
        summary = texts(root, "summary")[0]
        assert "<p>Rettelse af »I drift« pr. 1. maj 2018</p><p>Læst forkert</p>" in summary
        assert [datetime.fromisoformat(moment) for moment in texts(root, "updated")] == [right.recorded_at] * 2

    def test_reason_note_quotation_and_place_are_told_and_nobody_is_named(self, client, trial, editor):
        cell = factories.make_cells(trial)[5]
        evidence = workflow.Evidence(cell=cell, quotation="afventer aftale")
        more = {"reason": "no_agreement", "note": "Møde <i>holdes</i>", "evidence": evidence}
        factories.make_status(trial, Status.AWAITING, by=editor, **more)
        response = client.get("/forsoeg.atom")
        summary = texts(ElementTree.fromstring(response.content), "summary")[0]

        assert summary.split("</p><p>")[1:] == [
            "Årsag: Ingen aftale opnået",
            "Møde &lt;i&gt;holdes&lt;/i&gt;",
            "Kilden skriver: »afventer aftale«",
            f"Kilde: {cell.source}, Bilagstabel 2.1, række 1, »Ikrafttrædelse«, side 35</p>",
        ]
        assert "kontakt" not in response.content.decode().casefold()

    def test_what_a_source_says_is_known_from_its_publication(self, client, trial):
        factories.make_status(trial, Status.APPROVED, date(2018, 1, 1), known_on=date(2019, 2, 28))
        root = feed(client, "/forsoeg.atom")

        assert texts(root, "published") == texts(root, "updated") == ["2019-02-28T00:00:00+01:00"]
        assert root.findtext(f"{ATOM}updated") == "2019-02-28T00:00:00+01:00"

    def test_newest_known_comes_first_whatever_day_it_is_of(self, client, trial, thisted):
        factories.make_status(trial, Status.RUNNING, date(2019, 2, 1), known_on=date(2019, 2, 28))
        factories.make_status(thisted, Status.PLANNED, date(2017, 1, 1))
        factories.make_status(thisted, Status.APPROVED, date(2016, 12, 1), known_on=date(2020, 1, 1))

        assert [title.split(" senest")[0].split("til ")[1] for title in titles(client, "/forsoeg.atom")] == [
            "Planlagt",
            "Godkendt",
            "I drift",
        ]

    def test_what_was_written_last_on_a_day_comes_first(self, client, trial, thisted):
        factories.make_status(trial, Status.RUNNING, date(2019, 2, 1))
        factories.make_status(thisted, Status.APPROVED, date(2017, 1, 1))

        assert titles(client, "/forsoeg.atom")[0].startswith("Thisted")

    def test_a_hundred_are_told_and_status_before_the_rest(self, client, trial):
        make_many_trials(110)
        for other in Trial.objects.exclude(pk=trial.pk):
            factories.make_status(other, Status.RUNNING, known_on=date(2019, 2, 28))
        source = factories.make_source()
        factories.make_milestone(trials=[trial], source=source, section="1.1")
        root = feed(client, "/forsoeg.atom")

        assert len(set(texts(root, "id"))) == 100
        assert {category.get("term") for category in root.iter(f"{ATOM}category")} == {"Status"}


class TestIdentity:
    def test_ids_are_the_events_own_on_every_host(self, client, trial, thisted, settings):
        settings.ALLOWED_HOSTS = ["a.example", "b.example"]
        event = factories.make_status(thisted, Status.RUNNING, key="vive-2019:FKII-1-01:1")
        one, other = (feed(client, "/forsoeg.atom", headers={"host": host}) for host in ("a.example", "b.example"))

        assert texts(one, "id") == texts(other, "id") == [known.permanent_id("status", event.key).urn]
        assert one.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id")

    def test_feed_names_itself_its_page_and_its_maker(self, client, trial):
        factories.make_status(trial, Status.RUNNING)
        root = feed(client, "/forsoeg.atom?status=running&netvaerk=1&side=7&sortering=-titel&ukendt=x")
        host = "http://testserver"

        assert links(root) == {
            "self": f"{host}/forsoeg.atom?netvaerk=1&status=running",
            "alternate": f"{host}/forsoeg/?netvaerk=1&status=running",
        }
        assert root.findtext(f"{ATOM}title") == ("Ændringer i frikommuneforsøgene: Netværk: Arbejde; Status: I drift")
        assert root.findtext(f"{ATOM}author/{ATOM}name") == "Frikommuneregisteret"
        assert links(root.find(f"{ATOM}entry")) == {"alternate": f"{host}{trial.get_absolute_url()}"}

    def test_order_of_the_list_makes_no_other_feed(self, client, trial):
        one, other = feed(client, "/forsoeg.atom?netvaerk=1"), feed(client, "/forsoeg.atom?sortering=titel&netvaerk=1")

        assert one.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id")
        assert one.findtext(f"{ATOM}id") != feed(client, "/forsoeg.atom").findtext(f"{ATOM}id")

    def test_reader_who_has_it_is_told_so(self, client, trial):
        factories.make_status(trial, Status.PLANNED)
        tag = client.get("/forsoeg.atom")["ETag"]
        assert client.get("/forsoeg.atom", headers={"if-none-match": tag}).status_code == 304

        factories.make_status(trial, Status.RUNNING, date(2019, 3, 1))
        assert client.get("/forsoeg.atom", headers={"if-none-match": tag}).status_code == 200

    def test_empty_feed_is_the_same_every_time(self, client):
        root, tag = feed(client, "/forsoeg.atom"), client.get("/forsoeg.atom")["ETag"]

        assert texts(root, "id") == []
        assert client.get("/forsoeg.atom", headers={"if-none-match": tag}).status_code == 304


class TestOtherRecords:
    def test_what_was_learnt_is_told_with_its_time(self, client, trial, thisted):
        source = {"source": factories.make_source(), "section": "1.2"}
        summer = {"planned_from": date(2019, 6, 1), "planned_to": date(2019, 8, 31), "date_text": "i sommeren 2019"}
        factories.make_milestone("Midtvejsevaluering", trials=[trial], **summer, **source)
        factories.make_milestone("Afdækning", network=trial.network, date_text="snart", **source)
        factories.make_outcome(trial, effective_on=date(2019, 7, 1), is_expected=True, **source)
        spent = {"to_on": date(2018, 12, 1), "municipalities": [thisted.municipality]}
        factories.make_observation("Lån", "1200.50", Unit.DKK, [trial], **spent, **source)
        factories.make_experience("Det tog tid.", trials=[trial], **source)

        assert titles(client, "/netvaerk/arbejde.atom") == [
            "Milepæl: Midtvejsevaluering, planlagt »i sommeren 2019«, juni–august 2019 – FKII-1-01",
            "Milepæl: Afdækning, tidspunkt »snart« – Arbejde",
            "FKII-1-01 Mikrolån: ventet udfald »Udbredt helt« pr. 1. juli 2019",
            "Aktivitetstal: Lån: 1.200,5 kroner, 1. december 2018 – FKII-1-01, Thisted",
            "Resultat: Det tog tid. – FKII-1-01",
        ]
        assert set(texts(feed(client, "/netvaerk/arbejde.atom"), "published")) == {"2019-02-28T00:00:00+01:00"}

    def test_editors_change_makes_an_old_record_new(self, client, trial, editor):
        figure = factories.make_observation(trials=[trial], source=factories.make_source(), section="1.2")
        before = feed(client, "/forsoeg.atom")
        figure.value = 16
        figure._history_user = editor
        figure.save()
        after = feed(client, "/forsoeg.atom")
        today = f"{timezone.localdate():%Y-%m-%d}"

        assert texts(before, "id") == texts(after, "id")
        assert texts(before, "updated") == ["2019-02-28T00:00:00+01:00"]
        assert [moment[:10] for moment in texts(after, "updated")] == [today]
        assert texts(after, "published") == texts(before, "published")
        assert texts(after, "title")[0].startswith("Aktivitetstal (ændret ")

    def test_what_an_editor_wrote_is_known_from_then(self, client, trial, editor):
        milestone = Milestone(label="Møde", kind="meeting", network=trial.network)
        milestone._history_user = editor
        milestone.save()

        [title] = titles(client, "/netvaerk/arbejde.atom")
        assert title == "Milepæl: Møde, tidspunkt ikke oplyst – Arbejde"

    def test_what_nobody_says_when_was_known_is_left_out(self, client, trial):
        factories.make_milestone(trials=[trial])

        assert titles(client, "/forsoeg.atom") == []


class TestScope:
    @pytest.fixture(autouse=True)
    def others(self, trial, thisted):
        """A second trial in another network, where Odense takes part, as it does in the first."""
        odense = factories.make_municipality("Odense", "461")
        self.trial = trial
        self.other = factories.make_trial("Boliger", factories.make_network(2, "Boliger"), [odense], Status.PLANNED)
        factories.make_status(factories.make_participation(trial, odense), Status.AWAITING)
        factories.make_status(thisted, Status.RUNNING)
        factories.make_status(trial, Status.STARTED)
        section = factories.make_provision(25, subsection=3)
        factories.make_basis(trial, section)
        factories.make_basis(self.other, factories.make_provision(27), role=BasisRole.DEVIATES_FROM)
        source = {"source": factories.make_source(), "section": "1.2"}
        factories.make_experience("Odense lærte.", trials=[self.other], municipalities=[odense], **source)
        factories.make_milestone("Netværkets møde", network=trial.network, **source)

    @pytest.mark.parametrize(
        ("address", "found"),
        [
            ("/forsoeg.atom", {"Odense:", "Thisted:", "FKII-1-01", "FKII-2-01", "Resultat:", "Milepæl:"}),
            ("/forsoeg.atom?netvaerk=1", {"Odense:", "Thisted:", "FKII-1-01"}),
            ("/forsoeg.atom?kommune=787", {"Odense:", "Thisted:", "FKII-1-01"}),
            ("/forsoeg.atom?q=boliger", {"FKII-2-01", "Resultat:"}),
            ("/forsoeg.atom?status=ended", set()),
            ("/netvaerk/arbejde.atom", {"Odense:", "Thisted:", "FKII-1-01", "Milepæl:"}),
            ("/kommuner/thisted.atom", {"Thisted:", "FKII-1-01"}),
            ("/kommuner/odense.atom", {"Odense:", "FKII-1-01", "FKII-2-01", "Resultat:"}),
            ("/forsoeg/FKII-2-01.atom", {"FKII-2-01", "Resultat:"}),
            ("/hjemler/frikommuneloven/paragraf-25.atom", {"Odense:", "Thisted:", "FKII-1-01"}),
            ("/hjemler/frikommuneloven/paragraf-27.atom", {"FKII-2-01", "Resultat:"}),
        ],
    )
    def test_feed_holds_what_it_is_of(self, client, address, found):
        assert {title.split()[0] for title in titles(client, address)} == found

    @pytest.mark.parametrize(
        ("address", "right"),
        [
            ("/netvaerk/ARBEJDE.atom", "/netvaerk/arbejde.atom"),
            ("/kommuner/Thisted.atom", "/kommuner/thisted.atom"),
            ("/forsoeg/fkii-1-01.atom", "/forsoeg/FKII-1-01.atom"),
            ("/forsoeg/FKII-1-01-gammel-titel.atom", "/forsoeg/FKII-1-01.atom"),
            ("/hjemler/Frikommuneloven/Paragraf-27.atom", "/hjemler/frikommuneloven/paragraf-27.atom"),
        ],
    )
    def test_other_spelling_leads_to_the_feed(self, client, address, right):
        response = client.get(address)

        assert (response.status_code, response["Location"]) == (301, right)

    @pytest.mark.parametrize(
        "address",
        [
            "/netvaerk/ukendt.atom",
            "/kommuner/ukendt.atom",
            "/forsoeg/FKII-9-99.atom",
            "/forsoeg/ukendt.atom",
            "/hjemler/frikommuneloven/paragraf-99.atom",
            "/hjemler/ukendt/paragraf-25.atom",
        ],
    )
    def test_what_is_not_there_has_no_feed(self, client, address):
        assert client.get(address).status_code == 404

    def test_invalid_filter_answers_as_the_file_does(self, client):
        query = urlencode({"status": "ukendt", "netvaerk": "9"})
        answers = [client.get(f"/forsoeg.{kind}?{query}") for kind in ("atom", "csv")]

        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content
        assert "Der er ingen status med koden »ukendt«." in answers[0].content.decode()

    @pytest.mark.parametrize(
        ("page", "heading", "address"),
        [
            ("/", "Abonnér", "/forsoeg.atom"),
            ("/forsoeg/?status=planned&netvaerk=2", "Abonnér", "/forsoeg.atom?netvaerk=2&status=planned"),
            ("/netvaerk/arbejde/", "Hent og abonnér", "/netvaerk/arbejde.atom"),
            ("/kommuner/thisted/", "Hent og abonnér", "/kommuner/thisted.atom"),
            ("/forsoeg/FKII-1-01-mikrolaan/", "Hent og abonnér", "/forsoeg/FKII-1-01.atom"),
            ("/hjemler/frikommuneloven/paragraf-25/", "Abonnér", "/hjemler/frikommuneloven/paragraf-25.atom"),
        ],
    )
    def test_page_leads_to_its_feed(self, client, page, heading, address):
        response = client.get(page)
        written = address.replace("&", "&amp;")

        assert 'type="application/atom+xml" title="Ændringer' in response.content.decode().partition("<body>")[0]
        assert f'href="{written}">' in response.content.decode().partition("<body>")[0]
        assert "Ændringer" in outline(response).part(heading)
        assert address in outline(response).links.values()
        assert client.get(address).status_code == 200

    def test_page_of_invalid_filter_leads_to_no_feed(self, client):
        page = client.get("/forsoeg/?status=x")

        assert "atom+xml" not in page.content.decode().partition("<body>")[0]
        assert not [link for link in outline(page).links.values() if "atom" in link]


FEEDS = ["/forsoeg.atom", "/netvaerk/arbejde.atom", "/kommuner/thisted.atom", "/forsoeg/FKII-1-01.atom"]
FEEDS.append("/hjemler/frikommuneloven/paragraf-27.atom")


class TestDrafts:
    @pytest.fixture(autouse=True)
    def draft(self, trial, thisted):
        fields = {"publication": Publication.DRAFT, "number": 66}
        draft = factories.make_trial("Hemmeligt forsøg", trial.network, status=Status.RUNNING, **fields)
        factories.make_participation(draft, thisted.municipality, Status.RUNNING)
        factories.make_basis(draft, factories.make_provision(27))
        factories.make_basis(trial, factories.make_provision(27))
        source = {"source": factories.make_source(), "section": "1.2"}
        factories.make_milestone("Hemmelig milepæl", trials=[draft], **source)
        factories.make_outcome(draft, reason="Hemmelig grund", **source)
        mine = {"municipalities": [thisted.municipality]}
        factories.make_observation("Hemmeligt tal", trials=[draft], **mine, **source)
        factories.make_experience("Hemmelig erfaring", trials=[draft], **mine, **source)
        factories.make_experience("Fælles erfaring", trials=[draft, trial], **mine, **source)

    @pytest.mark.parametrize("address", FEEDS)
    def test_outsiders_are_told_nothing_of_drafts(self, client, address):
        text = client.get(address).content.decode()

        assert "Fælles erfaring" in text
        assert "Hemmelig" not in text
        assert "FKII-1-66" not in text

    def test_draft_has_no_feed(self, client):
        assert client.get("/forsoeg/FKII-1-66.atom").status_code == 404

    @pytest.mark.parametrize("address", [*FEEDS[:3], FEEDS[4], "/forsoeg/FKII-1-66.atom"])
    def test_staff_are_told_of_drafts(self, admin_client, address):
        assert len([title for title in titles(admin_client, address) if "FKII-1-66" in title]) >= 4

    def test_provision_of_drafts_alone_has_no_feed(self, client):
        factories.make_basis(Trial.objects.get(number=66), factories.make_provision(28))

        assert client.get("/hjemler/frikommuneloven/paragraf-28.atom").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("address", FEEDS)
def test_feeds_cost_the_same_with_1_and_many(client, trial, thisted, address):
    source = {"source": factories.make_source(), "section": "1.2"}
    factories.make_basis(trial, factories.make_provision(27))

    def grow(number: int) -> None:
        for place in range(number):
            day = date(2017, 1, 1 + place)
            factories.make_status(trial, Status.PLANNED if place % 2 else Status.AWAITING, day, known_on=day)
            factories.make_status(thisted, Status.PLANNED if place % 2 else Status.AWAITING, day, known_on=day)
            other = factories.make_trial(f"Nr. {number} {place}", trial.network, [thisted.municipality])
            factories.make_status(other, Status.RUNNING)
            subjects = {"trials": [trial, other], **source}
            factories.make_milestone(**subjects)
            factories.make_observation(municipalities=[thisted.municipality], **subjects)
            factories.make_experience(municipalities=[thisted.municipality], **subjects)
            factories.make_outcome(other, **source)
            if not trial.outcomes.exists():
                factories.make_outcome(trial, **source)

    grow(1)
    with CaptureQueriesContext(connection) as one:
        assert len(titles(client, address)) >= 5
    grow(20)
    with CaptureQueriesContext(connection) as many:
        assert len(titles(client, address)) >= 60

    assert len(many) == len(one)


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(title=anything, note=anything)
@example(title="\x0b<&>\x1f\ufffe", note="]]>\x85\u2028")
def test_any_text_gives_a_wellformed_feed(client, trial, title, note):
    if not trial.events.exists():
        factories.make_status(trial, Status.RUNNING)
        factories.make_milestone(trials=[trial], source=factories.make_source(), section="1.2")
    Trial.objects.filter(pk=trial.pk).update(title=title)
    Milestone.objects.update(label=title, note=note)
    root = feed(client, "/forsoeg.atom")

    shown = known.legible(title)
    assert texts(root, "title") == [
        " ".join(f"FKII-1-01 {shown}: fra Ikke oplyst til I drift senest den 28. februar 2019".split()),
        " ".join(f"Milepæl: {shown}, tidspunkt ikke oplyst – FKII-1-01".split()),
    ]


def test_signs_that_xml_forbids_are_replaced():
    assert known.legible("a\x08b\x85c\ufffed\U0001f600\n\u00e6") == "a\ufffdb\ufffdc\ufffdd\U0001f600\næ"


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    QUERIES = (
        *("netvaerk=1", "netvaerk=5&netvaerk=6", "kommune=787", "status=running&netvaerk=3", "runde=2"),
        *("q=bolig", "hjemmelstype=existing_law", "status=running&kommune=730"),
    )

    @pytest.mark.parametrize("query", QUERIES)
    def test_feed_of_a_filter_holds_the_events_of_the_files_trials(self, client, query):
        listed = client.get(f"/forsoeg.csv?{query}").content.decode("utf-8")
        ids = {row["id"] for row in csv.DictReader(io.StringIO(listed, newline=""))}
        expected = {
            known.permanent_id("status", event.key).urn
            for event in StatusEvent.objects.select_related("trial", "participation__trial")
            if (event.trial or event.participation.trial).public_id in ids
        }
        root = feed(client, f"/forsoeg.atom?{query}")
        told = {
            entry.findtext(f"{ATOM}id")
            for entry in root.iter(f"{ATOM}entry")
            if entry.find(f"{ATOM}category").get("term") == "Status"
        }

        assert ids
        assert told == expected if len(expected) <= 100 else len(told) == 100 and told < expected

    def test_trial_tells_all_that_is_known_of_it(self, client):
        root = feed(client, "/forsoeg/FKII-5-01.atom")
        trial = Trial.objects.get(public_id="FKII-5-01")
        numbers = {
            "Status": StatusEvent.objects.filter(trial=trial).count() + 3,
            "Milepæl": Milestone.objects.filter(trials=trial).count(),
            "Aktivitetstal": Observation.objects.filter(trials=trial).count(),
            "Udfald": Outcome.objects.filter(trial=trial).count(),
        }
        told = [category.get("term") for category in root.iter(f"{ATOM}category")]

        assert {kind: told.count(kind) for kind in numbers} == numbers
        assert "i sommeren 2019" in "".join(texts(root, "title"))
        assert "© VIVE og forfatterne" in root.findtext(f"{ATOM}rights")
