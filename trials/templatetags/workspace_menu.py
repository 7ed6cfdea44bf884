"""The pages of a network in the workspace's menu, and where a page of the workspace stands."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

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
    """The pages above this one, (label, address): the workspace, and the network and the trial that it is about."""
    found = [("Arbejdsbord", reverse("trials:workspace"))]
    if network := context.get("network"):
        found.append((network.name, reverse("trials:workspace_network", args=[network.slug])))
    if trial := context.get("trial"):
        found.append((trial.public_id, reverse("trials:workspace_trial", args=[trial.public_id])))
    here = context["request"].path
    return [(label, url) for label, url in found if url != here]


@register.simple_tag(takes_context=True)
def name_of_this(context) -> str:
    """What the menu calls this page; empty when it is not in the menu."""
    return KEPT.get(context["request"].resolver_match.url_name, "")
