"""What was learnt in the trials."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.experience_filters import ExperienceFilter
from trials.models import Experience
from trials.views.listing import PAGE_SIZE, filter_context, page_context


@require_safe
def experience_list(request: HttpRequest) -> HttpResponse:
    """The experiences under the filter, a page at a time; status 400 and the reasons when the filter is not valid."""
    experiences = ExperienceFilter(request.GET, request.user)
    context = filter_context(experiences)
    if not experiences.is_valid():
        return render(request, "experiences/experience_list.html", context, status=400)
    context |= page_context(experiences, experiences.qs.shown_to(request.user))
    context["sources"] = list(dict.fromkeys(each.source for each in context["page_obj"] if each.source))
    return render(request, "experiences/experience_list.html", context)


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
