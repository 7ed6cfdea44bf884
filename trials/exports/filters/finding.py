"""The filter of the findings, which are no records (see `trials.seen_findings`)."""

from collections import Counter
from typing import Any

from django.urls import reverse

from trials import seen_findings
from trials.code_filter import Codes, InvalidFilter, Option, SingleValues
from trials.exports.filters.record import RecordFilter
from trials.integrity import Finding, Severity
from trials.models import Contradiction


class FindingFilter(RecordFilter):
    """The findings that a user may see, by severity, as on the page of them. `qs` is a list."""

    listing = "modstrid"
    noun = ("fund", "fund")
    clauses = {"alvor": "med alvoren {}"}

    alvor = Codes("Alvor", "Der er ingen alvor med koden »%(value)s«.", "by_field")

    class Meta:
        model = Contradiction
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        return {"alvor": {severity.value: Option.quoted(severity.label) for severity in Severity}}

    @property
    def qs(self) -> list[Finding]:
        """The findings under the filter, in the order of the page. Raises `InvalidFilter`."""
        if not self.is_valid():
            raise InvalidFilter(self.messages)
        chosen = self.chosen("alvor")
        return [each for each in seen_findings.findings(self.user) if not chosen or each.severity in chosen]

    def counts(self, name: str) -> dict[str, int]:
        return Counter(each.severity.value for each in seen_findings.findings(self.user))

    def url(self, query: str = "") -> str:
        return reverse("trials:quality") + (f"?{query}" if query else "")

    def narrowed(self, without: str = "") -> Any:
        raise NotImplementedError("Findings are no rows of a table.")
