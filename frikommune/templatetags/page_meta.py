"""What the head of a page says of it to other machines."""

import re

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str) -> str:
    """`path` as a whole address on this host; empty where the template is shown without a request."""
    request = getattr(context, "request", None)
    return request.build_absolute_uri(path) if request else ""


@register.simple_tag(takes_context=True)
def block_text(context: template.Context, name: str) -> SafeString:
    """What the block `name` of this page holds, on one line: a block can stand only once in a template.

    Blocks that are used so hold text without elements, already escaped.
    """
    return mark_safe(" ".join(_rendered(context, name).split()))


@register.simple_tag(takes_context=True)
def canonical_address(context: template.Context) -> SafeString:
    """The address that the block `canonical` of this page names, already escaped; empty when it names none."""
    found = re.search(r'rel="canonical" href="([^"]*)"', _rendered(context, "canonical"))
    return mark_safe(found[1] if found else "")


def _rendered(context: template.Context, name: str) -> str:
    return conditional_escape(context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context))
