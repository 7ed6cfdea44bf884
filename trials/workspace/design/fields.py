"""The fields of which the steps of a design are made."""

from django import forms

from frikommune.dates import refuse_strange_day
from frikommune.personal import refuse_personal_numbers
from trials.enums import Element
from trials.models import Evaluation

HOW_FAR = (
    "Din egen vurdering. »Beskrevet« betyder, at en læser, der ikke kender forsøget, kan se, hvad der menes. Vælg "
    "»Delvist beskrevet«, når noget endnu mangler."
)


def text(name: str, label: str, help_text: str, rows: int = 8, model: type = Evaluation) -> forms.CharField:
    """A field of free text, long unless `rows` is 1. It takes no personal number."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        widget=widget,
        max_length=model._meta.get_field(name).max_length,
        validators=[refuse_personal_numbers],
    )


def how_far(label: str, help_text: str = HOW_FAR) -> forms.ChoiceField:
    """How far an element is described, or that nobody has judged it."""
    choices = [*Element.choices, ("", "Ikke vurderet")]
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=choices, required=False, widget=forms.RadioSelect
    )


def yes_or_no(label: str, yes: str, no: str, help_text: str = "") -> forms.TypedChoiceField:
    """True, False, or None for what is not known."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[("True", yes), ("False", no), ("", "Ikke oplyst")],
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def several(label: str, choices, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )


def day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[refuse_strange_day],
    )
