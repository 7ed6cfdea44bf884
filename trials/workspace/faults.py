"""What is wrong with a form, in sentences that name the field and lead to it."""

from typing import Self

from django import forms


class Fault(str):
    """A sentence about what is wrong. `anchor` is the id of what it is about, empty when that is the whole form."""

    anchor: str

    def __new__(cls, sentence: object, anchor: str = "") -> Self:
        made = super().__new__(cls, sentence)
        made.anchor = anchor
        return made

    def after(self, lead: str) -> "Fault":
        """The sentence with more words before it."""
        return Fault(f"{lead}: {self}", self.anchor)


def faults_of(form: forms.BaseForm) -> list[Fault]:
    """The errors of a form, each with the label of its field; then the choices that a `CollisionForm` asks for."""
    wrong = [_fault(form, name, error) for name, errors in form.errors.items() for error in errors]
    return wrong + [Fault(each.question, each.anchor) for each in getattr(form, "open_conflicts", ())]


def _fault(form: forms.BaseForm, name: str, error: object) -> Fault:
    if name not in form.fields:
        return Fault(error)
    field = form[name]
    lead = str(field.label)
    # A group of radio buttons or checkboxes has no id of its own; its first does.
    anchor = "" if field.is_hidden else field.id_for_label or f"{field.auto_id}_0"
    return Fault(f"{lead} {error}" if lead.endswith("?") else f"{lead}: {error}", anchor)
