"""A trial, its part in a municipality, and an editor."""

import pytest

from tests import factories


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


@pytest.fixture
def thisted(trial):
    return factories.make_participation(trial, factories.make_municipality("Thisted", "787"))


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("kontakt", first_name="Karen", last_name="Kontaktperson")
