"""A row's status: what follows from a new one, and what cannot be said."""

from datetime import date

from django.utils import timezone

from trials.enums import STATUSES_WITH_REASON, Reason, Status
from trials.workspace.sheet.row import Row

_SAID = ("reason", "effective_on", "note")
_OF_FORMER = {
    "note": "hører til den tidligere status og står fortsat i historikken",
    "confirmed_on": "bekræftelsen gjaldt den tidligere status",
    "reason": "hører ikke til den nye status",
}


def is_new(row: Row) -> bool:
    """Whether another status than the one that holds is written."""
    return row.mine["status"] != row.now["status"]


def is_correction(row: Row) -> bool:
    """Whether something else is said of the status that holds."""
    return not is_new(row) and any(row.mine[key] != row.now[key] for key in _SAID)


def consequences(row: Row) -> dict[str, str]:
    """The cells that a new status empties, for their writer left in them what was said of the former; and why."""
    if not is_new(row) or row.mine["status"] == row.base["status"]:
        return {}
    left = {key for key in _OF_FORMER if row.mine[key] and row.mine[key] == row.base[key]}
    if row.mine["status"] in STATUSES_WITH_REASON:
        left.discard("reason")
    return {key: why for key, why in _OF_FORMER.items() if key in left}


def check(row: Row) -> None:
    """Refuse what cannot be said of a status. Whether it may follow the one before, the workflow decides."""
    if row.mine["status"] in ("", Status.UNKNOWN) and (is_new(row) or is_correction(row)):
        row.refuse("status", "Vælg en status. »Ikke oplyst« kan kun sættes som en rettelse på forsøgets side.")
    elif is_new(row):
        _check_day(row)
        _check_reason(row)
    elif is_correction(row):
        _check_day(row)
        _check_reason(row)
        if not row.mine["note"] or row.mine["note"] == row.base["note"]:
            row.refuse("note", "Du retter noget, der allerede er oplyst. Skriv i bemærkningen, hvad der var forkert.")
    if row.mine["confirmed_on"] != row.now["confirmed_on"] and row.mine["confirmed_on"] != row.base["confirmed_on"]:
        _check_confirmation(row)


def _check_day(row: Row) -> None:
    day, before = row.mine["effective_on"], row.now["effective_on"]
    if not day or (is_new(row) and day == row.base["effective_on"]):
        row.refuse("effective_on", "Skriv den dag, som den nye status gælder fra.")
    elif date.fromisoformat(day) > timezone.localdate():
        row.refuse("effective_on", "Status kan ikke gælde fra en dag i fremtiden. En kommende start er planlagt.")
    elif is_new(row) and before and day < before:
        row.refuse(
            "effective_on",
            f"Den nuværende status gælder fra {date.fromisoformat(before):%d.%m.%Y}. En tidligere status skrives på "
            "forsøgets side.",
        )


def _check_reason(row: Row) -> None:
    if row.mine["reason"] and row.mine["status"] not in STATUSES_WITH_REASON:
        row.refuse("reason", "En årsag hører kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«.")
    if row.mine["reason"] == Reason.OTHER and not row.mine["note"]:
        row.refuse("note", "Skriv årsagen i bemærkningen, når den er »Andet«.")


def _check_confirmation(row: Row) -> None:
    day = row.mine["confirmed_on"]
    if not day:
        if not is_new(row):
            row.refuse("confirmed_on", "En bekræftelse kan ikke fjernes.")
    elif row.mine["status"] in ("", Status.UNKNOWN):
        row.refuse("confirmed_on", "Der er ingen status at bekræfte.")
    elif date.fromisoformat(day) > timezone.localdate():
        row.refuse("confirmed_on", "En status kan ikke bekræftes for en dag, der ikke er kommet endnu.")
    elif day < max(row.now["confirmed_on"] if not is_new(row) else "", row.mine["effective_on"]):
        row.refuse("confirmed_on", "Dagen skal ligge efter den dag, status gælder fra, og kan kun flyttes frem.")
