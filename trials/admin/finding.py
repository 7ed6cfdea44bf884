"""Contradictions found by a reader, and the work list of all findings with the editors' assessments."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse

from networks.admin.fixed import LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from trials import seen_findings
from trials.admin.source import PLACE
from trials.integrity import RULES, Finding, Severity
from trials.models import Assessment, Contradiction, ContradictionPlace


class ContradictionPlaceInline(RowPermissions):
    """The places of a contradiction with their words."""

    model = ContradictionPlace
    formset = LabelledRows
    fields = ("position", "source", "cell", "section", "quotation")
    autocomplete_fields = ("cell",)
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("contradiction", "cell__source", "source")


@admin.register(Contradiction)
class ContradictionAdmin(RecordAdmin):
    list_display = ("code", "message", "network")
    list_display_links = ("code", "message")
    list_filter = ("network",)
    list_select_related = ("network",)
    search_fields = ("code", "message", "trials__public_id")
    fields = ("code", "message", "shown", "network", "trials")
    readonly_fields = ("code",)
    autocomplete_fields = ("network", "trials")
    inlines = (ContradictionPlaceInline,)


@admin.register(ContradictionPlace)
class ContradictionPlaceAdmin(RecordAdmin):
    list_display = ("contradiction", "position", "quotation")
    list_select_related = ("contradiction", "cell__source", "source")
    search_fields = ("contradiction__code", "contradiction__message", "quotation")
    fieldsets = ((None, {"fields": ("contradiction", "position")}), PLACE)
    fixed_fields = ("contradiction", "position")
    autocomplete_fields = ("contradiction", "cell")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("contradiction", "cell__source", "source")


class AssessmentForm(forms.ModelForm):
    class Meta:
        model = Assessment
        fields = ("text",)


@admin.register(Assessment)
class AssessmentAdmin(RecordAdmin):
    """What the editors make of the findings. A new one begins on the work list, which shows every finding."""

    change_list_template = "admin/trials/assessment/change_list.html"
    list_display = ("finding", "text", "assessed_by", "assessed_at")
    list_select_related = ("assessed_by",)
    search_fields = ("finding", "text")
    fields = ("finding", "text", "assessed_by", "assessed_at")
    readonly_fields = ("finding", "assessed_by", "assessed_at")

    def get_urls(self):
        views = [("fund/", self.findings_view, "findings"), ("vurder/", self.assess_view, "assess")]
        own = [path(at, self.admin_site.admin_view(view), name=f"trials_assessment_{name}") for at, view, name in views]
        return own + super().get_urls()

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.findings_view(request)

    def save_model(self, request, obj, form, change):
        obj.assessed_by = request.user
        super().save_model(request, obj, form, change)

    def findings_view(self, request):
        """Every finding with its assessment, by rule; `alvor` narrows to a severity."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        chosen = request.GET.get("alvor", "")
        if chosen and chosen not in Severity.values:
            raise Http404
        found = seen_findings.findings(request.user)
        assessed = {each.finding: each for each in Assessment.objects.select_related("assessed_by")}
        shown = [finding for finding in found if not chosen or finding.severity == chosen]
        rules = [rule for rule in RULES.values() if not chosen or rule.severity == chosen]
        context = {
            "groups": [
                (rule, [(finding, assessed.get(finding.key)) for finding in shown if finding.code == rule.code])
                for rule in rules
            ],
            "severities": [(s, sum(finding.severity == s for finding in found)) for s in Severity],
            "chosen": chosen,
            "count": len(shown),
            "assessed_count": sum(finding.key in assessed for finding in shown),
            "obsolete": [each for key, each in assessed.items() if key not in {finding.key for finding in found}],
        }
        return self._page(request, "findings.html", "Modstride og mangler", context)

    def assess_view(self, request):
        """The form for one finding's assessment; `fund` is the finding's key."""
        key = request.GET.get("fund", "")
        finding = next((each for each in seen_findings.findings(request.user) if each.key == key), None)
        if finding is None:
            raise Http404
        assessment = Assessment.objects.select_related("assessed_by").filter(finding=key).first()
        allowed = self.has_change_permission if assessment else self.has_add_permission
        if not allowed(request):
            raise PermissionDenied
        form = AssessmentForm(request.POST if request.method == "POST" else None, instance=assessment)
        if form.is_valid():
            return self._save(request, finding, form, is_new=assessment is None)
        context = {"finding": finding, "form": form, "assessment": assessment, "errors": form.errors}
        return self._page(request, "assess.html", "Vurdér fund", context)

    def _save(self, request, finding: Finding, form: AssessmentForm, is_new: bool):
        form.instance.finding = finding.key
        form.instance.assessed_by = request.user
        assessment = form.save()
        log = self.log_addition if is_new else self.log_change
        log(request, assessment, "Vurderet på arbejdslisten.")
        self.message_user(request, f"Vurderingen af »{finding.title}« er gemt.")
        return redirect(f"{reverse('admin:trials_assessment_findings')}#{finding.code}")

    def _page(self, request, template: str, title: str, context: dict[str, Any]):
        common = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}
        return render(request, f"admin/trials/assessment/{template}", common | context)
