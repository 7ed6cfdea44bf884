"""Evaluations and the trials that each covers."""

from typing import Any

from django.contrib import admin
from django.db.models import Count

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from networks.collision import CollisionForm
from trials.admin.source import PLACE
from trials.enums import DesignStatus
from trials.models import Coverage, Evaluation, EvaluationTrait
from trials.workspace.design.elements import missing_elements


class EvaluationForm(CollisionForm):
    """An evaluation's own design status: that it is shared is said of a trial."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("design_status")
        if field:
            field.choices = [pair for pair in field.choices if pair[0] != DesignStatus.SHARED]

    def clean(self) -> dict[str, Any]:
        """A design is marked submitted when it lacks nothing; one that already is may stay so."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "design_status" in self.changed_data and cleaned.get("design_status") == DesignStatus.SUBMITTED:
            for name, value in cleaned.items():
                setattr(self.instance, name, value)
            missing = missing_elements(self.instance) if self.instance.pk else []
            if missing:
                self.add_error("design_status", [lack.sentence for lack in missing])
        return cleaned


class TrialRowForm(FixedRowForm):
    fixed_fields = ("trial",)


class EvaluationRowForm(FixedRowForm):
    fixed_fields = ("evaluation",)


class CoverageRows(RowPermissions):
    model = Coverage
    formset = LabelledRows
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial", "evaluation", "cell__source")

    @admin.display(description="sted i kilden")
    def place(self, coverage) -> str:
        return coverage.place


class TrialOfEvaluationInline(CoverageRows):
    """The trials that an evaluation covers."""

    form = TrialRowForm
    fields = ("trial", "is_shared", "description", "place")
    readonly_fields = ("place",)
    autocomplete_fields = ("trial",)


class EvaluationOfTrialInline(CoverageRows):
    """The evaluations that cover a trial."""

    form = EvaluationRowForm
    fields = ("evaluation", "design_status", "is_shared", "description", "place")
    readonly_fields = ("design_status", "place")
    autocomplete_fields = ("evaluation",)
    verbose_name = "evaluering"
    verbose_name_plural = "evalueringer"

    @admin.display(description="evalueringsdesign")
    def design_status(self, coverage) -> str:
        return coverage.design_status.label if coverage.pk and coverage.design_status else "–"


class TraitRowForm(FixedRowForm):
    fixed_fields = ("trait",)


class TraitInline(RowPermissions):
    """The approaches and methods of an evaluation."""

    model = EvaluationTrait
    form = TraitRowForm
    formset = LabelledRows
    fields = ("trait",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("evaluation")


@admin.register(Evaluation)
class EvaluationAdmin(RecordAdmin):
    form = EvaluationForm
    list_display = ("code", "name", "design_status", "evaluator", "external", "trial_count")
    list_filter = ("design_status", "is_external", "evaluator", "traits__trait", "trials__network")
    search_fields = ("code", "name", "coverages__trial__title", "coverages__description", "method", "expected_results")
    search_help_text = "Søg på kode, navn, forsøgets titel eller beskrivelsen."
    fieldsets = (
        (None, {"fields": ("code", "name", "design_status")}),
        ("Hvem evaluerer", {"fields": ("evaluator", ("is_external", "may_be_shared"), "comparison")}),
        (
            "Evalueringsdesign",
            {
                "fields": (
                    ("results_element", "expected_results"),
                    ("target_group_element", "target_group"),
                    ("method_element", "method"),
                    ("baseline_element", "baseline"),
                )
            },
        ),
    )
    readonly_fields = ("code",)
    inlines = (TraitInline, TrialOfEvaluationInline)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(trial_count=Count("coverages", distinct=True))

    @admin.display(description="ekstern", ordering="is_external")
    def external(self, evaluation) -> str:
        return {True: "ja", False: "nej", None: "ikke oplyst"}[evaluation.is_external]

    @admin.display(description="forsøg", ordering="trial_count")
    def trial_count(self, evaluation) -> int:
        return evaluation.trial_count


@admin.register(Coverage)
class CoverageAdmin(RecordAdmin):
    list_display = ("trial", "evaluation", "own_design_status", "is_shared")
    list_filter = ("is_shared", "evaluation__design_status", "trial__network")
    list_select_related = ("trial", "evaluation")
    search_fields = ("trial__public_id", "trial__title", "evaluation__code", "description")
    fieldsets = ((None, {"fields": ("evaluation", "trial", "is_shared", "description")}), PLACE)
    fixed_fields = ("evaluation", "trial")
    autocomplete_fields = ("evaluation", "trial", "cell")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial", "evaluation")

    @admin.display(description="evalueringsdesign", ordering="evaluation__design_status")
    def own_design_status(self, coverage) -> str:
        return coverage.design_status.label if coverage.design_status else "–"


@admin.register(EvaluationTrait)
class EvaluationTraitAdmin(RecordAdmin):
    list_display = ("evaluation", "trait")
    list_filter = ("trait",)
    list_select_related = ("evaluation",)
    search_fields = ("evaluation__code", "evaluation__name")
    fields = ("evaluation", "trait")
    fixed_fields = ("evaluation", "trait")
    autocomplete_fields = ("evaluation",)
