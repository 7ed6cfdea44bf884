"""What was changed together, by whom and through what: written by the registry, only read."""

from django.contrib import admin

from networks.admin.readonly import ReadOnlyAdmin
from networks.models import ChangeEntry, ChangeSet


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "made_by", "channel", "note", "reverts")
    list_display_links = ("made_at",)
    list_filter = ("channel",)
    list_select_related = ("made_by", "reverts")
    list_per_page = 50
    date_hierarchy = "made_at"
    search_fields = ("note", "made_by__username")
    fields = ("made_at", "made_by", "channel", "note", "reverts")


@admin.register(ChangeEntry)
class ChangeEntryAdmin(ReadOnlyAdmin):
    list_display = ("change_set", "model", "record", "version")
    list_filter = ("model",)
    list_select_related = ("change_set",)
    list_per_page = 50
    fields = ("change_set", "model", "record", "version")
