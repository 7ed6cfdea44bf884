"""Acts, provisions and the legal basis of the trials."""

import re

from django import forms
from django.contrib import admin
from django.db.models import Count

from networks.admin.fixed import FixedRowForm, LabelledRows
from networks.admin.permission import RowPermissions
from networks.admin.record import RecordAdmin
from trials.admin.source import PLACE
from trials.models import Act, LegalBasis, Provision

_CITED = re.compile(
    r"(?:§+\s*)?\b(?P<paragraph>\d+)\s*(?P<letter>[a-zæøå]\b)?,?"
    r"(?:\s*stk\.?\s*(?P<subsection>\d+))?,?(?:\s*nr\.?\s*(?P<number>\d+))?",
    re.IGNORECASE,
)


@admin.register(Act)
class ActAdmin(RecordAdmin):
    list_display = ("title", "short_title", "kind", "provision_count")
    list_filter = ("kind",)
    search_fields = ("title", "short_title", "code")
    fields = ("code", "title", "short_title", "kind")
    fixed_fields = ("code",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(provision_count=Count("provisions"))

    @admin.display(description="bestemmelser", ordering="provision_count")
    def provision_count(self, act) -> int:
        return act.provision_count


@admin.register(Provision)
class ProvisionAdmin(RecordAdmin):
    list_display = ("reference", "act", "trial_count")
    list_filter = ("act",)
    list_select_related = ("act",)
    search_fields = ("act__title", "act__short_title")
    search_help_text = "Fx § 27 c, stk. 3 frikommuneloven."
    fields = ("act", ("paragraph", "letter"), ("subsection", "number"))
    fixed_fields = ("act", "paragraph", "letter", "subsection", "number")
    autocomplete_fields = ("act",)

    def get_queryset(self, request):
        found = super().get_queryset(request).select_related("act")
        return found.annotate(trial_count=Count("legal_bases__trial", distinct=True))

    def get_search_results(self, request, queryset, search_term):
        """Takes a citation out of the query and looks for the other words in the name of the act."""
        cited = _CITED.search(search_term)
        if cited:
            search_term = search_term.replace(cited[0], " ")
            given = {part: value.lower() for part, value in cited.groupdict().items() if value}
            queryset = queryset.filter(**{part: _number(value) for part, value in given.items()})
        return super().get_search_results(request, queryset, search_term.replace("§", " "))

    @admin.display(description="bestemmelse", ordering="paragraph")
    def reference(self, provision) -> str:
        return provision.reference

    @admin.display(description="forsøg", ordering="trial_count")
    def trial_count(self, provision) -> int:
        return provision.trial_count


def _number(value: str) -> int | str:
    return min(int(value[:9]), 32_767) if value.isdecimal() else value


class BasisRowForm(FixedRowForm):
    fixed_fields = ("role", "provision")


class BasisFormSet(LabelledRows):
    """Rows of which at most one of each role is without a provision, as the database requires."""

    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form not in self.deleted_forms]
        roles = [row["role"] for row in rows if row and not row.get("provision")]
        if len(roles) != len(set(roles)):
            raise forms.ValidationError("Et forsøg kan kun have én hjemmel uden bestemmelse.")


class LegalBasisInline(RowPermissions):
    """What a trial rests on and deviates from."""

    model = LegalBasis
    form = BasisRowForm
    formset = BasisFormSet
    fields = ("role", "kind", "provision", "note", "place")
    readonly_fields = ("place",)
    autocomplete_fields = ("provision",)
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).in_order().select_related("trial", "provision__act", "cell__source")

    @admin.display(description="sted i kilden")
    def place(self, basis) -> str:
        return basis.place


@admin.register(LegalBasis)
class LegalBasisAdmin(RecordAdmin):
    list_display = ("__str__", "trial", "role", "kind", "note")
    list_filter = ("role", "kind", "provision__act", "trial__network")
    list_select_related = ("trial", "provision__act")
    search_fields = ("trial__public_id", "trial__title", "provision__act__title", "provision__act__short_title", "note")
    fieldsets = ((None, {"fields": ("trial", "role", "provision", "kind", "note")}), PLACE)
    fixed_fields = ("trial", "role", "provision")
    autocomplete_fields = ("trial", "provision", "cell")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("trial", "provision__act")
