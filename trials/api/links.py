"""From a row of the API to itself and to what belongs to it."""

from urllib.parse import quote, urlencode

from django.urls import reverse

from trials.exports.column import Value
from trials.exports.listing import Absolute, Listing

SUBJECTS = {"forsoeg": ("forsoeg", "id"), "netvaerk": ("netvaerk", "nummer"), "kommuner": ("kommune", "id")}
"""What other lists can be narrowed to: the list, the parameter they take, and the column with its value."""


def links(listing: Listing, record: dict[str, Value], lists: dict[str, set[str]], absolute: Absolute) -> dict[str, str]:
    """The addresses for a row; `lists` are the parameters of each list."""
    key = quote(str(record[listing.columns[0].name]), safe=":")
    found = {"self": absolute(f"{root()}{listing.name}/{key}")}
    if listing.name not in SUBJECTS:
        return found
    parameter, column = SUBJECTS[listing.name]
    query = urlencode({parameter: str(record[column])})
    others = [name for name, parameters in lists.items() if parameter in parameters and name != listing.name]
    return found | {name: absolute(f"{root()}{name}?{query}") for name in others}


def root() -> str:
    """The path of the API."""
    return reverse("api-1:api-root")
