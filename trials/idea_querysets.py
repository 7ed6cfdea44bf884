"""How ideas are found. Each exit starts at `visible_to(user)`; there is none for the public."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from trials import rules


class IdeaQuerySet(QuerySet):
    def visible_to(self, user):
        """The ideas of the networks that `user` shares ideas in; all to the ministry and to readers."""
        if rules.reads_everything(user):
            return self
        return self.filter(network__in=rules.networks_shared_with(user))

    def with_activity(self):
        """Each with `comment_count`, withdrawn ones left out, and `interest_count`; the newest first."""
        standing = Q(comments__withdrawn_at=None)
        return self.annotate(
            comment_count=Count("comments", filter=standing, distinct=True),
            interest_count=Count("interests", distinct=True),
        ).order_by(*self.model._meta.ordering)


class OfIdeaQuerySet(QuerySet):
    def visible_to(self, user):
        """As far as the idea is visible."""
        if rules.reads_everything(user):
            return self
        return self.filter(idea__network__in=rules.networks_shared_with(user))


class IdeaCommentQuerySet(OfIdeaQuerySet):
    def withdrawn(self, keys: Iterable[int]) -> set[int]:
        """Those of these comments, by their keys, whose words are shown to nobody. One query."""
        return set(self.filter(pk__in=list(keys)).exclude(withdrawn_at=None).values_list("pk", flat=True))
