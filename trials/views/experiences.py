"""What was learnt in the trials."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.experience_filters import ExperienceFilter
from trials.models import Experience
from trials.views.listing import PAGE_SIZE, list_page, sources


@require_safe
def experience_list(request: HttpRequest) -> HttpResponse:
    """The experiences under the filter (`list_page`)."""
    experiences = ExperienceFilter(request.GET, request.user)
    return list_page(
        request,
        "experiences/experience_list.html",
        experiences,
        lambda: experiences.qs.shown_to(request.user),
        lambda context: {"sources": sources(context["page_obj"])},
    )


@require_safe
def experience(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the experience in the list of them all, on whatever page it stands now."""
    visible = Experience.objects.visible_to(request.user)
    wanted = visible.at_address(slug)
    if wanted is None:
        raise Http404("Der er ingen erfaring med den kode.")
    page = 1 + visible.filter(code__lt=wanted.code).count() // PAGE_SIZE
    query = f"?side={page}" if page > 1 else ""
    return redirect(f"{reverse('trials:experience_list')}{query}#{wanted.code}")
