"""Ideas and what is said of them: read here by those who share them, written in the workspace."""

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from frikommune.keys import read_key
from networks.admin.history import DanishDifference
from networks.admin.readonly import ReadOnlyAdmin
from networks.admin.record import RecordAdmin
from networks.owner_rules import may
from trials.models import Idea, IdeaComment, IdeaInterest


class SharedAdmin(ReadOnlyAdmin, RecordAdmin):
    """What a network shares within itself. To others it is not there, and neither is its history."""

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def history_view(self, request, object_id, extra_context=None):
        self._require_shared(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._require_shared(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _require_shared(self, request, object_id: str) -> None:
        """404 unless the record is the user's to see, or was when it was deleted."""
        key = read_key(object_id) or 0
        record = self.model._base_manager.filter(pk=key).first()
        version = None if record else self.model.history.filter(id=key).order_by("-history_id").first()
        try:
            seen = may(request.user, "view", self.model, record or (version and version.instance) or self.model())
        except ObjectDoesNotExist:
            seen = False
        if not seen:
            raise Http404


@admin.register(Idea)
class IdeaAdmin(SharedAdmin):
    list_display = ("title", "kind", "state", "network", "municipality", "made_at")
    list_filter = ("kind", "state", "network")
    list_select_related = ("network", "municipality")
    search_fields = ("title", "text")


@admin.register(IdeaComment)
class IdeaCommentAdmin(SharedAdmin):
    """The words of a withdrawn comment are shown to nobody, in no version, and not searched."""

    list_display = ("idea", "author", "made_at", "withdrawn_at")
    list_select_related = ("idea", "author")
    search_fields = ("idea__title",)
    fields = ("idea", "words", "author", "made_at", "withdrawn_at", "withdrawn_by")
    readonly_fields = ("words", "made_at")

    @admin.display(description="kommentar")
    def words(self, comment: IdeaComment) -> str:
        return IdeaComment.WITHDRAWN if IdeaComment.objects.withdrawn([comment.pk]) else comment.text

    def get_historical_record_context_helper(self, request, historical_record):
        return WordsWithdrawn(self.model, historical_record, max_displayed_delta_change_chars=300)


class WordsWithdrawn(DanishDifference):
    """What differs in a comment, without the words of one that is withdrawn."""

    def prepare_delta_change_value(self, change, value):
        if change.field == "text" and IdeaComment.objects.withdrawn([self.record.id]):
            return IdeaComment.WITHDRAWN
        return super().prepare_delta_change_value(change, value)


@admin.register(IdeaInterest)
class IdeaInterestAdmin(SharedAdmin):
    list_display = ("idea", "municipality", "user", "made_at")
    list_select_related = ("idea", "municipality", "user")
    search_fields = ("idea__title",)
