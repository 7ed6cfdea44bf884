"""What the forms of a network's own records have in common: experiences and milestones."""

from functools import cached_property
from typing import Any

from django import forms
from django.db import transaction

from networks.collision import CollisionForm
from networks.models import Network
from networks.versions import Values
from trials.workspace.codes import hold_codes
from trials.workspace.contact_warning import WarnsOfContacts
from trials.workspace.faults import Fault, faults_of


class NetworkRecordForm(WarnsOfContacts, CollisionForm):
    """A record of a network. What it is tied to that is not the form's to offer is neither shown nor changed."""

    network: Network
    data: Any

    @cached_property
    def offered(self) -> dict[str, set]:
        """By field: the keys of the records that may be chosen."""
        several = {n: f for n, f in self.fields.items() if isinstance(f, forms.ModelMultipleChoiceField)}
        return {name: set(field.queryset.values_list("pk", flat=True)) for name, field in several.items()}

    def own(self, values: Values) -> dict[str, Any]:
        held = {name: tuple(key for key in values[name] if key in keys) for name, keys in self.offered.items()}
        return super().own(values) | held

    @property
    def said(self) -> list[Fault]:
        """What is wrong, for the top of the page."""
        return faults_of(self)

    def write(self) -> Any:
        """Save the record, a new one as the network's. To be called within the transaction that held it."""
        with transaction.atomic():
            hold_codes()
            outside = self._outside()
            if not self.instance.pk:
                self.instance.network = self.network
            record = self.save()
            for name, kept in outside.items():
                getattr(record, name).add(*kept)
        return record

    def _outside(self) -> dict[str, list]:
        """By field: what a record that is there is tied to beside what is offered."""
        if not self.instance.pk:
            return {}
        return {name: list(getattr(self.instance, name).exclude(pk__in=keys)) for name, keys in self.offered.items()}
