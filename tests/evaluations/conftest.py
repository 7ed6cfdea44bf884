"""An editor."""

import pytest


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("redaktør", is_staff=True)
