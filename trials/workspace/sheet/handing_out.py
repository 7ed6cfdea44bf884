"""Handing out a workbook: what stands in its cells is kept, for what comes back is compared with it."""

from networks.models import Network
from trials.models import SheetDownload
from trials.workspace.sheet.snapshot import Snapshot
from trials.workspace.sheet.ticket import ticket_for
from trials.workspace.sheet.writing import Handout, write


def hand_out(network: Network, user) -> bytes:
    """A workbook of `network` as it is now, for `user`. As long as nothing changes it is one and the same download."""
    snapshot = Snapshot(network, user)
    download = keep(snapshot)
    return write(Handout(network, download.made_at, ticket_for(download), snapshot))


def keep(snapshot: Snapshot) -> SheetDownload:
    """The download with the values of `snapshot`: the user's last one, when it had the same."""
    SheetDownload.objects.clear_old()
    mine = SheetDownload.objects.kept().filter(network=snapshot.network, made_by=snapshot.user)
    last = mine.first()
    if last and last.base == snapshot.rows:
        return last
    return SheetDownload.objects.create(network=snapshot.network, made_by=snapshot.user, base=snapshot.rows)
