"""Personal numbers are refused in all text that a person writes; contact details are warned of."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from frikommune.personal import contact_details, refuse_personal_numbers
from tests import factories
from tests.roles import make_ministry, make_user
from trials.models import SourceCell
from trials.workspace.ask_form import AskForm
from trials.workspace.asking import askable

EXCEPT = {
    "Programme.code": "a code",
    "Municipality.code": "a code",
    "Municipality.region_code": "a code",
    "Guidance.code": "a code",
    "ChangeEntry.model": "written by the site",
    "Proposal.subject": "written by the site",
    "Reminder.key": "written by the site",
    "Provision.letter": "one letter",
    "Source.isbn": "a number by its nature",
    "SourceCell.table": "a code",
    "SourceCell.text": "verbatim: what a source has printed is not ours to refuse",
    "Correction.verbatim": "verbatim",
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


@pytest.mark.parametrize(
    "text",
    [
        *("CPR-nr.250180-1234", "Jensen,250180-1234", "(250180-1234)", "cpr:250180-1234", "I 2018 250180-1234, og"),
        *(f"250180{dash}1234" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"),
        *("25 01 80 1234", "25 01 80-1234", "25.01.80-1234", "25.01.80 1234", "25-01-80-1234", "25/01/80-1234"),
        *(f"250180{space}1234" for space in (" ", "    ", "\n", "\r\n", "\t", "\u00a0", " \u2013\n")),
        *("2501\u200b80-1234", "250180-\u206012\ufeff34", "250180\u00ad1234"),
        "\uff12\uff15\uff10\uff11\uff18\uff10-\uff11\uff12\uff13\uff14",
        "\u0662\u0665\u0660\u0661\u0668\u0660-1234",
        *("610180-1234", "850180-1234", "910180-1234"),
    ],
    ids=ascii,
)
def test_personal_number_is_refused_however_it_is_written(text):
    with pytest.raises(ValidationError, match="CPR-nummer"):
        refuse_personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "1.1.2018", "25.01.2018", "25-01-2018", "2018-01-25", "01.07.18 til 31.12.18", "31.12.18\n2019: nye"),
        *("1.7.2018-31.12.2019", "01.07.2018 – 31.12.2019", "01.07.2018 - 2019", "450.000 kr. i 2018-2019"),
        *("2018-1234", "j.nr. 2018-12345", "2012-123456", "/2018/250180-1234/5"),
        *("EAN 5798009811578", "EAN 5798 0098 1157 8", "CVR 25018012", "CVR 12345678"),
        *("1.250.180", "1.250.180,1234", "ISBN 978-87-7119-625-2", "§ 25, stk. 3", "10,12,15,1200"),
        *("20 30 40 50", "+45 20 10 40 50", "2030 4050", "0045 20304050"),
        *("320190-1234", "251380-1234", "000180-1234", "600180-1234", "920180-1234", "25018012345"),
    ],
)
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


@pytest.mark.django_db
def test_names_and_addresses_of_accounts_take_none(client):
    client.force_login(make_ministry())
    sent = {"username": "250180-1234", "first_name": "Ane 250180-1234", "email": "250180-1234@kommune.example"}
    found = client.post("/admin/auth/user/add/", sent).context["adminform"].form.errors
    assert "CPR-nummer" in found["username"][0]
    address = f"/admin/auth/user/{make_user().pk}/change/"
    assert {"username", "first_name", "email"} <= set(client.post(address, sent).context["adminform"].form.errors)


@pytest.mark.django_db
def test_address_of_a_question_to_a_municipality_takes_none():
    trial = factories.make_trial(municipalities=[factories.make_municipality("Thisted")])
    [asked] = askable(trial.network)
    key = asked.municipality.pk
    form = AskForm([asked], dict.fromkeys(AskForm([asked]).fields, "250180-1234@kommune.example"))
    assert not form.is_valid()
    assert any(str(key) in name or "mail" in name for name, said in form.errors.items() if "CPR-nummer" in said[0])
