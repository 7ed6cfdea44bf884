"""The forms through which status is changed. They send what was written to `trials.workflow`, which decides."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from trials import workflow
from trials.enums import Precision, Reason, Status
from trials.models import Participation, StatusEvent
from trials.workflow import Change, Refused, Subject


class StatusForm(forms.Form):
    """Appends an event to the status of `subject`, or puts a correction in the place of a wrong one.

    `latest` is the newest event when the page was opened: what someone else has written since is not
    overruled unseen.
    """

    status = forms.ChoiceField(label="Ny status")
    reason = forms.ChoiceField(
        label="Årsag",
        choices=[("", "Ingen årsag"), *Reason.choices],
        required=False,
        help_text="Kun til »Afventer«, »Gennemføres ikke« og »Afsluttet«.",
    )
    effective_on = forms.DateField(
        label="Gældende fra",
        initial=timezone.localdate,
        widget=AdminDateWidget,
        help_text="Dagen, hvor det var sådan, ikke dagen, hvor det skrives. En kommende start er »Planlagt« fra i dag.",
    )
    precision = forms.ChoiceField(
        label="Datoens betydning",
        choices=[(Precision.ON, "Den dag ændrede status sig"), (Precision.BY, "Senest den dag var det sådan")],
        initial=Precision.ON,
    )
    note = forms.CharField(
        label="Bemærkning",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        required=False,
        help_text="Offentlig. Skriv ingen personoplysninger. Skal udfyldes ved »Andet« som årsag og ved en rettelse.",
    )
    corrects = forms.ModelChoiceField(
        StatusEvent.objects.none(),
        label="Ret en tidligere hændelse",
        required=False,
        empty_label="Nej, dette er en ny hændelse",
        help_text="Vælg den hændelse, der var forkert. Den bliver stående i historikken, og rettelsen træder i stedet. "
        "En rettelse kan sætte enhver status.",
    )
    latest = forms.IntegerField(widget=forms.HiddenInput)

    data: Any

    def __init__(self, subject: Subject, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.subject = subject
        self.sentence = ""
        fields: dict[str, Any] = self.fields
        fields["status"].choices = _status_choices(subject)
        fields["corrects"].queryset = subject.events.filter(corrected_by=None)
        fields["latest"].initial = _latest(subject)

    def save(self, by) -> bool:
        """Write the change through the workflow. When it is refused, the form says why and False is returned."""
        try:
            with transaction.atomic():
                self._check_nothing_new()
                self.sentence = self._correct(by) if self.cleaned_data["corrects"] else self._change(by)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        return True

    def _check_nothing_new(self) -> None:
        held = type(self.subject).objects.select_for_update(of=("self",)).get(pk=self.subject.pk)
        latest = _latest(held)
        if latest == self.cleaned_data["latest"]:
            return
        self.data = {**self.data.dict(), "latest": latest}
        raise Refused(
            "En anden har ændret status, siden du åbnede siden. Se historikken nedenfor, og send igen, hvis din "
            "ændring stadig gælder."
        )

    def _change(self, by) -> str:
        change = self._written()
        event = workflow.change_status(self.subject, change, by)
        if event:
            return f"{name(self.subject)}: fra {_status_before(event).label} til {_words(event)}"
        if change.note or change.reason:
            raise Refused(
                f"Status er allerede »{change.status.label}«. En bekræftelse gemmer hverken årsag eller bemærkning: "
                "lad dem stå tomme, eller ret den tidligere hændelse."
            )
        return f"{name(self.subject)}: »{change.status.label}« er bekræftet uændret pr. {_day(change.effective_on)}"

    def _correct(self, by) -> str:
        wrong = self.cleaned_data["corrects"]
        event = workflow.correct(wrong, self._written(), by)
        return f"{name(self.subject)}: hændelsen »{_words(wrong)}« er rettet til »{_words(event)}«"

    def _written(self) -> Change:
        written = self.cleaned_data
        return Change(
            status=Status(written["status"]),
            effective_on=written["effective_on"],
            precision=Precision(written["precision"]),
            reason=written["reason"],
            note=written["note"].strip(),
        )


class RevertForm(forms.Form):
    """Takes back an event of `subject`, with a note that says what was wrong with it."""

    note = forms.CharField(
        label="Bemærkning",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Skriv, hvad der var forkert. Bemærkningen er offentlig.",
    )

    def __init__(self, subject: Subject, event: StatusEvent, data=None) -> None:
        super().__init__(data)
        self.subject = subject
        self.event = event
        self.sentence = ""

    def save(self, by) -> bool:
        """Revert through the workflow. When it is refused, the form says why and False is returned."""
        try:
            now = workflow.revert(self.event, self.cleaned_data["note"], by)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        what = f"hændelsen »{_words(self.event)}« er tilbageført til »{now.get_status_display()}«"
        self.sentence = f"{name(self.subject)}: {what}"
        return True


def name(subject: Subject) -> str:
    """What the status is of: a trial by its id, a participation as municipality and trial."""
    if isinstance(subject, Participation):
        return f"{subject.municipality} i {subject.trial.public_id}"
    return subject.public_id


def _status_choices(subject: Subject) -> list:
    """All statuses, in groups that say what is possible from the current one on the current day.

    The last group is for corrections, and for events dated back to a day on which another status held.
    """
    current = Status(subject.status)
    follows = workflow.allowed_from(current)
    same = [(current, f"{current.label} (bekræft)")] if subject.events.exists() else []
    others = [status for status in Status if status not in follows and status not in dict(same)]
    groups = [
        ("Uændret", same),
        (f"Kan følge efter »{current.label}«", [(status, status.label) for status in follows]),
        ("Kun som rettelse eller for en tidligere dag", [(status, status.label) for status in others]),
    ]
    return [("", "Vælg status"), *(group for group in groups if group[1])]


def _latest(subject: Subject) -> int:
    """The number of the newest event; 0 when there is none."""
    return subject.events.order_by("-pk").values_list("pk", flat=True).first() or 0


def _status_before(event: StatusEvent) -> Status:
    return Status(StatusEvent.objects.with_previous().get(pk=event.pk).previous_status or Status.UNKNOWN)


def _words(event: StatusEvent) -> str:
    return f"{event.get_status_display()}, {event.get_precision_display()} {_day(event.effective_on)}"


def _day(day) -> str:
    return date_format(day, "j. F Y")
