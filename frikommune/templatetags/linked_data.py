"""Descriptions of pages in schema.org's words, as data blocks. Nothing is shown where there is no request."""

from collections.abc import Callable

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from frikommune import linked_data
from networks import linked_data as of_networks
from networks.models import Municipality, Network
from trials import linked_data as of_trials
from trials.models import Evaluation, Provision, Source, Trial

register = template.Library()

PAGES: dict[type, Callable[..., dict]] = {
    Trial: of_trials.trial_page,
    Evaluation: of_trials.evaluation_page,
    Provision: of_trials.provision_page,
    Network: of_networks.network_page,
    Municipality: of_networks.municipality_page,
}
"""What describes the page of a record."""


@register.simple_tag(takes_context=True)
def page_data(context: template.Context, record) -> SafeString | str:
    """The page of `record`, which is what the page's view got."""
    return _script(context, PAGES[type(record)], record)


@register.simple_tag(takes_context=True)
def site_data(context: template.Context) -> SafeString | str:
    """The site and its search."""
    return _script(context, linked_data.website)


@register.simple_tag(takes_context=True)
def register_data(context: template.Context, sources: list[Source]) -> SafeString | str:
    """The register as data, and the `sources` it quotes."""
    return _script(context, linked_data.dataset, [of_trials.work(source) for source in sources])


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: template.Context, items, parent: str, parent_url: str, current: str) -> SafeString | str:
    """Where the page stands; the parameters are those of components/breadcrumb.html. Nothing for the front page."""
    request = getattr(context, "request", None)
    if not (request and current):
        return ""
    steps = [("Forside", reverse("home")), *(items or [])]
    steps += [(parent, parent_url)] if parent else []
    return _script(context, linked_data.breadcrumb, [*steps, (current, request.path)])


def _script(context: template.Context, description: Callable[..., dict], *subject) -> SafeString | str:
    request = getattr(context, "request", None)
    return linked_data.script(description(request.build_absolute_uri, *subject)) if request else ""
