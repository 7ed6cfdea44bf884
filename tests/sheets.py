"""A network's workbook in tests: fetched, edited as in a spreadsheet, sent back."""

import csv
import io
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests import factories
from tests.roles import make_coordinator
from trials.enums import Reason, Status
from trials.models import Participation

THISTED, AEROE = "FKII-1-04/0787", "FKII-1-04/0492"
"""The rows of the two municipalities that `make_network` has."""

SHEETS = ("Forsøg", "Forsøgskommuner", "Aktivitetstal", "Milepæle")


def make_network(client):
    """FKII-1-04 in Thisted, where it waits, and Ærø; a figure and a milestone. The coordinator is signed in."""
    network = factories.make_network(1, "Fleksibel beskæftigelse")
    towns = [factories.make_municipality("Thisted", "0787"), factories.make_municipality("Ærø", "0492")]
    for town in towns:
        factories.make_membership(network, town)
    trial = factories.make_trial("Mikrolån", network, towns, number=4)
    waiting = {"reason": Reason.NO_PARTNER, "note": "Ingen vil være med."}
    factories.make_status(trial.participations.get(municipality=towns[0]), Status.AWAITING, **waiting)
    factories.make_observation("Lån", 15, trials=[trial], municipalities=towns[:1], to_on=date(2018, 12, 1))
    factories.make_milestone("Evaluering", trials=[trial])
    client.force_login(make_coordinator(network))
    return network


def part(town: str = "Thisted") -> Participation:
    return Participation.objects.get(municipality__name=town)


def address(network) -> str:
    return f"/arbejdsbord/netvaerk/{network.slug}/regneark/"


def fetch(client, network) -> Workbook:
    """The workbook of `network`, as a spreadsheet opens it."""
    response = client.post(address(network) + "hent/")
    assert response.status_code == 200, response.content.decode()[:500]
    return load_workbook(io.BytesIO(response.content))


def content(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client, network, file: Workbook | bytes, name: str = "netvaerk.xlsx", follow: bool = True) -> Any:
    """The answer to an upload: the preview, or why there is none."""
    data = file if isinstance(file, bytes) else content(file)
    return client.post(address(network), {"file": SimpleUploadedFile(name, data)}, follow=follow)


def press_save(client, response, **choices: str) -> Any:
    """The answer to the preview's form, sent as it is shown, with `choices` by their names' numbers or names."""
    sent = {"set": response.context["preview"].seen, **choices}
    return client.post(response.request["PATH_INFO"], sent, follow=True)


def place(page: Worksheet, row_id: str, heading: str) -> str:
    """The address of the cell in the row with this id, or in the first empty row, under this heading."""
    heads = {cell.value: cell.column_letter for cell in page[1]}
    for row in page.iter_rows(min_row=2):
        if (row[0].value or "") == row_id and (row_id or all(cell.value is None for cell in row)):
            return f"{heads[heading]}{row[0].row}"
    raise LookupError(f"{page.title} has no row {row_id}")


def edit(book: Workbook, title: str, row_id: str, **values) -> list[str]:
    """Write `values` under the headings (with _ for a space) of a row, or of a new one; the cells' full addresses."""
    page = book[title]
    cells = [(place(page, row_id, heading.replace("_", " ")), value) for heading, value in values.items()]
    for cell, value in cells:
        page[cell] = value
    return [f"{title}!{cell}" for cell, _ in cells]


def as_csv(page: Worksheet, delimiter: str = ";", encoding: str = "cp1252") -> bytes:
    """The sheet as Danish Excel saves it: days and numbers as they are shown."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in page.iter_rows(values_only=True):
        writer.writerow([_shown(value) for value in row])
    return text.getvalue().encode(encoding)


def _shown(value) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d-%m-%Y}"
    return str(value).replace(".", ",") if isinstance(value, float) else "" if value is None else str(value)


def changed(response) -> dict[str, tuple[str, str]]:
    """What the preview says will change: old and new by the cell's address."""
    return {change.address: (change.old, change.new) for change in response.context["preview"].changes}


def wrong(response) -> dict[str, str]:
    """What the preview says is wrong, by the cell's address."""
    return {error.address: error.message for error in response.context["preview"].errors}
