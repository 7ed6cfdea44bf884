"""The columns of the list of activity figures."""

from collections.abc import Iterable
from typing import Any

from trials.exports.column import Column, Kind, each_once
from trials.models import Observation


def rows(filtered: Any) -> Iterable[Observation]:
    """The figures of the filter as its user may see them, in a constant number of queries."""
    return filtered.qs.shown_to(filtered.user)


def _network(figure: Observation) -> list[str]:
    return [figure.network.name] if figure.network else each_once(trial.network.name for trial in figure.trials.all())


COLUMNS = [
    Column("id", "Tallets kode, fx vive-2019:O-001; ændres aldrig.", lambda figure: figure.code),
    Column("indikator", "Det, tallet viser.", lambda figure: figure.indicator),
    Column(
        "vaerdi",
        "Tallet med decimalpunktum; af et interval den mindste værdi.",
        lambda figure: figure.value,
        Kind.NUMBER,
    ),
    Column("vaerdi_til", "Den største værdi af et interval; ellers tomt.", lambda figure: figure.value_to, Kind.NUMBER),
    Column("enhed", "Kode for enheden.", lambda figure: figure.unit),
    Column("praecision", "Kode for, hvor præcist tallet er.", lambda figure: figure.accuracy),
    Column(
        "kommuner",
        "De kommuner, tallet gælder, i alfabetisk orden; er der flere, er det deres fælles tal. Tomt, når kilden ikke "
        "deler det på kommuner.",
        lambda figure: [municipality.name for municipality in figure.municipalities.all()],
        Kind.TEXTS,
    ),
    Column(
        "kommunekoder",
        "Kommunernes kommunekoder, i samme orden som navnene.",
        lambda figure: [municipality.code for municipality in figure.municipalities.all()],
        Kind.TEXTS,
    ),
    Column(
        "forsoeg",
        "Id for de forsøg, tallet gælder.",
        lambda figure: [trial.public_id for trial in figure.trials.all()],
        Kind.TEXTS,
    ),
    Column("netvaerk", "Frikommunenetværkets navn.", _network, Kind.TEXTS),
    Column(
        "dato_fra",
        "Periodens første dag; tomt, når kilden ikke giver nogen.",
        lambda figure: figure.from_on,
        Kind.DATE,
    ),
    Column(
        "dato_til",
        "Dagen, tallet er opgjort, eller periodens sidste dag. Tomt, når kilden ikke giver nogen: så var det sådan "
        "senest den dag, kilden udkom.",
        lambda figure: figure.to_on,
        Kind.DATE,
    ),
    Column("kilde", "Stedet i kilden, hvor tallet står.", lambda figure: figure.place),
]
"""The columns in their order."""
