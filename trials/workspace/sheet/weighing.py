"""The figures that a workbook would write are held against the others, as they would then be.

What is unlikely is an error of its cell until the row gives a reason. A reason that stood there before speaks for what
was unlikely then, and for nothing else.
"""

from collections.abc import Iterable

from networks.models import Municipality
from trials.exports.column import SEPARATOR
from trials.models import Observation
from trials.plausibility import RESTS_ON, RULES
from trials.workspace.figure_doubts import Doubts, Placed
from trials.workspace.figure_entry import Entry
from trials.workspace.sheet.layout import FIGURES, OVERRULED, TRIALS
from trials.workspace.sheet.record_writing import fill, validate
from trials.workspace.sheet.row import Row
from trials.workspace.sheet.snapshot import Snapshot


def weigh(rows: Iterable[Row], now: Snapshot) -> None:
    """Refuse what is unlikely in the rows of figures and has no reason; empty the reasons that speak for nothing."""
    figures = [row for row in rows if row.sheet is FIGURES and row.to_write and not row.errors]
    asked = [row for row in figures if row.to_write.keys() & RESTS_ON]
    if not asked:
        return
    trials = now.records[TRIALS.key]
    doubts = Doubts(list(trials.values()), [now.network], now.user)  # type: ignore[arg-type]
    before = {row.number: doubts.codes(Placed.of(row.record)) for row in asked if isinstance(row.record, Observation)}
    placed = _placed(figures, now)
    for each in placed.values():
        doubts.put(each)
    for row in asked:
        if row.errors:  # what cannot be is not asked about
            continue
        figure = placed[row.number].figure
        reason = figure.overruled
        shown = frozenset(RULES) if OVERRULED in row.to_write else before.get(row.number, frozenset())
        entry = Entry(str(row.number), reason=reason, shown=shown)
        entry.settle(figure, doubts.about(placed[row.number]))
        _say(row, entry)


def _say(row: Row, entry: Entry) -> None:
    """Tell of what is unlikely at its cell, as an error or, with a reason, to be thought of."""
    sentences: dict[str, list[str]] = {}
    for warned in entry.warned:
        sentences.setdefault(warned.field, []).append(warned.sentence)
    for key, said in sentences.items():
        if entry.is_let_through:
            row.warn(key, " ".join(said))
        else:
            row.refuse(key, " ".join([*said, _how(entry)]))
    if entry.reason and not entry.warned:
        if OVERRULED in row.to_write:
            row.warn(OVERRULED, "Der er ingen advarsel at tilsidesætte. Begrundelsen bliver ikke gemt.")
        row.empty(OVERRULED, "der er ikke længere nogen advarsel at tilsidesætte")


def _how(entry: Entry) -> str:
    heading = FIGURES.column(OVERRULED).name
    if entry.reason:
        return f"Er det rigtigt, så skriv en ny begrundelse i »{heading}«: den, der står der, gjaldt noget andet."
    return f"Er det rigtigt, så skriv begrundelsen i »{heading}«."


def _placed(rows: list[Row], now: Snapshot) -> dict[int, Placed]:
    """The figures as the rows would write them, by the row's number."""
    names = {name for row in rows for name in row.to_write.get("municipalities", "").split(SEPARATOR)}
    towns = {town.name: town for town in Municipality.objects.filter(name__in=names)}
    found = {}
    for row in rows:
        stood = Placed.of(row.record) if isinstance(row.record, Observation) else None
        trials, municipalities = (stood.trials, stood.municipalities) if stood else (frozenset(), frozenset())
        if "trials" in row.to_write:
            trials = frozenset(now.records[TRIALS.key][name].pk for name in _names(row, "trials"))
        if "municipalities" in row.to_write:
            municipalities = frozenset(towns[name] for name in _names(row, "municipalities"))
        figure = fill(row, now.network)
        assert isinstance(figure, Observation)
        validate(row, figure)
        found[row.number] = Placed(figure, trials, municipalities)
    return found


def _names(row: Row, key: str) -> list[str]:
    return [name for name in row.to_write[key].split(SEPARATOR) if name]
