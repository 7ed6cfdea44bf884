from django.contrib import admin

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from networks.models import ApplicationRound, Programme


class RoundRowForm(FixedRowForm):
    fixed_fields = ("number",)


class ApplicationRoundInline(RowPermissions):
    model = ApplicationRound
    form = RoundRowForm
    formset = LabelledRows
    fields = ("number", "in_force_on", "source_place")
    extra = 0
    show_change_link = True


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    list_display = ("name", "code", "first_year", "last_year", "decision_deadline", "accommodated")
    search_fields = ("name", "code")
    fields = (
        "code",
        "name",
        ("first_year", "last_year"),
        "decision_deadline",
        ("applied_for", "accommodated", "by_general_law"),
        "source_place",
    )
    fixed_fields = ("code",)
    inlines = (ApplicationRoundInline,)


@admin.register(ApplicationRound)
class ApplicationRoundAdmin(RecordAdmin):
    list_display = ("__str__", "programme", "in_force_on")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("programme__name", "number")
    fields = ("programme", "number", "in_force_on", "source_place")
    fixed_fields = ("programme", "number")
