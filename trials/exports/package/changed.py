"""When the public register was last changed: what is written of drafts, or is the workspace's own, does not count.

What was public before and is no more, counts as a change. So does what is changed in a record of which nothing is known
from before, as of one loaded from a fixture.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from networks import models as networks
from trials import models as trials
from trials.enums import Publication

EVERYONE = AnonymousUser()

KEPT_INSIDE = {
    *(networks.MunicipalContact, networks.Office, trials.Assignment, trials.Assessment),
    *(trials.Proposal, trials.Template, trials.Question, trials.Report, trials.Answer),
    *(trials.Idea, trials.IdeaComment, trials.IdeaInterest),
}
"""Models of which the public sees nothing."""


def last_changed() -> datetime | None:
    """When something public was last written; None when nothing was. One query for each kind of record."""
    days = [_newest(seen(model.history.order_by()), "history_date") for model, seen in PUBLIC.items()]
    days.append(_newest(trials.StatusEvent.objects.visible_to(EVERYONE).order_by(), "recorded_at"))
    return max(filter(None, days), default=None)


def _newest(found: QuerySet, field: str) -> datetime | None:
    return found.aggregate(newest=Max(field))["newest"]


def _all(versions: QuerySet) -> QuerySet:
    return versions


def _trials(versions: QuerySet) -> QuerySet:
    """Versions that are published, or the first after one that was."""
    versions = versions.annotate(before=Subquery(_before(versions).values("publication")[:1]))
    return versions.filter(Q(publication=Publication.PUBLISHED) | Q(before=Publication.PUBLISHED) | UNKNOWN_BEFORE)


def _of_a_trial(versions: QuerySet) -> QuerySet:
    """Versions of what hangs on a published trial, or did until then."""
    versions = versions.annotate(before=Subquery(_before(versions).values("trial")[:1]))
    return versions.filter(Q(trial__in=_published()) | Q(before__in=_published()))


def _of_trials(versions: QuerySet) -> QuerySet:
    """Versions of what everyone sees, and those by which something ceased to be seen: it left its last published
    trial, or was deleted."""
    model = versions.model.instance_type
    links = versions.model.trials.model._default_manager.order_by()
    versions = versions.annotate(before=Subquery(_before(versions).values("history_id")[:1]))
    linked = links.filter(history=OuterRef("before"))
    deleted_of_none = Q(history_type="-") & ~Exists(linked)
    left = Exists(linked.filter(trial__in=_published()))
    return versions.filter(Q(id__in=_seen(model)) | Q(left) | deleted_of_none | UNKNOWN_BEFORE)


def _seen_now(versions: QuerySet) -> QuerySet:
    """Versions of what everyone sees. It ceases to be seen only by a change in what hangs on it."""
    return versions.filter(id__in=_seen(versions.model.instance_type))


def _through(name: str, model) -> Callable[[QuerySet], QuerySet]:
    """Versions of what hangs, by the field `name`, on a record of `model` that everyone sees."""
    return lambda versions: versions.filter(**{f"{name}__in": _seen(model)})


def _seen(model) -> QuerySet:
    return model.objects.visible_to(EVERYONE).order_by().values("pk")


def _published() -> QuerySet:
    return _seen(trials.Trial)


def _before(versions: QuerySet) -> QuerySet:
    """The version before each, of the same record."""
    earlier = versions.model._default_manager.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    return earlier.order_by("-history_id")


UNKNOWN_BEFORE = Q(before=None) & ~Q(history_type="+")

PUBLIC: dict[type, Callable[[QuerySet], QuerySet]] = {
    **dict.fromkeys((networks.Programme, networks.ApplicationRound, networks.Guidance, networks.Municipality), _all),
    **dict.fromkeys((networks.Network, networks.Membership, networks.NetworkText, networks.Focus), _all),
    # That a network has no coordinator is a finding on the page about the quality of the data.
    **dict.fromkeys((networks.Coordinator, trials.Source), _all),
    trials.Trial: _trials,
    **dict.fromkeys((trials.Participation, trials.LegalBasis, trials.Coverage, trials.Outcome), _of_a_trial),
    **dict.fromkeys((trials.Observation, trials.Experience, trials.Milestone, trials.Contradiction), _of_trials),
    **dict.fromkeys((trials.Evaluation, trials.Act, trials.Provision), _seen_now),
    trials.EvaluationTrait: _through("evaluation", trials.Evaluation),
    trials.ContradictionPlace: _through("contradiction", trials.Contradiction),
    trials.Correction: _through("cell", trials.SourceCell),
}
"""Of each model of which the public sees something, the versions that count."""
