"""A network's templates: which there are, their questions, and how far the answers have come."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from networks.models import Network
from trials.models import Template, Trial
from trials.rules import is_ministry, roles_of
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace import ready_template
from trials.workspace.answers_beside import progress
from trials.workspace.template_edit import TemplateForm


def network_followed(request, slug: str) -> Network:
    """The network at `slug`, for one who keeps it, has the internal view, or answers for one of its municipalities."""
    network = Network.objects.at_address(slug)
    if network is None:
        raise Http404
    mine = roles_of(request.user).municipalities
    if request.user.has_perm("trials.view_internally") or request.user.has_perm("trials.keep_network", network):
        return network
    if not mine & set(network.memberships.values_list("municipality", flat=True)):
        raise PermissionDenied
    return network


def template_of(network: Network, pk: int) -> Template:
    """The template with this number, of the network or common to all."""
    return get_object_or_404(Template.objects.of(network), pk=pk)


@at_work()
def templates(request, slug: str) -> HttpResponse:
    """The templates of a network. Sent, it gets a copy of the ready one."""
    network = network_followed(request, slug)
    if request.method == "POST":
        network_kept(request, slug)
        if ready_template.is_used_by(network):
            messages.warning(request, "Netværket har allerede den færdige skabelon.")
            return redirect("trials:templates", network.slug)
        template = ready_template.copy_to(network)
        messages.success(
            request, "Netværket har fået en kopi af den færdige skabelon. Ret den, hvis I har brug for det."
        )
        return redirect("trials:template", network.slug, template.pk)
    found = Template.objects.of(network).newest().with_answered().with_questions()
    context = {
        "network": network,
        "templates": found,
        "keeps": request.user.has_perm("trials.keep_network", network),
        "has_ready": ready_template.is_used_by(network),
        "ready": ready_template,
    }
    return render(request, "workspace/templates/templates.html", context)


@at_work()
def template(request, slug: str, pk: int) -> HttpResponse:
    """A template: its questions, and who has answered it of each trial."""
    network = network_followed(request, slug)
    found = template_of(network, pk)
    trials = Trial.objects.visible_to(request.user).filter(network=network).order_by("number")
    trials = trials.select_related("network").prefetch_related("participations__municipality")
    context = {
        "network": network,
        "template": found,
        "questions": found.questions.order_by("position"),
        "progress": progress(found, trials, request.user),
        "newer": Template.objects.filter(previous=found).first(),
        "may_edit": _may_edit(request, network, found),
    }
    return render(request, "workspace/templates/template.html", context)


@at_work()
def template_new(request, slug: str) -> HttpResponse:
    """Writes a template for a network."""
    return _edit(request, network_kept(request, slug), None)


@at_work()
def template_edit(request, slug: str, pk: int) -> HttpResponse:
    """Edits a template; one that has been answered gets a new version."""
    network = network_followed(request, slug)
    found = template_of(network, pk)
    if not _may_edit(request, network, found):
        raise PermissionDenied
    newer = Template.objects.filter(previous=found).first()
    if newer:
        messages.warning(request, "Skabelonen har en nyere version. Det er den, der kan rettes.")
        return redirect("trials:template", network.slug, newer.pk)
    return _edit(request, network, found)


def _may_edit(request, network: Network, found: Template) -> bool:
    """A network's own is its keepers' to edit, one common to all the ministry's."""
    return request.user.has_perm("trials.keep_network", network) if found.network_id else is_ministry(request.user)


def _edit(request, network: Network, found: Template | None) -> HttpResponse:
    form = TemplateForm(network, found, request.POST or None, found is None and is_ministry(request.user))
    if request.method == "POST" and form.save():
        saved = form.record
        is_new_version = found is not None and saved.pk != found.pk
        new_version = f"Skabelonen er gemt som version {saved.version}. De svar, der er givet, hører til den forrige."
        messages.success(request, new_version if is_new_version else "Skabelonen er gemt.")
        if form.kept_words:
            messages.info(request, form.kept_words)
        return redirect("trials:template", network.slug, saved.pk)
    is_answered = found is not None and found.reports.exists()
    context = {"network": network, "template": found, "form": form, "is_answered": is_answered}
    return render(request, "workspace/templates/edit.html", context)
