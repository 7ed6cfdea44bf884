"""The public pages by kind, for tests that hold for all of them. They need the shipped register."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from networks.models import Municipality, Network
from trials.models import Evaluation, Provision, Trial

LISTS = (
    *("/", "/om/", "/forsoeg/", "/netvaerk/", "/kommuner/", "/evalueringer/", "/erfaringer/", "/hjemler/"),
    *(
        "/aktivitetstal/",
        "/datakvalitet/",
        "/milepaele/",
        "/tal/",
        "/data/",
        "/api/",
        "/soeg/",
        "/ordbog/",
        "/sammenlign/",
        "/tilgaengelighed/",
        "/privatliv/",
    ),
)


def record_pages() -> list[str]:
    """One page of each kind that is about a record."""
    records = [
        Trial.objects.get(public_id="FKII-1-05"),
        Network.objects.get(number=1),
        Municipality.objects.get(name="Thisted"),
        Evaluation.objects.get(code="E-FKII-1-01"),
        Provision.objects.select_related("act").filter(legal_bases__isnull=False).order_by("pk")[0],
    ]
    return [record.get_absolute_url() for record in records]


def page_kinds() -> list[str]:
    """One page of each kind."""
    return [*LISTS, *record_pages()]


def other_answers() -> list[str]:
    """Addresses that answer with something else than a page: files, errors, ways to another address."""
    addresses = ["/forsoeg.csv", "/aktivitetstal.csv", "/robots.txt", "/sitemap.xml", "/favicon.ico"]
    addresses += [
        "/forsoeg/FKII-1-05/",
        "/forsoeg/?status=x",
        "/forsoeg/?side=99",
        "/forsoeg/findes-ikke/",
        "/findes-ikke/",
    ]
    return addresses


def plain_addresses(resolver: URLResolver | None = None, prefix: str = "/") -> dict[str, str]:
    """The addresses without parameters as they are configured, the editors' left out: address -> name."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(tuple(settings.EDITORIAL_PATHS)):
            continue
        if isinstance(pattern, URLResolver):
            found |= plain_addresses(pattern, route)
        elif isinstance(pattern, URLPattern) and "<" not in route:
            found[route] = pattern.name or ""
    return found
