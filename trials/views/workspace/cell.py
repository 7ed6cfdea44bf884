"""One cell of the grid, and a trial's row of them, each on a page of its own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django_htmx.http import reswap, retarget

from frikommune.keys import read_key
from networks.models import Network
from trials.views.workspace.entry import at_work, network_kept
from trials.views.workspace.grid import PAGE
from trials.workspace import cell_forms
from trials.workspace.board import Board, Cell, Row
from trials.workspace.cell_forms import CellForm, RowForm
from trials.workspace.faults import faults_of


@at_work()
@PAGE
def cell(request: HttpRequest, slug: str, public_id: str, place: str) -> HttpResponse:
    """The form that changes the status of a cell or confirms it as of today, with the cell's history."""
    network = network_kept(request, slug)
    found = _cell(network, request.user, public_id, place)
    if request.method != "POST":
        return _page(request, found, CellForm(found))
    if request.POST.get("goer") == "bekraeft":
        return _confirm(request, found)
    form = CellForm(found, request.POST)
    if form.is_valid() and form.save(request.user):
        return _done(request, network, form.sentence, cell_forms.warning(form.cleaned_data["note"]))
    return _page(request, _cell(network, request.user, public_id, place), form)


@at_work()
@PAGE
def row(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A form for each cell of a trial, all kept at once."""
    network = network_kept(request, slug)
    found = _row(network, request.user, public_id)
    form = RowForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.save(request.user):
        number = f"{form.changed} felter" if form.changed > 1 else "1 felt"
        warnings = " ".join(filter(None, (cell_forms.warning(each.cleaned_data["note"]) for each in form.forms)))
        return _done(request, network, f"{found.trial.public_id}: {number} er gemt.", warnings)
    said = [
        f"{each.cell.place_name}: {message}"
        for each in form.forms
        if each.is_bound
        for messages_of_field in each.errors.values()
        for message in messages_of_field
    ]
    context = {"network": network, "row": found, "form": form, "errors": [*form.errors, *said]}
    return render(request, "workspace/grid/row.html", context)


def _row(network: Network, user, public_id: str) -> Row:
    rows = Board(network, user, public_id).rows
    if not rows:
        raise Http404
    return rows[0]


def _cell(network: Network, user, public_id: str, place: str) -> Cell:
    for found in _row(network, user, public_id).cells:
        if found.place == place:
            return found
    raise Http404


def _confirm(request: HttpRequest, found: Cell) -> HttpResponse:
    latest = read_key(request.POST.get("latest", ""))
    if latest is None:
        latest = -1  # of no event, so the page is shown as it is now
    try:
        cell_forms.confirm([(found, latest)], timezone.localdate())
    except ValidationError as refused:
        return _page(request, _cell(found.trial.network, request.user, *found.key.split("/")), None, refused.messages)
    today = date_format(timezone.localdate())
    sentence = f"{found.place_name} i {found.trial.public_id}: »{found.status.label}« er bekræftet uændret pr. {today}"
    return _done(request, found.trial.network, sentence)


def _done(request: HttpRequest, network: Network, sentence: str, warning: str = "") -> HttpResponse:
    messages.success(request, sentence)
    if warning:
        messages.warning(request, warning)
    return redirect("trials:workspace_grid", network.slug)


def _page(request: HttpRequest, found: Cell, form: CellForm | None, errors=()) -> HttpResponse:
    form = form or CellForm(found)
    events = found.subject.events.all()
    context = {
        "network": found.trial.network,
        "cell": found,
        "form": form,
        "errors": [*errors, *faults_of(form)],
        "events": events.with_places().select_related("corrected_by"),
    }
    response = render(request, "workspace/grid/cell.html", context)
    if request.method == "POST":
        # In place, what is refused comes back into the box that it was sent from, not in the grid.
        response["HX-Reselect"] = "#celleformular"
        response = reswap(retarget(response, "#celle-indhold"), "innerHTML")
    return response
