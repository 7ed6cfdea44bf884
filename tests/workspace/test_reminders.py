"""Reminders: who is told what, how often, and what happens when a letter cannot be sent."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import factories, roles
from trials.models import Milestone, Reminder

pytestmark = pytest.mark.django_db

TODAY = date(2019, 3, 1)


@pytest.fixture
def network():
    return factories.make_network(1, "Beskæftigelse")


@pytest.fixture
def coordinator(network):
    return roles.make_coordinator(network, roles.make_user("kim", first_name="Kim", last_name="Holm"))


@pytest.fixture
def milestone(network) -> Milestone:
    """A milestone that was overdue on the day."""
    return make_milestone("Slutevaluering", network, date(2019, 2, 20))


def make_milestone(label: str, network, day: date) -> Milestone:
    return factories.make_milestone(label, network=network, planned_from=day, planned_to=day)


def run(day: date = TODAY, **options) -> str:
    """What the command says."""
    out = StringIO()
    call_command("send_reminders", today=day, stdout=out, stderr=out, **options)
    return out.getvalue()


def sent(day: date = TODAY) -> list[str]:
    """To whom a run sends."""
    mail.outbox.clear()
    run(day)
    return sorted(letter.to[0] for letter in mail.outbox)


class TestWho:
    def test_each_coordinator_of_the_network_is_told_once_of_everything(self, network, coordinator, milestone) -> None:
        other = factories.make_network(2, "Boliger")
        roles.make_coordinator(other, coordinator)
        second = roles.make_coordinator(network)
        make_milestone("Midtvejsevaluering", other, date(2019, 3, 10))

        assert sent() == sorted([coordinator.email, second.email])
        letters = {letter.to[0]: letter.body for letter in mail.outbox}
        assert "Slutevaluering: planlagt 20. februar 2019, ikke oplyst som sket" in letters[coordinator.email]
        assert "Midtvejsevaluering: planlagt 10. marts 2019, ikke oplyst som sket" in letters[coordinator.email]
        assert "Boliger" in letters[coordinator.email]
        assert "Midtvejsevaluering" not in letters[second.email]

    def test_those_who_coordinate_on_another_day_or_whose_account_is_closed_are_not_told(
        self, network, coordinator, milestone
    ) -> None:
        roles.make_coordinator(network, to_on=TODAY - timedelta(days=1))
        roles.make_coordinator(network, from_on=TODAY + timedelta(days=1))
        roles.make_coordinator(network, roles.make_user(is_active=False))

        assert sent() == [coordinator.email]

    def test_ministry_is_told_of_networks_without_a_coordinator_only(self, network, coordinator, milestone) -> None:
        ministry = roles.make_ministry()
        roles.make_reader()
        abandoned = factories.make_network(2, "Forladt")
        roles.make_coordinator(abandoned, roles.make_user(is_active=False))
        make_milestone("Status", abandoned, TODAY)

        assert sent() == sorted([coordinator.email, ministry.email])
        body = next(letter.body for letter in mail.outbox if letter.to == [ministry.email])
        assert "Forladt" in body
        assert "Slutevaluering" not in body

    def test_one_without_an_address_is_named_and_stops_no_other(self, network, coordinator, milestone) -> None:
        roles.make_coordinator(network, roles.make_user("uden", email=""))

        assert "uden har ingen e-mailadresse" in run()
        assert [letter.to for letter in mail.outbox] == [[coordinator.email]]

    def test_nothing_due_sends_nothing(self, network, coordinator) -> None:
        make_milestone("Langt ude i fremtiden", network, TODAY + timedelta(days=31))

        assert sent() == []


class TestHowOften:
    def test_second_run_on_the_same_day_sends_nothing(self, coordinator, milestone) -> None:
        assert sent() == [coordinator.email]
        assert sent() == []

    def test_thing_is_told_again_after_a_week_as_long_as_it_lasts(self, coordinator, milestone) -> None:
        days = [TODAY + timedelta(days=number) for number in range(16)]

        assert [day for day in days if sent(day)] == [days[0], days[7], days[14]]

    def test_new_thing_is_told_alone_within_the_week(self, network, coordinator, milestone) -> None:
        sent()
        make_milestone("Ny", network, TODAY)

        assert sent(TODAY + timedelta(days=1)) == [coordinator.email]
        assert "- Ny: planlagt" in mail.outbox[0].body
        assert "Slutevaluering" not in mail.outbox[0].body

    def test_moved_day_is_told_at_once(self, coordinator, milestone) -> None:
        sent()
        Milestone.objects.update(planned_from=date(2019, 3, 15), planned_to=date(2019, 3, 15))

        assert sent(TODAY + timedelta(days=1)) == [coordinator.email]
        assert "planlagt 15. marts 2019" in mail.outbox[0].body
        assert sent(TODAY + timedelta(days=2)) == []

    def test_day_moved_far_away_is_told_when_it_comes_near(self, coordinator, milestone) -> None:
        sent()
        Milestone.objects.update(planned_from=date(2019, 6, 1), planned_to=date(2019, 6, 1))

        assert sent(TODAY + timedelta(days=8)) == []
        assert not Reminder.objects.exists()
        assert sent(date(2019, 5, 20)) == [coordinator.email]

    def test_done_thing_is_not_told_and_is_forgotten(self, coordinator, milestone) -> None:
        sent()
        Milestone.objects.update(actual_from=TODAY, actual_to=TODAY)

        assert sent(TODAY + timedelta(days=8)) == []
        assert not Reminder.objects.exists()

    def test_one_who_stops_is_forgotten(self, coordinator, milestone) -> None:
        sent()
        coordinator.coordinates.update(to_on=TODAY)

        assert sent(TODAY + timedelta(days=8)) == []
        assert not Reminder.objects.exists()


class TestTryingOut:
    def test_dry_run_shows_the_letters_and_writes_and_sends_nothing(self, coordinator, milestone) -> None:
        shown = run(dry_run=True)

        assert f"Til: {coordinator.email}" in shown
        assert "Slutevaluering" in shown
        assert mail.outbox == []
        assert not Reminder.objects.exists()
        assert sent() == [coordinator.email]
        assert "Slutevaluering" not in run(dry_run=True)

    def test_dry_run_forgets_nothing(self, coordinator, milestone) -> None:
        sent()
        Milestone.objects.all().delete()
        run(dry_run=True)

        assert Reminder.objects.count() == 1

    def test_without_a_day_today_is_meant(self, network, coordinator) -> None:
        make_milestone("Nu", network, timezone.localdate())
        call_command("send_reminders", stdout=StringIO())

        assert Reminder.objects.get().sent_on == timezone.localdate()

    def test_coming_day_is_only_tried_out(self, network, coordinator) -> None:
        today = timezone.localdate()
        make_milestone("Nu", network, today)
        tomorrow = today + timedelta(days=1)

        with pytest.raises(CommandError, match="er ikke kommet endnu"):
            run(tomorrow)
        assert mail.outbox == []
        assert not Reminder.objects.exists()
        assert "Nu" in run(tomorrow, dry_run=True)
        assert sent(today) == [coordinator.email]

    def test_day_that_is_none_is_refused_in_danish(self) -> None:
        with pytest.raises(CommandError, match="»i morgen« er ikke en dag"):
            call_command("send_reminders", "--today", "i morgen")

    def test_site_without_an_address_is_refused(self, settings, coordinator, milestone) -> None:
        settings.SITE_URL = ""
        with pytest.raises(CommandError, match="SITE_URL mangler"):
            run()
        assert not Reminder.objects.exists()


class TestLetter:
    def test_letter_is_plain_text_with_addresses_of_the_site(self, settings, coordinator, milestone) -> None:
        settings.SITE_URL = "https://register.example/"
        run()
        letter = mail.outbox[0]

        assert letter.subject == "En ting venter på dig i Frikommuneregisteret"
        assert letter.body.startswith("Hej Kim Holm\n")
        assert f"https://register.example/arbejdsbord/netvaerk/{milestone.network.slug}/milepaele/\n" in letter.body
        assert letter.content_subtype == "plain"
        assert letter.attachments == []
        assert "<" not in letter.body

    def test_letter_says_how_many(self, network, coordinator, milestone) -> None:
        make_milestone("Ny", network, TODAY)
        run()

        assert mail.outbox[0].subject == "2 ting venter på dig i Frikommuneregisteret"


class TestFailure:
    def test_letter_that_fails_stops_no_other_and_is_sent_by_the_next_run(
        self, network, coordinator, milestone, monkeypatch
    ) -> None:
        second = roles.make_coordinator(network)
        send = mail.EmailMessage.send

        def refuse(message, *args, **kwargs):
            if message.to == [coordinator.email]:
                raise ConnectionError("550 ukendt")
            return send(message, *args, **kwargs)

        monkeypatch.setattr(mail.EmailMessage, "send", refuse)
        with pytest.raises(SystemExit) as stopped:
            run()
        monkeypatch.undo()
        assert stopped.value.code == 1
        assert [letter.to for letter in mail.outbox] == [[second.email]]
        assert [each.user for each in Reminder.objects.all()] == [second]
        assert sent() == [coordinator.email]

    def test_failure_in_a_later_week_leaves_the_week_before_on_record(
        self, coordinator, milestone, monkeypatch
    ) -> None:
        sent()

        def fail(*args, **kwargs):
            raise ConnectionError

        later = TODAY + timedelta(days=7)
        monkeypatch.setattr(mail.EmailMessage, "send", fail)
        with pytest.raises(SystemExit):
            run(later)
        monkeypatch.undo()
        assert Reminder.objects.get().sent_on == TODAY
        assert sent(later) == [coordinator.email]

    def test_run_that_sends_all_ends_with_success(self, coordinator, milestone) -> None:
        assert "Sendt: 1. Fejlet: 0." in run()
