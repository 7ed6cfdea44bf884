"""Who coordinates a network: another is added, one takes over, one stops. A network is not left alone unawares."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from frikommune.people import name_of
from networks.models import Coordinator, Network


class LeftAlone(Exception):
    """The network would have no coordinator after `day`."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


def networks_without_coordinator(day: date | None = None):
    """The networks with trials that nobody keeps on `day`, or today: a coordinator whose account is closed is none."""
    return Network.objects.active().without_coordinator(day)


def found(name: str):
    """The user with this username or e-mail address. Raises `ValidationError` when there is none, or not just one."""
    users = get_user_model()._default_manager
    named = users.filter(username=name).first()
    known = [named] if named else list(users.filter(email__iexact=name)[:2])
    if not known:
        raise ValidationError(f"Der er ingen bruger »{name}«. Ministeriet opretter konti.")
    if len(known) > 1:
        raise ValidationError(f"Flere brugere har e-mailadressen »{name}«. Skriv brugernavnet.")
    if not known[0].is_active:
        raise ValidationError(f"Kontoen »{name}« er lukket. Ministeriet kan åbne den.")
    return known[0]


@transaction.atomic
def add(network: Network, user, from_on: date) -> Coordinator:
    """Make `user` a coordinator from a day on. Raises `ValidationError` for one who is so then already."""
    _hold(network)
    if network.coordinators.filter(user=user).exclude(to_on__lt=from_on).exists():
        raise ValidationError(f"{name_of(user)} er allerede koordinator for netværket den dag.")
    return Coordinator.objects.create(network=network, user=user, from_on=from_on)


@transaction.atomic
def end(role: Coordinator, to_on: date, even_if_alone: bool = False) -> Coordinator:
    """Let `role` end with the day `to_on`.

    Raises `ValidationError` for a day before it began or a role that is over, and `LeftAlone` when the network then
    has no coordinator, unless `even_if_alone`.
    """
    _hold(role.network)
    role = Coordinator.objects.select_related("network", "user").get(pk=role.pk)
    if role.to_on and role.to_on < timezone.localdate():
        raise ValidationError(f"Rollen er allerede slut {role.to_on:%d.%m.%Y}.")
    if role.from_on and to_on < role.from_on:
        raise ValidationError(f"Rollen kan ikke slutte, før den begynder {role.from_on:%d.%m.%Y}.")
    if not even_if_alone and not _others_after(role, to_on):
        raise LeftAlone(to_on)
    role.to_on = to_on
    role.save()
    return role


@transaction.atomic
def hand_over(role: Coordinator, user, from_on: date) -> Coordinator:
    """Let `user` take over `role` from a day on; who leaves keeps it that day too. Raises as `add` and `end`."""
    if role.user_id == user.pk:
        raise ValidationError("Rollen kan ikke overtages af den, der har den.")
    successor = add(role.network, user, from_on)
    end(role, from_on)
    return successor


def _others_after(role: Coordinator, day: date) -> bool:
    """Whether someone else coordinates on the day after `day`, or, when that is past, today."""
    then = max(day + timedelta(days=1), timezone.localdate())
    others = role.network.coordinators.on(then).filter(user__is_active=True)
    return others.exclude(pk=role.pk).exists()


def _hold(network: Network) -> None:
    """Two who change a network's coordinators come one after the other."""
    Network.objects.select_for_update(of=("self",)).get(pk=network.pk)


@dataclass(frozen=True)
class Step:
    """A change of the network's coordinators: when, whose role, what became of it, and who wrote it."""

    at: object
    user: str
    what: str
    by: str


def steps(network: Network) -> list[Step]:
    """What has happened to the network's coordinators, newest first. One query."""
    lines = Coordinator.history.filter(network=network).select_related("user", "history_user")
    return [
        Step(line.history_date, name_of(line.user), _what(line), _writer(line))
        for line in lines.order_by("-history_date", "-history_id")
    ]


def _writer(line) -> str:
    return name_of(line.history_user) if line.history_user else ""


def _what(line) -> str:
    since = f"fra {line.from_on:%d.%m.%Y}" if line.from_on else "uden startdato"
    until = f" til og med {line.to_on:%d.%m.%Y}" if line.to_on else ""
    if line.history_type == "-":
        return "slettet som koordinator"
    if line.history_type == "+":
        return f"koordinator {since}{until}"
    return f"koordinator{until}" if until else f"koordinator {since}, uden slutdato"
