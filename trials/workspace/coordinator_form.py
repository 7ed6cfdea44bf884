"""The forms that change who coordinates a network."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from frikommune.dates import refuse_strange_day
from frikommune.people import name_of
from networks.models import Coordinator, Network
from trials.workspace import handover
from trials.workspace.handover import LeftAlone


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar where it has one."""

    default_validators = [refuse_strange_day]

    def __init__(self, **options) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class AddForm(forms.Form):
    """Makes someone a coordinator, who may take over from another."""

    name = forms.CharField(
        label="Brugernavn eller e-mail",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text="Personen skal have en konto. Ministeriet opretter konti.",
    )
    from_on = Day(label="Fra", initial=timezone.localdate, help_text="Den første dag som koordinator.")
    takes_over = forms.ModelChoiceField(
        Coordinator.objects.none(),
        label="Overtager efter",
        required=False,
        empty_label="Ingen: bliver koordinator ved siden af",
        help_text="Den, der bliver afløst, er koordinator til og med den samme dag.",
    )

    def __init__(self, network: Network, leaving, data=None) -> None:
        """`leaving` are the roles that the user may hand over."""
        super().__init__(data, prefix="tilfoej")
        self.network = network
        field = self.fields["takes_over"]
        field.queryset = leaving
        field.label_from_instance = lambda role: name_of(role.user)
        self.sentence = ""

    def save(self) -> bool:
        """Add, or hand over. When it cannot be done, the form says why and False is returned."""
        written = self.cleaned_data
        try:
            user = handover.found(written["name"])
            if role := written["takes_over"]:
                handover.hand_over(role, user, written["from_on"])
            else:
                handover.add(self.network, user, written["from_on"])
        except ValidationError as refused:
            self.add_error(None, ValidationError(refused.messages))
            return False
        self.sentence = f"{name_of(user)} er koordinator fra {written['from_on']:%d.%m.%Y}."
        return True


class EndForm(forms.Form):
    """Ends a role with a day. The last coordinator is warned first, and may then leave."""

    data: Any

    to_on = Day(label="Sidste dag", initial=timezone.localdate, help_text="Rollen gælder til og med den dag.")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    alone = forms.BooleanField(
        label="Ja, netværket står uden koordinator, indtil ministeriet har fundet en ny", required=False
    )

    def __init__(self, role: Coordinator, data=None) -> None:
        super().__init__(data, prefix=f"slut-{role.pk}")
        self.role = role
        self.warned = bool(data) and f"{self.prefix}-alone" in data
        self.fields["seen"].initial = _end(role)
        if role.to_on:
            self.fields["to_on"].initial = role.to_on
        self.sentence = ""

    def clean_seen(self) -> str:
        seen, now = self.cleaned_data["seen"], _end(self.role)
        if seen != now:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = now
            until = f"slutter nu {self.role.to_on:%d.%m.%Y}" if self.role.to_on else "har nu ingen slutdato"
            self.add_error(
                None, f"En anden har ændret rollen, siden du åbnede siden: Den {until}. Send igen, hvis du vil."
            )
        return seen

    def save(self) -> bool:
        """End the role. When it cannot be done, or first needs a warning, the form says so and False is returned."""
        day = self.cleaned_data["to_on"]
        try:
            handover.end(self.role, day, even_if_alone=self.cleaned_data["alone"])
        except LeftAlone:
            self.warned = True
            after = max(day + timedelta(days=1), timezone.localdate())
            self.add_error(
                None,
                f"Netværket har ingen anden koordinator fra {after:%d.%m.%Y}. Tilføj en først, eller bekræft, at "
                "netværket skal stå uden.",
            )
            return False
        except ValidationError as refused:
            self.add_error(None, ValidationError(refused.messages))
            return False
        self.sentence = f"{name_of(self.role.user)} er koordinator til og med {day:%d.%m.%Y}."
        return True


def _end(role: Coordinator) -> str:
    return role.to_on.isoformat() if role.to_on else ""
