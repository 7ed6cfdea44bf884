"""The evaluations in the workspace: those that one keeps, and the design of each."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frikommune.keys import read_key
from frikommune.personal import contact_details
from networks.models import Network
from trials.figures import Statement
from trials.models import Evaluation
from trials.rules import is_ministry, roles_of
from trials.views.workspace.entry import allowed, at_work, network_kept
from trials.workspace.design.coverage import StartForm, TrialsStep
from trials.workspace.design.elements import missing_elements
from trials.workspace.design.milestones import MilestonesStep
from trials.workspace.design.overview import STEPS, DesignOverview

PAGE_SIZE = 25
SHOWN = {"": "Alle", "mangler": "Dem, der mangler noget"}
"""The values of `vis`, which narrows the list."""


@at_work()
@require_safe
def evaluations(request: HttpRequest) -> HttpResponse:
    """The evaluations that the user keeps or reads; status 400 and the reason when `vis` is unknown."""
    shown = request.GET.get("vis", "")
    context = {"shown": shown, "choices": SHOWN.items(), "can_start": bool(_networks_kept(request.user))}
    if shown not in SHOWN:
        errors = [f"»{shown[:60]}« er ikke et udvalg af evalueringer."]
        return render(request, "workspace/evaluations/list.html", context | {"errors": errors}, status=400)
    found = Evaluation.objects.worked_on_by(request.user).with_all_coverages().prefetch_related("traits")
    rows = [DesignOverview(evaluation) for evaluation in found.order_by("code")]
    rows = [row for row in rows if not shown or row.missing]
    context |= {"page_obj": _page(request, rows), "query": f"vis={shown}&" if shown else ""}
    return render(request, "workspace/evaluations/list.html", context)


@at_work()
@require_safe
def evaluation(request: HttpRequest, slug: str) -> HttpResponse:
    """The design as a whole: what is there, what is lacking, and the way to each step."""
    made = _met(request, slug, "trials.read_evaluation")
    may_keep = request.user.has_perm("trials.keep_evaluation", made)
    status = STEPS["status"](made)
    is_public = Evaluation.objects.visible_to(AnonymousUser()).filter(pk=made.pk).exists()
    context = {
        "public_url": made.get_absolute_url() if is_public else "",
        "evaluation": made,
        "page": DesignOverview(made),
        "may_keep": may_keep,
        "may_cover": request.user.has_perm("trials.keep_network", made),
        "seen": status["seen"].value(),
    }
    return render(request, "workspace/evaluations/overview.html", context)


@at_work()
def evaluation_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One step of the design as a form. Saving leads to the next, or back to the overview."""
    made = _met(request, slug, "trials.keep_evaluation")
    if step not in STEPS:
        raise Http404
    form = _form(request, made, step)
    if request.method == "POST" and form.save():
        _say_saved(request, form)
        return redirect(_after(request, made, step))
    names = list(STEPS)
    context = {
        "evaluation": made,
        "page": DesignOverview(made),
        "form": form,
        "step": form,
        "number": names.index(step) + 1,
        "may_cover": request.user.has_perm("trials.keep_network", made),
        "others": _milestones_of_others(request, made) if isinstance(form, MilestonesStep) else [],
    }
    return render(request, "workspace/evaluations/step.html", context)


@at_work()
def evaluation_start(request: HttpRequest) -> HttpResponse:
    """Begins an evaluation in the network `netvaerk`; asks which when the user keeps several."""
    networks = _networks_kept(request.user)
    if not networks:
        raise PermissionDenied
    asked = request.GET.get("netvaerk", "")
    if not asked and len(networks) > 1:
        return render(request, "workspace/evaluations/start_network.html", {"networks": networks})
    network = network_kept(request, asked) if asked else networks[0]
    data = request.POST if request.method == "POST" else None
    form = StartForm(network, request.user, data, request.GET.get("forsoeg", ""))
    if request.method == "POST" and (made := form.save()):
        messages.success(request, f"Evalueringen {made.code} er oprettet.")
        return redirect("trials:workspace_evaluation", made.slug)
    return render(request, "workspace/evaluations/start.html", {"network": network, "form": form})


def _networks_kept(user) -> list[Network]:
    networks = Network.objects.active()
    if not is_ministry(user):
        networks = networks.filter(pk__in=roles_of(user).networks)
    return list(networks.order_by("number"))


def _met(request: HttpRequest, slug: str, permission: str) -> Evaluation:
    """The evaluation at `slug`, for one with `permission` over it; 404 to one who may not see it anywhere."""
    found = Evaluation.objects.met_by(request.user).with_all_coverages().prefetch_related("traits").at_address(slug)
    if found is None:
        raise Http404
    return allowed(request.user, permission, found)


def _form(request: HttpRequest, made: Evaluation, step: str):
    data = request.POST if request.method == "POST" else None
    if STEPS[step] is not TrialsStep:
        return STEPS[step](made, data)
    allowed(request.user, "trials.keep_network", made)
    return TrialsStep(made, data, user=request.user)


def _say_saved(request: HttpRequest, form) -> None:
    messages.success(request, f"»{form.title}« er gemt.")
    if form.kept_words:
        messages.info(request, form.kept_words)
    if found := contact_details(form.free_text):
        messages.warning(
            request,
            f"Teksten rummer noget, der ligner en e-mailadresse eller et telefonnummer: {', '.join(found)}. "
            "Det, du skriver, er offentligt: fjern det, hvis det er en persons.",
        )
    if form.record.design_status == "submitted" and (missing := missing_elements(form.record)):
        sentences = " ".join(lack.sentence for lack in missing)
        messages.warning(request, f"Designet står som indsendt, men mangler nu noget. {sentences}")


def _after(request: HttpRequest, made: Evaluation, step: str) -> str:
    names = [name for name in STEPS if name != TrialsStep.slug or request.user.has_perm("trials.keep_network", made)]
    following = names[names.index(step) + 1 :]
    if "videre" in request.POST and following:
        return reverse("trials:evaluation_step", args=[made.slug, following[0]])
    return reverse("trials:workspace_evaluation", args=[made.slug])


def _milestones_of_others(request: HttpRequest, made: Evaluation) -> list[Statement]:
    """The milestones that are said of its trials or its network, not of this evaluation alone."""
    found = Evaluation.objects.milestones(request.user, made.pk, common=True).exclude(evaluation=made)
    return [Statement([milestone]) for milestone in found.shown_to(request.user).in_time()]


def _page(request: HttpRequest, rows: list) -> Page:
    paginator = Paginator(rows, PAGE_SIZE)
    number = read_key(request.GET.get("side", "1"))
    if number is None or not 1 <= number <= paginator.num_pages:
        raise Http404("Listen har ikke så mange sider.")
    return paginator.page(number)
