"""The trials: where coordinators keep their network's work up to date."""

import re

from django.contrib import admin
from django.db.models import Count, Prefetch

from networks.admin.record import RecordAdmin
from trials.admin.evaluation import EvaluationOfTrialInline
from trials.admin.law import LegalBasisInline
from trials.admin.participation import ParticipationInline
from trials.admin.status import StatusPages, events_of, status_link
from trials.models import Correction, Trial

_ID = re.compile(r"\s*\w+-\d+(-\d*)?\s*")


@admin.register(Trial)
class TrialAdmin(StatusPages, RecordAdmin):
    change_form_template = "admin/trials/trial/change_form.html"
    list_display = (
        "public_id",
        "title",
        "network",
        "status",
        "municipality_count",
        "in_force_from",
        "publication",
    )
    list_display_links = ("public_id", "title")
    list_filter = (
        "network",
        "status",
        "publication",
        "application_round",
        ("legal_bases__kind", admin.ChoicesFieldListFilter),
    )
    list_select_related = ("network",)
    date_hierarchy = "in_force_from"
    search_fields = ("public_id", "title")
    search_help_text = "Søg på id eller på ord i alt, hvad der står om forsøget."
    fieldsets = (
        (None, {"fields": ("public_id", ("network", "number"), "title", "publication")}),
        ("Status", {"fields": ("own_status", "confirmed_on")}),
        ("Indhold", {"fields": ("content", "target_group")}),
        (
            "Ikrafttrædelse",
            {"fields": ("application_round", ("in_force_from", "in_force_to"), "implementation")},
        ),
    )
    readonly_fields = ("public_id", "own_status", "confirmed_on")
    fixed_fields = ("network", "number")
    autocomplete_fields = ("network",)
    inlines = (ParticipationInline, LegalBasisInline, EvaluationOfTrialInline)

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found.annotate(municipality_count=Count("participations", distinct=True))

    def get_search_results(self, request, queryset, search_term):
        """An id, or the start of one, finds by id; all else as on the public pages."""
        if _ID.fullmatch(search_term):
            return queryset.filter(public_id__istartswith=search_term.strip()), False
        return queryset.search(search_term), False

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            corrections = Prefetch("corrections", Correction.objects.all())
            cells = obj.cells.select_related("source").prefetch_related(corrections)
            context |= {
                "cells": cells.order_by("-source__published_on", "table", "row", "column"),
                "events": events_of(obj),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description="kommuner", ordering="municipality_count")
    def municipality_count(self, trial) -> int:
        return trial.municipality_count

    @admin.display(description="status")
    def own_status(self, trial) -> str:
        return status_link(trial) if trial.pk else "Skiftes, når forsøget er gemt."
