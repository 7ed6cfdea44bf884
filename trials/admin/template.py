"""Templates and the answers to them. They are only read here: the workspace writes them, version by version."""

from django.contrib import admin

from networks.admin.history import HistoryAdmin
from networks.admin.readonly import ReadOnlyAdmin
from networks.admin.search import DanishSearch
from trials.models import Answer, Question, Report, Template


class KeptAdmin(DanishSearch, ReadOnlyAdmin, HistoryAdmin):
    """What the workspace writes, with its versions."""

    def get_ordering(self, request):
        # Said outright, since Django forgets a model's own ordering where rows are counted.
        return super().get_ordering(request) or self.model._meta.ordering


@admin.register(Template)
class TemplateAdmin(KeptAdmin):
    list_display = ("name", "version", "network")
    list_filter = ("network",)
    list_select_related = ("network",)
    search_fields = ("name", "introduction", "questions__text")
    fields = ("network", "name", "introduction", "version", "previous")
    readonly_fields = ("version", "previous")


@admin.register(Question)
class QuestionAdmin(KeptAdmin):
    list_display = ("text", "position", "theme", "kind", "is_required", "template")
    list_filter = ("theme", "kind", "template__network")
    list_select_related = ("template",)
    search_fields = ("text", "help", "template__name")
    fields = ("template", "position", "theme", "text", "help", "kind", "choices", "is_required")


@admin.register(Report)
class ReportAdmin(KeptAdmin):
    list_display = ("template", "trial", "municipality", "as_of", "recorded_by")
    list_filter = ("template__network", "municipality")
    list_select_related = ("template", "trial", "municipality", "recorded_by")
    search_fields = ("template__name", "trial__public_id", "municipality__name")
    fields = ("template", "trial", "municipality", "as_of", "recorded_by")


@admin.register(Answer)
class AnswerAdmin(KeptAdmin):
    list_display = ("value", "question", "report", "experience")
    list_filter = ("question__theme",)
    list_select_related = ("question", "report__municipality", "experience")
    search_fields = ("value", "question__text", "report__trial__public_id")
    fields = ("report", "question", "value", "experience")
