"""The pages that search engines are told of: all that are public, and no other."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User

from frikommune import sitemaps
from networks.models import Municipality, Network
from tests import factories, many
from tests.pages import plain_addresses
from trials import workflow
from trials.enums import Status
from trials.models import Trial

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What is no page of its own: files and descriptions for machines, the hits of a search, marked trials side by side.
NO_PAGES = (
    "/robots.txt",
    "/sitemap.xml",
    "/soeg/",
    "/sammenlign/",
    "/api/",
    "/data/",
    "/arbejdsbord/",
    "/konto/",
    "/bekraeft/",
)


def listed(client, **headers) -> dict[str, str | None]:
    """The addresses of the sitemap, each with the time of its last change (or None)."""
    response = client.get("/sitemap.xml", **headers)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    urls = ElementTree.fromstring(response.content)
    found = [(url.findtext(f"{NAMESPACE}loc"), url.findtext(f"{NAMESPACE}lastmod")) for url in urls]
    assert len(found) == len(dict(found)), "an address is listed twice"
    return dict(found)


@pytest.mark.django_db
@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_page_answers(self, client) -> None:
        addresses = [address.removeprefix("http://testserver") for address in listed(client)]
        # 12 pages that are always there, 79 trials, 8 networks, 98 municipalities; then evaluations and provisions.
        assert len(addresses) > 12 + 79 + 8 + 98
        for address in addresses[::7] + addresses[-20:]:
            assert client.get(address).status_code == 200, address

    def test_every_record_is_there(self, client) -> None:
        addresses = set(listed(client))
        for record in [*Trial.objects.all(), *Network.objects.all(), *Municipality.objects.all()]:
            assert f"http://testserver{record.get_absolute_url()}" in addresses

    def test_whole_paragraph_of_which_a_part_is_used_is_there(self, client) -> None:
        addresses = set(listed(client))

        assert "http://testserver/hjemler/serviceloven/paragraf-52/" in addresses
        assert "http://testserver/hjemler/serviceloven/paragraf-52-stk-3/" in addresses


@pytest.mark.django_db
class TestSitemap:
    def test_drafts_are_left_out(self, client) -> None:
        draft = factories.make_trial(publication="draft")
        evaluation = factories.make_evaluation(draft)
        factories.make_basis(draft, provision=factories.make_provision(99))
        shown = factories.make_trial(network=draft.network)
        client.force_login(User.objects.create_superuser("redaktoer"))

        text = "\n".join(listed(client))

        assert shown.public_id in text
        assert draft.public_id not in text
        assert evaluation.slug not in text
        assert "paragraf-99" not in text

    def test_address_has_the_scheme_and_host_of_the_visit(self, client, settings) -> None:
        settings.ALLOWED_HOSTS = ["register.example"]

        addresses = listed(client, secure=True, headers={"host": "register.example"})

        assert "https://register.example/om/" in addresses
        assert all(address.startswith("https://register.example/") for address in addresses)

    def test_trial_has_the_day_of_its_last_edit(self, client) -> None:
        trial = factories.make_trial()
        Trial.history.update(history_date=datetime(2026, 3, 1, tzinfo=UTC))

        assert listed(client)[f"http://testserver{trial.get_absolute_url()}"] == "2026-03-01"

    def test_status_changed_later_counts(self, client) -> None:
        trial = factories.make_trial()
        part = factories.make_participation(trial)
        Trial.history.update(history_date=datetime(2020, 3, 1, tzinfo=UTC))
        editor = User.objects.create_superuser("redaktoer")
        change = workflow.Change(Status.PLANNED, datetime(2026, 1, 1, tzinfo=UTC).date())
        event = workflow.change_status(part, change, editor)
        address = f"http://testserver{trial.get_absolute_url()}"

        assert listed(client)[address] == f"{event.recorded_at:%Y-%m-%d}"

    def test_imported_status_is_no_edit(self) -> None:
        trial = factories.make_trial()
        factories.make_status(trial, Status.RUNNING)
        Trial.history.all().delete()

        assert sitemaps.last_edited() == {}

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries_do_not_grow(self, client, number, django_assert_num_queries) -> None:
        many.make_many_trials(
            number, factories.make_network(1), factories.make_municipality("Ærø"), factories.make_provision()
        )
        with django_assert_num_queries(10):
            listed(client)


@pytest.mark.django_db
def test_no_page_is_forgotten(client) -> None:
    """Every address without parameters that shows a page is in the sitemap, or is said above to be none."""
    addresses = {address.removeprefix("http://testserver") for address in listed(client)}
    pages = [each for each in plain_addresses() if each.endswith("/") and not each.startswith(NO_PAGES)]

    assert len(pages) >= 12
    assert [page for page in pages if page not in addresses] == []


class TestRobots:
    def test_robots_names_the_sitemap(self, client, settings) -> None:
        settings.ALLOWED_HOSTS = ["register.example"]

        response = client.get("/robots.txt", secure=True, headers={"host": "register.example"})

        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "Sitemap: https://register.example/sitemap.xml" in response.content.decode().splitlines()

    def test_robots_keeps_out_editors_and_hits(self, client) -> None:
        lines = client.get("/robots.txt").content.decode().splitlines()

        assert lines[0] == "User-agent: *"
        assert "Disallow: /admin/" in lines
        assert "Disallow: /soeg/" in lines
        assert "Disallow: /" not in lines
