from django.contrib import admin

from networks.admin.account import NetworkTextInline
from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin, SlugForm
from networks.admin.role import CoordinatorInline
from networks.models import Membership, Network


class MemberRowForm(FixedRowForm):
    fixed_fields = ("municipality",)


class MemberInline(RowPermissions):
    """The municipalities of a network."""

    model = Membership
    form = MemberRowForm
    formset = LabelledRows
    fields = ("municipality", "standing", "from_on", "to_on", "source_place")
    autocomplete_fields = ("municipality",)
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network", "municipality")


@admin.register(Network)
class NetworkAdmin(RecordAdmin):
    form = SlugForm
    list_display = ("name", "number", "programme", "is_active", "member_count")
    list_filter = ("programme", "is_active")
    list_select_related = ("programme",)
    search_fields = ("name", "theme", "slug")
    search_help_text = "Søg på navn eller tema."
    fields = (("programme", "number"), "name", "slug", "theme", "is_active", "source_place")
    fixed_fields = ("programme", "number")
    inlines = (MemberInline, CoordinatorInline, NetworkTextInline)

    def get_queryset(self, request):
        return super().get_queryset(request).with_member_count()

    @admin.display(description="aktive medlemmer", ordering="member_count")
    def member_count(self, network) -> int:
        return network.member_count


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_display = ("municipality", "network", "standing", "from_on", "to_on")
    list_filter = ("standing", "network")
    list_select_related = ("municipality", "network")
    search_fields = ("municipality__name", "network__name")
    fields = ("network", "municipality", "standing", ("from_on", "to_on"), "source_place")
    autocomplete_fields = ("network", "municipality")
    fixed_fields = ("network", "municipality")
