"""What pages say of themselves in schema.org's words, read as another program would read it."""

import json
import re

import pytest
from django.contrib.auth.models import User

from frikommune import linked_data
from networks.enums import Standing
from tests import factories
from tests.outline import outline
from tests.pages import page_kinds, record_pages

HOST = "http://testserver"


def described(response) -> dict[str, dict]:
    """The descriptions on a page by type."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    found = [json.loads(block) for block in blocks]
    assert all(each["@context"] == "https://schema.org" for each in found)
    assert len({each["@type"] for each in found}) == len(found)
    return {each["@type"]: each for each in found}


def absolute(path: str) -> str:
    return HOST + path


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "\u2028", 'et "citat"']
)
def test_nothing_in_the_data_ends_the_block(text) -> None:
    block = linked_data.script({"name": text})
    inner = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")

    assert "<" not in inner
    assert json.loads(inner) == {"@context": "https://schema.org", "name": text}


@pytest.mark.django_db
def test_title_that_looks_like_code_stays_a_title(client) -> None:
    trial = factories.make_trial(title="</script><script>alert(1)</script>")
    response = client.get(trial.get_absolute_url())

    assert described(response)["WebPage"]["mainEntity"]["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_page_but_the_first_says_where_it_stands(self, client) -> None:
        for address in page_kinds():
            response = client.get(address)
            found = described(response).get("BreadcrumbList")
            if address == "/":
                assert found is None
                continue
            steps = found["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert (steps[0]["name"], steps[0]["item"]) == ("Forside", f"{HOST}/")
            assert steps[-1]["item"] == f"{HOST}{address}"
            names = [step["name"] for step in steps]
            assert names[:-1] == outline(response).crumbs[:-1], address
            for step in steps[1:-1]:
                assert client.get(step["item"]).status_code == 200

    def test_every_page_about_a_record_says_what_it_is_about(self, client) -> None:
        kinds = []
        for address in record_pages():
            page = described(client.get(address))["WebPage"]
            assert (page["@id"], page["url"], page["inLanguage"]) == (HOST + address, HOST + address, "da")
            kinds.append(page["mainEntity"]["@type"])
        assert kinds == ["Project", "Organization", "GovernmentOrganization", "CreativeWork", "Legislation"]

    def test_front_page_says_how_to_search(self, client) -> None:
        site = described(client.get("/"))["WebSite"]

        assert (site["name"], site["url"]) == ("Frikommuneregisteret", f"{HOST}/")
        assert site["potentialAction"]["target"]["urlTemplate"] == f"{HOST}/soeg/?q={{search_term_string}}"
        assert site["potentialAction"]["query-input"] == "required name=search_term_string"

    def test_register_is_described_with_what_is_quoted_kept_apart(self, client) -> None:
        data = described(client.get("/om/"))["Dataset"]
        own, quoted = data["hasPart"]

        assert data["license"] == f"{HOST}/om/#kilde"
        assert 'id="kilde"' in client.get("/om/").content.decode()
        assert own["license"] == "https://spdx.org/licenses/MIT.html"
        assert "license" not in quoted
        assert "© VIVE" in quoted["copyrightNotice"]
        assert quoted["identifier"] == "ISBN 978-87-7119-625-2"
        assert quoted["datePublished"] == "2019-02"
        assert [file["contentUrl"] for file in data["distribution"]] == [
            f"{HOST}/forsoeg.csv",
            f"{HOST}/aktivitetstal.csv",
            f"{HOST}/data/frikommuneregisteret.zip",
            f"{HOST}/data/datapackage.json",
        ]

    def test_trial_cites_its_place_in_the_source(self, client) -> None:
        page = described(client.get("/forsoeg/FKII-1-05/", follow=True))["WebPage"]
        [cited] = page["citation"]

        assert page["mainEntity"]["identifier"] == "FKII-1-05"
        assert page["mainEntity"]["name"] == "Fleksible rammer for uddannelse"
        assert cited["author"] == "Ulf Hjelmar og Niels Ejersbo"
        assert cited["pagination"] == "36"
        assert "license" not in cited
        assert {place["name"] for place in page["mainEntity"]["areaServed"]} == {
            *("Aalborg Kommune", "Frederikshavn Kommune", "Jammerbugt Kommune", "Læsø Kommune")
        }

    def test_municipality_is_known_by_its_code(self, client) -> None:
        entity = described(client.get("/kommuner/thisted/"))["WebPage"]["mainEntity"]

        assert entity["name"] == "Thisted Kommune"
        assert entity["identifier"] == {"@type": "PropertyValue", "propertyID": "kommunekode", "value": "787"}
        assert entity["areaServed"]["containedInPlace"]["name"] == "Region Nordjylland"
        assert [network["name"] for network in entity["memberOf"]] == [
            "En mere fleksibel og effektiv beskæftigelsesindsats"
        ]


@pytest.mark.django_db
class TestWhatIsNotSaid:
    def test_unpublished_trial_is_not_in_the_description_of_its_evaluation(self, client) -> None:
        shown = factories.make_trial()
        draft = factories.make_trial(network=shown.network, publication="draft", title="Hemmeligt")
        evaluation = factories.make_evaluation(shown)
        evaluation.coverages.create(trial=draft)

        page = described(client.get(evaluation.get_absolute_url()))["WebPage"]

        assert [about["identifier"] for about in page["mainEntity"]["about"]] == [shown.public_id]

    def test_trial_without_words_has_no_description(self, client) -> None:
        trial = factories.make_trial(summary="", content="")

        assert "description" not in described(client.get(trial.get_absolute_url()))["WebPage"]["mainEntity"]

    def test_former_member_is_none(self, client) -> None:
        network, municipality = factories.make_network(), factories.make_municipality("Ærø")
        factories.make_membership(network, municipality, Standing.FORMER)

        page = described(client.get(network.get_absolute_url()))["WebPage"]
        other = described(client.get(municipality.get_absolute_url()))["WebPage"]

        assert page["mainEntity"]["member"] == []
        assert "memberOf" not in other["mainEntity"]

    def test_editor_is_nowhere_in_it(self, client) -> None:
        client.force_login(User.objects.create_superuser("redaktoer"))
        blocks = json.dumps(described(client.get(factories.make_trial().get_absolute_url())))

        assert "redaktoer" not in blocks

    def test_error_stands_nowhere(self, client) -> None:
        assert described(client.get("/findes-ikke/")) == {}
