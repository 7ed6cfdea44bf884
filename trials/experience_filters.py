"""The filter of the list of experiences (see `trials.code_filter`)."""

from django.http import QueryDict

from trials.code_filter import CodeFilterSet, Codes, Option, SearchText, SingleValues
from trials.enums import ExperienceKind, Theme
from trials.filters import UNKNOWN_MUNICIPALITY, UNKNOWN_NETWORK, UNKNOWN_TRIAL, municipalities, networks, trials
from trials.models import Experience


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
    forsoeg = Codes("Forsøg", UNKNOWN_TRIAL, "by_path")

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
        return {
            "tema": {theme.value: Option.quoted(theme.label) for theme in Theme},
            "art": {kind.value: Option.quoted(kind.label) for kind in ExperienceKind},
            "netvaerk": networks(),
            "kommune": municipalities(listed=False),
            "forsoeg": trials(self.user, listed=False),
        }
