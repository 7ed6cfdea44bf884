"""Three-way comparison: what stood in the cells at the download, what came back, and what stands there now.

A cell that came back as it went out is no change, whatever others have done since. One that its writer and others
have changed is a clash, which keeps theirs until its writer chooses.
"""

from collections.abc import Collection

from trials.enums import Accuracy
from trials.workspace.sheet import standing
from trials.workspace.sheet.checking import check_cells
from trials.workspace.sheet.column import Sheet, Use
from trials.workspace.sheet.layout import BY_KEY, OVERRULED, PARTICIPATIONS, STATUS
from trials.workspace.sheet.reading import Reading
from trials.workspace.sheet.row import Row, group_of
from trials.workspace.sheet.snapshot import Cells, Snapshot

_NO_NEW_ROWS = "Rækken har intet id. Nye forsøg og kommuner kan ikke tilføjes i regnearket."


def compare(reading: Reading, now: Snapshot, chosen: Collection[str] = ()) -> list[Row]:
    """The rows in which something was changed, or is wrong. `chosen` names the clashes in which the writer is kept."""
    rows: list[Row] = []
    for key, came in reading.rows.items():
        sheet, letters = BY_KEY[key], reading.letters[key]
        seen: set[tuple] = set()
        for number, mine in came.items():
            row = _row(sheet, int(number), letters, reading.download.base.get(key, {}), now, mine)
            row.errors += [e for e in reading.errors if (e.sheet, e.row) == (key, row.number)]
            if letters["id"] not in {error.letter for error in row.errors}:
                _compare(row, now, chosen, seen)
            rows.append(row)
    return [row for row in rows if row.changes or row.clashes or row.errors or row.warnings]


def absent(reading: Reading) -> int:
    """How many of the rows that were handed out did not come back."""
    ids = {key: {cells["id"] for cells in rows.values()} for key, rows in reading.rows.items()}
    return sum(len(reading.download.base[key].keys() - came) for key, came in ids.items())


def _row(sheet: Sheet, number: int, letters: dict, base: dict[str, Cells], now: Snapshot, mine: Cells) -> Row:
    stands = now.rows[sheet.key].get(mine["id"], {}) if mine["id"] else {}
    record = now.records[sheet.key].get(mine["id"])
    return Row(sheet, number, letters, base.get(mine["id"], {}), stands, dict(mine), record)


def _compare(row: Row, now: Snapshot, chosen: Collection[str], seen: set[tuple]) -> None:
    if not row.mine["id"]:
        _compare_new(row, now, seen)
    elif not row.base:
        row.refuse("id", f"»{row.mine['id'][:40]}« er ikke en række i det regneark, der blev hentet for {now.network}.")
    elif row.record is None:
        if any(row.mine[column.key] != row.base[column.key] for column in row.sheet.columns):
            row.refuse("id", "Rækken er slettet af en anden, siden regnearket blev hentet.")
    else:
        _compare_known(row, now, chosen)


def _compare_known(row: Row, now: Snapshot, chosen: Collection[str]) -> None:
    for column in row.sheet.columns:
        if not column.is_open and column.key in row.edited:
            row.refuse(column.key, _shut(row.sheet, column.use))
    groups: dict[str, list[str]] = {}
    for column in row.sheet.columns:
        if column.is_open:
            groups.setdefault(group_of(row.sheet, column.key), []).append(column.key)
    for group, keys in groups.items():
        if row.edited & set(keys):
            _decide(row, group, keys, chosen)
    _check(row, now)


def _shut(sheet: Sheet, use: Use) -> str:
    if use == Use.ONCE:
        return "Hvilke forsøg rækken hører til, kan ikke ændres i regnearket. Skriv en ny række i stedet."
    where = "foreslås ændret på forsøgets side" if sheet.is_of_status else "kan ikke ændres i regnearket"
    return f"Cellen er låst: det, der står her, {where}."


def _decide(row: Row, group: str, keys: list[str], chosen: Collection[str]) -> None:
    """Whether the cells of a group are changed by their writer alone, or by others too."""
    why = standing.consequences(row) if keys == list(STATUS) else {}
    row.mine |= dict.fromkeys(why, "")
    differing = [key for key in keys if row.mine[key] != row.now[key]]
    if any(row.now[key] != row.base[key] for key in keys):
        row.clash(group, differing, is_mine_chosen=row.choice_name(group) in chosen)
    else:
        for key in differing:
            row.change(key, why.get(key, ""))


def _check(row: Row, now: Snapshot) -> None:
    """What is wrong with the cells. A clash in which the others are kept says nothing of a status."""
    if row.sheet.is_of_status and row.to_write.keys() & set(STATUS):
        standing.check(row)
    check_cells(row, now, row.edited)
    if row.to_write and not row.sheet.is_of_status and row.now["place"]:
        key = next(iter(row.to_write))
        row.warn(
            key,
            f"Oplysningen har sit sted i kilden ({row.now['place']}). Er det noget nyt, så skriv det i en ny række.",
        )


def _compare_new(row: Row, now: Snapshot, seen: set[tuple]) -> None:
    if not row.sheet.grows:
        row.refuse("id", _NO_NEW_ROWS + (" De foreslås." if row.sheet is PARTICIPATIONS else ""))
        return
    if "accuracy" in row.mine and not row.mine["accuracy"]:
        row.mine["accuracy"] = Accuracy.COUNTED.value
    for column in row.sheet.columns:
        if row.mine[column.key] and not column.is_open_once:
            row.refuse(column.key, "Cellen er låst og udfyldes ikke i en ny række.")
    said = _said(row.sheet, row.mine)
    if said in seen:
        row.refuse("id", "Rækken uden id står to gange i arket.")
    elif there := _standing_as(said, row.sheet, now):
        row.warn("id", f"Rækken findes allerede som {there} og bliver ikke tilføjet igen.")
    else:
        _add(row, now)
    seen.add(said)


def _standing_as(said: tuple, sheet: Sheet, now: Snapshot) -> str:
    """The id of the row that says the same; empty when there is none."""
    return next((name for name, cells in now.rows[sheet.key].items() if _said(sheet, cells) == said), "")


def _add(row: Row, now: Snapshot) -> None:
    for column in row.sheet.columns:
        if column.is_open_once and row.mine[column.key]:
            row.change(column.key)
    check_cells(row, now, {column.key for column in row.sheet.columns if column.is_open_once})


def _said(sheet: Sheet, cells: Cells) -> tuple:
    """What a row says, whatever it is called, and whatever is said for it."""
    return tuple(cells[each.key] for each in sheet.columns if each.is_open_once and each.key != OVERRULED)
