from django.contrib import admin

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.record import RecordAdmin
from networks.models import Coordinator


class CoordinatorRowForm(FixedRowForm):
    fixed_fields = ("user",)


class CoordinatorInline(admin.TabularInline):
    """The coordinators of a network. Their names are shown to the editorial staff only."""

    model = Coordinator
    form = CoordinatorRowForm
    formset = LabelledRows
    fields = ("user", "from_on", "to_on")
    autocomplete_fields = ("user",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network", "user")


@admin.register(Coordinator)
class CoordinatorAdmin(RecordAdmin):
    list_display = ("user", "network", "from_on", "to_on")
    list_filter = ("network",)
    list_select_related = ("user", "network")
    search_fields = ("user__username", "user__first_name", "user__last_name", "network__name")
    fields = ("network", "user", ("from_on", "to_on"))
    fixed_fields = ("network", "user")
    autocomplete_fields = ("network", "user")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "network")
