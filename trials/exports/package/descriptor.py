"""The description of a release as a Frictionless Data Package."""

from typing import Any

from trials.exports import rights
from trials.exports.column import SEPARATOR, Column, Kind
from trials.exports.package.release import ListFile, Release

_TYPES = {
    Kind.TEXT: {"type": "string"},
    Kind.TEXTS: {"type": "list", "delimiter": SEPARATOR, "itemType": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "date"},
    Kind.ADDRESS: {"type": "string", "format": "uri"},
}


def describe(release: Release) -> dict[str, Any]:
    """What stands in `datapackage.json`; the paths are relative to it, so that it goes into the zip as it is."""
    described = {
        "name": "frikommuneregisteret",
        "title": "Frikommuneregisteret",
        "description": f"Frikommuneforsøgene i Danmark, hele det offentlige register. {rights.TERMS}",
        "homepage": release.home,
        "version": release.version,
        "licenses": rights.licences(),
        "sources": [{"title": rights.SOURCE}],
        "contributors": [{"title": rights.PUBLISHER, "roles": ["publisher"]}],
        "resources": [_resource(file) for file in release.files],
    }
    if release.changed:
        described["created"] = release.changed.isoformat(timespec="seconds")
    return described


def _resource(file: ListFile) -> dict[str, Any]:
    listing = file.listing
    return {
        "name": listing.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "title": listing.title,
        "path": file.name,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{file.digest}",
        "licenses": rights.licences(listing.name),
        "sources": [{"title": rights.SOURCE}],
        "schema": {
            "fields": [_field(column) for column in listing.columns],
            "primaryKey": ["id"],
            "foreignKeys": [_foreign_key(listing.name, column) for column in listing.columns if column.references],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "description": column.description, **_TYPES[column.kind]}
    return field | {"constraints": {"required": True}} if column.name == "id" else field


def _foreign_key(name: str, column: Column) -> dict[str, Any]:
    """A list that refers to itself has no name in its own references."""
    resource = "" if column.references == name else column.references
    return {"fields": [column.name], "reference": {"resource": resource, "fields": ["id"]}}
