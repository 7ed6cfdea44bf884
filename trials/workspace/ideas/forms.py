"""The forms of ideas, comments and interest."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from frikommune.personal import refuse_personal_numbers
from networks.enums import Standing
from networks.models import Municipality, Network
from trials.enums import IdeaKind, IdeaState
from trials.models import Idea, IdeaComment, IdeaInterest, Trial
from trials.rules import roles_of
from trials.workspace.seen import SeenForm


def members(network: Network, user=None) -> list[Municipality]:
    """The municipalities of `network`, former ones apart; with `user` only those that he answers for."""
    found = Municipality.objects.filter(memberships__network=network).exclude(
        pk__in=network.memberships.filter(standing=Standing.FORMER).values("municipality")
    )
    if user is not None:
        found = found.filter(pk__in=roles_of(user).municipalities)
    return list(found.order_by("sort_key").distinct())


class IdeaForm(SeenForm):
    """An idea in the words of one who may write there. Only one who keeps the network says what trial it became.

    An author who does not may close his idea and open it again.
    """

    kind = forms.ChoiceField(
        label="Art",
        choices=[
            (IdeaKind.BARRIER, "Barriere: noget står i vejen"),
            (IdeaKind.SOLUTION, "Løsningsmodel: sådan kunne det gøres"),
        ],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label="Titel", max_length=150, validators=[refuse_personal_numbers])
    text = forms.CharField(
        label="Tekst",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Kun netværkets kommuner, koordinatorerne og ministerierne kan læse det. Skriv ingen oplysninger om "
        "enkeltpersoner.",
        validators=[refuse_personal_numbers],
    )
    municipality = forms.ChoiceField(
        label="Kommune", required=False, help_text="Lad feltet stå tomt, hvis idéen er netværkets."
    )
    state = forms.ChoiceField(label="Tilstand", widget=forms.RadioSelect)
    trial = forms.ChoiceField(
        label="Forsøg, den blev til",
        required=False,
        help_text="Vælges netop, når tilstanden er »Blev til et forsøg«.",
    )

    record: Idea

    def __init__(self, record: Idea, user, data=None) -> None:
        self.user = user
        self.is_keeper = user.has_perm("trials.keep_network", record.network)
        super().__init__(record, data)
        for name, choices in self._choices().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name in self._closed():
            del self.fields[name]

    def stored(self) -> dict[str, Any]:
        own = {name: getattr(self.record, name) for name in ("kind", "title", "text", "state")}
        keys = {name: str(getattr(self.record, f"{name}_id") or "") for name in ("municipality", "trial")}
        return own | keys

    def lock(self) -> None:
        """A new idea has nobody to wait for."""
        if self.record.pk:
            super().lock()

    def clean(self) -> dict[str, Any]:
        """An idea that became a trial names it, and no other does."""
        if self.cleaned_data.get("state") != IdeaState.TRIAL and "trial" in self.fields:
            self.cleaned_data["trial"] = ""
        return self.cleaned_data

    def check(self, values: dict[str, Any]) -> None:
        if values.get("state") == IdeaState.TRIAL and not values.get("trial", "unchanged"):
            raise ValidationError("Vælg det forsøg, som idéen blev til.")

    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        for name in changed:
            keyed = name in ("municipality", "trial")
            setattr(self.record, f"{name}_id" if keyed else name, (values[name] or None) if keyed else values[name])
        if self.record.state != IdeaState.TRIAL:
            self.record.trial_id = None
        self.record.save()

    def _choices(self) -> dict[str, list]:
        network = self.record.network
        own = members(network, None if self.is_keeper else self.user)
        held = [self.record.municipality] if self.record.municipality else []
        named = {municipality.pk: municipality.name for municipality in [*own, *held]}
        states = IdeaState if self.is_keeper else (IdeaState.OPEN, IdeaState.CLOSED)
        trials = Trial.objects.visible_to(self.user).filter(network=network).order_by("number")
        listed = trials if self.is_keeper else []
        return {
            "municipality": [("", "Netværket som helhed"), *named.items()],
            "state": [(state.value, state.label) for state in states],
            "trial": [("", "Intet"), *((trial.pk, f"{trial.public_id} {trial.title}") for trial in listed)],
        }

    def _closed(self) -> list[str]:
        """The fields that are not for this user, or not yet."""
        if not self.record.pk:
            return ["state", "trial"]
        if self.is_keeper:
            return []
        return ["state", "trial"] if self.record.state == IdeaState.TRIAL else ["trial"]


class CommentForm(forms.Form):
    """A comment on `idea`."""

    text = forms.CharField(
        label="Kommentar",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kan ikke slettes, men trækkes tilbage.",
        error_messages={"required": "Skriv en kommentar."},
        validators=[refuse_personal_numbers],
    )

    def save(self, idea: Idea, by) -> IdeaComment:
        return IdeaComment.objects.create(idea=idea, text=self.cleaned_data["text"], author=by)

    @property
    def messages(self) -> list[str]:
        return [text for errors in self.errors.values() for text in errors]


def withdraw(comment: IdeaComment, by) -> bool:
    """Marks `comment` withdrawn, with its words kept. False when it already is."""
    with transaction.atomic():
        held = IdeaComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if held.withdrawn_at:
            return False
        held.withdrawn_at, held.withdrawn_by = timezone.now(), by
        held.save()
    return True


def show_interest(idea: Idea, user, municipality: Municipality | None, wanted: bool) -> None:
    """Says, or no longer says, that `municipality` is interested; without one, that `user` is."""
    own = {"municipality": municipality} if municipality else {"municipality": None, "user": user}
    with transaction.atomic():
        Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
        found = IdeaInterest.objects.filter(idea=idea, **own).first()
        if wanted and not found:
            IdeaInterest.objects.create(idea=idea, user=user, municipality=municipality)
        elif found and not wanted:
            found.delete()
