"""The columns that say where a statement stands in a source, for every list whose rows rest on one."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from trials.exports.column import Column
from trials.models import SourceCell


def with_grounds(rows: QuerySet, user: Any) -> QuerySet:
    """`rows` with their place at hand, and the cell as `seen_cell` when `user` may see it. One query more."""
    cells = SourceCell.objects.visible_to(user).select_related("source")
    return rows.select_related("cell__source", "source").prefetch_related(Prefetch("cell", cells, to_attr="seen_cell"))


def _seen_cell(record: Any) -> str | None:
    cell = record.seen_cell if record.cell_id else None
    return cell.public_id if cell else None


GROUNDS = [
    Column(
        "kilde_id",
        "Kode for kilden; tomt, når oplysningen er givet til registeret.",
        lambda record: record.source.code if record.source else None,
        references="kilder",
    ),
    Column(
        "kildecelle_id",
        "Id for den celle i kilden, oplysningen bygger på; tomt, når den bygger på et afsnit.",
        _seen_cell,
        references="kildeceller",
    ),
    Column("kilde", "Stedet i kilden, hvor oplysningen står.", lambda record: record.place),
    Column("citat", "De ord i kilden, oplysningen bygger på, ordret.", lambda record: record.quotation),
]
"""The last columns of such a list. Its rows come from `with_grounds`."""
