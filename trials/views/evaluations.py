"""The evaluations of the trials."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.enums import Approach, Element, Method
from trials.evaluation_filters import ELEMENTS, EvaluationFilter
from trials.models import Evaluation, Milestone
from trials.views.as_of import moved, on_a_day, show_status_on
from trials.views.evaluation_page import EvaluationPage
from trials.views.listing import list_page, sources


@require_safe
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """The evaluations under the filter (`list_page`)."""
    evaluations = EvaluationFilter(request.GET, request.user)

    def told(context: dict) -> dict:
        found = list(context["page_obj"])
        milestones = Milestone.objects.in_bulk([each.next_milestone for each in found if each.next_milestone])
        return {
            "results": [_result(each, milestones.get(each.next_milestone)) for each in found],
            "sources": sources(coverage for each in found for coverage in each.visible_coverages),
        }

    return list_page(
        request,
        "evaluations/evaluation_list.html",
        evaluations,
        lambda: evaluations.qs.with_coverages(request.user).prefetch_related("traits"),
        told,
    )


@require_safe
@on_a_day
def evaluation(request: HttpRequest, slug: str, day: date | None) -> HttpResponse:
    """One evaluation; its code with a colon, or in other letters, leads to the right address."""
    visible = Evaluation.objects.visible_to(request.user)
    wanted = visible.with_coverages(request.user).prefetch_related("traits").at_address(slug)
    if wanted is None:
        raise Http404("Der er ingen evaluering med den kode.")
    if slug != wanted.slug:
        return moved(wanted, day)
    show_status_on((coverage.trial for coverage in wanted.visible_coverages), day)
    page = EvaluationPage(wanted, request.user, day)
    return render(request, "evaluations/evaluation.html", {"evaluation": wanted, "page": page, "day": day})


def _result(evaluation: Evaluation, milestone: Milestone | None) -> dict:
    """What the list says of an evaluation."""
    traits = {trait.trait for trait in evaluation.traits.all()}
    elements = [(label, getattr(evaluation, field)) for field, label, _ in ELEMENTS.values()]
    return {
        "evaluation": evaluation,
        "approaches": [approach.label for approach in Approach if approach in traits],
        "methods": [method.label for method in Method if method in traits],
        "missing": [label for label, state in elements if state == Element.MISSING],
        "partly": [label for label, state in elements if state == Element.PARTLY],
        "milestone": milestone,
    }
