"""Ideas: barriers and solution models that the municipalities of a network share. Seen by nobody else."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frikommune.keys import read_key
from frikommune.personal import contact_details
from networks.models import Network
from trials.enums import IdeaKind, IdeaState
from trials.models import Idea, Trial
from trials.rules import networks_shared_with, reads_everything
from trials.views.workspace.entry import allowed, at_work
from trials.workspace.ideas.forms import CommentForm, IdeaForm, members, show_interest, withdraw
from trials.workspace.ideas.history import versions

PAGE_SIZE = 25
FILTERS = {"art": ("kind", IdeaKind, "Art"), "tilstand": ("state", IdeaState, "Tilstand")}
"""The parameters of the list: the field that each narrows, its codes, and its name."""


@at_work("trials.read_ideas")
@require_safe
def idea_networks(request: HttpRequest) -> HttpResponse:
    """The networks whose ideas the user reads."""
    networks = Network.objects.order_by("number")
    if not reads_everything(request.user):
        networks = networks.filter(pk__in=networks_shared_with(request.user))
    return render(request, "workspace/ideas/networks.html", {"networks": networks})


@at_work("trials.read_ideas")
@require_safe
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """The ideas of a network under the filter; status 400 and the reasons when the filter is not valid."""
    network = allowed(request.user, "trials.read_ideas", _network(slug))
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    context = {
        "network": network,
        "filters": [(name, label, codes.choices, chosen[name]) for name, (_, codes, label) in FILTERS.items()],
        "may_write": request.user.has_perm("trials.share_ideas", network),
    }
    errors = [
        f"{label}: »{chosen[name][:60]}« findes ikke."
        for name, (_, codes, label) in FILTERS.items()
        if chosen[name] and chosen[name] not in codes.values
    ]
    if errors:
        return render(request, "workspace/ideas/list.html", context | {"errors": errors}, status=400)
    narrowed = {FILTERS[name][0]: value for name, value in chosen.items() if value}
    found = Idea.objects.visible_to(request.user).filter(network=network, **narrowed)
    context["page_obj"] = _page(request, found.select_related("municipality").with_activity())
    context["query"] = "".join(f"{name}={value}&" for name, value in chosen.items() if value)
    return render(request, "workspace/ideas/list.html", context)


@at_work("trials.read_ideas")
def idea_start(request: HttpRequest, slug: str) -> HttpResponse:
    """A new idea in a network."""
    network = allowed(request.user, "trials.share_ideas", _network(slug))
    own = members(network, request.user)
    blank = Idea(network=network, author=request.user, municipality=own[0] if len(own) == 1 else None)
    form = IdeaForm(blank, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.save():
        return _said(request, form.record, "Idéen er delt med netværket.", form.record.title, form.record.text)
    return render(request, "workspace/ideas/form.html", {"network": network, "form": form})


@at_work("trials.read_ideas")
@require_safe
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """One idea with its comments, who is interested, and what has been changed."""
    return _show(request, _idea(request, pk), CommentForm())


@at_work("trials.read_ideas")
def idea_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The idea as a form, for its author and those who keep the network."""
    found = _idea(request, pk)
    if not _may_edit(request.user, found):
        raise PermissionDenied
    form = IdeaForm(found, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.save():
        return _said(request, found, "Idéen er gemt.", form.record.title, form.record.text)
    return render(request, "workspace/ideas/form.html", {"network": found.network, "idea": found, "form": form})


@at_work("trials.read_ideas")
@require_POST
def idea_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a comment."""
    found = allowed(request.user, "trials.share_ideas", _idea(request, pk))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    comment = form.save(found, request.user)
    return _said(request, found, "Kommentaren er gemt.", comment.text)


@at_work("trials.read_ideas")
@require_POST
def idea_comment_withdraw(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Withdraws a comment: its author, or one who keeps the network."""
    found = _idea(request, pk)
    said = get_object_or_404(found.comments, pk=comment)
    if not _may_withdraw(request.user, found, said):
        raise PermissionDenied
    withdraw(said, request.user)
    return _said(request, found, "Kommentaren er trukket tilbage.")


@at_work("trials.read_ideas")
@require_POST
def idea_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows interest for one of the user's own municipalities, or for himself when he speaks for none; or takes it
    back (`fortryd`)."""
    found = allowed(request.user, "trials.share_ideas", _idea(request, pk))
    own = {municipality.code: municipality for municipality in members(found.network, request.user)}
    code, wanted = request.POST.get("kommune", ""), "fortryd" not in request.POST
    if code not in own and (code or own):
        raise PermissionDenied
    show_interest(found, request.user, own.get(code), wanted)
    return _said(request, found, "Interessen er vist." if wanted else "Interessen er taget tilbage.")


def _network(slug: str) -> Network:
    network = Network.objects.at_address(slug)
    if network is None:
        raise Http404
    return network


def _idea(request: HttpRequest, pk: int) -> Idea:
    seen = Idea.objects.visible_to(request.user).select_related("network", "municipality", "author", "trial__network")
    return get_object_or_404(seen, pk=pk)


def _show(request: HttpRequest, found: Idea, form: CommentForm) -> HttpResponse:
    user = request.user
    comments = list(found.comments.select_related("author", "withdrawn_by"))
    keeps = user.has_perm("trials.keep_network", found)
    context = {
        "idea": found,
        "form": form,
        "comments": [(comment, _may_withdraw(user, found, comment, keeps)) for comment in comments],
        "interests": found.interests.select_related("municipality", "user"),
        "choices": _interest_choices(user, found),
        "trial": Trial.objects.visible_to(user).filter(pk=found.trial_id).select_related("network").first(),
        "versions": versions(found, user),
        "may_write": user.has_perm("trials.share_ideas", found),
        "may_edit": _may_edit(user, found),
    }
    return render(request, "workspace/ideas/idea.html", context)


def _interest_choices(user, found: Idea) -> list[tuple[str, str, bool]]:
    """For whom the user may show interest: kommunekode, name, and whether it is shown."""
    if not user.has_perm("trials.share_ideas", found):
        return []
    shown = list(found.interests.values_list("municipality", "user"))
    own = [(each.code, each.name, any(key == each.pk for key, _ in shown)) for each in members(found.network, user)]
    return own or [("", "Jeg", (None, user.pk) in shown)]


def _may_edit(user, found: Idea) -> bool:
    writes = user.has_perm("trials.share_ideas", found)
    return writes and (found.author_id == user.pk or user.has_perm("trials.keep_network", found))


def _may_withdraw(user, found: Idea, comment, keeps: bool | None = None) -> bool:
    keeps = user.has_perm("trials.keep_network", found) if keeps is None else keeps
    return keeps or (comment.author_id == user.pk and user.has_perm("trials.share_ideas", found))


def _said(request: HttpRequest, found: Idea, sentence: str, *texts: str) -> HttpResponse:
    messages.success(request, sentence)
    if told := contact_details("\n".join(texts)):
        messages.warning(
            request,
            f"Teksten rummer noget, der ligner en e-mailadresse eller et telefonnummer: {', '.join(told)}. "
            "Fjern det, hvis det er en borgers.",
        )
    return redirect(found)


def _page(request: HttpRequest, found):
    number = read_key(request.GET.get("side", "1"))
    if number is None:
        raise Http404("Siden findes ikke.")
    try:
        return Paginator(found, PAGE_SIZE).page(number)
    except EmptyPage as error:
        raise Http404("Listen har ikke så mange sider.") from error
