"""The feeds of the lists beside that of the trials."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from trials.enums import ExperienceKind, Publication, Status
from trials.models import Trial

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ["evalueringer", "aktivitetstal", "erfaringer", "milepaele"]


def make(title: str, network, number: int = 1, publication=Publication.PUBLISHED) -> None:
    """A trial that has one of everything a feed can tell of."""
    trial = factories.make_trial(title, network, publication=publication, status=Status.RUNNING)
    source = factories.make_source()
    factories.make_evaluation(trial)
    for _ in range(number):
        factories.make_observation(f"Borgere i {title}", "15", trials=[trial], network=network, source=source)
        factories.make_experience(f"Lært i {title}", trials=[trial], network=network, source=source)
        factories.make_milestone(f"Start i {title}", trials=[trial], network=network, source=source)


def titles(client, address: str) -> list[str]:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return [
        entry.findtext(f"{ATOM}title") or "" for entry in ElementTree.fromstring(response.content).iter(f"{ATOM}entry")
    ]


@pytest.fixture
def networks():
    first, second = factories.make_network(1, "Arbejde"), factories.make_network(2, "Bolig")
    make("Mikrolån", first)
    make("Udslusning", second)
    return first, second


@pytest.mark.parametrize("name", NAMES)
def test_feed_holds_what_the_filter_leaves(client, networks, name):
    everything, under = titles(client, f"/{name}.atom"), titles(client, f"/{name}.atom?netvaerk=1")

    assert any("Mikrolån" in title for title in everything)
    assert any("Udslusning" in title for title in everything)
    assert under
    assert all("Mikrolån" in title for title in under), under
    assert len(under) < len(everything)


@pytest.mark.parametrize("name", ["aktivitetstal", "erfaringer", "milepaele"])
def test_feed_of_a_list_tells_of_its_rows_alone(client, networks, name):
    assert len(titles(client, f"/{name}.atom")) == 2


@pytest.mark.parametrize("name", NAMES)
def test_drafts_are_told_to_nobody(client, networks, name):
    make("Hemmeligt", networks[0], publication=Publication.DRAFT)

    assert not any("Hemmeligt" in title for title in titles(client, f"/{name}.atom"))


@pytest.mark.parametrize("name", NAMES)
def test_wrong_filter_is_said(client, networks, name):
    response = client.get(f"/{name}.atom?netvaerk=99")

    assert response.status_code == 400
    assert response.content.decode() == "Der er intet netværk med nummeret »99«.\n"


@pytest.mark.parametrize("name", NAMES)
def test_queries_are_the_same_with_few_and_many(client, networks, name):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            titles(client, f"/{name}.atom")
        return len(seen)

    few = queries()
    make("Mange", networks[1], number=25)
    assert queries() == few


def test_title_says_the_filter(client, networks):
    factories.make_experience("Barriere", trials=[], kind=ExperienceKind.BARRIER, source=factories.make_source())
    root = ElementTree.fromstring(client.get("/erfaringer.atom?netvaerk=1").content)

    assert root.findtext(f"{ATOM}title") == "Ændringer i erfaringerne: Netværk: Arbejde"


class TestOfTrials:
    """The lists of networks, municipalities and provisions tell of their trials."""

    @pytest.fixture
    def trials(self):
        """One trial in Thisted under § 25, one in Odense under § 27."""
        found = []
        for number, (title, name, code) in enumerate(
            (("Mikrolån", "Thisted", "787"), ("Udslusning", "Odense", "461")), 1
        ):
            network, municipality = (
                factories.make_network(number, f"Tema {number}"),
                factories.make_municipality(name, code),
            )
            factories.make_membership(network, municipality)
            trial = factories.make_trial(title, network, [municipality], Status.RUNNING)
            factories.make_basis(trial, factories.make_provision(23 + 2 * number))
            found.append(trial)
        return found

    @pytest.mark.parametrize("name", ["netvaerk", "kommuner", "hjemler"])
    def test_feed_holds_what_the_filter_leaves(self, client, trials, name):
        everything, under = titles(client, f"/{name}.atom"), titles(client, f"/{name}.atom?netvaerk=1")

        assert sorted("Mikrolån" in title for title in everything) == [False, True]
        assert len(under) == 1
        assert "Mikrolån" in under[0]

    @pytest.mark.parametrize("name", ["netvaerk", "kommuner", "hjemler"])
    def test_drafts_are_told_to_nobody_and_a_wrong_filter_is_said(self, client, trials, name):
        Trial.objects.update(publication=Publication.DRAFT)

        assert titles(client, f"/{name}.atom") == []
        assert client.get(f"/{name}.atom?netvaerk=99").status_code == 400
