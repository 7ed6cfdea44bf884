"""The steps in which a design is filled in. Each is a form that is saved by itself."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from trials.enums import DESIGN_MEANINGS, Approach, DesignStatus, Method
from trials.models import Evaluation, EvaluationTrait
from trials.workspace.design import fields
from trials.workspace.design.elements import missing_elements
from trials.workspace.seen import SeenForm


class Step(SeenForm):
    """A step over an evaluation's own fields, named by the form's."""

    slug: ClassVar[str] = ""
    title: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    required_by_order: ClassVar[bool] = False

    record: Evaluation

    def stored(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in self.own_fields()}

    def own_fields(self) -> list[str]:
        """The form's fields that are fields of the evaluation."""
        stored = {field.name for field in Evaluation._meta.concrete_fields}
        return [name for name in self.base_fields if name in stored]

    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        own = changed.intersection(self.own_fields())
        for name in own:
            setattr(self.record, name, values[name])
        if own:
            self.record.save()

    @property
    def free_text(self) -> str:
        """All that was written in words, to be looked through for what should not be there."""
        written = [name for name in self.value_fields() if type(self.fields[name]) is forms.CharField]
        return "\n".join(str(self.cleaned_data[name]) for name in written)


class ResultsStep(Step):
    slug, title, required_by_order = "resultater", "Forventede resultater", True
    lead = "Hvad skal forsøget føre til, for hvem, og hvornår kan det ses? Skriv gerne, hvornår det er lykkedes."

    expected_results = fields.text(
        "expected_results",
        "Forventede resultater",
        "For eksempel: »Flere ledige er i ordinær beskæftigelse et år efter, og sagsbehandlingen tager mindre tid.«",
    )
    results_element = fields.how_far("Hvor langt er beskrivelsen af de forventede resultater?")


class TargetGroupStep(Step):
    slug, title, required_by_order = "maalgruppe", "Målgruppe", True
    lead = "Hvem er med i forsøget, og hvor mange ventes det at være?"

    target_group = fields.text(
        "target_group",
        "Målgruppe",
        "Beskriv gruppen, ikke personer: ingen navne, numre eller oplysninger, som en borger kan kendes på.",
    )
    target_group_element = fields.how_far("Hvor langt er beskrivelsen af målgruppen?")


class MethodStep(Step):
    slug, title, required_by_order = "metode", "Metode", True
    lead = "Hvordan vil I finde ud af, om de forventede resultater er nået?"

    method = fields.text(
        "method",
        "Evalueringsmetode",
        "Hvilke data samles ind, hos hvem, hvornår og hvordan. Brug de samme skabeloner i alle netværkets kommuner.",
    )
    method_element = fields.how_far("Hvor langt er beskrivelsen af metoden?")
    approaches = fields.several("Tilgang", Approach.choices)
    methods = fields.several("Metoder", Method.choices, "En baselinemåling skal beskrives i næste trin.")
    comparison = fields.text(
        "comparison", "Sammenligningsgruppe", "Hvem resultaterne sammenlignes med. Lad feltet stå tomt, hvis ingen.", 1
    )

    def stored(self) -> dict[str, Any]:
        traits = set(self.record.traits.values_list("trait", flat=True))
        return super().stored() | {
            "approaches": sorted(traits.intersection(Approach.values)),
            "methods": sorted(traits.intersection(Method.values)),
        }

    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        super().write(values, changed)
        wanted = {*values["approaches"], *values["methods"]}
        for trait in self.record.traits.exclude(trait__in=wanted):
            trait.delete()
        for trait in sorted(wanted.difference(self.record.traits.values_list("trait", flat=True))):
            EvaluationTrait.objects.create(evaluation=self.record, trait=trait)


class BaselineStep(Step):
    slug, title, required_by_order = "baseline", "Baselinemålinger", True
    lead = "Hvordan så det ud, før forsøget begyndte? Baselinemålinger kræves kun beskrevet, hvis der er nogen."

    baseline = fields.text(
        "baseline",
        "Baselinemålinger",
        "Hvad der måles, hvornår og i hvilke kommuner. Lad feltet stå tomt, hvis der ingen er.",
    )
    baseline_element = fields.how_far(
        "Hvor langt er beskrivelsen af baselinemålingerne?",
        "Vælg »Ikke beskrevet« eller »Ikke vurderet«, hvis der ingen baselinemålinger er.",
    )


class EvaluatorStep(Step):
    slug, title = "evaluator", "Hvem evaluerer"
    lead = "Netværkene evaluerer som udgangspunkt selv deres forsøg. Nogle evalueringer laves af en ekstern part."

    name = fields.text("name", "Evalueringens navn", "Kan udelades: ellers kaldes den efter sit forsøg.", 1)
    evaluator = fields.text(
        "evaluator", "Evaluator", "Organisationen, ikke en person: netværket, en kommune, VIVE, et konsulenthus.", 1
    )
    is_external = fields.yes_or_no("Er evaluator ekstern?", "Ekstern", "Intern")
    may_be_shared = fields.yes_or_no("Må evalueringen deles?", "Ja", "Nej", "Om rapport og resultater må gives videre.")


class StatusStep(Step):
    slug, title = "status", "Status for designet"
    lead = "»Udarbejdet og indsendt« kan vælges, når de tre krævede dele er beskrevet."

    design_status = forms.ChoiceField(label="Evalueringsdesign", choices=[], required=False, widget=forms.RadioSelect)

    def __init__(self, record: Evaluation, data=None) -> None:
        super().__init__(record, data)
        own = [status for status in DesignStatus if status != DesignStatus.SHARED]
        said = [(status.value, f"{status.label}: {DESIGN_MEANINGS[status]}") for status in own]
        self.fields["design_status"].choices = [*said, ("", "Ikke oplyst")]  # type: ignore[attr-defined]

    def check(self, values: dict[str, Any]) -> None:
        submitting = values["design_status"] == DesignStatus.SUBMITTED
        if not submitting or self.record.design_status == DesignStatus.SUBMITTED:
            return
        if missing := missing_elements(self.record):
            raise ValidationError([lack.sentence for lack in missing])
