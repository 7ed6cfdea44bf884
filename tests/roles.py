"""Users with roles, for tests: each function makes the user's role and returns the user."""

from itertools import count

from django.contrib.auth import get_user_model

from networks.enums import OfficeKind
from networks.models import Coordinator, MunicipalContact, Office
from trials.models import Assignment

PASSWORD = "frikommune-2018"

_numbers = count(1)


def make_user(name: str = "", **fields):
    """A user without any role, with PASSWORD and an e-mail address unless told otherwise."""
    name = name or f"bruger{next(_numbers)}"
    fields = {"password": PASSWORD, "email": f"{name}@kommune.example"} | fields
    return get_user_model().objects.create_user(name, **fields)


def make_coordinator(network, user=None, **fields):
    """A user who coordinates `network`."""
    user = user or make_user()
    Coordinator.objects.create(network=network, user=user, **fields)
    return user


def make_contact(municipality, user=None, **fields):
    """A user who answers for `municipality`."""
    user = user or make_user()
    MunicipalContact.objects.create(municipality=municipality, user=user, **fields)
    return user


def make_ministry(user=None):
    """A user of the ministry."""
    return _in_office(OfficeKind.MINISTRY, user)


def make_reader(user=None):
    """A user with the internal view."""
    return _in_office(OfficeKind.READER, user)


def make_evaluator(evaluation, user=None):
    """A user who is the evaluator of `evaluation`."""
    user = user or make_user()
    Assignment.objects.create(evaluation=evaluation, user=user)
    return user


def _in_office(kind, user):
    user = user or make_user()
    Office.objects.create(user=user, kind=kind)
    return user
