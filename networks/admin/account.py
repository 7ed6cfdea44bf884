"""What is told of the networks, and the guidance to them."""

from django.contrib import admin

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from networks.models import Focus, Guidance, NetworkText


class TextRowForm(FixedRowForm):
    fixed_fields = ("kind", "position")


class NetworkTextInline(RowPermissions):
    """The texts about a network."""

    model = NetworkText
    form = TextRowForm
    formset = LabelledRows
    fields = ("kind", "position", "text", "source_place", "quotation")
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network")


@admin.register(NetworkText)
class NetworkTextAdmin(RecordAdmin):
    list_display = ("text", "kind", "network")
    list_filter = ("kind", "network")
    list_select_related = ("network",)
    search_fields = ("text", "network__name")
    fields = ("network", "kind", "position", "text", "source_place", "quotation")
    fixed_fields = ("network", "kind", "position")
    autocomplete_fields = ("network",)


@admin.register(Focus)
class FocusAdmin(RecordAdmin):
    list_display = ("membership", "target_group")
    list_filter = ("target_group", "membership__network")
    list_select_related = ("membership__municipality", "membership__network")
    search_fields = ("membership__municipality__name", "membership__network__name")
    fields = ("membership", "target_group", "source_place")
    fixed_fields = ("membership", "target_group")
    autocomplete_fields = ("membership",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("membership__municipality", "membership__network")


@admin.register(Guidance)
class GuidanceAdmin(RecordAdmin):
    list_display = ("code", "level", "text")
    list_filter = ("level", "topic")
    search_fields = ("code", "text")
    fields = ("code", "level", "topic", "text", "quotation")
    fixed_fields = ("code",)
