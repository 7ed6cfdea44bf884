"""A feed as a reader of feeds takes it apart."""

from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, address: str, **headers) -> ElementTree.Element:
    """The feed at an address, parsed. It must answer 200."""
    response = client.get(address, **headers)
    assert response.status_code == 200, response.content.decode()[:300]
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(root: ElementTree.Element, name: str) -> list[str]:
    """What each entry has in the element `name`."""
    return [entry.findtext(f"{ATOM}{name}") for entry in root.iter(f"{ATOM}entry")]


def titles(client, address: str) -> list[str]:
    return texts(feed(client, address), "title")


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}
