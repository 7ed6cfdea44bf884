"""The columns of the lists of participations and of status events. Never who recorded an event."""

from collections.abc import Iterable
from typing import Any

from trials.exports.column import Column, Kind
from trials.exports.columns.grounds import GROUNDS, with_grounds
from trials.exports.columns.subjects import MUNICIPALITY, MUNICIPALITY_NAME, TRIAL
from trials.models import Participation, StatusEvent


def participations(filtered: Any) -> Iterable[Participation]:
    """The participations of the filter with trial, municipality and place."""
    return with_grounds(filtered.qs.select_related("trial", "municipality"), filtered.user)


def events(filtered: Any) -> Iterable[StatusEvent]:
    """The status events of the filter with their subject, what held before, and what corrects them."""
    found = filtered.qs.with_previous().select_related(
        "trial", "participation__trial", "participation__municipality", "corrects", "corrected_by"
    )
    return with_grounds(found, filtered.user)


def _trial(event: StatusEvent) -> str:
    return (event.trial or event.participation.trial).public_id


def _correction(event: StatusEvent) -> str | None:
    return event.corrected_by.key if hasattr(event, "corrected_by") else None


PARTICIPATION_COLUMNS = [
    Column(
        "id",
        "Forsøgets id og kommunekoden, fx FKII-1-08:810; ændres aldrig.",
        lambda part: f"{part.trial.public_id}:{part.municipality.code}",
    ),
    TRIAL,
    MUNICIPALITY,
    MUNICIPALITY_NAME,
    Column(
        "status",
        "Kode for kommunens egen status nu, eller den dag, der er spurgt om.",
        lambda part: part.shown_status.value,
    ),
    Column(
        "besluttet",
        "Dagen, kommunalbestyrelsen besluttede at bruge forsøget; tomt, når den ikke er oplyst.",
        lambda part: part.decided_on,
        Kind.DATE,
    ),
    *GROUNDS,
]

EVENT_COLUMNS = [
    Column("id", "Hændelsens nøgle; ændres aldrig.", lambda event: event.key),
    Column("forsoeg", "Forsøgets id.", _trial, references="forsoeg"),
    Column(
        "kommunekode",
        "Kommunens kommunekode; tomt, når hændelsen gælder hele forsøget.",
        lambda event: event.participation.municipality.code if event.participation else None,
        references="kommuner",
    ),
    Column("status", "Kode for den status, der begyndte.", lambda event: event.status),
    Column(
        "foregaaende_status",
        "Kode for den status, der gjaldt lige før; tomt, når ingen er oplyst.",
        lambda event: event.previous_status or None,
    ),
    Column("aarsag", "Kode for årsagen; tomt, når ingen er oplyst.", lambda event: event.reason),
    Column("gaeldende_fra", "Dagen, hvor det var sådan.", lambda event: event.effective_on, Kind.DATE),
    Column("praecision", "Kode for, om det var fra den dag eller senest den dag.", lambda event: event.precision),
    Column("bemaerkning", "Registerets bemærkning.", lambda event: event.note),
    Column(
        "kendt",
        "Dagen, oplysningen var kendt: kildens udgivelse, eller dagen, den blev skrevet i registeret.",
        lambda event: event.known_on,
        Kind.DATE,
    ),
    Column("rettelse", "Om hændelsen er en rettelse.", lambda event: event.is_correction, Kind.BOOLEAN),
    Column(
        "retter",
        "Nøglen til den hændelse, den retter; tomt, når den ikke retter nogen.",
        lambda event: event.corrects.key if event.corrects else None,
        references="statushaendelser",
    ),
    Column(
        "rettet_af",
        "Nøglen til den hændelse, der har rettet den, så den ikke længere gælder; ellers tomt.",
        _correction,
        references="statushaendelser",
    ),
    *GROUNDS,
]
