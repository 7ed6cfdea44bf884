"""The columns of the list of findings: contradictions, gaps and faults."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from trials.exports.column import Column, Kind
from trials.exports.columns.subjects import network_id
from trials.integrity import Finding


def rows(filtered: Any) -> Iterable[Finding]:
    """The findings of the filter as its user may see them."""
    return filtered.qs


def _places(finding: Finding) -> list[str]:
    return [str(place) for place in finding.places]


COLUMNS = [
    Column("id", "Fundets nøgle, fx in_force_before_law:FKII-1-06; ændres ikke.", lambda finding: finding.key),
    Column("regel", "Kode for den regel, der fandt det.", lambda finding: finding.code),
    Column("titel", "Det, reglen leder efter.", lambda finding: finding.title),
    Column("alvor", "Kode for, hvor alvorligt fundet er.", lambda finding: finding.severity.value),
    Column("fund", "Det, der er fundet.", lambda finding: finding.message),
    Column("imens", "Det, registeret viser imens, og hvorfor.", lambda finding: finding.shown),
    Column(
        "forsoeg",
        "Id for de forsøg, fundet gælder.",
        lambda finding: [trial.public_id for trial in finding.trials],
        Kind.TEXTS,
    ),
    Column(
        "netvaerk_id",
        "Id for de netværk, fundet gælder.",
        lambda finding: [network_id(network) for network in finding.networks],
        Kind.TEXTS,
    ),
    Column(
        "kommunekoder",
        "Kommunekoder for de kommuner, fundet gælder.",
        lambda finding: [municipality.code for municipality in finding.municipalities],
        Kind.TEXTS,
    ),
    Column("steder", "Stederne, hver med de ord, der står der.", _places, Kind.TEXTS),
    Column(
        "url",
        "Adressen på reglens fund på siden om datakvalitet.",
        lambda finding: f"{reverse('trials:quality')}#{finding.code}",
        Kind.ADDRESS,
    ),
]
