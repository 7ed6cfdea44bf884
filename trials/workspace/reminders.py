"""Letters of what is due: to each coordinator, and to the ministry for networks without one.

A thing is told at most weekly, as long as it lasts; at once when its day has moved; no more when it is done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urljoin

from django.contrib.auth import get_user_model
from django.db import transaction

from frikommune.people import name_of
from networks.enums import OfficeKind
from networks.models import Coordinator, Network, Office
from trials.models import Reminder
from trials.workspace import duties
from trials.workspace.duties import Duty
from trials.workspace.handover import networks_without_coordinator
from trials.workspace.letters import letter

INTERVAL = timedelta(days=7)
"""For how long a thing is not told again."""


@dataclass
class Errand:
    """What is due for a user, by network."""

    user: object
    due: dict[Network, list[Duty]] = field(default_factory=dict)

    def keyed(self) -> dict[str, tuple[Network, Duty]]:
        """Each thing by its name, which is the network's own."""
        return {f"{network.pk}/{duty.key}": (network, duty) for network, found in self.due.items() for duty in found}


@dataclass(frozen=True)
class Claim:
    """What one run has taken upon itself to tell a user, and what stood there before."""

    told: list[str]
    before: list[Reminder]


def errands(today: date) -> list[Errand]:
    """Everyone who has a duty to know of what is due, with what it is; nothing too, so that what is done can be
    forgotten. Two queries for a network."""
    made: dict[int, Errand] = {}
    abandoned = {network.pk for network in networks_without_coordinator(today)}
    for network in Network.objects.active().select_related("programme"):
        found = duties.of(network, today)
        for user in _ministry() if network.pk in abandoned else _coordinators(network, today):
            made.setdefault(user.pk, Errand(user)).due[network] = found
    for user in get_user_model()._default_manager.filter(reminders__isnull=False).exclude(pk__in=made).distinct():
        made[user.pk] = Errand(user)
    return sorted(made.values(), key=lambda each: each.user.pk)


def to_tell(errand: Errand, today: date) -> list[str]:
    """The names of what `errand` holds that is to be told now: new, moved to another day, or last told a week ago."""
    last = {each.key: each for each in Reminder.objects.filter(user=errand.user)}
    return [
        key
        for key, (_, duty) in errand.keyed().items()
        if key not in last or last[key].due_on != duty.due or last[key].sent_on + INTERVAL <= today
    ]


def claim(errand: Errand, today: date) -> Claim:
    """Write down that what is to be told is told today, and forget what is no longer due.

    Of two runs at once the second finds nothing left. It is done before the letter is sent, so that no lock is held
    while a mail server answers; `take_back` undoes it.
    """
    with transaction.atomic():
        get_user_model()._default_manager.select_for_update().get(pk=errand.user.pk)
        keyed, told = errand.keyed(), to_tell(errand, today)
        reminders = Reminder.objects.filter(user=errand.user)
        reminders.exclude(key__in=keyed).delete()
        before = list(reminders.filter(key__in=told))
        for key in told:
            values = {"due_on": keyed[key][1].due, "sent_on": today}
            Reminder.objects.update_or_create(user=errand.user, key=key, defaults=values)
    return Claim(told, before)


def take_back(errand: Errand, made: Claim) -> None:
    """Undo `claim`, for a letter that could not be sent."""
    with transaction.atomic():
        Reminder.objects.filter(user=errand.user, key__in=made.told).delete()
        Reminder.objects.bulk_create(
            Reminder(user=errand.user, key=each.key, due_on=each.due_on, sent_on=each.sent_on) for each in made.before
        )


def written(errand: Errand, told: list[str], site: str):
    """The letter that tells these things, with addresses below `site`."""
    keyed = errand.keyed()
    parts: dict[Network, list[tuple[Duty, str]]] = {}
    for network, duty in (keyed[key] for key in told):
        parts.setdefault(network, []).append((duty, urljoin(f"{site}/", duty.url)))
    return letter("due", errand.user.email, name=name_of(errand.user), parts=parts.items(), count=len(told), site=site)


def _coordinators(network: Network, today: date) -> Iterator:
    for role in Coordinator.objects.on(today).filter(network=network, user__is_active=True).select_related("user"):
        yield role.user


def _ministry() -> Iterator:
    for office in Office.objects.filter(kind=OfficeKind.MINISTRY, user__is_active=True).select_related("user"):
        yield office.user
