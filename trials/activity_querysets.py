"""How figures, experiences, milestones, outcomes and contradictions are found. Each starts at `visible_to(user)`."""

import re
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Replace, TruncDate

from trials import rules, search
from trials.enums import EVALUATION_MILESTONES, MilestoneKind, Publication


class CodedQuerySet(QuerySet):
    """Records that are known by a code of their own."""

    def get_by_natural_key(self, code: str):
        return self.get(code=code)

    def at_address(self, slug: str):
        """The record whose `slug` this is in whatever letters, or None; a colon in its code is a hyphen there."""
        if "\0" in slug:  # PostgreSQL takes no such text
            return None
        slugs = self.annotate(written=Replace("code", Value(":"), Value("-")))
        return slugs.filter(written__iexact=slug.replace(":", "-")).first()

    def next_code(self, letter: str) -> str:
        """The next free code of the editors' own, such as T-0007. Those of a source have other letters."""
        taken = self.filter(code__regex=rf"^{letter}-[0-9]+$").values_list("code", flat=True)
        return f"{letter}-{1 + max((int(re.sub('[^0-9]', '', code)) for code in taken), default=0):04d}"


class OfTrialsQuerySet(CodedQuerySet):
    """Records of any number of trials, or of a network when they name none."""

    def visible_to(self, user):
        """All to editorial staff. To others those of no trial at all, or of at least one that is published."""
        if rules.sees_drafts(user):
            return self
        trials = self.model._meta.get_field("trials")
        rows, field = trials.remote_field.through.objects, trials.m2m_field_name()
        of_any = rows.filter(**{field: OuterRef("pk")})
        published = of_any.filter(trial__publication=Publication.PUBLISHED)
        return self.filter(Q(Exists(published)) | ~Q(Exists(of_any)))

    def of_network(self, network):
        """The network's own, and those of its trials that name no network."""
        return self.filter(Q(network=network) | Q(network=None, trials__network=network)).distinct()

    def with_subjects(self):
        """With network, trials, municipalities and place at hand, in a constant number of queries."""
        found = self.select_related("network", "cell__source", "source").prefetch_related("trials__network")
        return found.prefetch_related("municipalities") if hasattr(self.model, "municipalities") else found

    def shown_to(self, user):
        """What `user` may see, each with network, place, municipalities, and those of its trials that `user` may see.

        A constant number of queries. A record of two trials may be public while one of them is a draft.
        """
        related = self.model._meta.get_field("trials").related_model
        seen = related.objects.visible_to(user).select_related("network").order_by("network__number", "number")
        found = self.visible_to(user).select_related("network", "cell__source", "source")
        found = found.prefetch_related(Prefetch("trials", seen))
        if not hasattr(self.model, "municipalities"):
            return found
        municipalities = self.model._meta.get_field("municipalities").related_model
        return found.prefetch_related(Prefetch("municipalities", municipalities.objects.order_by("sort_key")))


class ObservationQuerySet(OfTrialsQuerySet):
    """Figures."""

    def with_as_of(self):
        """Each with `as_of`: the end of its period. Without dates it is as of its source, or of when it was written."""
        written = self.model.history.model.objects.filter(id=OuterRef("pk")).order_by("history_date")
        recorded = TruncDate(Subquery(written.values("history_date")[:1]))
        return self.annotate(as_of=Coalesce("to_on", "from_on", "source__published_on", recorded))

    def known_by(self, day: date):
        """Those whose period was over by `day` (`with_as_of`)."""
        return self.with_as_of().filter(as_of__lte=day)

    def in_order(self):
        """As the source gives them: the tables first, then the sections."""
        return self.order_by("code")


class ExperienceQuerySet(OfTrialsQuerySet):
    """Experiences."""

    def search(self, text: str):
        """Those in which every word of `text` is found (see `trials.search`)."""
        return self.filter(search.matches(text))


class MilestoneQuerySet(OfTrialsQuerySet):
    """Milestones."""

    def known_by(self, day: date):
        """Those that had happened by `day`, and the plans that had been announced by then (`timeline.Entry` says it so
        too). A plan is announced when its source is published, or when it is written down here."""
        announced = Coalesce("source__published_on", self._first_written())
        found = self.annotate(announced_on=announced, happened_on=Coalesce("actual_to", "actual_from"))
        beforehand = Q(planned_from__isnull=False) | Q(planned_to__isnull=False) | Q(happened_on=None)
        return found.filter(Q(happened_on__lte=day) | Q(beforehand, announced_on__lte=day))

    def concerning(self, trial):
        """Those of `trial` (got by `for_page`); those of its evaluations under other trials; and the evaluations and
        decisions of all its network's trials, or of all trials. In the order of their codes.

        What else happened in the whole network is not said of any one trial.
        """
        sharing = [
            other.trial_id for coverage in trial.coverages.all() for other in coverage.evaluation.visible_coverages
        ]
        named = self.model.trials.through.objects.filter(milestone=OuterRef("pk"))
        whole = ~Exists(named) & (Q(network=trial.network_id) | Q(network=None))
        return self.filter(
            Exists(named.filter(trial=trial))
            | Q(Exists(named.filter(trial__in=sharing)), kind__in=EVALUATION_MILESTONES)
            | (whole & Q(kind__in=(*EVALUATION_MILESTONES, MilestoneKind.DECISION)))
        ).order_by("code")

    def with_announcement(self):
        """Each with `written_on`: the day on which it was first written down here; None when it was loaded."""
        return self.annotate(written_on=self._first_written())

    def _first_written(self):
        history = self.model.history.filter(id=OuterRef("pk")).order_by("history_date", "history_id")
        return Subquery(history.values("history_date__date")[:1])

    def in_time(self):
        """By the day they happened or are planned for; those without a day last."""
        return self.order_by(F("actual_from").asc(nulls_last=True), F("planned_from").asc(nulls_last=True), "code")


class OutcomeQuerySet(QuerySet):
    """What became of trials."""

    def known_by(self, day: date):
        """Those in effect by `day`, and what was expected by then; without a day it is known from its source."""
        decided = Q(is_expected=False) & (
            Q(effective_on__lte=day) | Q(effective_on=None, source__published_on__lte=day)
        )
        return self.filter(decided | Q(is_expected=True, source__published_on__lte=day))

    def get_by_natural_key(self, public_id: str, decision: str, is_expected: bool):
        return self.get(trial__public_id=public_id, decision=decision, is_expected=is_expected)

    def visible_to(self, user):
        """As far as the trial is visible."""
        return self if rules.sees_drafts(user) else self.filter(trial__publication=Publication.PUBLISHED)


class ContradictionQuerySet(OfTrialsQuerySet):
    """Contradictions that a reader has found."""
