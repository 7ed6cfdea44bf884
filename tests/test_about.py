"""The page about the registry."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import GuidanceLevel
from networks.models import Coordinator, Guidance, Programme
from tests import factories
from tests.outline import outline
from trials.enums import STATUS_MEANINGS, Publication, Status

pytestmark = pytest.mark.django_db


def words(client) -> str:
    return " ".join(outline(client.get("/om/")).text.split())


def test_empty_register_has_a_page(client):
    page = outline(client.get("/om/"))

    assert page.faults() == []
    assert page.crumbs == ["Forside", "Om registeret"]


def test_programme_stands_with_its_figures_and_rounds(client):
    factories.make_round(1, date(2017, 7, 1))
    factories.make_round(2)
    figures = {"applied_for": 107, "accommodated": 79, "by_general_law": 7, "decision_deadline": date(2018, 10, 1)}
    Programme.objects.update(**figures, source_place="Forordet")
    text = words(client)

    assert "Frikommuneforsøg II, 2016–2020" in text
    for figure in ("107 ", "79 ", "7 "):
        assert figure in text
    assert "1. runde: i kraft ved lov fra 1. juli 2017" in text
    assert "2. runde: ikrafttrædelse ikke oplyst" in text
    assert "beslutning om at sætte et forsøg i gang: 1. oktober 2018" in text
    assert "Kilde: Forordet" in text


def test_programme_without_figures_says_none(client):
    factories.make_programme()

    assert "forsøg er der søgt om" not in words(client)


def test_every_status_is_explained(client):
    text = words(client)

    for status, meaning in STATUS_MEANINGS.items():
        assert f"{status.label} {meaning}" in text


def test_what_is_not_known_is_counted(client):
    ended = factories.make_trial("Slut", in_force_from=date(2018, 1, 1), in_force_to=date(2019, 1, 1))
    open_trial = factories.make_trial("Åbent")
    factories.make_trial("Kladde", publication=Publication.DRAFT)
    factories.make_participation(ended, status=Status.RUNNING, decided_on=date(2018, 1, 1))
    factories.make_participation(open_trial)
    text = words(client)

    assert "ikke oplyst for 1 af 2 forsøg" in text
    assert "ikke oplyst for 1 af 2 kommuners deltagelse" in text
    assert "i gang, er ikke oplyst for 1 af 2." in text
    assert "Registeret viser" not in text


def test_networks_without_coordinator_are_counted(client, django_user_model):
    user = django_user_model.objects.create_user("navngivet")
    network, former = factories.make_network(), factories.make_network()
    factories.make_network(is_active=False)
    Coordinator.objects.create(network=former, user=user, to_on=date(2018, 1, 1))
    assert "2 aktive netværk har ikke en koordinator" in words(client)
    Coordinator.objects.create(network=network, user=user)
    assert "1 aktivt netværk har ikke en koordinator" in words(client)
    assert user.username not in client.get("/om/").content.decode()


def test_guidance_stands_by_level_with_its_words(client):
    for level in (GuidanceLevel.RECOMMENDED, GuidanceLevel.REQUIRED):
        Guidance.objects.create(code=f"G-{level}", level=level, topic="x", text=f"Tekst {level}.", quotation="ordret")
    page = outline(client.get("/om/"))

    assert page.part("Krav") == "Tekst required. ordret"
    assert page.part("Anbefaling").startswith("Tekst recommended. ordret")
    assert "Forventning" not in page.text


def test_sources_and_rights_are_named(client):
    factories.make_source(isbn="978")
    text = words(client)

    assert "Ulf Hjelmar og Niels Ejersbo: Status over forsøg. VIVE 2019 (februar 2019), e-ISBN 978. © VIVE" in text
    assert "MIT-licensen" in text


def test_what_editors_write_is_escaped(client):
    evil = "<script>alert(1)</script>"
    Guidance.objects.create(code="G-1", level=GuidanceLevel.REQUIRED, topic="x", text=evil, quotation=evil)
    Programme.objects.create(code="X", name=evil, first_year=2020, last_year=2021, source_place=evil)

    assert "<script>" not in client.get("/om/").content.decode()


def test_page_costs_the_same_with_1_and_30_programmes(client):
    def grow(number: int) -> int:
        for place in range(number):
            programme = factories.make_programme(f"P{number}-{place}")
            factories.make_round(1, None, programme)
            factories.make_network(programme=programme)
            Guidance.objects.create(code=f"G-{number}-{place}", level=GuidanceLevel.REQUIRED, topic="x", text="Tekst")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/om/").status_code == 200
        return len(captured)

    assert grow(1) == grow(30)


def test_footer_leads_here_from_every_page(client):
    html = client.get("/").content.decode()

    for address in (
        "/om/",
        "/soeg/",
        "/tal/",
        "/aktivitetstal/",
        "/milepaele/",
        "/datakvalitet/",
        "/data/",
        "/api/",
        "/ordbog/",
    ):
        assert f'href="{address}"' in html


@pytest.mark.usefixtures("register")
def test_shipped_register_has_the_figures_of_the_note(client):
    text = words(client)

    for figure in (
        "forsøg er der søgt om 107",
        "forsøg har staten imødekommet 79",
        "uden særlig undtagelse 7",
        "Registeret viser 79 forsøg",
        "koordinator, som ministerierne kan henvende sig til",
    ):
        assert figure in text, figure
