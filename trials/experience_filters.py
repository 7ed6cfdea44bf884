"""The filter of the list of experiences (see `trials.code_filter`)."""

from dataclasses import replace

from django.http import QueryDict

from trials.activity_querysets import ExperienceQuerySet
from trials.code_filter import CodeFilterSet, Codes, Option, SearchText, SingleValues
from trials.enums import ExperienceKind, Theme
from trials.filters import UNKNOWN_MUNICIPALITY, UNKNOWN_NETWORK, municipalities, networks
from trials.models import Experience, Trial


class ExperienceFilter(CodeFilterSet):
    """The experiences that a user may see, by what an address asks for."""

    list_name = "trials:experience_list"
    listing = "erfaringer"
    noun = ("erfaring", "erfaringer")
    paths = {
        "tema": "theme",
        "art": "kind",
        "netvaerk": "network__number",
        "kommune": "municipalities__code",
        "forsoeg": "trials__public_id",
    }
    clauses = {
        "tema": "om temaet {}",
        "art": "af arten {}",
        "netvaerk": "fra netværket {}",
        "kommune": "fra {}",
        "forsoeg": "fra forsøget {}",
    }
    unfolded = ("tema", "art")

    q = SearchText()
    tema = Codes("Tema", "Der er intet tema med koden »%(value)s«.", "by_path")
    art = Codes("Art", "Der er ingen art med koden »%(value)s«.", "by_path")
    netvaerk = Codes("Netværk", UNKNOWN_NETWORK, "by_path")
    kommune = Codes("Kommune", UNKNOWN_MUNICIPALITY, "by_path")
    forsoeg = Codes("Forsøg", "Der er intet forsøg med id'et »%(value)s«.", "by_path")

    class Meta:
        model = Experience
        fields = ()
        form = SingleValues

    def __init__(self, data: QueryDict, user) -> None:
        self.user = user
        super().__init__(data, Experience.objects.visible_to(user))

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Three queries.

        Municipalities and trials are many and are only offered where there is something to find.
        """
        trials = Trial.objects.visible_to(self.user).values_list("public_id", "title")
        return {
            "tema": {theme.value: Option.quoted(theme.label) for theme in Theme},
            "art": {kind.value: Option.quoted(kind.label) for kind in ExperienceKind},
            "netvaerk": networks(),
            "kommune": {code: replace(option, listed=False) for code, option in municipalities().items()},
            "forsoeg": {
                public_id: Option(f"{public_id} {title}", f"{public_id} »{title}«", listed=False)
                for public_id, title in trials
            },
        }

    def in_order(self, rows: ExperienceQuerySet) -> ExperienceQuerySet:
        return rows.order_by("code")
