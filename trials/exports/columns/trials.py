"""The columns of the list of trials."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from trials.enums import BasisRole
from trials.exports.column import Column, Kind, each_once
from trials.models import LegalBasis, SourceCell, Trial


def rows(filtered: Any) -> Iterable[Trial]:
    """The trials of the filter with what the columns need, in a constant number of queries."""
    cells = SourceCell.objects.filter(column=5).order_by("-source__published_on", "pk")
    return filtered.qs.for_list(filtered.day).prefetch_related(Prefetch("cells", cells, to_attr="basis_cells"))


def _resting_on(trial: Trial) -> list[LegalBasis]:
    return [basis for basis in trial.legal_bases.all() if basis.role == BasisRole.RESTS_ON]


def _legal_basis(trial: Trial) -> list[str]:
    provisions = [str(basis.provision) for basis in _resting_on(trial) if basis.provision]
    return each_once(provisions) or each_once(cell.text for cell in trial.basis_cells[:1])


def _design_status(trial: Trial) -> list[str]:
    return each_once(coverage.design_status.value for coverage in trial.coverages.all() if coverage.design_status)


COLUMNS = [
    Column("id", "Forsøgets id, fx FKII-1-08; ændres aldrig.", lambda trial: trial.public_id),
    Column("titel", "Titlen, med registerets rettelser.", lambda trial: trial.title),
    Column("netvaerk", "Frikommunenetværkets navn.", lambda trial: trial.network.name),
    Column(
        "kommuner",
        "Forsøgskommunernes navne i alfabetisk orden; tomt, når ingen deltager.",
        lambda trial: each_once(participation.municipality.name for participation in trial.participations.all()),
        Kind.TEXTS,
    ),
    Column(
        "kommunekoder",
        "Forsøgskommunernes kommunekoder, i samme orden som navnene.",
        lambda trial: each_once(participation.municipality.code for participation in trial.participations.all()),
        Kind.TEXTS,
    ),
    Column(
        "status",
        "Kode for forsøgets aktuelle status, eller for den, der gjaldt den dag, der er spurgt om.",
        lambda trial: trial.shown_status.value,
    ),
    Column(
        "ikrafttraedelse",
        "Dagen, hvor undtagelsen gælder fra ved lov; tomt, når den ikke er oplyst.",
        lambda trial: trial.in_force_from,
        Kind.DATE,
    ),
    Column(
        "ansoegningsrunde",
        "Ansøgningsrundens nummer; tomt, når den ikke er oplyst.",
        lambda trial: trial.application_round.number if trial.application_round else None,
        Kind.INTEGER,
    ),
    Column(
        "hjemmel",
        "De bestemmelser, forsøget hviler på; er ingen nævnt, det, kilden skriver om hjemmel, ordret.",
        _legal_basis,
        Kind.TEXTS,
    ),
    Column(
        "hjemmelstype",
        "Koder for hjemmelstyperne.",
        lambda trial: each_once(basis.kind for basis in _resting_on(trial)),
        Kind.TEXTS,
    ),
    Column("evalueringsstatus", "Kode for, hvor langt evalueringsdesignet er.", _design_status, Kind.TEXTS),
    Column(
        "kilde_tabel",
        "Nummeret på bilagstabellen i den nyeste kilde, fx 2.1.",
        lambda trial: next((cell.table for cell in trial.cells.all()), None),
    ),
    Column(
        "kilde_raekke",
        "Rækkens nummer i tabellen, overskrifter ikke talt med.",
        lambda trial: next((cell.row for cell in trial.cells.all()), None),
        Kind.INTEGER,
    ),
    Column("url", "Adressen på forsøgets side.", lambda trial: trial.get_absolute_url(), Kind.ADDRESS),
]
"""The columns in their order."""
