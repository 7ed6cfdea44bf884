"""Keeps the search columns of a trial in step with everything that is searched."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from networks.models import Municipality, Network
from trials import search
from trials.models import Act, Coverage, Evaluation, LegalBasis, Participation, Trial

_waiting: ContextVar[set[int] | None] = ContextVar("_waiting", default=None)


@contextmanager
def refreshing_once() -> Iterator[None]:
    """Refresh each trial once, at the end, however much is written of it in between."""
    token = _waiting.set(set())
    try:
        yield
        for trial in Trial.objects.filter(pk__in=_waiting.get() or ()):
            search.refresh(trial)
    finally:
        _waiting.reset(token)


@receiver([post_save, post_delete], sender=Participation)
@receiver([post_save, post_delete], sender=LegalBasis)
@receiver([post_save, post_delete], sender=Coverage)
def refresh_trial_of(sender, instance, raw: bool = False, **kwargs) -> None:
    _refresh([instance.trial], raw)


@receiver(post_save, sender=Trial)
def refresh_trial(sender, instance, raw: bool = False, **kwargs) -> None:
    _refresh([instance], raw)


@receiver(post_save, sender=Act)
def refresh_trials_under_act(sender, instance, raw: bool = False, **kwargs) -> None:
    _refresh(Trial.objects.filter(legal_bases__provision__act=instance).distinct(), raw)


@receiver(post_save, sender=Evaluation)
@receiver(post_save, sender=Network)
@receiver(post_save, sender=Municipality)
def refresh_trials(sender, instance, raw: bool = False, **kwargs) -> None:
    _refresh(instance.trials.all(), raw)


def _refresh(trials, raw: bool) -> None:
    # A fixture (raw) brings the columns with it, and its related records may not be there yet.
    if raw:
        return
    waiting = _waiting.get()
    for trial in trials:
        if waiting is None:
            search.refresh(trial)
        else:
            waiting.add(trial.pk)
