"""The forms through which status is changed. They send what was written to `trials.workflow`, which decides."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from trials import lawfulness, workflow
from trials.enums import Precision, Reason, Status
from trials.lawfulness import Doubtful, Entry
from trials.models import StatusEvent
from trials.workflow import Change, Refused, Subject, name


class ChangeForm(forms.Form):
    """A change of status as it is written; with `anyway`, in spite of doubts that are then shown beside it."""

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
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Dagen, hvor det var sådan, ikke dagen, hvor det skrives. En kommende start er »Planlagt« fra i dag.",
        validators=[refuse_strange_day],
    )
    precision = forms.ChoiceField(
        label="Datoens betydning",
        choices=[(Precision.ON, "Den dag ændrede status sig"), (Precision.BY, "Senest den dag var det sådan")],
        initial=Precision.ON,
    )
    note = forms.CharField(
        label="Bemærkning",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        validators=[refuse_personal_numbers],
        help_text="Offentlig. Skriv ingen personoplysninger. Skal udfyldes ved »Andet« som årsag og ved en rettelse.",
    )
    anyway = forms.BooleanField(
        label="Gem alligevel",
        widget=forms.HiddenInput,
        required=False,
        help_text="Sæt kryds, hvis det er rigtigt, og skriv hvorfor i bemærkningen.",
    )

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        if data and data.get(self.add_prefix("anyway")):
            self.fields["anyway"].widget = forms.CheckboxInput()

    def change(self) -> Change:
        """What has been written, which must be valid."""
        written = self.cleaned_data
        return Change(
            status=Status(written["status"]),
            effective_on=written["effective_on"],
            precision=Precision(written["precision"]),
            reason=written["reason"],
            note=written["note"].strip(),
        )

    def refuse(self, error: ValidationError) -> None:
        """Say why it is not kept; where that is doubt, offer to keep it anyway."""
        if isinstance(error, Doubtful):
            self.fields["anyway"].widget = forms.CheckboxInput()
        self.add_error(None, ValidationError(error.messages))


class StatusForm(ChangeForm):
    """Appends an event to the status of `subject`, or puts a correction in the place of a wrong one.

    `latest` is the newest event when the page was opened: what someone else has written since is not
    overruled unseen.
    """

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

    def __init__(self, subject: Subject, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.subject = subject
        self.sentence = ""
        fields: dict[str, Any] = self.fields
        latest = subject.latest_event if hasattr(subject, "latest_event") else _latest(subject)
        fields["status"].choices = _status_choices(subject, is_confirmable=bool(latest))
        fields["corrects"].queryset = subject.events.filter(corrected_by=None)
        fields["latest"].initial = latest

    def save(self, by) -> bool:
        """Write the change through the workflow. When it is refused, the form says why and False is returned."""
        try:
            with transaction.atomic():
                self.check_nothing_new()
                event = lawfulness.enter([self.entry()], by, self.cleaned_data["anyway"])[0]
                self.sentence = self._sentence(event)
        except ValidationError as error:
            self.refuse(error)
            return False
        return True

    def check_nothing_new(self) -> None:
        """Hold the subject, and raise `Refused`, saying what is new, when its status has changed since the form was
        opened."""
        self.subject = held = workflow.hold([self.subject])[0]
        latest = _latest(held)
        if latest == self.cleaned_data["latest"]:
            return
        self.data = {**self.data.dict(), self.add_prefix("latest"): latest}
        since = held.events.filter(pk__gt=self.cleaned_data["latest"]).order_by("pk")
        raise Refused(
            "En anden har ændret status, siden du åbnede siden. Se historikken nedenfor, og send igen, hvis din "
            f"ændring stadig gælder. Nyt siden da: {'; '.join(words(event) for event in since)}."
        )

    def entry(self) -> Entry:
        """What is stated of the subject, which must be valid."""
        return Entry(self.subject, self.change(), self.cleaned_data.get("corrects"))

    def _sentence(self, event: StatusEvent | None) -> str:
        entry = self.entry()
        if event is None:
            said = f"»{entry.change.status.label}« er bekræftet uændret pr. {_day(entry.change.effective_on)}"
        elif entry.corrects:
            said = f"hændelsen »{words(entry.corrects)}« er rettet til »{words(event)}«"
        else:
            said = f"fra {_status_before(event).label} til {words(event)}"
        return f"{name(self.subject)}: {said}"


class RevertForm(forms.Form):
    """Takes back an event of `subject`, with a note that says what was wrong with it."""

    note = forms.CharField(
        label="Bemærkning",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        validators=[refuse_personal_numbers],
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
        what = f"hændelsen »{words(self.event)}« er tilbageført til »{now.get_status_display()}«"
        self.sentence = f"{name(self.subject)}: {what}"
        return True


def _status_choices(subject: Subject, is_confirmable: bool) -> list:
    """All statuses, in groups that say what is possible from the current one on the current day.

    The last group is for corrections, and for events dated back to a day on which another status held.
    """
    current = Status(subject.status)
    follows = workflow.allowed_from(current)
    is_confirmable &= current != Status.UNKNOWN
    same = [(current, f"{current.label} (bekræft)")] if is_confirmable else []
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


def words(event: StatusEvent) -> str:
    """An event in a few words: I drift, den 1. maj 2018."""
    return f"{event.get_status_display()}, {event.get_precision_display()} {_day(event.effective_on)}"


def _day(day) -> str:
    return date_format(day, "j. F Y")
