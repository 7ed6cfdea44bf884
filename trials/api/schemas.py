"""What the API answers: a row of a list with the columns of its files, and a page of such rows."""

import datetime
from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from trials.exports.column import Column, Kind
from trials.exports.listing import Listing

_TYPES: dict[Kind, Any] = {
    Kind.TEXT: str | None,
    Kind.TEXTS: list[str],
    Kind.INTEGER: int | None,
    Kind.NUMBER: float | None,
    Kind.BOOLEAN: bool | None,
    Kind.DATE: datetime.date | None,
    Kind.ADDRESS: str | None,
}


def row_of(listing: Listing) -> type[Schema]:
    """A row: what is not given is null, several values are an array. `links` leads to what belongs to it."""
    fields: dict[str, Any] = {column.name: (_TYPES[column.kind], _described(column)) for column in listing.columns}
    first = listing.columns[0]
    fields[first.name] = (str, _described(first))
    fields["links"] = (dict[str, str], Field(description="Adresser i API'et: rækken selv og det, der hører til den."))
    return create_model(f"{listing.name}_raekke", __base__=Schema, **fields)


def page_of(listing: Listing, row: type[Schema]) -> type[Schema]:
    """A page of rows, with the addresses of the pages beside it."""
    fields: dict[str, Any] = {
        "titel": (str, Field(description="Hvor mange rækker under hvilke filtre, med ord.")),
        "pr": (datetime.date | None, Field(description="Dagen, der er spurgt om; null for i dag.")),
        "antal": (int, Field(description="Antal rækker i alt under filteret.")),
        "side": (int, Field(description="Sidens nummer, fra 1.")),
        "sider": (int, Field(description="Antal sider.")),
        "naeste": (str | None, Field(description="Adressen på den næste side.")),
        "forrige": (str | None, Field(description="Adressen på den forrige side.")),
        "kilde": (str, Field(description="Den kilde, registerets første data er taget fra.")),
        "rettigheder": (str, Field(description="Hvad der må bruges hvordan.")),
        "raekker": (list[row], Field(description="Rækkerne på siden.")),  # type: ignore[valid-type]
    }
    return create_model(f"{listing.name}_side", __base__=Schema, **fields)


def _described(column: Column) -> Any:
    return Field(description=column.description)
