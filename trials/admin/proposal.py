from django.contrib import admin

from networks.admin.history import HistoryAdmin
from networks.admin.readonly import ReadOnlyAdmin
from networks.admin.search import DanishSearch
from trials.models import Proposal


@admin.register(Proposal)
class ProposalAdmin(DanishSearch, ReadOnlyAdmin, HistoryAdmin):
    """Proposals as they stand. They are made and decided on in the workspace."""

    list_display = ("kind", "trial", "subject", "state", "proposed_at")
    list_filter = ("state", "kind", "trial__network")
    list_select_related = ("trial",)
    search_fields = ("trial__public_id", "trial__title", "subject", "comment")
    search_help_text = "Søg på forsøg, kommune, hjemmel eller begrundelse."

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial", "proposed_by", "decided_by")
