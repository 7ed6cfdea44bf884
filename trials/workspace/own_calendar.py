"""A user's own deadlines as a calendar, at a secret address that the user can make anew or take away."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from networks.models import Network
from trials import calendar
from trials.models import CalendarKey, Milestone, Participation, Trial
from trials.models.confirmation import random_key
from trials.rules import is_ministry, roles_of, works_here
from trials.workspace import links


def address(user) -> str:
    """The path of the user's calendar; empty without one."""
    row = CalendarKey.objects.filter(user=user).first()
    return reverse("trials:own_calendar_file", args=[links.token_of(row)]) if row else ""


def renew(user) -> None:
    """Give the user's calendar a new address; the old one leads nowhere from now on."""
    CalendarKey.objects.update_or_create(user=user, defaults={"key": random_key()})


def revoke(user) -> None:
    """Take the user's calendar away."""
    CalendarKey.objects.filter(user=user).delete()


def owner(token: str):
    """The user whose calendar this is; None when there is none, or when its user no longer works here."""
    row = links.at_token(CalendarKey.objects.select_related("user"), token)
    return row.user if row and row.user.is_active and works_here(row.user) else None


def deadlines(user):
    """The milestones still to come of the networks, trials and evaluations that `user` has to do with."""
    open_ones = Milestone.objects.filter(actual_from=None, actual_to=None)
    if is_ministry(user):
        return open_ones
    roles = roles_of(user)
    parts = Participation.objects.filter(trial=OuterRef("pk"), municipality__in=roles.municipalities)
    trials = Trial.objects.visible_to(user).filter(
        Q(network__in=roles.networks) | Q(evaluations__in=roles.evaluations) | Exists(parts)
    )
    named = Milestone.trials.through.objects.filter(milestone=OuterRef("pk"), trial__in=trials.values("pk"))
    networks = Network.objects.filter(pk__in=roles.networks)
    return open_ones.filter(Q(network__in=networks.values("pk")) | Q(Exists(named)))


def written(user, absolute: Callable[[str], str]) -> bytes:
    """The user's calendar (RFC 5545)."""
    return calendar.written("Mine frister i Frikommuneregisteret", deadlines(user), user, absolute)
