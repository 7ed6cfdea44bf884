"""Personal numbers are refused in all text that a person writes; contact details are warned of."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from frikommune.personal import contact_details, refuse_personal_numbers
from tests import factories
from trials.models import SourceCell

EXCEPT = {
    "Programme.code": "a code",
    "Municipality.code": "a code",
    "Municipality.region_code": "a code",
    "Guidance.code": "a code",
    "ChangeEntry.model": "written by the site",
    "ConfirmationRequest.email": "an address",
    "Proposal.subject": "written by the site",
    "Reminder.key": "written by the site",
    "Provision.letter": "one letter",
    "Source.isbn": "a number by its nature",
    "SourceCell.table": "a code",
    "SourceCell.text": "verbatim: what a source has printed is not ours to refuse",
    "Correction.verbatim": "verbatim",
    **{
        f"{model}.section": "a code"
        for model in (
            *("Participation", "LegalBasis", "Coverage", "StatusEvent", "Observation", "Experience", "Milestone"),
            *("Outcome", "ContradictionPlace"),
        )
    },
}
"""Text fields that take anything, and why."""


def written_fields() -> dict[str, models.Field]:
    """Every field for text that a person may write: no choice, no slug, and not made by the site."""
    return {
        f"{model.__name__}.{field.name}": field
        for app in ("networks", "trials")
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
        if not field.choices and field.editable
    }


def test_every_text_field_refuses_personal_numbers():
    fields = written_fields()
    open_ones = {name for name, field in fields.items() if refuse_personal_numbers not in field.validators}
    assert open_ones == set(EXCEPT)
    assert {"StatusEvent.note", "Trial.content", "Observation.overruled", "Answer.value"} <= fields.keys() - open_ones


@pytest.mark.parametrize("text", ["010190-1234", "Født 0101901234 i Thisted", "010190 1234", "(311299–4321)"])
def test_personal_number_is_refused(text):
    with pytest.raises(ValidationError, match="CPR-nummer"):
        refuse_personal_numbers(text)


@pytest.mark.parametrize("text", ["", "1.1.2018", "450.000 kr. i 2018-2019", "ISBN 978-87-7119-625-2", "320190-1234"])
def test_what_is_no_personal_number_is_taken(text):
    refuse_personal_numbers(text)


def test_contact_details_are_found():
    assert contact_details("Skriv til anna@kommune.dk eller ring +45 20 30 40 50.") == [
        "anna@kommune.dk",
        "+45 20 30 40 50",
    ]
    assert contact_details("Fra 1.1.2018 til 31.12.2019: 450.000 kr.") == []


@pytest.mark.django_db
def test_field_refuses_when_it_is_cleaned_and_a_verbatim_cell_does_not():
    trial = factories.make_trial()
    trial.summary = "Ring til 010190-1234"
    with pytest.raises(ValidationError) as refused:
        trial.full_clean()
    assert set(refused.value.message_dict) == {"summary"}

    cell = factories.make_cells(trial, ["010190-1234"])[0]
    cell.full_clean()
    assert SourceCell.objects.get(pk=cell.pk).text == "010190-1234"
