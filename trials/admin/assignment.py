from django.contrib import admin

from networks.admin.record import RecordAdmin
from trials.models import Assignment


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    """Who evaluates what. The ministry alone sees it."""

    list_display = ("user", "evaluation")
    list_select_related = ("user", "evaluation")
    search_fields = ("user__username", "user__first_name", "user__last_name", "evaluation__code", "evaluation__name")
    fields = ("evaluation", "user")
    fixed_fields = ("evaluation", "user")
    autocomplete_fields = ("evaluation", "user")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "evaluation")
