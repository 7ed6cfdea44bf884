"""Reads a page with a filtered list: what is found, and what its filters offer."""

from urllib.parse import urlencode

from django.test import Client

UNCOUNTED = "the filter is valid, so its values are counted"


def found(client: Client, address: str, query: str = "") -> list[str]:
    """The codes of the rows on the page, in order. It must answer 200."""
    response = client.get(f"{address}?{query}")
    assert response.status_code == 200, response.content.decode()[:500]
    return [row.code for row in response.context["page_obj"]]


def counts(client: Client, address: str, query: str = "") -> dict[tuple[str, str], int]:
    """How many rows the page says that each (parameter, value) has."""
    facets = client.get(f"{address}?{query}").context["facets"]
    return {(facet.name, choice.value): choice.count for facet in facets for choice in facet.choices}


def miscounted(client: Client, address: str) -> list[str]:
    """The values whose count is not the number of rows that choosing them gives; raises when nothing is counted."""
    offered = counts(client, address)
    assert any(offered.values()), UNCOUNTED
    wrong = []
    for (name, value), count in offered.items():
        response = client.get(f"{address}?{urlencode({name: value})}")
        number = response.context["page_obj"].paginator.count
        if number != count:
            wrong.append(f"{name}={value}: {count}, but {number} rows")
    return wrong
