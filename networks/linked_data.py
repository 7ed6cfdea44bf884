"""schema.org descriptions of networks and municipalities. They make no query."""

from frikommune.linked_data import Absolute, page
from networks.enums import Standing
from networks.models import Municipality, Network


def organisation(absolute: Absolute, municipality: Municipality) -> dict:
    """A municipality, known by its kommunekode."""
    return {
        "@type": "GovernmentOrganization",
        "@id": absolute(f"{municipality.get_absolute_url()}#kommune"),
        "name": municipality.official_name,
        "identifier": {"@type": "PropertyValue", "propertyID": "kommunekode", "value": municipality.code},
    }


def network_organisation(absolute: Absolute, network: Network) -> dict:
    return {
        "@type": "Organization",
        "@id": absolute(f"{network.get_absolute_url()}#netvaerk"),
        "name": network.name,
        "url": absolute(network.get_absolute_url()),
    }


def municipality_page(absolute: Absolute, municipality: Municipality) -> dict:
    """The page of a municipality got by `with_memberships`."""
    entity = organisation(absolute, municipality) | {
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": municipality.official_name,
            "containedInPlace": {"@type": "AdministrativeArea", "name": f"Region {municipality.region}"},
        },
    }
    networks = [each.network for each in municipality.memberships.all() if each.standing != Standing.FORMER]
    if networks:
        entity["memberOf"] = [network_organisation(absolute, network) for network in networks]
    return page(absolute, municipality.get_absolute_url(), municipality.official_name, entity)


def network_page(absolute: Absolute, network: Network) -> dict:
    """The page of a network got by `with_members`."""
    members = [each.municipality for each in network.memberships.all() if each.standing != Standing.FORMER]
    entity = network_organisation(absolute, network) | {
        "member": [organisation(absolute, municipality) for municipality in members],
    }
    return page(absolute, network.get_absolute_url(), network.name, entity)
