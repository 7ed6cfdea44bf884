"""The filters of the lists of acts, provisions, and what trials rest on or deviate from."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet

from trials.code_filter import Codes, Option, SearchText, SingleValues
from trials.enums import BasisKind, BasisRole
from trials.exports.filters.record import RecordFilter, in_network, of_trial
from trials.models import Act, LegalBasis, Provision

_PLACE = ("paragraph", "letter", "subsection", "number")
"""The order of provisions within their act."""


def _acts() -> Codes:
    return Codes("Lov", "Der er ingen lov med koden »%(value)s«.", "by_field")


def _act_options(user) -> dict[str, Option]:
    """The acts that trials use, by code. One query."""
    seen = Act.objects.visible_to(user).values_list("code", "title")
    return {code: Option.quoted(title) for code, title in seen}


class ActFilter(RecordFilter):
    listing = "love"
    noun = ("lov eller bekendtgørelse", "love og bekendtgørelser")
    fixed_order = ("title", "code")
    searched = ("title", "short_title")

    q = SearchText()

    class Meta:
        model = Act
        fields = ()
        form = SingleValues


class ProvisionFilter(RecordFilter):
    """Provisions by act, and by the trials that the user may see."""

    list_name = "trials:law_list"
    listing = "hjemler"
    noun = ("bestemmelse", "bestemmelser")
    paths = {"lov": "act__code"}
    clauses = {
        "lov": "i {}",
        "netvaerk": "brugt i netværket {}",
        "forsoeg": "brugt i forsøget {}",
    }
    fixed_order = ("act__title", "act__code", *_PLACE)
    searched = ("act__title", "act__short_title", "paragraph", "letter")

    q = SearchText()
    lov = _acts()
    netvaerk = in_network("used_in")
    forsoeg = of_trial("used_in")

    class Meta:
        model = Provision
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries."""
        found = {"lov": _act_options(self.user)} | super().make_vocabularies()
        for name in ("netvaerk", "forsoeg"):
            found[name] = {
                code: Option(option.label, option.phrase, condition=Exists(self._using(name, [code])))
                for code, option in found[name].items()
            }
        return found

    def used_in(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        return rows.filter(Exists(self._using(name, codes)))

    def _using(self, name: str, codes: Iterable[str]) -> QuerySet:
        """The bases in a provision of the trials that the user may see and that have one of `codes`."""
        field = {"netvaerk": "trial__network__number", "forsoeg": "trial__public_id"}[name]
        seen = LegalBasis.objects.visible_to(self.user)
        return seen.filter(provision=OuterRef("pk"), **{f"{field}__in": codes})


class BasisFilter(RecordFilter):
    listing = "hjemmelsgrundlag"
    noun = ("hjemmel", "hjemler")
    paths = {
        "lov": "provision__act__code",
        "netvaerk": "trial__network__number",
        "forsoeg": "trial__public_id",
        "hjemmelstype": "kind",
        "rolle": "role",
    }
    clauses = {
        **RecordFilter.clauses,
        "lov": "i {}",
        "hjemmelstype": "med hjemmelstypen {}",
        "rolle": "med rollen {}",
    }
    fixed_order = (
        *("trial__network__programme__first_year", "trial__network__number", "trial__number", "-role"),
        F("provision__act__title").asc(nulls_last=True),
        *(f"provision__{field}" for field in _PLACE),
        "pk",
    )

    lov = _acts()
    netvaerk = in_network()
    forsoeg = of_trial()
    hjemmelstype = Codes("Hjemmelstype", "Der er ingen hjemmelstype med koden »%(value)s«.", "by_field")
    rolle = Codes("Rolle", "Der er ingen rolle med koden »%(value)s«.", "by_field")

    class Meta:
        model = LegalBasis
        fields = ()
        form = SingleValues

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries."""
        return super().make_vocabularies() | {
            "lov": _act_options(self.user),
            "hjemmelstype": {kind.value: Option.quoted(kind.label) for kind in BasisKind},
            "rolle": {role.value: Option.quoted(role.label) for role in BasisRole},
        }
