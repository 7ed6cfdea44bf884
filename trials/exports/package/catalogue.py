"""The description of the register for data portals: DCAT-AP 3 as JSON-LD, with its context in it."""

from typing import Any

from django.db.models import Max, Min

from networks.models import Programme
from trials.exports import rights
from trials.exports.listing import Absolute
from trials.exports.package.release import ListFile, Release

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_FORMATS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "zip": ("ZIP", "application/zip"),
}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Node = dict[str, Any]


def catalogue(release: Release, absolute: Absolute) -> Node:
    """The catalogue with the whole register as a dataset, and each list as one that is part of it. Two queries."""
    return _Catalogue(release, absolute).node()


class _Catalogue:
    def __init__(self, release: Release, absolute: Absolute) -> None:
        self.release, self.absolute = release, absolute
        self.page = absolute("/data/")
        self.shared = self._shared()

    def node(self) -> Node:
        whole = self._whole()
        parts = [self._part(file) for file in self.release.files]
        whole["dct:hasPart"] = [_ref(part["@id"]) for part in parts]
        return {
            "@context": CONTEXT,
            "@id": f"{self.page}katalog.jsonld",
            "@type": "dcat:Catalog",
            "dct:title": _danish("Frikommuneregisteret"),
            "dct:description": _danish("Åbne data om frikommuneforsøg i danske kommuner."),
            "dct:publisher": _publisher(),
            "dct:language": _ref(f"{_EU}language/DAN"),
            "dct:license": _ref(rights.LICENCE_ADDRESS),
            "dct:rights": _rights(),
            "foaf:homepage": _ref(self.release.home),
            **self._dated(),
            "dcat:themeTaxonomy": _ref(f"{_EU}data-theme"),
            "dcat:dataset": [whole, *parts],
            "dcat:service": [self._service()],
        }

    def _whole(self) -> Node:
        zipped = self._distribution("frikommuneregisteret.zip", "zip", f"{self.page}frikommuneregisteret.zip", "zip")
        served = {
            "@id": f"{self.page}#api",
            "@type": "dcat:Distribution",
            "dct:title": _danish("API"),
            "dcat:accessURL": _ref(self.absolute("/api/")),  # the guide: the root of the API has nothing
            "dcat:accessService": _ref(self.absolute("/api/v1/")),
            **_format("json"),
            **_licensed(),
        }
        return {
            "@id": self.page,
            "@type": "dcat:Dataset",
            "dct:identifier": self.page,
            "dct:title": _danish("Frikommuneregisteret, hele registeret"),
            "dct:description": _danish(f"Alle lister i registeret samlet i en datapakke. {rights.TERMS}"),
            **self.shared,
            "dcat:distribution": [zipped, served],
        }

    def _part(self, file: ListFile) -> Node:
        name, title = file.listing.name, file.listing.title
        columns = ", ".join(column.name for column in file.listing.columns)
        kept = self._distribution(name, "csv", f"{self.page}{file.name}", "csv", name)
        kept |= {
            "dcat:byteSize": {"@value": str(len(file.content)), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": _ref("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
                "spdx:checksumValue": {"@value": file.digest, "@type": "xsd:hexBinary"},
            },
        }
        others = [
            self._distribution(name, ending, self.absolute(f"/{name}.{ending}"), ending, name)
            for ending in ("xlsx", "json")
        ]
        return {
            "@id": f"{self.page}#{name}",
            "@type": "dcat:Dataset",
            "dct:identifier": f"{self.page}#{name}",
            "dct:title": _danish(f"Frikommuneregisteret: {title}"),
            "dct:description": _danish(f"{title} med kolonnerne {columns}."),
            **self.shared,
            "dcat:distribution": [kept, *others],
        }

    def _shared(self) -> Node:
        """What is the same of every dataset."""
        years = Programme.objects.aggregate(first=Min("first_year"), last=Max("last_year"))
        shared = {
            "dct:publisher": _publisher(),
            "dcat:contactPoint": {
                "@type": "vcard:Organization",
                "vcard:fn": rights.CONTACT,
                "vcard:hasURL": _ref(self.absolute("/om/")),
            },
            "dcat:theme": _ref(f"{_EU}data-theme/GOVE"),
            "dcat:keyword": [_danish(word) for word in ("frikommuner", "forsøg", "kommuner", "lovgivning")],
            "dct:language": _ref(f"{_EU}language/DAN"),
            "dct:spatial": _ref(f"{_EU}country/DNK"),
            "dct:accessRights": _ref(f"{_EU}access-right/PUBLIC"),
            "dct:accrualPeriodicity": _ref(f"{_EU}frequency/IRREG"),
            "dcat:landingPage": _ref(self.page),
            "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": _danish(rights.SOURCE)},
            "dcat:version": self.release.version,
            **self._dated(),
        }
        if years["first"]:
            shared["dct:temporal"] = {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": {"@value": f"{years['first']}-01-01", "@type": "xsd:date"},
                "dcat:endDate": {"@value": f"{years['last']}-12-31", "@type": "xsd:date"},
            }
        return shared

    def _service(self) -> Node:
        address = self.absolute("/api/v1/")
        return {
            "@id": address,
            "@type": "dcat:DataService",
            "dct:title": _danish("Frikommuneregisterets API"),
            "dcat:endpointURL": _ref(address),
            "dcat:endpointDescription": _ref(f"{address}openapi.json"),
            "dcat:servesDataset": _ref(self.page),
            **_licensed(),
        }

    def _distribution(self, title: str, ending: str, address: str, form: str, listing: str = "") -> Node:
        return {
            "@id": address,
            "@type": "dcat:Distribution",
            "dct:title": _danish(f"{title} ({_FORMATS[ending][0]})"),
            "dcat:accessURL": _ref(address),
            "dcat:downloadURL": _ref(address),
            **_format(form),
            **_licensed(listing),
        }

    def _dated(self) -> Node:
        changed = self.release.changed
        if not changed:
            return {}
        return {"dct:modified": {"@value": changed.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}}


def _publisher() -> Node:
    return {"@type": "foaf:Agent", "foaf:name": _danish(rights.PUBLISHER)}


def _rights() -> Node:
    return {"@type": "dct:RightsStatement", "dct:description": _danish(rights.TERMS)}


def _licensed(listing: str = "") -> Node:
    """The terms of a distribution; quotations through and through have no open licence."""
    licence = {} if listing in rights.VERBATIM else {"dct:license": _ref(rights.LICENCE_ADDRESS)}
    return licence | {"dct:rights": _rights()}


def _format(form: str) -> Node:
    name, media_type = _FORMATS[form]
    return {"dct:format": _ref(f"{_EU}file-type/{name}"), "dcat:mediaType": _ref(f"{_IANA}{media_type}")}


def _danish(text: str) -> Node:
    return {"@value": text, "@language": "da"}


def _ref(address: str) -> Node:
    return {"@id": address}
