"""The ticket in each sheet's last heading: signed, it says which download the workbook is and how it is laid out."""

import re

from django.core.signing import BadSignature, Signer

from trials.models import SheetDownload
from trials.workspace.sheet.layout import LAYOUT

WORD = "Udgave"
_TICKET = re.compile(rf"{WORD}\s+(\S+)", re.IGNORECASE)
_signer = Signer(salt="trials.workspace.sheet", sep="~")


class Stale(Exception):
    """The workbook is laid out in another way than now."""


def ticket_for(download: SheetDownload) -> str:
    """The heading that says that a sheet is from `download`."""
    return f"{WORD} {_signer.sign(f'{LAYOUT}.{download.network_id}.{download.pk}')}"


def is_ticket(heading: str) -> bool:
    return _TICKET.fullmatch(heading) is not None


def is_of_other_layout(heading: str) -> bool:
    """Whether a ticket that was signed here is of a workbook laid out in another way than now."""
    try:
        download_of(heading)
    except Stale:
        return True
    except (BadSignature, ValueError):
        return False
    return False


def download_of(heading: str) -> int:
    """The primary key of the download that a ticket names.

    Raises `BadSignature` when it is not one that was signed here, `Stale` when it is of another layout.
    """
    found = _TICKET.fullmatch(heading)
    if not found:
        raise BadSignature
    layout, _, key = _signer.unsign(found[1]).split(".")
    if int(layout) != LAYOUT:
        raise Stale
    return int(key)
