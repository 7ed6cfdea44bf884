"""schema.org descriptions of trials, evaluations and provisions, and of their sources. They make no query."""

from collections.abc import Iterable

from frikommune.linked_data import Absolute, page
from networks.linked_data import network_organisation, organisation
from trials.models import Evaluation, Provision, Source, SourceCell, Trial


def work(source: Source) -> dict:
    """A source, with what it says of its own use. No licence is claimed for it."""
    found = {
        "@type": "CreativeWork",
        "name": source.title,
        "author": source.authors,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "datePublished": f"{source.published_on:%Y-%m}",
        "copyrightNotice": source.rights,
    }
    # An ISBN is a property of books; a note is none.
    return found | ({"identifier": f"ISBN {source.isbn}"} if source.isbn else {})


def citations(cells: Iterable[SourceCell]) -> list[dict]:
    """The sources of `cells`, each with the pages on which they stand."""
    pages: dict[Source, list[int]] = {}
    for cell in cells:
        pages.setdefault(cell.source, []).append(cell.page)
    return [work(source) | {"pagination": _span(found)} for source, found in pages.items()]


def project(absolute: Absolute, trial: Trial) -> dict:
    """A trial as others refer to it."""
    return {
        "@type": "Project",
        "@id": absolute(f"{trial.get_absolute_url()}#forsoeg"),
        "identifier": trial.public_id,
        "name": trial.title,
        "url": absolute(trial.get_absolute_url()),
    }


def trial_page(absolute: Absolute, trial: Trial) -> dict:
    """The page of a trial got by `for_page`."""
    entity = project(absolute, trial) | {
        "parentOrganization": network_organisation(absolute, trial.network),
        "areaServed": [organisation(absolute, each.municipality) for each in trial.participations.all()],
    }
    told = trial.summary or trial.content
    if told:
        entity["description"] = told
    cited = citations(trial.cells.all())
    return page(absolute, trial.get_absolute_url(), trial.title, entity, **({"citation": cited} if cited else {}))


def evaluation_page(absolute: Absolute, evaluation: Evaluation) -> dict:
    """The page of an evaluation got by `with_coverages`."""
    coverages = evaluation.visible_coverages
    name = f"Evaluering: {evaluation.subject}"
    entity = {
        "@type": "CreativeWork",
        "@id": absolute(f"{evaluation.get_absolute_url()}#evaluering"),
        "identifier": evaluation.code,
        "name": name,
        "about": [project(absolute, coverage.trial) for coverage in coverages],
    }
    cited = [work(source) for source in dict.fromkeys(each.source for each in coverages if each.source)]
    more = {"citation": cited} if cited else {}
    return page(absolute, evaluation.get_absolute_url(), name, entity, **more)


def provision_page(absolute: Absolute, provision: Provision) -> dict:
    """The page of a provision. The law itself stands elsewhere."""
    act = {"@type": "Legislation", "name": provision.act.title, "legislationJurisdiction": "DK"}
    entity = {
        "@type": "Legislation",
        "@id": absolute(f"{provision.get_absolute_url()}#bestemmelse"),
        "name": str(provision),
        "legislationJurisdiction": "DK",
        "isPartOf": act,
    }
    return page(absolute, provision.get_absolute_url(), str(provision), entity)


def _span(pages: list[int]) -> str:
    first, last = min(pages), max(pages)
    return f"{first}" if first == last else f"{first}-{last}"
