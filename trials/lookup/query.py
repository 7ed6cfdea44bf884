"""What is asked for at `/soeg/` (see `trials.code_filter`)."""

from trials.code_filter import CodeFilterSet, Codes, Option, PageNumber, SearchText, SingleValues
from trials.lookup.entry import Kind
from trials.models import Trial


class SearchFilter(CodeFilterSet):
    """The words searched for, and the kinds of thing to be found. Only checks what is given; it has no rows."""

    list_name = "trials:search"

    q = SearchText()
    slags = Codes("Slags", "Der kan ikke søges efter noget af slagsen »%(value)s«.", "by_condition")
    side = PageNumber()

    class Meta:
        model = Trial
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        return {"slags": {kind.value: Option.quoted(kind.label) for kind in Kind}}

    @property
    def kinds(self) -> list[Kind]:
        """The kinds asked for; none when all are."""
        return [Kind(code) for code in self.chosen("slags")]
