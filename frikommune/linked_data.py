"""schema.org descriptions (JSON-LD) that any page may have: of the site, its data, and where a page stands.

A description is a dictionary; `script` puts it into a page. `Absolute` makes a path a whole address.
"""

import json
from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

Absolute = Callable[[str], str]

CONTEXT = "https://schema.org"
NAME = "Frikommuneregisteret"
LICENCE = "https://spdx.org/licenses/MIT.html"
"""The licence of the registry's own texts and data; the cells of a source are not under it."""

SEARCH = "/soeg/?q={search_term_string}"

# What could end the element, or be taken for a comment or an entity in it; the same escapes as Django's json_script.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def script(data: dict) -> SafeString:
    """`data` as a data block, which browsers do not run. Whatever stands in it, it cannot end the element."""
    text = json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def website(absolute: Absolute) -> dict:
    """The site, and how to search it."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#websted"),
        "name": NAME,
        "url": absolute("/"),
        "inLanguage": "da",
        "potentialAction": {
            "@type": "SearchAction",
            # Not through `absolute`, which would escape the braces.
            "target": {"@type": "EntryPoint", "urlTemplate": absolute("/").rstrip("/") + SEARCH},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb(absolute: Absolute, steps: Iterable[tuple[str, str]]) -> dict:
    """Where a page stands: (name, path) from the front page to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(name), "item": absolute(path)}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def page(absolute: Absolute, path: str, name: str, entity: dict, **more) -> dict:
    """A page of the site and what it is about. `more` are further properties of the page."""
    return {
        "@type": "WebPage",
        "@id": absolute(path),
        "url": absolute(path),
        "name": name,
        "inLanguage": "da",
        "isPartOf": {"@id": absolute("/#websted")},
        "mainEntity": entity,
        **more,
    }


def dataset(absolute: Absolute, works: list[dict]) -> dict:
    """The register as data. `works` are the sources it quotes; what is quoted from them is not under its licence."""
    files = [
        ("Alle forsøg", "trials:forsoeg.csv", "text/csv"),
        ("Alle aktivitetstal", "trials:aktivitetstal.csv", "text/csv"),
        ("Hele registeret", "trials:data_archive", "application/zip"),
        ("Datapakke", "trials:data_package", "application/json"),
    ]
    return {
        "@type": "Dataset",
        "@id": absolute("/#register"),
        "name": "Frikommuneregisteret: register over danske frikommuneforsøg",
        "description": "Hvilke bestemmelser kommunerne er fritaget for, hvilke kommuner der er med i hvert forsøg, "
        "hvor langt forsøgene er, hvad de bygger på i loven, og hvordan de evalueres, med sted i kilden.",
        "url": absolute("/"),
        "inLanguage": "da",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": NAME, "url": absolute("/")},
        "spatialCoverage": {"@type": "Country", "name": "Danmark"},
        # The two parts have different terms, so the whole has no licence but the page that tells them apart.
        "license": absolute(reverse("about") + "#kilde"),
        "hasPart": [
            {"@type": "Dataset", "name": "Registerets egne tekster og data", "license": LICENCE},
            *({**work, "description": "Celler fra tabellerne, gengivet ordret."} for work in works),
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": form,
                "contentUrl": absolute(reverse(view)),
            }
            for name, view, form in files
        ],
    }
