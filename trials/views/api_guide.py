"""How the API is used, with examples."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.api.paging import LARGEST, PAGE_SIZE
from trials.api.parameters import described
from trials.exports import rights
from trials.exports.listing import Listing
from trials.exports.listings import LISTINGS

MANY = 30
"""More codes than this are not listed; the description of the API has them all."""

EXAMPLES = [
    ("Alle forsøg, der er i drift", "forsoeg?status=running"),
    ("Forsøgene i Aalborg, to på hver side", "forsoeg?kommune=851&antal=2"),
    ("Et enkelt forsøg", "forsoeg/FKII-1-08"),
    ("Forsøgene, som de stod den 1. december 2018", "forsoeg?pr=2018-12-01"),
    ("Aktivitetstal fra netværk 1", "aktivitetstal?netvaerk=1"),
]
"""What an example shows, and its address in the API."""


@dataclass(frozen=True)
class Parameter:
    """A parameter as the guide shows it; `codes` is empty when it takes anything, or too many to list."""

    name: str
    label: str
    repeated: bool
    codes: list[str]


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    """Every list of the API with its parameters and fields, and examples that can be tried."""
    context = {
        "lists": [(listing, _parameters(listing, request.user)) for listing in LISTINGS.values()],
        "examples": EXAMPLES,
        "page_size": PAGE_SIZE,
        "largest": LARGEST,
        "source": rights.SOURCE,
        "terms": rights.TERMS,
    }
    return render(request, "api/guide.html", context)


def _parameters(listing: Listing, user) -> list[Parameter]:
    found = []
    for each in described(listing.filtered(QueryDict(), user)):
        schema = each["schema"]
        codes = schema.get("enum") or schema.get("items", {}).get("enum", [])
        listed = [code for code in codes if code] if len(codes) <= MANY else []
        found.append(Parameter(each["name"], each["description"], schema["type"] == "array", listed))
    return found
