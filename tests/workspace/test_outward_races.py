"""Two at once: one link, one run of reminders, one decision, and a network that must not be left alone unawares.

On PostgreSQL both really run at once. SQLite takes writers one by one, so there the second comes between what the first
reads and what it writes.
"""

import sys
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories, roles
from tests.races import at_once
from trials import workflow
from trials.enums import Status
from trials.models import ConfirmationRequest, MunicipalAnswer, Reminder
from trials.workspace import deciding, handover, links, reminders
from trials.workspace.handover import LeftAlone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked() -> ConfirmationRequest:
    network = factories.make_network(1)
    place = factories.make_municipality("Thisted")
    for title in ("Mikrolån", "Voksenlærlinge"):
        factories.make_participation(factories.make_trial(title, network), place, Status.RUNNING)
    return ConfirmationRequest.objects.create(
        network=network,
        municipality=place,
        email="kontakt@thisted.example",
        asked_by=roles.make_coordinator(network),
        expires_at=timezone.now() + timedelta(days=1),
    )


def answer(asked: ConfirmationRequest, written: dict | None = None) -> int:
    address = reverse("trials:answer_link", args=[links.token_of(asked)])
    return Client().post(address, written or sent(asked)).status_code


def sent(asked: ConfirmationRequest) -> dict:
    parts = asked.municipality.participations.all()
    return {f"{part.pk}-seen": part.events.get().pk for part in parts} | {"alt": "uaendret"}


class TestLink:
    def test_of_two_who_answer_at_once_one_wins(self, asked) -> None:
        assert sorted(at_once(*[lambda: answer(asked)] * 4)) == [200, 410, 410, 410]
        assert MunicipalAnswer.objects.count() == 2

    def test_one_who_is_overtaken_while_the_page_is_read_changes_nothing(self, asked, monkeypatch) -> None:
        link_page = sys.modules["trials.views.answer_link"]  # the package has the view under the module's name
        shown = link_page.asked_by_link
        between: list[int] = []

        def overtaken(request):
            if not between:
                between.append(0)
                between[0] = answer(asked)
            return shown(request)

        monkeypatch.setattr(link_page, "asked_by_link", overtaken)

        assert answer(asked) == 410
        assert between == [200]
        assert MunicipalAnswer.objects.count() == 2

    def test_status_that_is_changed_meanwhile_is_either_seen_or_comes_after(self, asked) -> None:
        part = asked.municipality.participations.first()
        change = workflow.Change(Status.ENDED, date(2019, 3, 1))
        written = sent(asked)
        status = at_once(lambda: answer(asked, written), lambda: workflow.change_status(part, change))[0]
        part.refresh_from_db()

        assert part.status == Status.ENDED
        assert status in (200, 400)
        # A confirmation was of the status that held: it ends with it, or was refused.
        assert part.confirmed_on is None
        assert MunicipalAnswer.objects.exists() == (status == 200)


class TestDecision:
    def test_of_two_who_decide_at_once_one_wins(self, asked) -> None:
        part = asked.municipality.participations.first()
        seen = part.events.get()
        made = MunicipalAnswer.objects.create(
            request=asked,
            participation=part,
            seen_event=seen,
            status=Status.ENDED,
            effective_on=date(2019, 3, 1),
            precision="on",
        )
        user = asked.asked_by
        results = at_once(
            lambda: deciding.accept(made.pk, seen.pk, user), lambda: deciding.give_back(made.pk, user, "Nej.")
        )
        made.refresh_from_db()
        part.refresh_from_db()

        assert sorted(isinstance(each, MunicipalAnswer) for each in results) == [False, True]
        assert any(isinstance(each, workflow.Refused) for each in results)
        assert (part.status == Status.ENDED) == made.accepted


class TestReminders:
    def test_of_two_runs_at_once_one_sends(self, asked) -> None:
        factories.make_milestone(network=asked.network, planned_from=date(2019, 2, 1), planned_to=date(2019, 2, 1))
        today = date(2019, 3, 1)

        def run() -> list[str]:
            (errand,) = reminders.errands(today)
            return reminders.claim(errand, today).told

        told = at_once(*[run] * 4)

        assert sorted(len(each) for each in told) == [0, 0, 0, 1]
        assert Reminder.objects.count() == 1
        assert mail.outbox == []


class TestHandover:
    def test_of_the_last_two_who_leave_at_once_one_is_warned(self, asked) -> None:
        roles.make_coordinator(asked.network)
        first, second = asked.network.coordinators.select_related("network")
        today = timezone.localdate()
        results = at_once(lambda: handover.end(first, today), lambda: handover.end(second, today))

        assert sum(isinstance(each, LeftAlone) for each in results) == 1
        assert asked.network.coordinators.filter(to_on=None).count() == 1

    def test_user_who_is_added_twice_at_once_is_added_once(self, asked) -> None:
        user = roles.make_user()
        today = timezone.localdate()
        at_once(*[lambda: handover.add(asked.network, user, today)] * 3)

        assert asked.network.coordinators.filter(user=user).count() == 1
