"""The columns of the lists of sources, their verbatim cells, and the corrections of those."""

import hashlib
from collections.abc import Iterable
from typing import Any

from trials.exports.column import Column, Kind
from trials.models import Correction, Source, SourceCell


def sources(filtered: Any) -> Iterable[Source]:
    """The sources of the filter."""
    return filtered.qs


def cells(filtered: Any) -> Iterable[SourceCell]:
    """The cells of the filter with source and trial."""
    return filtered.qs.select_related("source", "trial")


def corrections(filtered: Any) -> Iterable[Correction]:
    """The corrections of the filter with cell and trial."""
    return filtered.qs.select_related("cell__source", "cell__trial")


def _correction_id(correction: Correction) -> str:
    """A cell may have many corrections, one of each piece of it: the piece tells them apart."""
    return f"{correction.cell.public_id}:{hashlib.sha256(correction.verbatim.encode()).hexdigest()[:10]}"


def _rights(cell: SourceCell) -> str:
    return f"© {cell.source.publisher} og forfatterne"


SOURCE_COLUMNS = [
    Column("id", "Kildens kode; ændres aldrig.", lambda source: source.code),
    Column("titel", "Kildens titel.", lambda source: source.title),
    Column("forfattere", "Kildens forfattere.", lambda source: source.authors),
    Column("udgiver", "Kildens udgiver.", lambda source: source.publisher),
    Column(
        "udgivet",
        "Dagen, kilden udkom; kendes kun måneden, månedens sidste dag.",
        lambda source: source.published_on,
        Kind.DATE,
    ),
    Column("udgivet_tekst", "Udgivelsen, som kilden skriver den.", lambda source: source.published_text),
    Column("isbn", "ISBN; tomt, når kilden ingen har.", lambda source: source.isbn),
    Column("rettigheder", "Det, kilden selv siger om brug af teksten.", lambda source: source.rights),
]

CELL_COLUMNS = [
    Column(
        "id",
        "Kildens kode, tabel, række og kolonne, fx vive-2019:2.1:8:5; ændres aldrig.",
        lambda cell: cell.public_id,
    ),
    Column("kilde_id", "Kildens kode.", lambda cell: cell.source.code, references="kilder"),
    Column("tabel", "Nummeret på bilagstabellen, fx 2.1.", lambda cell: cell.table),
    Column("raekke", "Rækkens nummer i tabellen, overskrifter ikke talt med.", lambda cell: cell.row, Kind.INTEGER),
    Column("kolonne", "Kolonnens nummer i tabellen, fra 1.", lambda cell: cell.column, Kind.INTEGER),
    Column("kolonnenavn", "Det, kolonnen indeholder.", lambda cell: cell.get_column_display()),
    Column("side", "Siden i kilden.", lambda cell: cell.page, Kind.INTEGER),
    Column(
        "forsoeg",
        "Id for det forsøg, rækken beskriver.",
        lambda cell: cell.trial.public_id if cell.trial else None,
        references="forsoeg",
    ),
    Column("tekst", "Cellens tekst, ordret.", lambda cell: cell.text),
    Column("rettigheder", "Hvem teksten tilhører; den må citeres med kildeangivelse.", _rights),
]

CORRECTION_COLUMNS = [
    Column("id", "Cellens id og en kontrolsum af det rettede sted; ændres aldrig.", _correction_id),
    Column(
        "kildecelle_id",
        "Id for den celle, der er rettet i.",
        lambda correction: correction.cell.public_id,
        references="kildeceller",
    ),
    Column(
        "forsoeg",
        "Id for det forsøg, cellen hører til.",
        lambda correction: correction.cell.trial.public_id if correction.cell.trial else None,
        references="forsoeg",
    ),
    Column("i_kilden", "Stedet, som kilden skriver det.", lambda correction: correction.verbatim),
    Column("rettet_til", "Stedet, som registeret viser det.", lambda correction: correction.corrected),
    Column("begrundelse", "Hvorfor det er rettet.", lambda correction: correction.reason),
]
