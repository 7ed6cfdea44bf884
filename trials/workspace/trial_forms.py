"""The forms of a trial's working page: its texts, what the law says of it, its municipalities and its legal bases."""

from typing import Any

from django import forms
from django.db.models import Max

from frikommune.personal import contact_warnings, refuse_personal_numbers
from networks.collision import CollisionForm
from networks.models import ApplicationRound, Municipality, Network
from trials.enums import Publication
from trials.models import LegalBasis, Participation, Provision, Trial
from trials.proposals import LEGAL_FIELDS

TEXTS = ("summary", "content", "target_group", "implementation")


def edits_directly(user, trial: Trial) -> bool:
    """Whether `user`, who keeps the trial's network, changes what the law says of it without a proposal.

    So does the ministry; and everyone who keeps it, as long as it is a draft that nobody else sees.
    """
    return trial.publication == Publication.DRAFT or user.has_perm("trials.decide", trial)


def guard_texts(form: forms.BaseForm) -> None:
    """Let no text field of `form` take something like a personal number."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField):
            field.validators = [*field.validators, refuse_personal_numbers]


def warnings_of(form: forms.BaseForm) -> list[str]:
    """What to say of e-mail addresses and telephone numbers in the texts sent."""
    return contact_warnings(value for value in form.cleaned_data.values() if isinstance(value, str))


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TrialTextForm(CollisionForm):
    """What a coordinator writes of a trial, seen at once."""

    class Meta:
        model = Trial
        fields = TEXTS
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in TEXTS}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        guard_texts(self)


class CommentForm(forms.Form):
    """Why something is proposed."""

    comment = forms.CharField(
        label="Begrundelse",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ministeriet læser begrundelsen. Henvis gerne til den afgørelse, som ændringen følger af.",
        validators=[refuse_personal_numbers],
    )


class LegalFieldsForm(CollisionForm):
    """The fields of a trial on which legal meaning rests."""

    class Meta:
        model = Trial
        fields = LEGAL_FIELDS
        widgets = {"in_force_from": _day(), "in_force_to": _day()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        guard_texts(self)
        rounds: Any = self.fields["application_round"]
        rounds.queryset = ApplicationRound.objects.filter(programme=self.instance.network.programme)


class NewTrialForm(LegalFieldsForm):
    """A new trial of a network: a draft with the next free number."""

    class Meta(LegalFieldsForm.Meta):
        fields: Any = ("title", *TEXTS, *LEGAL_FIELDS[1:])
        widgets: Any = {**LegalFieldsForm.Meta.widgets, **TrialTextForm.Meta.widgets}

    def save(self, commit: bool = True) -> Trial:
        """Save it under the next number. Numbers once used are not given again. To be called within a transaction."""
        network = Network.objects.select_for_update(of=("self",)).get(pk=self.instance.network_id)
        used = Trial.history.filter(network_id=network.pk).aggregate(last=Max("number"))["last"] or 0
        there = network.trials.aggregate(last=Max("number"))["last"] or 0
        self.instance.number = 1 + max(used, there)
        self.instance.publication = Publication.DRAFT
        return super().save(commit)


class OfTrial(forms.ModelForm):
    """A form of a record of a trial that the form does not ask for, but which makes it unique."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"trial"}  # type: ignore[misc]


class JoinForm(OfTrial):
    """A municipality that is to take part in a trial."""

    class Meta:
        model = Participation
        fields = ("municipality",)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        # The member is named first, whom one most often looks for.
        trial = self.instance.trial
        others = Municipality.objects.exclude(participations__trial=trial).order_by("sort_key")
        members = set(trial.network.memberships.values_list("municipality", flat=True))
        groups = [("Kommuner i netværket", True), ("Andre kommuner", False)]
        field.queryset = others
        field.choices = [
            ("", "Vælg kommune"),
            *((name, [(m.pk, m.name) for m in others if (m.pk in members) == inside]) for name, inside in groups),
        ]


class ParticipationForm(CollisionForm):
    """What a coordinator writes of a municipality's part beside its status."""

    class Meta:
        model = Participation
        fields = ("decided_on",)
        widgets = {"decided_on": _day()}


class BasisForm(OfTrial, CollisionForm):
    """What a trial rests on, or deviates from."""

    class Meta:
        model = LegalBasis
        fields = ("role", "kind", "provision", "note")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        guard_texts(self)
        provision: Any = self.fields["provision"]
        provision.queryset = Provision.objects.select_related("act").order_by(
            "act__title", "paragraph", "letter", "subsection", "number"
        )
        provision.help_text = "Findes bestemmelsen ikke på listen, så skriv den i begrundelsen."
        for name in ("role", "provision") if self.instance.pk else ():
            self.fields[name].disabled = True
