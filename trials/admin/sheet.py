"""Workbooks that were handed out and came back: who and when. What is in them is not shown."""

from django.contrib import admin

from networks.admin.readonly import ReadOnlyAdmin
from trials.models import SheetDownload, SheetUpload


@admin.register(SheetDownload)
class SheetDownloadAdmin(ReadOnlyAdmin):
    list_display = ("network", "made_by", "made_at")
    list_filter = ("network",)
    list_select_related = ("network", "made_by")
    search_fields = ("network__name", "made_by__username")
    fields = ("network", "made_by", "made_at")


@admin.register(SheetUpload)
class SheetUploadAdmin(ReadOnlyAdmin):
    list_display = ("network", "made_by", "made_at", "applied_at")
    list_filter = ("download__network",)
    list_select_related = ("download__network", "made_by")
    search_fields = ("download__network__name", "made_by__username")
    fields = ("network", "made_by", "made_at", "applied_at")

    @admin.display(description="netværk")
    def network(self, upload) -> str:
        return str(upload.download.network)
