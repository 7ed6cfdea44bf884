from django.contrib import admin
from django.db.models import Count

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin, SlugForm
from networks.models import Membership, Municipality


class MembershipRowForm(FixedRowForm):
    fixed_fields = ("network",)


class NetworkOfMunicipalityInline(RowPermissions):
    """The networks that a municipality is or was in."""

    model = Membership
    form = MembershipRowForm
    formset = LabelledRows
    fields = ("network", "standing", "from_on", "to_on", "source_place")
    autocomplete_fields = ("network",)
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network", "municipality")


@admin.register(Municipality)
class MunicipalityAdmin(RecordAdmin):
    form = SlugForm
    list_display = ("name", "code", "official_name", "region", "network_count")
    list_filter = ("region", "memberships__standing")
    search_fields = ("name", "official_name", "code", "slug")
    search_help_text = "Søg på navn eller kommunekode."
    fields = ("code", "name", "official_name", "slug", ("region", "region_code"))
    fixed_fields = ("code",)
    inlines = (NetworkOfMunicipalityInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(network_count=Count("memberships", distinct=True))

    @admin.display(description="netværk", ordering="network_count")
    def network_count(self, municipality) -> int:
        return municipality.network_count
