"""Ideas and what is said of them: read here, written in the workspace."""

from django.contrib import admin

from networks.admin.readonly import ReadOnlyAdmin
from networks.admin.record import RecordAdmin
from trials.models import Idea, IdeaComment, IdeaInterest


@admin.register(Idea)
class IdeaAdmin(ReadOnlyAdmin, RecordAdmin):
    list_display = ("title", "kind", "state", "network", "municipality", "made_at")
    list_filter = ("kind", "state", "network")
    list_select_related = ("network", "municipality")
    search_fields = ("title", "text")


@admin.register(IdeaComment)
class IdeaCommentAdmin(ReadOnlyAdmin, RecordAdmin):
    list_display = ("idea", "author", "made_at", "withdrawn_at")
    list_select_related = ("idea", "author")
    search_fields = ("idea__title", "text")


@admin.register(IdeaInterest)
class IdeaInterestAdmin(ReadOnlyAdmin, RecordAdmin):
    list_display = ("idea", "municipality", "user", "made_at")
    list_select_related = ("idea", "municipality", "user")
    search_fields = ("idea__title",)
