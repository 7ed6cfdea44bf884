"""The trials: where coordinators keep their network's work up to date."""

import re

from django.contrib import admin
from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.text import capfirst

from networks.admin.record import RecordAdmin
from trials.admin.activity import OutcomeOfTrialInline
from trials.admin.bulk import TrialActions
from trials.admin.evaluation import EvaluationOfTrialInline
from trials.admin.law import LegalBasisInline
from trials.admin.participation import ParticipationInline
from trials.admin.status import StatusPages, events_of, status_link
from trials.models import Correction, Coverage, LegalBasis, Participation, Trial

LEGAL_FIELDS = ("title", "publication", "application_round", "in_force_from", "in_force_to")

_ID = re.compile(r"\s*\w+-\d+(-\d*)?\s*")


@admin.register(Trial)
class TrialAdmin(TrialActions, StatusPages, RecordAdmin):
    change_form_template = "admin/trials/trial/change_form.html"
    object_history_template = "admin/trials/trial/history.html"
    list_display = (
        "public_id",
        "title",
        "status",
        "municipality_count",
        "in_force_from",
        "publication",
        "network",
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
        ("Indhold", {"fields": ("summary", "content", "target_group")}),
        (
            "Ikrafttrædelse",
            {"fields": ("application_round", ("in_force_from", "in_force_to"), "implementation")},
        ),
    )
    readonly_fields = ("public_id", "own_status", "status", "confirmed_on")
    fixed_fields = ("network", "number")
    autocomplete_fields = ("network",)
    inlines = (ParticipationInline, LegalBasisInline, EvaluationOfTrialInline, OutcomeOfTrialInline)

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found.annotate(municipality_count=Count("participations", distinct=True))

    def get_readonly_fields(self, request, obj=None):
        """What the law rests on is proposed by a coordinator in the workspace, not written here."""
        readonly = super().get_readonly_fields(request, obj)
        return readonly if request.user.has_perm("trials.state_law", obj) else (*readonly, *LEGAL_FIELDS)

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

    def render_history_view(self, request, template, context, **kwargs):
        if template == self.object_history_template:
            context |= {"parts": _versions_of_parts(context["object"])}
        return super().render_history_view(request, template, context, **kwargs)

    @admin.display(description="kommuner", ordering="municipality_count")
    def municipality_count(self, trial) -> int:
        return trial.municipality_count

    @admin.display(description="status")
    def own_status(self, trial) -> str:
        return status_link(trial) if trial.pk else "Skiftes, når forsøget er gemt."


def _versions_of_parts(trial: Trial) -> list[dict]:
    """The versions of all that hangs on `trial`, deleted records included, newest first."""
    named_by = {Participation: "municipality", LegalBasis: "provision", Coverage: "evaluation"}
    parts = []
    for model, name in named_by.items():
        shown = (name, "provision__act") if model is LegalBasis else (name,)
        for version in model.history.filter(trial_id=trial.pk).select_related("history_user", *shown):
            address = f"admin:trials_{model._meta.model_name}_simple_history"
            what = getattr(version, name) or (version.get_kind_display() if model is LegalBasis else "slettet")
            parts.append(
                {
                    "version": version,
                    "what": f"{capfirst(model._meta.verbose_name)}: {what}",
                    "url": reverse(address, args=[version.id, version.pk]),
                }
            )
    return sorted(parts, key=lambda part: (part["version"].history_date, part["version"].pk), reverse=True)
