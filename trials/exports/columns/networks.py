"""The columns of the lists of networks, municipalities, memberships, and what is told of networks."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from networks.enums import Standing
from networks.models import Membership, Municipality, Network, NetworkText
from trials.exports.column import Column, Kind
from trials.exports.columns.subjects import MUNICIPALITY, MUNICIPALITY_NAME, network_id
from trials.models import Participation, Trial

NETWORK = Column("netvaerk_id", "Netværkets id.", lambda record: network_id(record.network), references="netvaerk")


def networks(filtered: Any) -> Iterable[Network]:
    """The networks of the filter with their members, and the trials that its user may see as `seen_trials`."""
    trials = Trial.objects.visible_to(filtered.user).order_by("number")
    return (
        filtered.qs.select_related("programme")
        .with_members()
        .prefetch_related(Prefetch("trials", trials, to_attr="seen_trials"))
    )


def municipalities(filtered: Any) -> Iterable[Municipality]:
    """The municipalities of the filter with their networks, and the participations that its user may see."""
    seen = Participation.objects.visible_to(filtered.user).select_related("trial")
    ordered = seen.order_by("trial__network__programme__first_year", "trial__network", "trial__number")
    return filtered.qs.with_memberships().prefetch_related(
        Prefetch("participations", ordered, to_attr="seen_participations")
    )


def memberships(filtered: Any) -> Iterable[Membership]:
    """The memberships of the filter."""
    return filtered.qs.select_related("network__programme", "municipality")


def texts(filtered: Any) -> Iterable[NetworkText]:
    """The texts of the filter."""
    return filtered.qs.select_related("network__programme")


def _members(network: Network) -> list[Membership]:
    return [membership for membership in network.memberships.all() if membership.standing == Standing.ACTIVE]


NETWORK_COLUMNS = [
    Column("id", "Netværkets id, fx FKII-1; ændres aldrig.", network_id),
    Column("program", "Koden for forsøgsprogrammet.", lambda network: network.programme.code),
    Column("nummer", "Netværkets nummer i programmet.", lambda network: network.number, Kind.INTEGER),
    Column("navn", "Netværkets navn.", lambda network: network.name),
    Column("tema", "Temaet, ordret fra kilden.", lambda network: network.theme),
    Column(
        "aktivt",
        "Om staten har imødekommet forsøg i netværket.",
        lambda network: network.is_active,
        Kind.BOOLEAN,
    ),
    Column(
        "kommuner",
        "Navnene på de kommuner, der deltager aktivt, i alfabetisk orden.",
        lambda network: [membership.municipality.name for membership in _members(network)],
        Kind.TEXTS,
    ),
    Column(
        "kommunekoder",
        "Kommunernes kommunekoder, i samme orden som navnene.",
        lambda network: [membership.municipality.code for membership in _members(network)],
        Kind.TEXTS,
    ),
    Column(
        "forsoeg",
        "Id for netværkets forsøg.",
        lambda network: [trial.public_id for trial in network.seen_trials],
        Kind.TEXTS,
    ),
    Column("kilde", "Stedet i kilden, hvor netværket står.", lambda network: network.source_place),
    Column("url", "Adressen på netværkets side.", lambda network: network.get_absolute_url(), Kind.ADDRESS),
]

MUNICIPALITY_COLUMNS = [
    Column("id", "Kommunens kommunekode; ændres aldrig.", lambda municipality: municipality.code),
    Column("navn", "Kommunens navn uden »Kommune«.", lambda municipality: municipality.name),
    Column("officielt_navn", "Kommunens officielle navn.", lambda municipality: municipality.official_name),
    Column("regionskode", "Koden for kommunens region.", lambda municipality: municipality.region_code),
    Column("region", "Navnet på kommunens region.", lambda municipality: municipality.region),
    Column(
        "netvaerk_id",
        "Id for de netværk, kommunen er eller har været med i; hvordan, står i medlemskaber.",
        lambda municipality: [network_id(membership.network) for membership in municipality.memberships.all()],
        Kind.TEXTS,
    ),
    Column(
        "forsoeg",
        "Id for de forsøg, kommunen deltager i.",
        lambda municipality: [part.trial.public_id for part in municipality.seen_participations],
        Kind.TEXTS,
    ),
    Column("url", "Adressen på kommunens side.", lambda municipality: municipality.get_absolute_url(), Kind.ADDRESS),
]

MEMBERSHIP_COLUMNS = [
    Column(
        "id",
        "Netværkets id og kommunekoden, fx FKII-1:810; ændres aldrig.",
        lambda membership: f"{network_id(membership.network)}:{membership.municipality.code}",
    ),
    NETWORK,
    Column("netvaerk", "Netværkets navn.", lambda membership: membership.network.name),
    MUNICIPALITY,
    MUNICIPALITY_NAME,
    Column("deltagelse", "Kode for, hvordan kommunen deltager.", lambda membership: membership.standing),
    Column("fra", "Første dag i netværket; tomt, når den ikke er oplyst.", lambda each: each.from_on, Kind.DATE),
    Column("til", "Sidste dag i netværket; tomt, når den ikke er oplyst.", lambda each: each.to_on, Kind.DATE),
    Column("kilde", "Stedet i kilden, hvor det står.", lambda membership: membership.source_place),
]

TEXT_COLUMNS = [
    Column(
        "id",
        "Netværkets id, tekstens art og nummer, fx FKII-1:purpose:1; ændres aldrig.",
        lambda text: f"{network_id(text.network)}:{text.kind}:{text.position}",
    ),
    NETWORK,
    Column("art", "Kode for, hvad teksten fortæller.", lambda text: text.kind),
    Column("tekst", "Teksten, med registerets ord.", lambda text: text.text),
    Column("kilde", "Stedet i kilden, den bygger på.", lambda text: text.source_place),
    Column("citat", "De ord i kilden, den bygger på, ordret.", lambda text: text.quotation),
]
