"""How the questions to municipalities, and their answers, are found."""

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from trials import rules


class RequestQuerySet(QuerySet):
    def open(self):
        """Those whose link can still be used."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def use_up(self, pk: int) -> bool:
        """Mark the request as answered. Of two who answer at once, one is told True."""
        return bool(self.open().filter(pk=pk).update(used_at=timezone.now()))


class AnswerQuerySet(QuerySet):
    def waiting(self):
        """Proposals that no coordinator has decided on."""
        return self.filter(unchanged=False, accepted=None)

    def kept_by(self, user):
        """Those whose networks `user` keeps."""
        if rules.is_ministry(user):
            return self
        return self.filter(participation__trial__network__in=rules.roles_of(user).networks)

    def with_standing(self):
        """Each with its trial, municipality and who answered and decided, and `newest_event`: the participation's
        newest event now, to be compared with the one that its writer saw."""
        events = self.model._meta.get_field("seen_event").related_model.objects
        newest = events.filter(participation=OuterRef("participation")).order_by("-pk").values("pk")[:1]
        return self.select_related(
            "participation__trial__network",
            "participation__municipality",
            "request",
            "seen_event",
            "answered_by",
            "decided_by",
        ).annotate(newest_event=Subquery(newest))

    def of_contact(self, user, municipality):
        """What has been answered for a municipality with an account, or is still waiting."""
        return self.filter(Q(answered_by__isnull=False) | Q(accepted=None), participation__municipality=municipality)
