"""A network's spreadsheet: handed out, sent back, looked at, saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from networks.models import Network
from trials.models import SheetUpload
from trials.sheet_forms import SheetForm
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace.sheet.file_read import Unreadable
from trials.workspace.sheet.handing_out import hand_out
from trials.workspace.sheet.reading import Reading, download_for, read, sheets_in
from trials.workspace.sheet.saving import Preview, preview, reading_of, save
from trials.workspace.sheet.snapshot import Snapshot

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the workbook is fetched and sent back. One with errors is only shown; one without is kept for a preview."""
    network = network_kept(request, slug)
    if request.method != "POST":
        return _page(request, network, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, network, form, status=400)
    try:
        reading = _read(form.cleaned_data["file"], network, request.user)
    except Unreadable as reason:
        form.add_error("file", str(reason))
        return _page(request, network, form, status=400)
    tried = preview(reading, request.user)
    if tried.errors:
        return _preview_page(request, reading, tried)
    SheetUpload.objects.clear_old()
    kept = SheetUpload.objects.create(download=reading.download, made_by=request.user, rows=reading.kept())
    return redirect("trials:workspace_sheet_preview", slug=network.slug, upload=kept.pk)


@at_work()
@require_POST
def sheet_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The workbook, filled in. It is sent for by a form, since what was handed out is written down."""
    network = network_kept(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="{network.slug}.xlsx"'}
    return HttpResponse(hand_out(network, request.user), content_type=XLSX, headers=headers)


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_preview(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """What a workbook that came back would change; sending the form saves it."""
    network = network_kept(request, slug)
    mine = SheetUpload.objects.of(request.user).select_related("download__network")
    kept = get_object_or_404(mine.filter(download__network=network), pk=upload)
    if kept.applied_at:
        messages.info(request, _("Regnearket er allerede gemt."))
        return redirect("trials:workspace_sheet", slug=network.slug)
    if request.method != "POST":
        return _preview_page(request, reading_of(kept), preview(reading_of(kept), request.user), kept)
    chosen = {name for name, choice in request.POST.items() if choice == "min"}
    reading = reading_of(kept)
    tried = save(kept, request.user, request.POST.get("set", ""), chosen, request.POST.get("anyway", ""))
    if not tried.is_saved:
        return _preview_page(request, reading, tried, kept)
    said = ngettext("%(count)d celle er gemt.", "%(count)d celler er gemt.", tried.saved) % {"count": tried.saved}
    messages.success(request, said)
    return redirect("trials:workspace_sheet", slug=network.slug)


def _read(file, network: Network, user) -> Reading:
    sheets = sheets_in(file)
    download = download_for(sheets, network)
    return read(sheets, download, Snapshot(network, user).known)


def _page(request: HttpRequest, network: Network, form: SheetForm, status: int = 200) -> HttpResponse:
    return render(request, "workspace/sheet.html", {"network": network, "form": form}, status=status)


def _preview_page(request: HttpRequest, reading: Reading, tried: Preview, kept: SheetUpload | None = None):
    """The preview; it can be saved when it is kept and has no errors."""
    context = {"network": reading.download.network, "download": reading.download, "preview": tried, "upload": kept}
    return render(request, "workspace/sheet_preview.html", context)
