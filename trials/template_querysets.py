"""How templates and the reports by them are found."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet


class TemplateQuerySet(QuerySet):
    """Templates."""

    def newest(self):
        """The versions that no later one has taken the place of."""
        return self.filter(next=None)

    def of(self, network):
        """Those that the municipalities of `network` answer: its own, and those common to all."""
        return self.filter(Q(network=network) | Q(network=None))

    def with_questions(self):
        """Each with its questions at hand, in their order."""
        questions = self.model._meta.get_field("questions").related_model
        return self.prefetch_related(Prefetch("questions", questions.objects.order_by("position")))

    def with_answered(self):
        """Each with `is_answered`: whether any municipality has answered that version."""
        reports = self.model._meta.get_field("reports").related_model
        return self.annotate(is_answered=Exists(reports.objects.filter(template=OuterRef("pk"))))


class ReportQuerySet(QuerySet):
    """Reports by a template."""

    def with_answers(self):
        """Each with its answers at hand, and their questions and experiences."""
        answers = self.model._meta.get_field("answers").related_model
        return self.prefetch_related(
            Prefetch("answers", answers.objects.select_related("question", "experience").order_by("question__position"))
        )

    def newest_first(self):
        return self.order_by("-as_of", "-pk")
