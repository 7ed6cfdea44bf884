"""The front page."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import formats, timezone

from networks.enums import Standing
from networks.models import Network
from tests import factories
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from tests.many import make_many_trials
from tests.outline import outline
from trials import workflow
from trials.enums import STATUS_MEANINGS, Precision, Publication, Status
from trials.models import StatusEvent, Trial

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_home_says_key_figures(self, client) -> None:
        running = Trial.objects.filter(status=Status.RUNNING).count()
        figures = outline(client.get("/")).part("Nøgletal").splitlines()

        assert figures[:8] == [
            "imødekommede forsøg",
            "79 imødekommede forsøg",
            "forsøg er i drift",
            f"{running} forsøg er i drift",
            "aktive netværk",
            "7 aktive netværk",
            "kommuner deltager aktivt",
            "38 kommuner deltager aktivt",
        ]

    def test_home_counts_every_trial_under_its_status(self, client) -> None:
        page = outline(client.get("/"))
        counts = Trial.objects.count_by_status()

        assert len(counts) > 5
        bars = [line for line in page.part("Hvor langt er forsøgene?").splitlines() if "antal:" in line]
        assert bars == [f"{status.label} antal: {counts[status]}" for status in Status if status in counts]
        assert page.links["I drift"] == "/forsoeg/?status=running"

    def test_home_lists_active_networks_with_theme_and_size(self, client) -> None:
        page = outline(client.get("/"))
        names = [text for level, text in page.headings if level == 3]
        first = Network.objects.get(number=1)

        assert names == [network.name for network in Network.objects.filter(is_active=True)]
        assert page.part(first.name) == f"»{first.theme}«\n11 kommuner, 20 forsøg"

    def test_home_tells_eight_latest_changes(self, client) -> None:
        changes = outline(client.get("/")).part("Seneste ændringer").splitlines()

        assert len([line for line in changes if line.startswith("fra ")]) == 8
        assert all(line.endswith("senest den 28. februar 2019") for line in changes[1::2])

    @pytest.mark.html
    def test_pages_are_valid_html(self, client) -> None:
        addresses = [
            "/",
            "/netvaerk/",
            *(network.get_absolute_url() for network in Network.objects.all()),
            "/kommuner/",
            "/kommuner/koebenhavn/",
            "/kommuner/lyngby-taarbaek/",
            "/kommuner/aeroe/",
            "/findes-ikke/",
        ]
        try:
            errors = validate_html({address: client.get(address).content.decode() for address in addresses})
        except CheckerUnavailable as missing:
            unavailable(str(missing))

        assert errors == []

    def test_home_is_soundly_built(self, client) -> None:
        response = client.get("/")

        assert response.status_code == 200
        assert outline(response).faults() == []
        assert "VIVE 2019" in response.content.decode()


def test_home_of_empty_register_answers(client) -> None:
    text = outline(client.get("/")).text

    assert "0 imødekommede forsøg" in text
    assert "Der er endnu ingen ændringer." in text


def test_home_explains_every_status(client) -> None:
    text = outline(client.get("/")).text

    assert len(STATUS_MEANINGS) == len(Status)
    for status, meaning in STATUS_MEANINGS.items():
        assert f"{status.label}\n{meaning}" in text


def test_home_tells_change_of_municipality_as_sentence(client) -> None:
    user = get_user_model().objects.create_user("kontakt", first_name="Karen", last_name="Kontaktperson")
    trial = factories.make_trial(title="Mikrolån")
    participation = factories.make_participation(trial, factories.make_municipality("Læsø"))
    factories.make_status(participation, Status.PLANNED, by=user)
    factories.make_status(participation, Status.RUNNING, date(2019, 3, 1), Precision.ON, by=user)

    today = formats.date_format(timezone.localdate())
    response = client.get("/")
    page = outline(response)

    assert page.part("Seneste ændringer").splitlines() == [
        f"Læsø Kommune i {trial.public_id} Mikrolån:",
        f"fra Planlagt til I drift den 1. marts 2019, kendt den {today}",
        f"Læsø Kommune i {trial.public_id} Mikrolån:",
        f"fra Ikke oplyst til Planlagt senest den 28. februar 2019, kendt den {today}",
    ]
    assert page.links[f"{trial.public_id} Mikrolån"] == trial.get_absolute_url()
    assert "kontakt" not in response.content.decode().casefold()


def test_home_says_that_change_is_correction(client) -> None:
    trial = factories.make_trial(status=Status.RUNNING)
    event = StatusEvent.objects.get()
    change = workflow.Change(
        Status.ENDED, event.effective_on, Precision.BY, note="Læst forkert", known_on=event.known_on
    )
    workflow.correct(event, change)

    changes = outline(client.get("/")).part("Seneste ændringer").splitlines()

    assert len(changes) == 2
    assert changes[0] == f"{trial.public_id} Mikrolån:"
    assert changes[1].startswith("fra Ikke oplyst til Afsluttet (rettelse) senest den 28. februar 2019")


class TestDrafts:
    @pytest.fixture(autouse=True)
    def draft(self) -> None:
        factories.make_trial(title="Offentligt forsøg", status=Status.RUNNING)
        draft = factories.make_trial(title="Hemmeligt forsøg", status=Status.RUNNING, publication=Publication.DRAFT)
        factories.make_participation(draft, factories.make_municipality("Læsø"), Status.RUNNING)

    def test_home_hides_drafts_from_outsiders(self, client) -> None:
        text = outline(client.get("/")).text

        assert "1 imødekommede forsøg" in text
        assert "I drift antal: 1" in text
        assert "0 kommuner, 1 forsøg" in text
        assert "Offentligt forsøg" in text
        assert "Hemmeligt" not in text
        assert "Læsø" not in text

    def test_home_shows_drafts_to_staff(self, admin_client) -> None:
        text = outline(admin_client.get("/")).text

        assert "2 imødekommede forsøg" in text
        assert "I drift antal: 2" in text
        assert "Hemmeligt forsøg (kladde):" in text


def test_home_counts_municipality_of_two_networks_once(client) -> None:
    municipality = factories.make_municipality()
    for standing in (Standing.ACTIVE, Standing.ACTIVE, Standing.PASSIVE):
        factories.make_membership(factories.make_network(), municipality, standing)
    factories.make_membership(factories.make_network(), factories.make_municipality(), Standing.PASSIVE)
    factories.make_membership(factories.make_network(is_active=False), factories.make_municipality())

    assert "1 kommuner deltager aktivt" in outline(client.get("/")).text


def test_home_escapes_what_editors_write(client) -> None:
    evil = "<script>alert(1)</script>"
    network = factories.make_network(name=evil, theme=evil)
    municipality = factories.make_municipality("Ond", official_name=evil)
    trial = factories.make_trial(title=evil, network=network)
    factories.make_participation(trial, municipality, Status.RUNNING)

    html = client.get("/").content.decode()

    assert html.count("&lt;script&gt;") >= 4
    assert "<script>" not in html


def test_home_makes_as_many_queries_for_500_trials_as_for_one(client, django_assert_num_queries) -> None:
    municipality = factories.make_municipality()
    make_many_trials(1, factories.make_network(), municipality)
    with CaptureQueriesContext(connection) as one:
        client.get("/")

    make_many_trials(500, factories.make_network(), municipality)
    with django_assert_num_queries(len(one)):
        response = client.get("/")
    assert "501 imødekommede forsøg" in outline(response).text
