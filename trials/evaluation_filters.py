"""The filter of the list of evaluations (see `trials.code_filter`). It has no free text: that of `/forsoeg/` searches
the evaluations' words too."""

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from trials.code_filter import CodeFilterSet, Codes, Option, SingleValues
from trials.enums import EVALUATION_MILESTONES, Approach, DesignStatus, Element, Method
from trials.filters import UNKNOWN_NETWORK, networks
from trials.models import Coverage, Evaluation

NOT_TOLD = "ikke-oplyst"
"""The code for what no source says."""

ELEMENTS = {
    "forventede-resultater": ("results_element", "Forventede resultater", "de forventede resultater"),
    "maalgruppe": ("target_group_element", "Målgruppe", "målgruppen"),
    "metode": ("method_element", "Metode", "metoden"),
    "baseline": ("baseline_element", "Baselinemålinger", "baselinemålinger"),
}
"""What an order requires of an evaluation design: by code its field, its name, and how a sentence says it."""


class EvaluationFilter(CodeFilterSet):
    """The evaluations that a user may see, by what an address asks for."""

    list_name = "trials:evaluation_list"
    listing = "evalueringer"
    noun = ("evaluering", "evalueringer")
    paths = {"tilgang": "traits__trait", "metode": "traits__trait"}
    clauses = {
        "netvaerk": "i netværket {}",
        "ekstern": "ved {}",
        "evaluator": "udført af {}",
        "tilgang": "med tilgangen {}",
        "metode": "med metoden {}",
        "design": "med evalueringsdesignet {}",
        "mangler": "hvor {} mangler helt eller delvist",
        "milepael": "med {} som næste milepæl",
    }
    unfolded = ("ekstern", "design")

    netvaerk = Codes("Netværk", UNKNOWN_NETWORK, "by_condition")
    ekstern = Codes("Ekstern", "»%(value)s« er hverken »ja«, »nej« eller »ikke-oplyst«.", "by_condition")
    evaluator = Codes("Evaluator", "Der er ingen evaluator med navnet »%(value)s«.", "by_condition")
    tilgang = Codes("Tilgang", "Der er ingen tilgang med koden »%(value)s«.", "by_path")
    metode = Codes("Metode", "Der er ingen metode med koden »%(value)s«.", "by_path")
    design = Codes("Evalueringsdesign", "Evalueringsdesignet kan ikke have koden »%(value)s«.", "by_condition")
    mangler = Codes("Mangler helt eller delvist", "Designet har ikke noget, der hedder »%(value)s«.", "by_condition")
    milepael = Codes("Næste milepæl", "Der er ingen milepæl af arten »%(value)s«.", "by_condition")

    class Meta:
        model = Evaluation
        fields = ()
        form = SingleValues

    def __init__(self, data: QueryDict, user) -> None:
        self.user = user
        super().__init__(data, Evaluation.objects.visible_to(user).with_next_milestone(user))

    def make_vocabularies(self) -> dict[str, dict[str, Option]]:
        """The values that each parameter may have, by code. Two queries."""
        return {
            "netvaerk": self._networks(),
            "ekstern": {
                "ja": Option("Ja", "en ekstern evaluator", condition=Q(is_external=True)),
                "nej": Option("Nej", "netværket eller kommunerne selv", condition=Q(is_external=False)),
                NOT_TOLD: Option("Ikke oplyst", "en evaluator, der ikke er oplyst", condition=Q(is_external=None)),
            },
            "evaluator": self._evaluators(),
            "tilgang": {approach.value: Option.quoted(approach.label) for approach in Approach},
            "metode": {method.value: Option.quoted(method.label) for method in Method},
            "design": {
                status.value: Option.quoted(status.label, condition=Q(design_status=status))
                for status in DesignStatus
                if status != DesignStatus.SHARED
            }
            | {NOT_TOLD: Option.quoted("Ikke oplyst", condition=Q(design_status=""))},
            "mangler": {
                code: Option(label, phrase, condition=Q(**{f"{field}__in": [Element.MISSING, Element.PARTLY]}))
                for code, (field, label, phrase) in ELEMENTS.items()
            },
            "milepael": {
                kind.value: Option.quoted(kind.label, condition=Q(next_kind=kind)) for kind in EVALUATION_MILESTONES
            }
            | {NOT_TOLD: Option.quoted("Ikke oplyst", condition=Q(next_kind=None))},
        }

    def _networks(self) -> dict[str, Option]:
        """The networks, each with the condition that the evaluation covers a trial of it that the user may see."""
        seen = Coverage.objects.visible_to(self.user).filter(evaluation=OuterRef("pk"))
        return {
            number: Option(
                option.label, option.phrase, condition=Exists(seen.filter(trial__network__number=int(number)))
            )
            for number, option in networks().items()
        }

    def _evaluators(self) -> dict[str, Option]:
        """The evaluators of the evaluations that the user may see, by name; last that none is told."""
        names = self.queryset.exclude(evaluator="").order_by("evaluator").values_list("evaluator", flat=True).distinct()
        told = {name: Option(name, name, condition=Q(evaluator=name)) for name in names}
        unknown = Option("Ikke oplyst", "en evaluator, der ikke er oplyst", condition=Q(evaluator=""))
        return told | {NOT_TOLD: unknown}
