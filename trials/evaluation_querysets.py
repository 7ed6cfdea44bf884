"""How evaluations are found, with their trials and milestones. Each starts at `visible_to(user)`."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from trials import rules
from trials.activity_querysets import CodedQuerySet
from trials.enums import EVALUATION_MILESTONES, Publication


class EvaluationQuerySet(CodedQuerySet):
    def visible_to(self, user):
        """The evaluations of at least one visible trial."""
        if rules.sees_drafts(user):
            return self
        return self.filter(Exists(self._coverages(user).filter(evaluation=OuterRef("pk"))))

    def with_coverages(self, user):
        """Each with its `visible_coverages`: the trials that it covers and `user` may see, in the order of their ids,
        that under which it is described before those that only refer to it."""
        return self._with(self._coverages(user))

    def worked_on_by(self, user):
        """The evaluations that `user` keeps in the workspace, or reads there."""
        roles = rules.roles_of(user)
        if rules.reads_everything(user):
            return self
        every = self.model._meta.get_field("coverages").related_model.objects
        kept = every.filter(evaluation=OuterRef("pk"), trial__network__in=roles.networks)
        return self.filter(Q(Exists(kept)) | Q(pk__in=roles.evaluations))

    def met_by(self, user):
        """The evaluations of which `user` may know that they are there: the visible ones, and his own to see to."""
        own = rules.roles_of(user).evaluations
        return self.filter(Q(pk__in=self.visible_to(user).values("pk")) | Q(pk__in=own))

    def with_all_coverages(self):
        """As `with_coverages`, drafts included: for those who keep the evaluation, or read everything."""
        return self._with(self.model._meta.get_field("coverages").related_model.objects.all())

    def _with(self, coverages):
        ordered = coverages.select_related("trial__network", "cell__source", "source").order_by(
            "is_shared", "trial__network", "trial__number"
        )
        return self.prefetch_related(Prefetch("coverages", ordered, to_attr="visible_coverages"))

    def with_next_milestone(self, user):
        """Each with `next_milestone`, a primary key, and its `next_kind`; None when none is yet to come.

        One is yet to come when the source does not say that it has happened, and its time was not over when the
        source was published. What is planned for all the trials of a programme alike is left out.
        """
        still = Q(planned_to=None) | Q(source=None) | Q(planned_to__gte=F("source__published_on"))
        upcoming = (
            self.milestones(user, OuterRef(OuterRef("pk")))
            .filter(still, actual_from=None)
            .order_by(F("planned_from").asc(nulls_last=True), "code")
        )
        return self.annotate(
            next_milestone=Subquery(upcoming.values("pk")[:1]), next_kind=Subquery(upcoming.values("kind")[:1])
        )

    def milestones(self, user, evaluation, common: bool = False):
        """The milestones of `evaluation` (a primary key or a reference to one) that `user` may see: those of its
        trials, those of all the trials of their network, and if `common` those of all trials. Not those that are said
        to be another evaluation's."""
        coverages = self._coverages(user).filter(evaluation=evaluation)
        records = coverages.model._meta.get_field("trial").related_model._meta.get_field("milestones").related_model
        named = records.trials.through.objects.filter(milestone=OuterRef("pk"))
        of_trials = Exists(coverages.filter(trial__milestones=OuterRef("pk")))
        whole = Q(Exists(coverages.filter(trial__network=OuterRef("network"))))
        if common:
            whole |= Q(network=None)
        found = records.objects.visible_to(user).filter(kind__in=EVALUATION_MILESTONES)
        # As deep in the query as the coverages above, so that a reference means the same.
        own = Exists(records.objects.filter(pk=OuterRef("pk"), evaluation=evaluation))
        return found.filter(own | Q(of_trials | (~Exists(named) & whole), evaluation=None))

    def _coverages(self, user):
        return self.model._meta.get_field("coverages").related_model.objects.visible_to(user)


class CoverageQuerySet(QuerySet):
    def get_by_natural_key(self, code: str, public_id: str):
        return self.get(evaluation__code=code, trial__public_id=public_id)

    def visible_to(self, user):
        """As far as the trial is visible."""
        return self if rules.sees_drafts(user) else self.filter(trial__publication=Publication.PUBLISHED)
