"""A list that can be taken away, and an extract of it under a filter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict

from trials import facets
from trials.code_filter import CodeFilterSet
from trials.exports.column import Column, Kind, Value

Absolute = Callable[[str], str]
"""Makes a path of the site an absolute address."""


@dataclass(frozen=True)
class Listing:
    """A list by the `name` that it has in addresses and file names.

    `filtered` makes its filter from a query string for a user; `rows` gives the rows of a valid filter with what
    the columns need at hand, in a constant number of queries. The first column is the row's id.
    """

    name: str
    title: str
    columns: Sequence[Column]
    filtered: Callable[[QueryDict, Any], CodeFilterSet]
    rows: Callable[[Any], Iterable[Any]]
    key: str = ""
    """The field that the id stands in; empty when it is put together from several."""


@dataclass(frozen=True)
class Extract:
    """The rows of a list under a valid filter, ready to be written."""

    listing: Listing
    filter: CodeFilterSet
    absolute: Absolute

    @property
    def columns(self) -> Sequence[Column]:
        return self.listing.columns

    @cached_property
    def records(self) -> list[dict[str, Value]]:
        """The values of each row by column, with absolute addresses."""
        return [self.record(row) for row in self.listing.rows(self.filter)]

    def find(self, key: str) -> Any:
        """The row with the id `key`, or None."""
        if "\0" in key:  # PostgreSQL takes no such text
            return None
        if self.listing.key:
            self.filter.queryset = self.filter.queryset.filter(**{self.listing.key: key})
        name = self.columns[0].name
        return next((row for row in self.listing.rows(self.filter) if self.record(row)[name] == key), None)

    def record(self, row: Any) -> dict[str, Value]:
        """The values of `row` by column, with absolute addresses."""
        return dict(self._values(row))

    @property
    def day(self) -> date | None:
        """The day as of which the rows are; None for today."""
        return self.filter.day

    @property
    def sentence(self) -> str:
        """How many rows under which filters."""
        return self.said(len(self.records))

    def said(self, count: int) -> str:
        """That there are `count` rows under the filters."""
        return facets.sentence(self.filter, count)

    @property
    def url(self) -> str:
        """The address of the page that shows the same rows."""
        return self.absolute(self.filter.url(self.filter.query()))

    @property
    def file_name(self) -> str:
        """The name of the file, less its ending."""
        return f"{self.listing.name}-pr-{self.day.isoformat()}" if self.day else self.listing.name

    def _values(self, row: Any) -> Iterator[tuple[str, Value]]:
        for column in self.columns:
            value = column.value(row)
            yield column.name, self.absolute(value) if column.kind == Kind.ADDRESS and value else value  # type: ignore[arg-type]
