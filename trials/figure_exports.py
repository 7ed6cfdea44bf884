"""Figures as comma-separated values (RFC 4180), one row a figure."""

from datetime import date
from decimal import Decimal

from trials.activity_querysets import ObservationQuerySet
from trials.exports import Absolute, Column, joined, written
from trials.models import Observation


def csv_of(figures: ObservationQuerySet, user, absolute: Absolute) -> str:
    """`figures` as `user` may see them, as CSV text with a header, in a constant number of queries."""
    return written(FIGURE_COLUMNS, figures.shown_to(user), absolute)


def _number(value: Decimal | None) -> str:
    """`value` with a decimal point and no more digits than it needs: 3.6, 15, 1000000."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _municipalities(figure: Observation, absolute: Absolute) -> str:
    return joined(municipality.name for municipality in figure.municipalities.all())


def _municipality_codes(figure: Observation, absolute: Absolute) -> str:
    return joined(municipality.code for municipality in figure.municipalities.all())


def _trials(figure: Observation, absolute: Absolute) -> str:
    return joined(trial.public_id for trial in figure.trials.all())


def _network(figure: Observation, absolute: Absolute) -> str:
    return figure.network.name if figure.network else joined(trial.network.name for trial in figure.trials.all())


FIGURE_COLUMNS = [
    Column("id", "Tallets kode, fx vive-2019:O-001; ændres aldrig.", lambda figure, absolute: figure.code),
    Column("indikator", "Det, tallet viser.", lambda figure, absolute: figure.indicator),
    Column(
        "vaerdi",
        "Tallet med decimalpunktum; af et interval den mindste værdi.",
        lambda figure, absolute: _number(figure.value),
    ),
    Column(
        "vaerdi_til",
        "Den største værdi af et interval; ellers tomt.",
        lambda figure, absolute: _number(figure.value_to),
    ),
    Column("enhed", "Kode for enheden.", lambda figure, absolute: figure.unit),
    Column("praecision", "Kode for, hvor præcist tallet er.", lambda figure, absolute: figure.accuracy),
    Column(
        "kommuner",
        "De kommuner, tallet gælder, i alfabetisk orden; er der flere, er det deres fælles tal. Tomt, når kilden ikke "
        "deler det på kommuner.",
        _municipalities,
    ),
    Column("kommunekoder", "Kommunernes kommunekoder, i samme orden som navnene.", _municipality_codes),
    Column("forsoeg", "Id for de forsøg, tallet gælder.", _trials),
    Column("netvaerk", "Frikommunenetværkets navn.", _network),
    Column(
        "dato_fra",
        "Periodens første dag; tomt, når kilden ikke giver nogen.",
        lambda figure, absolute: _day(figure.from_on),
    ),
    Column(
        "dato_til",
        "Dagen, tallet er opgjort, eller periodens sidste dag. Tomt, når kilden ikke giver nogen: så var det sådan "
        "senest den dag, kilden udkom.",
        lambda figure, absolute: _day(figure.to_on),
    ),
    Column("kilde", "Stedet i kilden, hvor tallet står.", lambda figure, absolute: figure.place),
]
"""The columns in their order."""
