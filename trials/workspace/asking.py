"""Asking the municipalities of a network, by e-mail, whether what is said of their trials still holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from frikommune.people import name_of
from networks.models import MunicipalContact, Municipality, Network
from trials.known import start_of
from trials.models import ConfirmationRequest, Participation
from trials.workspace import links
from trials.workspace.letters import letter

DAYS_OPEN = 30
"""For how many days after that on which it was sent a link can be used."""


@dataclass(frozen=True)
class Asked:
    """A municipality that can be asked: for how many trials, at what address, and what it was last asked."""

    municipality: Municipality
    trials: int
    email: str
    last: ConfirmationRequest | None


def askable(network: Network) -> list[Asked]:
    """The municipalities with a part in a published trial of `network`, in Danish order. Four queries.

    The address is that of the municipality's contact, otherwise the one that was used last.
    """
    parts = Participation.objects.visible_to(AnonymousUser()).filter(trial__network=network)
    counts = dict(parts.order_by().values_list("municipality").annotate(Count("pk")))
    last: dict[int, ConfirmationRequest] = {}
    for request in ConfirmationRequest.objects.filter(network=network):
        last.setdefault(request.municipality_id, request)
    contacts: dict[int, str] = {}
    held = MunicipalContact.objects.on(timezone.localdate()).filter(municipality__in=counts, user__is_active=True)
    for key, email in held.exclude(user__email="").order_by("pk").values_list("municipality", "user__email"):
        contacts.setdefault(key, email)
    return [
        Asked(each, counts[each.pk], contacts.get(each.pk) or _address(last.get(each.pk)), last.get(each.pk))
        for each in Municipality.objects.filter(pk__in=counts).order_by("sort_key")
    ]


def ask(asked: Asked, network: Network, email: str, message: str, by, absolute: Callable[[str], str]) -> None:
    """Send `asked` a link. Links it was sent before end; raises what the mail system raises, with nothing written."""
    last_day = timezone.localdate() + timedelta(days=DAYS_OPEN)
    request = ConfirmationRequest.objects.create(
        network=network,
        municipality=asked.municipality,
        email=email,
        asked_by=by,
        expires_at=start_of(last_day + timedelta(days=1)),
    )
    try:
        letter(
            "ask",
            email,
            reply_to=by.email,
            asked=asked,
            network=network,
            message=message,
            sender=name_of(by),
            last_day=last_day,
            link=absolute(reverse("trials:answer_link", args=[links.token_of(request)])),
        ).send()
    except Exception:
        request.delete()
        raise
    earlier = ConfirmationRequest.objects.open().filter(network=network, municipality=asked.municipality)
    earlier.exclude(pk=request.pk).update(expires_at=timezone.now())


def _address(request: ConfirmationRequest | None) -> str:
    return request.email if request else ""
