"""How pages explain the words of the field.

A word is explained once a page, the first time; the request remembers which have been, and base.html lists them in print.
"""

from django import template
from django.template import RequestContext

from trials import glossary

register = template.Library()

_EXPLAINED = "explained_terms"


@register.inclusion_tag("components/term.html", takes_context=True)
def term(context: RequestContext, slug: str, label: str = "") -> dict:
    """The term with this anchor in the glossary, written as `label`, with its meaning. Raises KeyError for any other."""
    found = glossary.TERMS[slug]
    return _explained(context, found, label or found.name)


@register.inclusion_tag("components/term.html", takes_context=True)
def named_term(context: RequestContext, name: str) -> dict:
    """The word `name` with its meaning, or as it is when the glossary does not have it."""
    return _explained(context, glossary.named(name), name)


@register.simple_tag(takes_context=True)
def explained_terms(context: RequestContext) -> list[glossary.Term]:
    """The terms that this page has explained so far, in order."""
    request = getattr(context, "request", None)
    return list(getattr(request, _EXPLAINED, {}).values())


def _explained(context: RequestContext, found: glossary.Term | None, label: str) -> dict:
    # The request is that of the context itself, which an include with "only" has too.
    request = getattr(context, "request", None)
    explained = request.__dict__.setdefault(_EXPLAINED, {}) if request else {}
    if found is None or found.slug in explained:
        return {"label": label}
    explained[found.slug] = found
    return {"label": label, "term": found}
