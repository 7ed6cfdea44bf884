"""The grid: a network's trials by its municipalities, changed and confirmed several cells at a time."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from networks.models import Network
from trials.enums import STATUS_MEANINGS, Status
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace import cell_forms
from trials.workspace.board import Board
from trials.workspace.cell_forms import ManyForm, Marked
from trials.workspace.faults import faults_of

PAGE = require_http_methods(["GET", "HEAD", "POST"])
CHANGE, CONFIRM, CONFIRM_ROW = "skift", "bekraeft", "bekraeft-forsoeg-"
"""What the buttons below the grid, and in a row, ask for (`goer`)."""


@at_work()
@PAGE
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    """The grid. Sent back, it gives the marked cells (`celle`) a new status, or confirms them or one trial's row."""
    network = network_kept(request, slug)
    if request.method != "POST":
        return _page(request, Board(network, request.user), _many())
    board, asked = Board(network, request.user), request.POST.get("goer", "")
    try:
        marked = list(board.marked(_tokens(request, asked)))
    except KeyError as unknown:
        return _unreadable(request, network, f"Skemaet har intet felt »{unknown.args[0]}«.")
    if asked == CHANGE:
        return _change(request, board, marked)
    if asked == CONFIRM or asked.startswith(CONFIRM_ROW):
        return _confirm(request, board, marked)
    return _unreadable(request, network, f"Knappen »{asked}« findes ikke i skemaet.")


@at_work()
@PAGE
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks whether every status of the network that is known still holds, and confirms them all as of today."""
    network = network_kept(request, slug)
    board = Board(network, request.user)
    errors: list[str] = []
    if request.method == "POST":
        try:
            marked = list(board.marked(request.POST.get("celler", "").split()))
            number = cell_forms.confirm(marked, timezone.localdate())
        except KeyError as unknown:
            return _unreadable(request, network, f"Skemaet har intet felt »{unknown.args[0]}«.")
        except ValidationError as refused:
            errors, board = refused.messages, Board(network, request.user)
        else:
            messages.success(request, _confirmed(number, board.unknown_number))
            return redirect("trials:workspace_grid", network.slug)
    return render(request, "workspace/grid/confirm.html", {"network": network, "board": board, "errors": errors})


def _tokens(request: HttpRequest, asked: str) -> list[str]:
    """The cells that are meant: those marked, or those of a row whose status is known when the page was made."""
    if not asked.startswith(CONFIRM_ROW):
        return request.POST.getlist("celle")
    row = asked.removeprefix(CONFIRM_ROW)
    return [token for token in request.POST.get("kendte", "").split() if token.startswith(f"{row}/")]


def _many(data=None) -> ManyForm:
    return ManyForm(data, auto_id="flere_%s", use_required_attribute=False)


def _change(request: HttpRequest, board: Board, marked: Marked) -> HttpResponse:
    form = _many(request.POST)
    if not (form.is_valid() and form.save(marked, request.user)):
        return _page(request, Board(board.network, request.user), form, marked)
    status = Status(form.cleaned_data["status"])
    what = f"{len(marked)} felter har" if len(marked) > 1 else "1 felt har"
    messages.success(request, f"{what} fået status »{status.label}«: {_named(marked)}.")
    if warning := cell_forms.warning(form.cleaned_data["note"]):
        messages.warning(request, warning)
    return redirect("trials:workspace_grid", board.network.slug)


def _confirm(request: HttpRequest, board: Board, marked: Marked) -> HttpResponse:
    try:
        number = cell_forms.confirm(marked, timezone.localdate())
    except ValidationError as refused:
        return _page(request, Board(board.network, request.user), _many(), marked, refused.messages)
    messages.success(request, _confirmed(number))
    return redirect("trials:workspace_grid", board.network.slug)


def _confirmed(number: int, unknown: int = 0) -> str:
    today = date_format(timezone.localdate())
    said = f"{number} {'felt' if number == 1 else 'felter'} er bekræftet uændret pr. {today}."
    return f"{said} I {unknown} er status ikke oplyst, så der er intet at bekræfte." if unknown else said


def _named(marked: Marked) -> str:
    return ", ".join(f"{cell.place_name} i {cell.trial.public_id}" for cell, _ in marked)


def _page(
    request: HttpRequest, board: Board, form: ManyForm, marked: Marked = (), errors: Sequence[str] = ()
) -> HttpResponse:
    context = {
        "network": board.network,
        "board": board,
        "form": form,
        "marked": {cell.key for cell, _ in marked},
        "errors": [*errors, *faults_of(form)],
        "meanings": [(status, STATUS_MEANINGS[status]) for status in Status],
    }
    return render(request, "workspace/grid/grid.html", context)


def _unreadable(request: HttpRequest, network: Network, error: str) -> HttpResponse:
    return render(request, "workspace/grid/unreadable.html", {"network": network, "errors": [error]}, status=400)
