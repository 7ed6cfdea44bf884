"""What the Atom feeds of changes tell, when it became known, and that any text can be told."""

from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.factories import make_many_trials
from tests.feeds.atom import ATOM, feed, links, texts, titles
from trials import known, workflow
from trials.enums import Precision, Status, Unit
from trials.models import Milestone, Trial

pytestmark = pytest.mark.django_db


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
