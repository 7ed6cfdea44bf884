from django.contrib import admin

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from trials.admin.bulk import ParticipationActions
from trials.admin.source import PLACE
from trials.admin.status import StatusPages, StatusShown, status_link
from trials.models import Participation


class ParticipationRowForm(FixedRowForm):
    fixed_fields = ("municipality",)


class ParticipationInline(StatusShown, RowPermissions):
    """The municipalities of a trial, each with its own status."""

    model = Participation
    form = ParticipationRowForm
    formset = LabelledRows
    fields = ("municipality", "decided_on", "own_status", "confirmed_on", "place")
    readonly_fields = ("own_status", "status", "confirmed_on", "place")
    autocomplete_fields = ("municipality",)
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial", "municipality", "cell__source")

    @admin.display(description="status")
    def own_status(self, participation) -> str:
        return status_link(participation) if participation.pk else "–"

    @admin.display(description="sted i kilden")
    def place(self, participation) -> str:
        return participation.place


@admin.register(Participation)
class ParticipationAdmin(ParticipationActions, StatusPages, RecordAdmin):
    list_display = ("municipality", "trial", "status", "decided_on", "confirmed_on")
    list_filter = ("status", "trial__network", "municipality__region", ("decided_on", admin.EmptyFieldListFilter))
    list_select_related = ("trial", "municipality")
    search_fields = ("municipality__name", "trial__public_id", "trial__title")
    search_help_text = "Søg på kommune eller forsøg."
    fieldsets = (
        (None, {"fields": ("trial", "municipality", "decided_on", "own_status", "confirmed_on")}),
        PLACE,
    )
    readonly_fields = ("own_status", "status", "confirmed_on")
    fixed_fields = ("trial", "municipality")
    autocomplete_fields = ("trial", "municipality", "cell")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial", "municipality")

    @admin.display(description="status")
    def own_status(self, participation) -> str:
        return status_link(participation) if participation.pk else "–"
