"""The columns of the list of what became of the trials."""

from collections.abc import Iterable
from typing import Any

from trials.exports.column import Column, Kind
from trials.exports.columns.grounds import GROUNDS, with_grounds
from trials.exports.columns.subjects import TRIAL
from trials.models import Outcome


def rows(filtered: Any) -> Iterable[Outcome]:
    """The outcomes of the filter with trial and place."""
    return with_grounds(filtered.qs.select_related("trial"), filtered.user)


def _id(outcome: Outcome) -> str:
    return f"{outcome.trial.public_id}:{outcome.decision}" + (":ventet" if outcome.is_expected else "")


COLUMNS = [
    Column("id", "Forsøgets id og koden for udfaldet; ændres aldrig.", _id),
    TRIAL,
    Column("udfald", "Kode for, hvad forsøget blev til.", lambda outcome: outcome.decision),
    Column(
        "ventet",
        "Om udfaldet kun er ventet og ikke afgjort.",
        lambda outcome: outcome.is_expected,
        Kind.BOOLEAN,
    ),
    Column(
        "gaeldende_fra",
        "Dagen, det gælder fra; tomt, når den ikke er oplyst.",
        lambda outcome: outcome.effective_on,
        Kind.DATE,
    ),
    Column("besluttet_af", "Hvem der har besluttet det; tomt, når det ikke er oplyst.", lambda each: each.body),
    Column("lov", "Den lov, det førte til; tomt, når ingen er oplyst.", lambda outcome: outcome.law),
    Column("begrundelse", "Begrundelsen; tomt, når den ikke er oplyst.", lambda outcome: outcome.reason),
    *GROUNDS,
]
