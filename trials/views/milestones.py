"""All milestones under a filter: as a page, and as a calendar to subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from trials import calendar, facets
from trials.figures import Statement
from trials.milestone_filters import MilestoneFilter
from trials.views.listing import list_page, sources


@require_safe
def milestone_list(request: HttpRequest) -> HttpResponse:
    """The milestones under the filter (`list_page`)."""
    milestones = MilestoneFilter(request.GET, request.user)

    def told(context: dict) -> dict:
        query = milestones.query()
        return {
            "statements": [Statement([milestone]) for milestone in context["page_obj"]],
            "undated": milestones.undated(),
            "calendar_url": reverse("trials:milestone_calendar") + (f"?{query}" if query else ""),
            "sources": sources(context["page_obj"]),
        }

    return list_page(
        request,
        "milestones/milestone_list.html",
        milestones,
        lambda: milestones.qs.shown_to(request.user),
        told,
    )


@require_safe
@conditional_page
def milestone_calendar(request: HttpRequest) -> HttpResponse:
    """The milestones under the filter that have a time, as a calendar; status 400 and the reasons as the list."""
    milestones = MilestoneFilter(request.GET, request.user)
    if not milestones.is_valid():
        text = "".join(f"{message}\n" for message in milestones.messages)
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    filters = [pill.label for pill in facets.pills(milestones)]
    name = f"Milepæle i frikommuneforsøgene{': ' if filters else ''}{'; '.join(filters)}"
    written = calendar.written(name, milestones.qs, request.user, request.build_absolute_uri)
    headers = {"Content-Disposition": 'inline; filename="milepaele.ics"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)
