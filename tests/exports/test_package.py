"""The whole public register to take away: the data package, the zip, the catalogue, and the page about them."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import frictionless
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.exports.register import make_draft, make_whole
from trials import seen_findings
from trials.exports import rights
from trials.exports.listing import Extract
from trials.exports.listings import LISTINGS
from trials.exports.package import release

pytestmark = pytest.mark.django_db

PACKAGE = "/data/datapackage.json"
ARCHIVE = "/data/frikommuneregisteret.zip"
CATALOGUE = "/data/katalog.jsonld"
FILES = (PACKAGE, ARCHIVE, CATALOGUE, "/data/forsoeg.csv")


def described(client) -> dict:
    return json.loads(client.get(PACKAGE).content)


def unpacked(client, folder: Path) -> Path:
    """The zip laid out in `folder`; the path of its description."""
    with zipfile.ZipFile(io.BytesIO(client.get(ARCHIVE).content)) as archive:
        archive.extractall(folder)
    return folder / "datapackage.json"


def errors(path: Path) -> list:
    return frictionless.validate(str(path)).flatten(["type", "note"])


class TestPackage:
    def test_holds_every_list_with_size_and_checksum(self, client):
        make_whole(2)
        resources = {resource["name"]: resource for resource in described(client)["resources"]}

        assert list(resources) == list(LISTINGS)
        for name, resource in resources.items():
            content = client.get(f"/data/{resource['path']}").content
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert content == client.get(f"/{name}.csv").content

    def test_says_terms_and_source(self, client):
        package = described(client)

        assert rights.TERMS in package["description"]
        assert [licence["name"] for licence in package["licenses"]] == ["MIT", "other-closed"]
        assert package["sources"] == [{"title": rights.SOURCE}]
        licences = {each["name"]: [licence["name"] for licence in each["licenses"]] for each in package["resources"]}
        assert {name for name, names in licences.items() if names == ["other-closed"]} == {"kildeceller", "rettelser"}

    def test_fields_have_types_descriptions_and_references(self, client):
        schemas = {resource["name"]: resource["schema"] for resource in described(client)["resources"]}
        types = {field["name"]: field["type"] for field in schemas["aktivitetstal"]["fields"]}

        assert types["vaerdi"] == "number"
        assert types["dato_til"] == "date"
        assert types["kommunekoder"] == "list"
        assert all(field["description"] for schema in schemas.values() for field in schema["fields"])
        assert all(schema["primaryKey"] == ["id"] for schema in schemas.values())
        assert schemas["deltagelser"]["foreignKeys"] == [
            {"fields": ["forsoeg"], "reference": {"resource": "forsoeg", "fields": ["id"]}},
            {"fields": ["kommunekode"], "reference": {"resource": "kommuner", "fields": ["id"]}},
            {"fields": ["kilde_id"], "reference": {"resource": "kilder", "fields": ["id"]}},
            {"fields": ["kildecelle_id"], "reference": {"resource": "kildeceller", "fields": ["id"]}},
        ]

    def test_is_valid_and_notices_a_row_that_refers_to_nothing(self, client, tmp_path):
        make_whole(2)
        make_draft()
        path = unpacked(client, tmp_path)
        assert errors(path) == []

        municipalities = tmp_path / "kommuner.csv"
        lines = municipalities.read_text(encoding="utf-8").splitlines(keepends=True)
        municipalities.write_text("".join(lines[:-1]), encoding="utf-8", newline="")
        package = json.loads(path.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            del resource["bytes"], resource["hash"]
        path.write_text(json.dumps(package), encoding="utf-8")
        assert {kind for kind, _ in errors(path)} == {"foreign-key"}

    def test_a_draft_is_in_none_of_it_even_for_staff(self, client, admin_client, tmp_path):
        make_whole(1)
        draft = make_draft()

        assert admin_client.get(ARCHIVE).content == client.get(ARCHIVE).content
        unpacked(client, tmp_path)
        for path in tmp_path.iterdir():
            text = path.read_text(encoding="utf-8")
            assert draft.public_id not in text, path.name
            assert "emmeligt" not in text, path.name
        assert "emmeligt" not in admin_client.get("/data/").content.decode()

    def test_an_unknown_list_is_404(self, client):
        assert client.get("/data/ukendt.csv").status_code == 404


class TestFiles:
    def test_are_the_same_bytes_until_something_changes(self, client):
        trial = make_whole(1)[0]
        first = {address: client.get(address) for address in FILES}
        release.forget()
        again = {address: client.get(address) for address in FILES}

        assert {a: r.content for a, r in first.items()} == {a: r.content for a, r in again.items()}
        trial.title = "Et andet navn"
        trial.save()
        assert all(client.get(address).content != first[address].content for address in FILES)

    @pytest.mark.parametrize("address", FILES)
    def test_one_who_has_it_is_told_so(self, client, address):
        etag = client.get(address)["ETag"]

        assert etag.startswith('"')
        answer = client.get(address, headers={"if-none-match": etag})
        assert (answer.status_code, answer.content) == (304, b"")
        assert client.get(address, headers={"if-none-match": '"en anden"'}).status_code == 200

    def test_a_release_is_remembered(self, client):
        make_whole(1)
        client.get(PACKAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PACKAGE)
        assert len(captured) == 1

    def test_a_release_costs_the_same_with_1_and_many_trials(self, client):
        make_whole(1)
        with CaptureQueriesContext(connection) as one:
            client.get(PACKAGE)
        make_whole(4)
        seen_findings.forget()
        release.forget()
        with CaptureQueriesContext(connection) as many:
            client.get(PACKAGE)
        assert len(many) == len(one)

    def test_version_says_the_day_of_the_last_change(self, client):
        make_whole(1)
        package = described(client)
        day = date.fromisoformat(package["created"][:10])
        assert package["version"].startswith(f"{day.year}.{day.month}.{day.day}+")

    def test_an_empty_register_is_a_release_too(self, client, tmp_path):
        assert "created" not in described(client)
        assert errors(unpacked(client, tmp_path)) == []

    def test_addresses_are_those_of_the_name_that_was_asked_for(self, client, settings):
        settings.ALLOWED_HOSTS = ["testserver", "andet.example"]
        make_whole(1)
        assert "http://testserver/forsoeg/" in client.get("/data/forsoeg.csv").content.decode()
        other = client.get("/data/forsoeg.csv", headers={"host": "andet.example"}).content.decode()
        assert "http://andet.example/forsoeg/" in other
        assert "testserver" not in other

    @pytest.mark.parametrize("address", [*FILES, "/data/"])
    def test_is_only_read(self, client, address):
        assert client.post(address).status_code == 405
        assert not client.get(address).cookies


MANDATORY = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "dcat:DataService": ("dct:title", "dcat:endpointURL"),
    "foaf:Agent": ("foaf:name",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
}
"""What DCAT-AP 3 demands of each class."""

NAMESPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def nodes(value):
    """Every object in a JSON-LD document that has a type."""
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)
    elif isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for key, each in value.items():
            if key != "@context":
                yield from nodes(each)


class TestCatalogue:
    @pytest.fixture
    def document(self, client):
        make_whole(1)
        answer = client.get(CATALOGUE)
        assert answer["Content-Type"] == "application/ld+json"
        return json.loads(answer.content)

    def test_terms_are_those_of_the_vocabularies(self, document):
        assert document["@context"] == NAMESPACES
        used = {key.split(":")[0] for node in nodes(document) for key in node if not key.startswith("@")}
        assert used <= set(NAMESPACES)

    def test_every_class_has_what_it_must(self, document):
        found = {}
        for node in nodes(document):
            found[node["@type"]] = found.get(node["@type"], 0) + 1
            for name in MANDATORY.get(node["@type"], ()):
                assert node.get(name), (node["@type"], name)
        assert set(MANDATORY) <= set(found)
        assert found["dcat:Dataset"] == 1 + len(LISTINGS)
        assert found["dcat:Distribution"] == 2 + 3 * len(LISTINGS)

    def test_dataset_says_theme_language_place_and_time(self, document):
        authority = "http://publications.europa.eu/resource/authority"
        for dataset in document["dcat:dataset"]:
            assert dataset["dcat:theme"] == {"@id": f"{authority}/data-theme/GOVE"}
            assert dataset["dct:language"] == {"@id": f"{authority}/language/DAN"}
            assert dataset["dct:spatial"] == {"@id": f"{authority}/country/DNK"}
            assert dataset["dct:temporal"]["dcat:startDate"]["@value"] == "2016-01-01"
            assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == "2020-12-31"
            assert dataset["dcat:contactPoint"]["vcard:fn"] == rights.CONTACT
            assert dataset["dct:publisher"]["foaf:name"]["@value"] == rights.PUBLISHER

    def test_distributions_lead_somewhere_and_say_their_terms(self, client, document):
        given = [node for node in nodes(document) if node["@type"] == "dcat:Distribution"]
        for distribution in given:
            assert distribution["dct:rights"]["dct:description"]["@value"] == rights.TERMS
            if "dcat:downloadURL" in distribution:
                assert client.head(distribution["dcat:downloadURL"]["@id"]).status_code == 200
        closed = {each["@id"].rsplit("/", 1)[1].split(".")[0] for each in given if "dct:license" not in each}
        assert closed == {"kildeceller", "rettelser"}


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    def test_package_is_valid_and_its_rows_are_those_of_the_lists(self, client, tmp_path):
        path = unpacked(client, tmp_path)
        assert errors(path) == []
        package = frictionless.Package(str(path))
        assert len(package.resources) == len(LISTINGS)
        for resource in package.resources:
            listing = LISTINGS[resource.name]
            filtered = listing.filtered(QueryDict(), AnonymousUser())
            extract = Extract(listing, filtered, lambda path: f"http://testserver{path}")
            read = [row.to_dict() for row in resource.read_rows()]
            # What is not given and an empty text are the same in a file.
            wanted = [{name: _given(value) for name, value in record.items()} for record in extract.records]
            assert [{name: _given(value) for name, value in row.items()} for row in read] == wanted, resource.name

    def test_zip_is_sound_and_holds_what_the_package_names(self, client):
        with zipfile.ZipFile(io.BytesIO(client.get(ARCHIVE).content)) as archive:
            assert archive.testzip() is None
            package = json.loads(archive.read("datapackage.json"))
            assert package == described(client)
            paths = {resource["path"] for resource in package["resources"]}
            assert set(archive.namelist()) == {"datapackage.json", "RETTIGHEDER.txt"} | paths
            assert rights.TERMS in archive.read("RETTIGHEDER.txt").decode()
            cells = list(csv.DictReader(io.StringIO(archive.read("kildeceller.csv").decode(), newline="")))
        assert {cell["rettigheder"] for cell in cells} == {"© VIVE og forfatterne"}

    def test_page_names_every_list_with_its_rows(self, client):
        page = client.get("/data/").content.decode()

        assert page.count("<h1>") == 1
        for listing in LISTINGS.values():
            assert f'href="/data/{listing.name}.csv"' in page
            assert f'href="/{listing.name}.xlsx"' in page
        assert rights.TERMS in page
        assert "Ulf Hjelmar og Niels Ejersbo" in page
        assert "/api/" in page


def _given(value):
    """A value, with None for what is not given, in a file as in the register."""
    return None if value in ("", []) else value


def test_page_costs_the_same_with_1_and_many_trials(client):
    factories.make_programme()
    make_whole(1)
    release.forget()
    with CaptureQueriesContext(connection) as one:
        assert client.get("/data/").status_code == 200
    make_whole(3)
    seen_findings.forget()
    release.forget()
    with CaptureQueriesContext(connection) as many:
        assert client.get("/data/").status_code == 200
    assert len(many) == len(one)
