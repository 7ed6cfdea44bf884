"""What municipalities were asked and what they answered. Both are only read here: the workspace writes them."""

from django.contrib import admin

from networks.admin.readonly import ReadOnlyAdmin
from trials.models import ConfirmationRequest, MunicipalAnswer


@admin.register(ConfirmationRequest)
class ConfirmationRequestAdmin(ReadOnlyAdmin):
    list_display = ("municipality", "network", "email", "asked_at", "expires_at", "used_at")
    list_filter = ("network",)
    list_select_related = ("municipality", "network")
    search_fields = ("municipality__name", "network__name", "email")
    fields = ("network", "municipality", "email", "asked_by", "asked_at", "expires_at", "used_at")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("municipality", "network")


@admin.register(MunicipalAnswer)
class MunicipalAnswerAdmin(ReadOnlyAdmin):
    list_display = ("participation", "unchanged", "status", "answered_at", "decision")
    list_filter = ("unchanged", "accepted", "status")
    search_fields = ("participation__municipality__name", "participation__trial__public_id", "note")
    fields = (
        ("participation", "answered_at"),
        ("request", "answered_by"),
        ("seen_event", "unchanged"),
        ("status", "reason"),
        ("effective_on", "precision"),
        "note",
        ("decision", "decided_at", "decided_by"),
        "comment",
    )

    @admin.display(description="afgørelse")
    def decision(self, answer) -> str:
        return {True: "Godkendt", False: "Sendt tilbage"}.get(
            answer.accepted, "Venter" if answer.is_waiting else "Ingen"
        )

    def get_queryset(self, request):
        shown = ("participation__municipality", "participation__trial", "request__municipality", "request__network")
        return super().get_queryset(request).select_related(*shown, "seen_event")
