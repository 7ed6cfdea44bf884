"""What breaks each constraint on questions to municipalities, their answers, and reminders."""

from datetime import date, timedelta

from django.utils import timezone

from tests import factories, roles
from trials.models import ConfirmationRequest, MunicipalAnswer, Reminder


def _answer(**fields) -> MunicipalAnswer:
    """A proposal that is whole, but for what is given."""
    fields = {"status": "running", "effective_on": date(2019, 1, 1), "precision": "on"} | fields
    return MunicipalAnswer.objects.create(participation=factories.make_participation(factories.make_trial()), **fields)


def _reminder(user) -> Reminder:
    return Reminder.objects.create(user=user, key="x", sent_on=date(2019, 1, 1))


BREAKERS = {
    "confirmationrequest_expires_after_asked": lambda: ConfirmationRequest.objects.create(
        network=factories.make_network(),
        municipality=factories.make_municipality(),
        email="a@b.example",
        asked_by=roles.make_user(),
        expires_at=timezone.now() - timedelta(days=1),
    ),
    "municipalanswer_unchanged_or_proposal": lambda: _answer(unchanged=True),
    "municipalanswer_reason_fits_status": lambda: _answer(reason="no_need"),
    "municipalanswer_other_reason_has_note": lambda: _answer(status="ended", reason="other"),
    "municipalanswer_decision_whole": lambda: _answer(accepted=True),
    "municipalanswer_returned_with_comment": lambda: _answer(
        accepted=False, decided_at=timezone.now(), decided_by=roles.make_user()
    ),
    "reminder_once": lambda: (user := roles.make_user(), _reminder(user), _reminder(user)),
}
