"""Warns of e-mail addresses and telephone numbers in free text, which the writer may keep on purpose."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError

from frikommune.personal import contact_details, refuse_personal_numbers


class WarnsOfContacts:
    """For forms: refuses personal numbers in all written text, and asks of contact details whether they are meant.

    What is confirmed is what was shown: another address asks anew. Shown by `workspace/contact_warning.html`.
    """

    keep_name = "behold"
    found_contacts: list[str]
    fields: dict[str, forms.Field]

    def clean(self):
        cleaned = super().clean()
        written = {name: value for name, value in self.cleaned_data.items() if not self.fields[name].widget.is_hidden}
        texts = {name: value for name, value in written.items() if isinstance(value, str)}
        self.found_contacts = sorted({detail for text in texts.values() for detail in contact_details(text)})
        for name, text in texts.items():
            try:
                refuse_personal_numbers(text)
            except ValidationError as error:
                self.add_error(name, error)
        if self.found_contacts and not self.contact_kept:
            self.add_error(None, ValidationError(_warning(self.found_contacts), code="contact"))
        return cleaned

    @property
    def contact_mark(self) -> str:
        """A mark of the details that were found; empty when none were."""
        found = getattr(self, "found_contacts", [])
        return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16] if found else ""

    @property
    def contact_kept(self) -> bool:
        """Whether the writer has said that the details found are meant."""
        return bool(self.contact_mark) and self.data.get(self.keep_name) == self.contact_mark


class WrittenForm(WarnsOfContacts, forms.Form):
    """A form with free text."""


def _warning(found: list[str]) -> str:
    named = ", ".join(f"»{detail}«" for detail in found)
    return (
        f"Teksten ser ud til at indeholde {named}. Registeret skal ikke rumme borgeres mailadresser og telefonnumre. "
        "Fjern det, eller sæt kryds ved »Gem alligevel«."
    )
