"""How pages explain the words of the field.

A word is explained once a page, the first time. The request remembers which have been; base.html lists them in print.
"""

from django import template
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from trials import glossary

register = template.Library()

_EXPLAINED = "explained_terms"


@register.simple_tag(takes_context=True)
def term(context: RequestContext, slug: str, label: str = "") -> SafeString:
    """The term with this anchor in the glossary, written as `label`, with its meaning. Raises KeyError when none is."""
    found = glossary.TERMS[slug]
    return _explained(context, found, label or found.name)


@register.simple_tag(takes_context=True)
def named_term(context: RequestContext, name: str) -> SafeString:
    """The word `name` with its meaning, or as it is when the glossary does not have it."""
    return _explained(context, glossary.named(name), name)


@register.simple_tag(takes_context=True)
def explained_terms(context: RequestContext) -> list[glossary.Term]:
    """The terms that this page has explained so far, in order."""
    request = getattr(context, "request", None)
    return list(getattr(request, _EXPLAINED, {}).values())


def _explained(context: RequestContext, found: glossary.Term | None, label: str) -> SafeString:
    # The request is that of the context itself, which an include with "only" has too.
    request = getattr(context, "request", None)
    explained = request.__dict__.setdefault(_EXPLAINED, {}) if request else {}
    values: dict = {"label": label}
    if found and found.slug not in explained:
        explained[found.slug] = values["term"] = found
    # Without the file's last line break, since a comma or a full stop may follow.
    return mark_safe(render_to_string("components/term.html", values).strip())
