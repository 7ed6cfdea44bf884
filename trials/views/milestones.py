"""All milestones under a filter: as a page, and as a calendar to subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from trials import calendar, facets
from trials.figures import Statement
from trials.milestone_filters import ORDERS, MilestoneFilter
from trials.views.listing import filter_context, page_context


@require_safe
def milestone_list(request: HttpRequest) -> HttpResponse:
    """The milestones under the filter, a page at a time; status 400 and the reasons when the filter is not valid."""
    milestones = MilestoneFilter(request.GET, request.user)
    context = filter_context(milestones) | {"orders": [(value, label) for value, (label, _) in ORDERS.items()]}
    if not milestones.is_valid():
        return render(request, "milestones/milestone_list.html", context, status=400)
    context |= page_context(milestones, milestones.qs.shown_to(request.user))
    page, query = context["page_obj"], milestones.query()
    context |= {
        "statements": [Statement([milestone]) for milestone in page],
        "undated": milestones.undated(),
        "calendar_url": reverse("trials:milestone_calendar") + (f"?{query}" if query else ""),
        "sources": list(dict.fromkeys(milestone.source for milestone in page if milestone.source)),
    }
    return render(request, "milestones/milestone_list.html", context)


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
