"""Breaks each constraint of roles and change sets, by its name."""

from datetime import date

from networks.models import ChangeEntry, ChangeSet, MunicipalContact, Office
from tests import factories, roles


def _twice(make, record) -> None:
    user = make(record)
    make(record, user)


def _contact(**fields) -> None:
    MunicipalContact.objects.create(municipality=factories.make_municipality(), user=roles.make_user(), **fields)


def _reader_twice() -> None:
    roles.make_reader(roles.make_reader())


def _version_twice() -> None:
    change_set = ChangeSet.objects.create(channel="page")
    for _ in range(2):
        ChangeEntry.objects.create(change_set=change_set, model="trials.trial", record=1, version=1)


BREAKERS = {
    "municipalcontact_once_at_a_time": lambda: _twice(roles.make_contact, factories.make_municipality()),
    "municipalcontact_dates_in_order": lambda: _contact(from_on=date(2019, 1, 1), to_on=date(2018, 1, 1)),
    "office_once": _reader_twice,
    "office_kind_valid": lambda: Office.objects.create(user=roles.make_user(), kind="king"),
    "assignment_once": lambda: _twice(roles.make_evaluator, factories.make_evaluation(factories.make_trial())),
    "changeset_channel_valid": lambda: ChangeSet.objects.create(channel="post"),
    "changeentry_version_once": _version_twice,
}
