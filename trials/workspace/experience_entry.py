"""Writing down what was learnt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from frikommune.record_fields import RecordsField
from networks.models import Municipality, Network
from trials.enums import ExperienceKind, QuestionTheme, Theme
from trials.models import Answer, Experience, Trial
from trials.workspace.network_record import NetworkRecordForm

SUGGESTED: dict[str, tuple[ExperienceKind, Theme | None]] = {
    QuestionTheme.EFFECTS: (ExperienceKind.RESULT, None),
    QuestionTheme.LEGAL_SECURITY: (ExperienceKind.RESULT, Theme.LEGAL_SECURITY),
    QuestionTheme.ECONOMY: (ExperienceKind.RESULT, Theme.ECONOMY),
    QuestionTheme.ADMINISTRATION: (ExperienceKind.RESULT, Theme.TIME),
    QuestionTheme.BARRIERS: (ExperienceKind.BARRIER, None),
    QuestionTheme.SOLUTIONS: (ExperienceKind.SOLUTION, None),
    QuestionTheme.RECOMMENDATION: (ExperienceKind.RECOMMENDATION, None),
}
"""What kind of experience, about what, the answer to a question with a theme is likely to be."""


class ExperienceForm(NetworkRecordForm):
    """An experience of a network. It is public once it is saved."""

    class Meta:
        model = Experience
        fields = ("kind", "theme", "text", "trials", "municipalities")
        field_classes = {"trials": RecordsField, "municipalities": RecordsField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "trials": forms.CheckboxSelectMultiple,
            "municipalities": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "text": "Offentlig. Skriv, så andre netværk kan bruge det, og uden oplysninger om enkelte borgere."
        }

    def __init__(self, network: Network, user, data=None, instance=None, answer: Answer | None = None) -> None:
        super().__init__(data, instance=instance, initial=_from(answer) if answer else {})
        self.network, self.answer = network, answer
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", "Vælg art"), *ExperienceKind.choices]
        fields["theme"].choices = [("", "Vælg tema"), *Theme.choices]
        kept_trials = Trial.objects.visible_to(user).filter(network=network).order_by("number")
        fields["trials"].queryset = kept_trials
        members = Municipality.objects.filter(memberships__network=network)
        fields["municipalities"].queryset = members.order_by("sort_key").distinct()

    def write(self) -> Experience:
        with transaction.atomic():
            experience = super().write()
            if self.answer:
                self.answer.experience = experience
                self.answer.save()
        return experience


def refuse_published_twice(answer: Answer) -> None:
    """Raises `ValidationError` when an experience has been made of the answer."""
    if answer.experience:
        raise ValidationError(f"Svaret er allerede offentliggjort som erfaring {answer.experience.code}.")


def _from(answer: Answer) -> dict[str, Any]:
    """What the answer suggests: its words, its trial and municipality, and the kind by its question's theme."""
    kind, theme = SUGGESTED.get(answer.question.theme, ("", None))
    report = answer.report
    return {
        "kind": kind,
        "theme": theme or "",
        "text": answer.shown,
        "trials": [report.trial_id],
        "municipalities": [report.municipality_id],
    }
