"""The columns that say which trials, networks and municipalities a row is about."""

from typing import Any

from networks.models import Network
from trials.exports.column import Column, Kind, each_once


def network_id(network: Network) -> str:
    """The id of a network in files, such as FKII-1. Needs its programme at hand."""
    return f"{network.programme.code}-{network.number}"


def _networks(record: Any) -> list[str]:
    """The network of a record of trials, or those of its trials when it names none."""
    if record.network:
        return [network_id(record.network)]
    return each_once(network_id(trial.network) for trial in record.trials.all())


TRIAL = Column("forsoeg", "Forsøgets id.", lambda record: record.trial.public_id, references="forsoeg")
"""The trial of a row that has just one."""

TRIALS = Column(
    "forsoeg",
    "Id for de forsøg, rækken gælder; tomt, når den gælder et helt netværk eller alle.",
    lambda record: [trial.public_id for trial in record.trials.all()],
    Kind.TEXTS,
)

NETWORKS = Column(
    "netvaerk_id", "Id for det netværk, rækken gælder, eller for forsøgenes netværk.", _networks, Kind.TEXTS
)

MUNICIPALITY = Column(
    "kommunekode", "Kommunens kommunekode.", lambda record: record.municipality.code, references="kommuner"
)

MUNICIPALITY_NAME = Column("kommune", "Kommunens navn.", lambda record: record.municipality.name)

MUNICIPALITIES = [
    Column(
        "kommuner",
        "Navnene på de kommuner, rækken gælder, i alfabetisk orden; tomt, når kilden ikke nævner nogen.",
        lambda record: [municipality.name for municipality in record.municipalities.all()],
        Kind.TEXTS,
    ),
    Column(
        "kommunekoder",
        "Kommunernes kommunekoder, i samme orden som navnene.",
        lambda record: [municipality.code for municipality in record.municipalities.all()],
        Kind.TEXTS,
    ),
]
