"""Status in the admin: changed through the workflow only, refused with a sentence, never overruled unseen."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from trials import workflow
from trials.enums import Precision, Reason, Status
from trials.models import StatusEvent, Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> Trial:
    """FKII-1-04 with Thisted, whose council has decided; nothing is known of its status."""
    trial = factories.make_trial("Mikrolån", factories.make_network(1), number=4)
    factories.make_participation(trial, factories.make_municipality("Thisted"), decided_on=date(2018, 3, 1))
    return trial


@pytest.fixture
def thisted(trial):
    return trial.participations.get()


def page(subject, *rest) -> str:
    return "/".join(["/admin/trials", subject._meta.model_name, str(subject.pk), "status", *map(str, rest), ""])


def sent(subject, status: Status, **changed) -> dict:
    """What the browser sends when the form has just been opened, with `changed` fields."""
    newest = subject.events.order_by("-pk").first()
    return {
        "status": status,
        "reason": "",
        "effective_on": "01.05.2018",
        "precision": Precision.ON,
        "note": "",
        "corrects": "",
        "latest": newest.pk if newest else 0,
    } | changed


def sentence(response) -> str:
    """The message after a change; the form must have been accepted."""
    assert response.status_code == 302, response.context["form"].errors
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def refusal(response) -> str:
    """Why the form was refused, as the page says it."""
    assert response.status_code == 200
    said = " ".join(message for messages in response.context["form"].errors.values() for message in messages)
    assert said
    return said


def test_change_is_an_event_a_sentence_and_a_line_in_the_log(admin_client, admin_user, thisted) -> None:
    response = admin_client.post(page(thisted), sent(thisted, Status.RUNNING, note="12 borgere"))
    event = thisted.events.get()
    thisted.refresh_from_db()

    assert sentence(response) == "Thisted i FKII-1-04: fra Ikke oplyst til I drift, den 1. maj 2018"
    assert (event.status, event.effective_on, event.note) == (Status.RUNNING, date(2018, 5, 1), "12 borgere")
    assert event.recorded_by == admin_user
    assert thisted.status == Status.RUNNING
    assert LogEntry.objects.get().change_message == sentence(response)
    assert "fra Ikke oplyst til I drift" in admin_client.get(response.url).content.decode()


def test_status_of_trial_itself_is_changed(admin_client, trial) -> None:
    response = admin_client.post(page(trial), sent(trial, Status.APPROVED, precision=Precision.BY))

    assert sentence(response) == "FKII-1-04: fra Ikke oplyst til Godkendt, senest den 1. maj 2018"
    assert Trial.objects.get().status == Status.APPROVED


def test_form_opens_with_today_and_groups_of_statuses(admin_client, trial) -> None:
    factories.make_status(trial, Status.RUNNING)
    form = admin_client.get(page(trial)).context["form"]
    groups = {name: [value for value, _ in choices] for name, choices in form.fields["status"].choices if name}

    assert form["effective_on"].value() == timezone.localdate()
    assert groups["Uændret"] == [Status.RUNNING]
    assert groups["Kan følge efter »I drift«"] == workflow.allowed_from(Status.RUNNING)
    assert Status.APPROVED in groups["Kun som rettelse eller for en tidligere dag"]
    assert sum(len(choices) for choices in groups.values()) == len(Status)


def test_form_offers_no_confirmation_of_what_was_never_said(admin_client, trial) -> None:
    groups = [name for name, _ in admin_client.get(page(trial)).context["form"].fields["status"].choices]

    assert "Uændret" not in groups


def test_refused_transition_says_why_and_what_is_possible(admin_client, thisted) -> None:
    factories.make_status(thisted, Status.ENDED, date(2018, 4, 1))
    said = refusal(admin_client.post(page(thisted), sent(thisted, Status.PLANNED)))

    assert "Status kan ikke gå fra »Afsluttet« til »Planlagt«." in said
    assert "»Omsat til generel lovgivning«" in said
    assert thisted.events.count() == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"effective_on": "01.01.2099"}, "fremtiden"),
        ({"effective_on": "i går"}, "gyldig dato"),
        ({"effective_on": ""}, "påkrævet"),
        ({"status": "findes-ikke"}, "findes-ikke"),
        ({"reason": Reason.NO_NEED}, "En årsag hører kun til"),
        ({"status": Status.AWAITING, "reason": Reason.OTHER}, "Skriv årsagen i bemærkningen"),
        ({"precision": "omtrent"}, "omtrent"),
        ({"latest": ""}, "påkrævet"),
        ({"corrects": "4711"}, "gyldig"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_what_cannot_be_is_refused_with_a_sentence(admin_client, thisted, changed, why) -> None:
    said = refusal(admin_client.post(page(thisted), sent(thisted, Status.RUNNING) | changed))

    assert why in said
    assert not thisted.events.exists()


def test_event_of_another_subject_cannot_be_corrected_here(admin_client, trial, thisted) -> None:
    other = factories.make_status(trial, Status.APPROVED)
    said = refusal(admin_client.post(page(thisted), sent(thisted, Status.RUNNING, corrects=other.pk, note="Forkert")))

    assert "gyldig" in said
    assert StatusEvent.objects.count() == 1


def test_same_status_is_a_confirmation(admin_client, thisted) -> None:
    factories.make_status(thisted, Status.RUNNING, date(2018, 1, 1))
    response = admin_client.post(page(thisted), sent(thisted, Status.RUNNING))
    thisted.refresh_from_db()

    assert sentence(response) == "Thisted i FKII-1-04: »I drift« er bekræftet uændret pr. 1. maj 2018"
    assert thisted.confirmed_on == date(2018, 5, 1)
    assert thisted.events.count() == 1


def test_confirmation_with_a_note_is_refused_so_that_the_note_is_not_lost(admin_client, thisted) -> None:
    factories.make_status(thisted, Status.RUNNING, date(2018, 1, 1))
    response = admin_client.post(page(thisted), sent(thisted, Status.RUNNING, note="12 borgere"))
    thisted.refresh_from_db()

    assert "gemmer hverken årsag eller bemærkning" in refusal(response)
    assert thisted.confirmed_on is None
    assert "12 borgere" in response.content.decode()


def test_correction_takes_the_place_of_the_wrong_event(admin_client, thisted) -> None:
    wrong = factories.make_status(thisted, Status.ENDED, date(2018, 4, 1))
    response = admin_client.post(
        page(thisted), sent(thisted, Status.PLANNED, corrects=wrong.pk, note="Forkert kommune")
    )
    thisted.refresh_from_db()

    assert sentence(response) == (
        "Thisted i FKII-1-04: hændelsen »Afsluttet, senest den 1. april 2018« er rettet til »Planlagt, den 1. maj 2018«"
    )
    assert thisted.status == Status.PLANNED
    assert thisted.events.get(is_correction=True).corrects == wrong


def test_correction_without_note_is_refused(admin_client, thisted) -> None:
    wrong = factories.make_status(thisted, Status.ENDED, date(2018, 4, 1))
    said = refusal(admin_client.post(page(thisted), sent(thisted, Status.PLANNED, corrects=wrong.pk)))

    assert "En rettelse skal have en bemærkning" in said


def test_corrected_event_is_not_offered_for_correction(admin_client, thisted) -> None:
    wrong = factories.make_status(thisted, Status.ENDED)
    workflow.revert(wrong, "Forkert")
    offered = admin_client.get(page(thisted)).context["form"].fields["corrects"].queryset

    assert list(offered) == [wrong.corrected_by]


def test_revert_sets_what_held_before(admin_client, thisted) -> None:
    factories.make_status(thisted, Status.PLANNED, date(2018, 1, 1))
    wrong = factories.make_status(thisted, Status.RUNNING, date(2018, 4, 1))
    assert "I drift" in admin_client.get(page(thisted, wrong.pk, "revert")).content.decode()
    response = admin_client.post(page(thisted, wrong.pk, "revert"), {"note": "Gjaldt Morsø"})
    thisted.refresh_from_db()

    assert sentence(response) == (
        "Thisted i FKII-1-04: hændelsen »I drift, senest den 1. april 2018« er tilbageført til »Planlagt«"
    )
    assert thisted.status == Status.PLANNED
    assert LogEntry.objects.count() == 1


def test_revert_without_note_or_of_corrected_event_is_refused(admin_client, thisted) -> None:
    wrong = factories.make_status(thisted, Status.RUNNING)
    assert "påkrævet" in refusal(admin_client.post(page(thisted, wrong.pk, "revert"), {"note": " "}))
    workflow.revert(wrong, "Forkert")
    said = refusal(admin_client.post(page(thisted, wrong.pk, "revert"), {"note": "Igen"}))

    assert "Hændelsen er allerede rettet" in said
    assert thisted.events.count() == 2


def test_event_is_reverted_only_at_its_own_subject(admin_client, trial, thisted) -> None:
    event = factories.make_status(thisted, Status.RUNNING)

    assert admin_client.post(page(trial, event.pk, "revert"), {"note": "Forkert"}).status_code == 404
    assert thisted.events.count() == 1


def test_of_two_open_forms_the_later_is_refused_and_shows_what_is_new(admin_client, thisted) -> None:
    first, second = sent(thisted, Status.RUNNING), sent(thisted, Status.PLANNED, effective_on="02.05.2018")
    assert admin_client.post(page(thisted), first).status_code == 302
    refused = admin_client.post(page(thisted), second)

    assert "En anden har ændret status, siden du åbnede siden." in refusal(refused)
    assert [event.status for event in refused.context["events"]] == [Status.RUNNING]
    assert thisted.events.count() == 1

    again = second | {"latest": refused.context["form"]["latest"].value()}
    assert sentence(admin_client.post(page(thisted), again)).startswith("Thisted i FKII-1-04: fra I drift til Planlagt")


def test_viewer_may_not_change_status(client, trial, thisted) -> None:
    user = get_user_model().objects.create_user("læser", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    event = factories.make_status(thisted, Status.RUNNING)

    for address in (page(trial), page(thisted), page(thisted, event.pk, "revert")):
        assert client.get(address).status_code == 403
        assert client.post(address, sent(thisted, Status.ENDED, note="Kup")).status_code == 403
    assert StatusEvent.objects.count() == 1


def test_permission_is_asked_for_each_kind_of_subject(client, trial, thisted) -> None:
    user = get_user_model().objects.create_user("koordinator", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_participation"))
    client.force_login(user)

    assert client.get(page(thisted)).status_code == 200
    assert client.get(page(trial)).status_code == 403


def test_anonymous_is_sent_to_login_and_one_without_a_role_is_refused(client, thisted) -> None:
    assert client.get(page(thisted)).url.startswith("/konto/login/")
    client.force_login(get_user_model().objects.create_user("borger"))
    assert client.post(page(thisted), sent(thisted, Status.ENDED)).status_code == 403
    assert not StatusEvent.objects.exists()


def test_form_without_token_is_refused(admin_user, thisted) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin_user)

    assert strict.post(page(thisted), sent(thisted, Status.RUNNING)).status_code == 403
    assert not StatusEvent.objects.exists()


def test_today_is_accepted_and_tomorrow_refused(admin_client, thisted) -> None:
    today = timezone.localdate()
    tomorrow = sent(thisted, Status.RUNNING, effective_on=(today + timedelta(days=1)).isoformat())
    assert "fremtiden" in refusal(admin_client.post(page(thisted), tomorrow))
    now = sent(thisted, Status.RUNNING, effective_on=today.isoformat())
    assert sentence(admin_client.post(page(thisted), now)).startswith(
        "Thisted i FKII-1-04: fra Ikke oplyst til I drift"
    )


def test_page_has_constant_number_of_queries(admin_client, trial, django_assert_num_queries) -> None:
    factories.make_status(trial, Status.APPROVED, date(2017, 7, 1))
    with CaptureQueriesContext(connection) as few:
        admin_client.get(page(trial))
    for day in range(1, 11):
        participation = factories.make_participation(trial, status=Status.RUNNING)
        factories.make_status(participation, Status.AWAITING, date(2019, 3, day))
    with django_assert_num_queries(len(few)):
        admin_client.get(page(trial))
