"""The pages of a network in the workspace's menu, and where a page of the workspace stands."""

from dataclasses import dataclass

from django import template
from django.urls import Resolver404, resolve, reverse

register = template.Library()

FOLLOWED = {"workspace_network": "I dag", "templates": "Skabeloner og svar", "ideas": "Idéer"}
"""The pages that whoever follows the network reads, by the names of their addresses."""

KEPT = {
    "workspace_network": "I dag",
    "workspace_grid": "Skema",
    "workspace_sheet": "Regneark",
    "milestones_kept": "Milepæle",
    "experiences_kept": "Erfaringer",
    "templates": "Skabeloner og svar",
    "ideas": "Idéer",
    "ask_municipalities": "Spørg kommunerne",
    "answers": "Kommunernes svar",
    "workspace_new_trial": "Nyt forsøg",
    "coordinators": "Koordinatorer",
    "workspace_network_history": "Historik",
}
"""The pages that whoever keeps the network has."""

ABOVE = {
    "workspace": "Arbejdsbord",
    "workspace_proposals": "Forslag",
    "workspace_evaluations": "Evalueringer",
    "workspace_trial_history": "Historik",
    "idea_networks": "Idéer",
    "figures_kept": "Aktivitetstal",
}
"""The other pages that have some below them."""

NAMED_BY = {"workspace_trial": "public_id", "workspace_row": "public_id", "workspace_evaluation": "slug"} | {
    "workspace_network": "network",
    "template": "template",
    "idea": "idea",
}
"""The pages about one record, and what names it: a part of the address, or the record in the page's context."""


@dataclass(frozen=True)
class Page:
    label: str
    url: str
    is_here: bool


@register.simple_tag
def menu_of(network, keeps: bool, request) -> list[Page]:
    """The pages of `network`: all for those who keep it, otherwise those that are read. Makes no query."""
    here = request.resolver_match.url_name
    pages = KEPT if keeps else FOLLOWED
    return [Page(label, reverse(f"trials:{name}", args=[network.slug]), name == here) for name, label in pages.items()]


@register.simple_tag(takes_context=True)
def above_this(context) -> list[tuple[str, str]]:
    """The pages above this one, (label, address): those on the way to its address, and the network that it is about."""
    parts = context["request"].path.strip("/").split("/")
    found = [place for end in range(1, len(parts)) if (place := _place(f"/{'/'.join(parts[:end])}/", context))]
    if network := context.get("network"):
        place = (network.name, reverse("trials:workspace_network", args=[network.slug]))
        if place not in found and place[1] != context["request"].path:
            found.insert(1, place)
    return found


def _place(address: str, context) -> tuple[str, str] | None:
    """The page at an address and what it is called there; None where there is none, or none with a name."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    page = match.url_name or ""
    if record := NAMED_BY.get(page):
        name = str(context.get(record) or match.kwargs.get(record, ""))
    else:
        name = (ABOVE | KEPT).get(page, "")
    return (name, address) if name else None


@register.simple_tag(takes_context=True)
def name_of_this(context) -> str:
    """What the menu calls this page; empty when it is not in the menu."""
    name = context["request"].resolver_match.url_name
    return context["network"].name if name == "workspace_network" else KEPT.get(name, "")
