"""Bulk work on the lists of the admin. It goes through the workflow, leaves history and asks for each record."""

from collections import defaultdict
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminDateWidget
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from networks.admin.contacts import WarnsOfContacts
from networks.models import Network
from trials import workflow
from trials.enums import MilestoneKind, Status
from trials.exports.forms import FORMS
from trials.exports.listing import Extract
from trials.exports.listings import LISTINGS
from trials.models import Milestone, Trial


class BulkActions(WarnsOfContacts):
    """What the actions share: all of the chosen are the user's to change, or nothing is done."""

    def all_allowed(self, request, chosen: list) -> bool:
        refused = [record for record in chosen if not self.has_change_permission(request, record)]
        if refused:
            named = ", ".join(workflow.name(record) for record in refused[:5]) + (" m.fl." if len(refused) > 5 else "")
            said = f"Intet er ændret: {named} hører ikke til dine netværk."
            self.message_user(request, said, messages.ERROR)
        return not refused


class ConfirmUnchanged(BulkActions):
    @admin.action(description="Bekræft status uændret pr. i dag", permissions=["change"])
    def confirm_unchanged(self, request, queryset) -> None:
        """Notes that the chosen still have the status that they have. Those of which none is known are left."""
        related = ("network",) if self.model is Trial else ("trial", "municipality")
        chosen = list(queryset.select_related(*related))
        if not self.all_allowed(request, chosen):
            return
        today = timezone.localdate()
        known = [record for record in chosen if record.status != Status.UNKNOWN]
        with transaction.atomic():
            for record in workflow.confirm_all(known, today):
                self.log_change(request, record, f"Status bekræftet uændret pr. {date_format(today, 'j. F Y')}.")
        if known:
            self.message_user(request, f"Status er bekræftet uændret pr. {date_format(today, 'j. F Y')}: {len(known)}.")
        if unknown := [record for record in chosen if record.status == Status.UNKNOWN]:
            named = ", ".join(workflow.name(record) for record in unknown)
            self.message_user(request, f"Uden status, så der er intet at bekræfte: {named}.", messages.WARNING)


class MilestoneForm(forms.Form):
    """A planned milestone of the trials that are chosen."""

    kind = forms.ChoiceField(label="Art", choices=MilestoneKind.choices)
    label = forms.CharField(label="Milepæl", max_length=200, validators=[refuse_personal_numbers])
    planned_from = forms.DateField(label="Planlagt fra", widget=AdminDateWidget, validators=[refuse_strange_day])
    planned_to = forms.DateField(
        label="Planlagt til",
        widget=AdminDateWidget,
        required=False,
        help_text="Tomt, når det er én dag.",
        validators=[refuse_strange_day],
    )

    def clean(self):
        given = super().clean() or self.cleaned_data
        begun, over = given.get("planned_from"), given.get("planned_to") or given.get("planned_from")
        if begun and over and over < begun:
            self.add_error("planned_to", "Milepælen slutter, før den begynder.")
        return given | {"planned_to": over}

    def save(self, trials: list[Trial]) -> list[Milestone]:
        """One milestone for the trials of each network."""
        by_network: dict[Network, list[Trial]] = defaultdict(list)
        for trial in trials:
            by_network[trial.network].append(trial)
        made = []
        for network, own in by_network.items():
            milestone = Milestone.objects.create(network=network, **self.cleaned_data)
            milestone.trials.set(own)
            made.append(milestone)
        return made


@dataclass(frozen=True)
class Chosen(Extract):
    """The rows that were chosen by hand, which no filter's sentence says."""

    @property
    def sentence(self) -> str:
        return f"{len(self.records)} forsøg, valgt i administrationen"


class TrialActions(ConfirmUnchanged):
    """The actions on the list of trials."""

    actions = ("confirm_unchanged", "plan_milestone", "export_chosen")

    @admin.action(description="Sæt en planlagt milepæl", permissions=["change"])
    def plan_milestone(self, request, queryset):
        """Asks for the milestone, then writes it."""
        chosen = list(queryset.select_related("network").order_by("network", "number"))
        if not self.all_allowed(request, chosen):
            return None
        form = MilestoneForm(request.POST if "planned" in request.POST else None)
        if form.is_valid():
            with transaction.atomic():
                made = form.save(chosen)
            for milestone in made:
                self.log_addition(request, milestone, f"Sat for {milestone.trials.count()} forsøg.")
            codes = ", ".join(milestone.code for milestone in made)
            self.message_user(request, f"Milepælen er sat for {len(chosen)} forsøg: {codes}.")
            self.warn_of_contacts(request, [form])
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Sæt en planlagt milepæl",
            "opts": self.opts,
            "chosen": chosen,
            "checkbox": ACTION_CHECKBOX_NAME,
            "form": form,
            "errors": form.errors,
            "media": self.media + form.media,
        }
        return render(request, "admin/trials/plan_milestone.html", context)

    @admin.action(description="Hent de valgte som Excel-fil", permissions=["view"])
    def export_chosen(self, request, queryset) -> HttpResponse:
        """The chosen trials as they stand in the export of the list."""
        listing, form = LISTINGS["forsoeg"], FORMS["xlsx"]
        filtered = listing.filtered(QueryDict(), request.user)
        filtered.queryset = filtered.queryset.filter(pk__in=queryset.values("pk"))
        content = form.write(Chosen(listing, filtered, request.build_absolute_uri))
        headers = {"Content-Disposition": 'attachment; filename="valgte-forsoeg.xlsx"'}
        return HttpResponse(content, content_type=form.content_type, headers=headers)


class ParticipationActions(ConfirmUnchanged):
    """The actions on the list of participations."""

    actions = ("confirm_unchanged",)
