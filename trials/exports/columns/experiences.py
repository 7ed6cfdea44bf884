"""The columns of the list of experiences."""

from collections.abc import Iterable
from typing import Any

from trials.exports.column import Column, Kind
from trials.exports.columns.grounds import GROUNDS, with_grounds
from trials.exports.columns.subjects import MUNICIPALITIES, NETWORKS, TRIALS
from trials.models import Experience


def rows(filtered: Any) -> Iterable[Experience]:
    """The experiences of the filter as its user may see them."""
    found = filtered.qs.shown_to(filtered.user).select_related("network__programme")
    return with_grounds(found.prefetch_related("trials__network__programme"), filtered.user)


COLUMNS = [
    Column("id", "Erfaringens kode, fx vive-2019:E-001; ændres aldrig.", lambda experience: experience.code),
    Column("art", "Kode for erfaringens art.", lambda experience: experience.kind),
    Column("tema", "Kode for temaet.", lambda experience: experience.theme),
    Column("tekst", "Erfaringen, med registerets ord.", lambda experience: experience.text),
    TRIALS,
    NETWORKS,
    *MUNICIPALITIES,
    *GROUNDS,
    Column("url", "Adressen, der fører til erfaringen.", lambda each: each.get_absolute_url(), Kind.ADDRESS),
]
