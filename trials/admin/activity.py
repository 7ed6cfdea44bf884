"""Figures, experiences, milestones and outcomes."""

from django.contrib import admin
from django.db.models import Count

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from trials.admin.figure_form import ObservationForm
from trials.admin.source import PLACE
from trials.models import Experience, Milestone, Observation, Outcome


class OfTrialsAdmin(RecordAdmin):
    """Records of any number of trials, or of a network."""

    list_select_related = ("network",)
    readonly_fields = ("code",)

    def get_queryset(self, request):
        found = super().get_queryset(request).select_related("network")
        return found.annotate(trial_count=Count("trials", distinct=True))

    @admin.display(description="forsøg", ordering="trial_count")
    def trial_count(self, record) -> int:
        return record.trial_count


@admin.register(Observation)
class ObservationAdmin(OfTrialsAdmin):
    form = ObservationForm
    list_display = ("code", "indicator", "value", "value_to", "unit", "accuracy", "to_on", "trial_count", "network")
    list_display_links = ("code", "indicator")
    list_filter = ("network", "unit", "accuracy", "municipalities")
    search_fields = ("code", "indicator", "note", "trials__public_id", "municipalities__name")
    search_help_text = "Søg på det, tallet viser, på forsøgets id eller på kommune."
    fieldsets = (
        (None, {"fields": ("code", "indicator", ("value", "value_to"), ("unit", "accuracy"), "part_of")}),
        ("Hvem tallet gælder", {"fields": ("network", "trials", "municipalities")}),
        ("Hvornår", {"fields": (("from_on", "to_on"), "date_text")}),
        (None, {"fields": ("note", "overruled")}),
        PLACE,
    )
    autocomplete_fields = ("network", "trials", "municipalities", "part_of", "cell")


@admin.register(Experience)
class ExperienceAdmin(OfTrialsAdmin):
    list_display = ("code", "text", "kind", "theme", "trial_count", "network")
    list_display_links = ("code", "text")
    list_filter = ("kind", "theme", "network", "municipalities")
    search_fields = ("code", "text", "trials__public_id", "municipalities__name")
    fieldsets = (
        (None, {"fields": ("code", ("kind", "theme"), "text")}),
        ("Hvem erfaringen gælder", {"fields": ("network", "trials", "municipalities")}),
        PLACE,
    )
    autocomplete_fields = ("network", "trials", "municipalities", "cell")


@admin.register(Milestone)
class MilestoneAdmin(OfTrialsAdmin):
    list_display = ("code", "label", "kind", "planned_from", "planned_to", "actual_from", "trial_count", "network")
    list_display_links = ("code", "label")
    list_filter = ("kind", "network", ("actual_from", admin.EmptyFieldListFilter))
    search_fields = ("code", "label", "note", "trials__public_id")
    fieldsets = (
        (None, {"fields": ("code", "kind", "label")}),
        ("Hvem milepælen gælder", {"fields": ("network", "trials")}),
        ("Hvornår", {"fields": (("planned_from", "planned_to"), ("actual_from", "actual_to"), "date_text")}),
        (None, {"fields": ("note",)}),
        PLACE,
    )
    autocomplete_fields = ("network", "trials", "cell")


@admin.register(Outcome)
class OutcomeAdmin(RecordAdmin):
    list_display = ("trial", "decision", "is_expected", "effective_on", "law")
    list_filter = ("decision", "is_expected", "trial__network")
    list_select_related = ("trial",)
    search_fields = ("trial__public_id", "trial__title", "law", "reason")
    fieldsets = (
        (None, {"fields": ("trial", "decision", "is_expected", "effective_on", "body", "law", "reason")}),
        PLACE,
    )
    fixed_fields = ("trial", "decision", "is_expected")
    autocomplete_fields = ("trial", "cell")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial")


class OutcomeRowForm(FixedRowForm):
    fixed_fields = ("decision",)


class OutcomeOfTrialInline(RowPermissions):
    """What became of a trial."""

    model = Outcome
    form = OutcomeRowForm
    formset = LabelledRows
    fields = ("decision", "is_expected", "effective_on", "law", "reason", "place")
    readonly_fields = ("place",)
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial", "cell__source")

    @admin.display(description="sted i kilden")
    def place(self, outcome) -> str:
        return outcome.place
