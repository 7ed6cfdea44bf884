"""Editing one of a network's own records: a milestone, an experience."""

from typing import Any

from django.db import transaction

from networks.collision import hold
from networks.models import Network
from trials.workspace.network_record import NetworkRecordForm


def edited(request, network: Network, found, form_class: type[NetworkRecordForm]) -> tuple[Any, Any] | None:
    """The form over the record `found`, and the record when what was sent has been saved. None when it is not there.

    Sent, the record is held from before the form is read until it is saved.
    """
    is_sent = request.method == "POST"
    with transaction.atomic():
        held = hold(type(found), found.pk) if found and is_sent else found
        if held is None:
            return None
        form = form_class(network, request.user, request.POST or None, instance=held)
        return form, form.write() if is_sent and form.is_valid() else None
