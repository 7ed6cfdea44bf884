from django.contrib import admin

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from networks.models import Coordinator, MunicipalContact, Office


class CoordinatorRowForm(FixedRowForm):
    fixed_fields = ("user",)


class CoordinatorInline(RowPermissions):
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


@admin.register(MunicipalContact)
class MunicipalContactAdmin(RecordAdmin):
    """Those who answer for a municipality. The ministry alone sees them."""

    list_display = ("user", "municipality", "from_on", "to_on")
    list_filter = (("to_on", admin.EmptyFieldListFilter),)
    list_select_related = ("user", "municipality")
    search_fields = ("user__username", "user__first_name", "user__last_name", "municipality__name")
    fields = ("municipality", "user", ("from_on", "to_on"))
    fixed_fields = ("municipality", "user")
    autocomplete_fields = ("municipality", "user")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "municipality")


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    """Those of the ministry, and those who read along."""

    list_display = ("user", "kind")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__first_name", "user__last_name")
    fields = ("user", "kind")
    fixed_fields = ("user", "kind")
    autocomplete_fields = ("user",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")
