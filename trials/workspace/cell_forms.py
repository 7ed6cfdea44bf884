"""The forms of the grid: one cell, several cells at once, and a trial's row."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict

from frikommune.dates import refuse_future_day
from frikommune.personal import contact_details
from trials import lawfulness, workflow
from trials.enums import Status
from trials.forms import ChangeForm, StatusForm
from trials.lawfulness import Doubtful, Entry
from trials.models import Participation
from trials.workflow import Refused
from trials.workspace.board import Cell, Row, check_nothing_new

Marked = Sequence[tuple[Cell, int]]
"""Cells, each with what was its newest event when they were marked."""


class CellForm(StatusForm):
    """Changes the status of one cell. Where the council's decision is not known, its day can be given with it."""

    decided_on = forms.DateField(
        label="Besluttet i kommunalbestyrelsen",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
        help_text="Dagen, hvor kommunalbestyrelsen besluttede at bruge forsøget. Den er ikke oplyst endnu.",
        validators=[refuse_future_day],
    )
    field_order = ("status", "reason", "effective_on", "precision", "decided_on", "note", "anyway")

    def __init__(self, cell: Cell, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(cell.subject, data, **options)
        self.cell = cell
        if getattr(cell.subject, "decided_on", True):
            del self.fields["decided_on"]

    def check_nothing_new(self) -> None:
        super().check_nothing_new()
        decided: date | None = self.cleaned_data.get("decided_on")
        if decided and isinstance(self.subject, Participation):
            self.subject.decided_on = decided
            self.subject.save(update_fields=["decided_on"])


class ManyForm(ChangeForm):
    """Gives several cells a new status, all of them or none."""

    status = forms.ChoiceField(label="Ny status", choices=[("", "Vælg status"), *Status.choices])

    def save(self, marked: Marked, by) -> bool:
        """Write the change of all `marked` cells. When one is refused, the form says which and why, and it is False."""
        try:
            with transaction.atomic():
                if not marked:
                    raise Refused("Markér mindst ét felt i skemaet.")
                change = self.change()
                entries = [Entry(subject, change) for subject in check_nothing_new(marked)]
                lawfulness.enter(entries, by, self.cleaned_data["anyway"])
        except ValidationError as error:
            self.refuse(error)
            return False
        return True


class RowForm:
    """A form for each cell of a trial. What is left as it was is not touched; the rest is kept together, or not."""

    def __init__(self, row: Row, data: QueryDict | None = None) -> None:
        self.row = row
        self.errors: list[str] = []
        self.changed = 0
        self.anyway = bool(data and data.get("anyway"))
        self.is_doubtful = self.anyway
        self.forms = [self._form(cell, data) for cell in row.cells]

    def _form(self, cell: Cell, data: QueryDict | None) -> CellForm:
        form = CellForm(cell, data, prefix=cell.place, use_required_attribute=False)
        # One tick goes for the whole row, and an event is corrected on its cell's own page.
        del form.fields["anyway"], form.fields["corrects"]
        fields: dict[str, Any] = form.fields
        fields["status"].required = False
        fields["status"].choices = [("", "Ingen ændring"), *list(fields["status"].choices)[1:]]
        return form

    def is_valid(self) -> bool:
        """Whether what has been written can be sent to the workflow, which decides."""
        return not any([form.errors for form in self.forms])  # noqa: C419 each is asked, so that each says its errors

    def save(self, by) -> bool:
        """Write what has been changed. When something is refused, `errors` says what and why, and it is False."""
        written = [form for form in self.forms if form.cleaned_data["status"]]
        try:
            with transaction.atomic():
                self._write(written, by)
        except ValidationError as error:
            self.errors = error.messages
            self.is_doubtful |= isinstance(error, Doubtful)
            return False
        self.changed = len(written)
        return True

    def _write(self, written: Sequence[CellForm], by) -> None:
        if not written:
            raise Refused("Vælg en ny status for mindst ét felt.")
        for form in self.forms:
            if form not in written and any(form.cleaned_data.get(each) for each in ("reason", "note", "decided_on")):
                raise Refused(f"{workflow.name(form.subject)}: Vælg en status; ellers bliver det skrevne ikke gemt.")
        workflow.hold(form.subject for form in written)  # in the order in which everyone holds
        for form in written:
            form.check_nothing_new()
        lawfulness.enter([form.entry() for form in written], by, self.anyway)


@transaction.atomic
def confirm(marked: Marked, day: date) -> int:
    """Confirm these cells as of `day`, all or none, and return how many. Raises `Refused` as the workflow does, and
    when one of them has changed since it was marked."""
    if not marked:
        raise Refused("Markér mindst ét felt i skemaet.")
    return len(workflow.confirm_all(check_nothing_new(marked), day))


def warning(note: str) -> str:
    """What to say of a public note that someone can be reached by; empty when there is nothing to say."""
    found = ", ".join(contact_details(note))
    return f"Bemærkningen er offentlig og ser ud til at rumme kontaktoplysninger: {found}." if found else ""
