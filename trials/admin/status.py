"""Status in the admin: the pages that change it through the workflow, and the events, which are only read."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from networks.admin.contacts import WarnsOfContacts
from networks.admin.readonly import ReadOnlyAdmin
from networks.admin.search import DanishSearch
from networks.models import Network
from trials.enums import STATUS_MEANINGS, Status
from trials.forms import RevertForm, StatusForm
from trials.models import Participation, StatusEvent, Trial
from trials.workflow import name


def status_url(subject: Trial | Participation) -> str:
    """The page on which the status of `subject` is changed."""
    return reverse(f"admin:trials_{subject._meta.model_name}_status", args=[subject.pk])


def status_link(subject: Trial | Participation) -> str:
    """The current status with a link to the page that changes it."""
    label = format_html('<span class="visually-hidden"> for {}</span>', name(subject))
    return format_html('{} – <a href="{}">Skift status{}</a>', subject.get_status_display(), status_url(subject), label)


def events_of(trial: Trial):
    """The events of `trial` and its participations, newest first, with all that a list of them shows."""
    return (
        StatusEvent.objects.filter(Q(trial=trial) | Q(participation__trial=trial))
        .with_previous()
        .with_places()
        .select_related("trial", "participation__municipality", "participation__trial", "corrects", "corrected_by")
        .order_by("-effective_on", "-recorded_at", "-pk")
    )


class AdminStatusForm(StatusForm):
    """The form with the admin's own fields."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["effective_on"].widget = AdminDateWidget()
        self.fields["note"].widget.attrs["class"] = "vLargeTextField"


class StatusShown(admin.options.BaseModelAdmin):
    """Shows the status with the way to change it to those who may, and to others the status alone."""

    def get_fieldsets(self, request, obj=None):
        shown = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return shown
        return [
            (title, {**options, "fields": ["status" if name == "own_status" else name for name in options["fields"]]})
            for title, options in shown
        ]


class StatusPages(StatusShown, WarnsOfContacts):
    """Adds the pages that change the status of a trial or a participation to its admin.

    They ask for the permission to change the record, and leave a line in the admin's log.
    """

    def get_urls(self):
        prefix = f"trials_{self.opts.model_name}"
        own = [
            path("<int:pk>/status/", self.admin_site.admin_view(self.status_view), name=f"{prefix}_status"),
            path(
                "<int:pk>/status/<int:event>/revert/",
                self.admin_site.admin_view(self.revert_view),
                name=f"{prefix}_status_revert",
            ),
        ]
        return own + super().get_urls()

    def status_view(self, request, pk: int):
        """The form that appends an event, with the history below it."""
        subject = self._subject(request, pk)
        form = AdminStatusForm(subject, request.POST if request.method == "POST" else None)
        if form.is_valid() and form.save(by=request.user):
            return self._done(request, subject, form)
        context = {"meanings": [(status.label, STATUS_MEANINGS[status]) for status in Status]}
        return self._page(request, "admin/trials/status_form.html", "Skift status", subject, form, context)

    def revert_view(self, request, pk: int, event: int):
        """The form that takes back one event."""
        subject = self._subject(request, pk)
        wrong = get_object_or_404(subject.events.with_places(), pk=event)
        form = RevertForm(subject, wrong, request.POST if request.method == "POST" else None)
        if form.is_valid() and form.save(by=request.user):
            return self._done(request, subject, form)
        return self._page(
            request, "admin/trials/status_revert.html", "Tilbagefør hændelse", subject, form, {"event": wrong}
        )

    def _subject(self, request, pk: int):
        subject = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, subject):
            raise PermissionDenied
        return subject

    def _done(self, request, subject, form: StatusForm | RevertForm):
        self.log_change(request, subject, form.sentence)
        self.message_user(request, form.sentence)
        self.warn_of_contacts(request, [form])
        return redirect(status_url(subject))

    def _page(self, request, template: str, title: str, subject, form, context: dict):
        subject.refresh_from_db(fields=["status", "confirmed_on"])
        trial = subject if isinstance(subject, Trial) else subject.trial
        events = [event for event in events_of(trial) if isinstance(subject, Trial) or event.participation == subject]
        context = context | {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": name(subject),
            "opts": self.opts,
            "subject": subject,
            "trial": trial,
            "participations": Participation.objects.filter(trial=trial)
            .select_related("municipality", "trial")
            .in_danish_order(),
            "form": form,
            "media": self.media + form.media,
            "events": events,
            "errors": form.errors,
        }
        return render(request, template, context)


class NetworkOfEventFilter(admin.SimpleListFilter):
    """Events of the trials of a network and of their participations."""

    title = "netværk"
    parameter_name = "network"

    def lookups(self, request, model_admin):
        return [(str(network.pk), str(network)) for network in Network.objects.all()]

    def queryset(self, request, queryset):
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen not in dict(self.lookup_choices):
            return queryset.none()
        return queryset.filter(Q(trial__network=chosen) | Q(participation__trial__network=chosen))


@admin.register(StatusEvent)
class StatusEventAdmin(DanishSearch, ReadOnlyAdmin):
    """What has been recorded of status. Events are appended on the status pages, never changed or deleted."""

    list_display = ("subject", "status", "when", "reason", "recorded_at", "recorder", "known_on", "is_correction")
    list_display_links = ("status",)
    list_filter = ("status", "reason", "is_correction", "precision", NetworkOfEventFilter)
    list_per_page = 50
    date_hierarchy = "effective_on"
    search_fields = (
        "trial__public_id",
        "trial__title",
        "participation__trial__public_id",
        "participation__trial__title",
        "participation__municipality__name",
        "note",
    )
    search_help_text = "Søg på forsøg, kommune eller bemærkning."
    fields = (
        "subject",
        ("status", "reason"),
        "note",
        ("effective_on", "precision"),
        "known_on",
        ("recorded_at", "recorder"),
        ("is_correction", "corrects"),
        "place",
        "quotation",
    )

    def get_queryset(self, request):
        shown = ("trial", "participation__trial", "participation__municipality", "corrects")
        return super().get_queryset(request).with_places().select_related(*shown)

    @admin.display(description="forsøg eller forsøgskommune")
    def subject(self, event) -> str:
        subject = event.subject
        address = reverse(f"admin:trials_{subject._meta.model_name}_change", args=[subject.pk])
        return format_html('<a href="{}">{}</a>', address, name(subject))

    @admin.display(description="gældende", ordering="effective_on")
    def when(self, event) -> str:
        return f"{event.get_precision_display()} {event.effective_on:%d.%m.%Y}"

    @admin.display(description="registreret af", ordering="recorded_by__username")
    def recorder(self, event) -> str:
        return str(event.recorded_by or "Indlæst fra kilden")

    @admin.display(description="sted i kilden")
    def place(self, event) -> str:
        return f"{event.place}. {event.source}" if event.source else ""
