"""Trials as comma-separated values (RFC 4180), one row a trial."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from trials.enums import BasisRole
from trials.models import LegalBasis, SourceCell, Trial
from trials.querysets import TrialQuerySet

SEPARATOR = " | "
"""Between several values of one field."""

Absolute = Callable[[str], str]
"""Makes a path of the site an absolute address."""


@dataclass(frozen=True)
class Column:
    """A column: its name in the header, what it holds (in Danish, for the documentation), and how it is found."""

    name: str
    description: str
    value: Callable[[Any, Absolute], str]


def csv_of(trials: TrialQuerySet, absolute: Absolute) -> str:
    """`trials` as CSV text with a header, in a constant number of queries."""
    cells = SourceCell.objects.filter(column=5).order_by("-source__published_on", "pk")
    trials = trials.for_list().prefetch_related(Prefetch("cells", cells, to_attr="basis_cells"))
    return written(COLUMNS, trials, absolute)


def written(columns: Sequence[Column], rows: Iterable[Any], absolute: Absolute) -> str:
    """The rows as CSV text with a header."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.name for column in columns)
    for row in rows:
        writer.writerow(harmless(column.value(row, absolute)) for column in columns)
    return text.getvalue()


def harmless(value: str) -> str:
    """`value` with an apostrophe before a sign that makes a spreadsheet take it for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def joined(values: Iterable[str]) -> str:
    """Several values of one field, each once."""
    return SEPARATOR.join(dict.fromkeys(values))


def _municipalities(trial: Trial, absolute: Absolute) -> str:
    return joined(participation.municipality.name for participation in trial.participations.all())


def _municipality_codes(trial: Trial, absolute: Absolute) -> str:
    return joined(participation.municipality.code for participation in trial.participations.all())


def _in_force_from(trial: Trial, absolute: Absolute) -> str:
    return trial.in_force_from.isoformat() if trial.in_force_from else ""


def _round(trial: Trial, absolute: Absolute) -> str:
    return str(trial.application_round.number) if trial.application_round else ""


def _resting_on(trial: Trial) -> list[LegalBasis]:
    return [basis for basis in trial.legal_bases.all() if basis.role == BasisRole.RESTS_ON]


def _legal_basis(trial: Trial, absolute: Absolute) -> str:
    provisions = [str(basis.provision) for basis in _resting_on(trial) if basis.provision]
    return joined(provisions) or joined(cell.text for cell in trial.basis_cells[:1])


def _kinds(trial: Trial, absolute: Absolute) -> str:
    return joined(basis.kind for basis in _resting_on(trial))


def _design_status(trial: Trial, absolute: Absolute) -> str:
    return joined(coverage.design_status.value for coverage in trial.coverages.all() if coverage.design_status)


def _table(trial: Trial, absolute: Absolute) -> str:
    return joined(cell.table for cell in trial.cells.all()[:1])


def _row(trial: Trial, absolute: Absolute) -> str:
    return joined(str(cell.row) for cell in trial.cells.all()[:1])


COLUMNS = [
    Column("id", "Forsøgets id, fx FKII-1-08; ændres aldrig.", lambda trial, absolute: trial.public_id),
    Column("titel", "Titlen, med registerets rettelser.", lambda trial, absolute: trial.title),
    Column("netvaerk", "Frikommunenetværkets navn.", lambda trial, absolute: trial.network.name),
    Column("kommuner", "Forsøgskommunernes navne i alfabetisk orden; tomt, når ingen deltager.", _municipalities),
    Column("kommunekoder", "Forsøgskommunernes kommunekoder, i samme orden som navnene.", _municipality_codes),
    Column("status", "Kode for forsøgets aktuelle status.", lambda trial, absolute: trial.status),
    Column(
        "ikrafttraedelse", "Dagen, hvor undtagelsen gælder fra ved lov; tomt, når den ikke er oplyst.", _in_force_from
    ),
    Column("ansoegningsrunde", "Ansøgningsrundens nummer; tomt, når den ikke er oplyst.", _round),
    Column(
        "hjemmel",
        "De bestemmelser, forsøget hviler på; er ingen nævnt, det, kilden skriver om hjemmel, ordret.",
        _legal_basis,
    ),
    Column("hjemmelstype", "Koder for hjemmelstyperne.", _kinds),
    Column("evalueringsstatus", "Kode for, hvor langt evalueringsdesignet er.", _design_status),
    Column("kilde_tabel", "Nummeret på bilagstabellen i den nyeste kilde, fx 2.1.", _table),
    Column("kilde_raekke", "Rækkens nummer i tabellen, overskrifter ikke talt med.", _row),
    Column("url", "Adressen på forsøgets side.", lambda trial, absolute: absolute(trial.get_absolute_url())),
]
"""The columns in their order."""
