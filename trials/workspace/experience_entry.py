"""Writing down what was learnt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from networks.models import Municipality, Network
from trials.enums import ExperienceKind, QuestionTheme, Theme
from trials.models import Answer, Experience, Trial
from trials.workspace import staleness
from trials.workspace.codes import hold_codes
from trials.workspace.contact_warning import WarnsOfContacts

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


class ExperienceForm(WarnsOfContacts, forms.ModelForm):
    """An experience of a network. `seen` is its version when the form was opened. It is public once it is saved."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data: Any

    class Meta:
        model = Experience
        fields = ("kind", "theme", "text", "trials", "municipalities")
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
        self.outside = self._outside() if instance else []
        self.changed_since: list[str] = []

    def _outside(self) -> list:
        """The trials and municipalities of the experience that are not the form's to change, which it keeps."""
        chosen: dict[str, Any] = self.fields
        return [
            (name, list(getattr(self.instance, name).exclude(pk__in=chosen[name].queryset.values("pk"))))
            for name in ("trials", "municipalities")
        ]

    @property
    def said(self) -> list[str]:
        """What is wrong or changed, for the top of the page."""
        return [*labelled(self), *self.changed_since]

    def write(self) -> Experience | None:
        """Save the experience. None when another has changed it since the form was opened."""
        with transaction.atomic():
            hold_codes()
            if self.instance.pk:
                seen = self.cleaned_data["seen"] or 0
                if staleness.version(self.instance) > seen:
                    self.changed_since = [
                        "En anden har rettet erfaringen, siden du åbnede siden. Send igen, hvis din rettelse gælder.",
                        *staleness.changes_since(self.instance, seen),
                    ]
                    return None
            self.instance.network = self.instance.network if self.instance.pk else self.network
            experience = self.save()
            for name, kept in self.outside:
                getattr(experience, name).add(*kept)
            if self.answer:
                self.answer.experience = experience
                self.answer.save()
        return experience

    def newest_seen(self) -> int:
        """The version for the form to send back."""
        if self.is_bound and not self.changed_since:
            return self.cleaned_data.get("seen") or 0
        return staleness.version(self.instance) if self.instance.pk else 0


def labelled(form: forms.BaseForm) -> list[str]:
    """The errors of a form, each with the name of its field."""
    return [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name in form.errors
        for error in form.errors[name]
    ]


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
