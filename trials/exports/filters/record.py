"""What the filters of lists without a filtered page share (see `trials.code_filter`)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from trials import search
from trials.code_filter import CodeFilterSet, Codes, Option
from trials.filters import UNKNOWN_MUNICIPALITY, UNKNOWN_NETWORK, UNKNOWN_TRIAL, municipalities, networks, trials


def in_network(method: str = "by_field") -> Codes:
    """The parameter for the networks, by number."""
    return Codes("Netværk", UNKNOWN_NETWORK, method)


def in_municipality(method: str = "by_field") -> Codes:
    """The parameter for the municipalities, by kommunekode."""
    return Codes("Kommune", UNKNOWN_MUNICIPALITY, method)


def of_trial(method: str = "by_field") -> Codes:
    """The parameter for the trials, by id."""
    return Codes("Forsøg", UNKNOWN_TRIAL, method)


class RecordFilter(CodeFilterSet):
    """The records that a user may see, by what an address asks for. Its list is at the address of its CSV file."""

    clauses = {"netvaerk": "i netværket {}", "kommune": "i {}", "forsoeg": "i forsøget {}"}
    fixed_order: tuple = ("pk",)
    searched: ClassVar[tuple[str, ...]] = ()
    """The fields that free text is looked for in."""

    def __init__(self, data: QueryDict, user: Any) -> None:
        self.user = user
        self.clauses = {name: said for name, said in self.clauses.items() if name in self.base_filters}
        super().__init__(data, self.seen())

    def seen(self) -> QuerySet:
        """What the user may see."""
        return self._meta.model._default_manager.visible_to(self.user)

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that the parameters for networks, municipalities and trials may have. At most three queries."""
        made = {"netvaerk": networks, "kommune": municipalities, "forsoeg": lambda: trials(self.user)}
        return {name: make() for name, make in made.items() if name in self.base_filters}

    def url(self, query: str = "") -> str:
        return reverse(f"trials:{self.listing}.csv") + (f"?{query}" if query else "")

    def by_field(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Those that have one of `codes` in a field that each row has once."""
        return rows.filter(**{f"{self.path(name)}__in": codes})

    def find(self, rows: Any, name: str, text: str) -> Any:
        """Those whose `searched` fields have every word of `text`. They are few and are read for it."""
        if not text:
            return rows
        told = rows.order_by().values_list("pk", *self.searched)
        return rows.filter(pk__in=[pk for pk, *texts in told if search.has_words(map(str, texts), text)])
