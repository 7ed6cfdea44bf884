"""A term of the glossary, and a group of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from frikommune import danish


@dataclass(frozen=True)
class Term:
    """A word of the field and what it means in the registry, in plain Danish.

    `also`: other words for the same. `about`: what the word is said of, where it alone does not tell.
    """

    name: str
    meaning: str
    also: tuple[str, ...] = ()
    about: str = ""

    @cached_property
    def slug(self) -> str:
        """Its anchor in the glossary; what it is said of tells two terms of one name apart."""
        return danish.slug(f"{self.name} {self.about}")

    @property
    def url(self) -> str:
        return f"{reverse('trials:glossary')}#{self.slug}"


@dataclass(frozen=True)
class TermGroup:
    """Terms that belong together, under a heading."""

    title: str
    terms: list[Term] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return f"gruppe-{danish.slug(self.title)}"


def of_vocabulary(meanings: Mapping, about: str = "", also: Mapping | None = None) -> list[Term]:
    """The values of a vocabulary as terms, in its order. `also` gives some of them other words."""
    return [Term(str(value.label), said, (also or {}).get(value, ()), about) for value, said in meanings.items()]
