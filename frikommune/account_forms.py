"""The forms of the login, where allauth's own need other words."""

from typing import Any

from allauth.account import forms


class LoginForm(forms.LoginForm):
    """Name and password; the way to a new password stands below the form, not within a field."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["login"].label = "Brugernavn eller e-mailadresse"
        fields["login"].widget.attrs["autocomplete"] = "username"
        fields["remember"].label = "Husk mig på denne computer i to uger"
        fields["password"].help_text = ""
        for field in fields.values():
            field.widget.attrs.pop("placeholder", None)
