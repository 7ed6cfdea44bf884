"""What a coordinator may write in the admin: the working data of his own networks, through the real forms."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from networks.enums import Channel
from networks.models import ChangeSet, Office
from tests import factories, roles
from tests.admin import trial_page, url
from trials.enums import Publication, Status
from trials.models import Experience, Milestone, Observation, Participation, Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Trial:
    network = factories.make_network(1)
    return factories.make_trial("Eget forsøg", network, [factories.make_municipality()], Status.RUNNING)


@pytest.fixture
def other() -> Trial:
    network = factories.make_network(2)
    return factories.make_trial("Andres forsøg", network, [factories.make_municipality()], Status.RUNNING)


@pytest.fixture
def coordinator(client, own, other):
    user = roles.make_coordinator(own.network, roles.make_user("rita"))
    client.force_login(user)
    return user


def experience(**sent) -> dict:
    return {"kind": "result", "theme": "cooperation", "text": "Det går godt.", "section": "", "quotation": ""} | sent


class TestTrial:
    def test_summary_is_written_and_what_the_law_rests_on_is_not(self, client, coordinator, own) -> None:
        row = {"id": own.participations.get().pk, "trial": own.pk, "decided_on": "2018-01-01"}
        sent = trial_page(own, [row], summary="Kort", title="Kuppet", publication="draft", in_force_from="2020-01-01")
        assert client.post(url(Trial, "change", own.pk), sent).status_code == 302
        own.refresh_from_db()

        assert (own.summary, own.title, own.publication) == ("Kort", "Eget forsøg", Publication.PUBLISHED)
        assert own.in_force_from is None
        assert str(own.participations.get().decided_on) == "2018-01-01"
        assert ChangeSet.objects.get().made_by == coordinator
        assert ChangeSet.objects.get().channel == Channel.ADMIN

    def test_municipality_and_legal_basis_are_not_added(self, client, coordinator, own) -> None:
        added = {"municipality": factories.make_municipality().pk, "decided_on": ""}
        basis = {"role": "rests_on", "kind": "existing_law", "provision": "", "note": ""}
        old = {"id": own.participations.get().pk, "trial": own.pk, "decided_on": ""}
        client.post(url(Trial, "change", own.pk), trial_page(own, [old, added], [basis]))

        assert own.participations.count() == 1
        assert own.legal_bases.count() == 0

    def test_trial_of_another_network_is_read_and_not_written(self, client, coordinator, other) -> None:
        page = client.get(url(Trial, "change", other.pk)).content.decode()
        assert "Andres forsøg" in page
        assert "Skift status" not in page
        assert 'name="_save"' not in page

        assert client.post(url(Trial, "change", other.pk), trial_page(other, summary="Kuppet")).status_code == 403
        assert Trial.objects.get(pk=other.pk).summary == other.summary

    def test_page_leads_to_the_workspace(self, client, coordinator, own) -> None:
        assert 'href="/arbejdsbord/"' in client.get(url(Trial, "change", own.pk)).content.decode()

    def test_former_coordinator_has_no_admin(self, client, own) -> None:
        client.force_login(roles.make_coordinator(own.network, to_on="2018-01-01"))

        assert client.get("/admin/").status_code == 403

    def test_ministry_writes_all(self, client, other) -> None:
        client.force_login(roles.make_ministry())
        row = {"id": other.participations.get().pk, "trial": other.pk, "decided_on": ""}
        assert (
            client.post(url(Trial, "change", other.pk), trial_page(other, [row], title="Nyt navn")).status_code == 302
        )
        assert Trial.objects.get(pk=other.pk).title == "Nyt navn"


class TestRecordsOfNetworks:
    def test_experience_of_own_network_is_added(self, client, coordinator, own) -> None:
        sent = experience(network=own.network_id, trials=[own.pk])
        assert client.post(url(Experience, "add"), sent).status_code == 302
        assert Experience.objects.get().network == own.network

    @pytest.mark.parametrize("given", ["network", "trials", "both"])
    def test_experience_is_not_given_to_others(self, client, coordinator, own, other, given: str) -> None:
        sent = {
            "network": {"network": other.network_id},
            "trials": {"network": own.network_id, "trials": [own.pk, other.pk]},
            "both": {"network": other.network_id, "trials": [other.pk]},
        }[given]
        response = client.post(url(Experience, "add"), experience(**sent))

        assert response.status_code == 200
        assert "Du kan kun vælge og fravælge inden for dine egne netværk, ikke »" in response.content.decode()
        assert not Experience.objects.exists()

    def test_experience_of_nobody_is_refused(self, client, coordinator) -> None:
        response = client.post(url(Experience, "add"), experience())

        assert "Vælg dit netværk eller et af dets forsøg." in response.content.decode()
        assert not Experience.objects.exists()

    def test_experience_is_not_taken_from_others(self, client, coordinator, own, other) -> None:
        shared = factories.make_experience(trials=[own, other], network=None)
        page = url(Experience, "change", shared.pk)

        assert client.post(page, experience(text="Ny", trials=[own.pk])).status_code == 200
        assert client.post(page, experience(text="Ny", trials=[own.pk, other.pk])).status_code == 302
        assert set(shared.trials.all()) == {own, other}

    def test_what_a_source_says_is_not_deleted_by_a_coordinator(self, client, coordinator, own) -> None:
        cell = factories.make_cells(own)[0]
        sourced = factories.make_observation(trials=[own], cell=cell, source=cell.source)
        mine = factories.make_observation(trials=[own])
        for figure in (sourced, mine):
            client.post(url(Observation, "delete", figure.pk), {"post": "yes"})
        bulk = {"action": "delete_selected", "_selected_action": [sourced.pk], "post": "yes"}
        client.post(url(Observation, "changelist"), bulk)

        assert list(Observation.objects.all()) == [sourced]

    def test_reader_and_contact_write_nothing(self, client, own) -> None:
        figure = factories.make_observation(trials=[own])
        for user in (roles.make_reader(), roles.make_contact(own.participations.get().municipality)):
            client.force_login(user)
            assert client.post(url(Observation, "change", figure.pk), {"indicator": "x"}).status_code == 403


class TestAccounts:
    def test_ministry_makes_users_and_gives_roles_but_no_more(self, client) -> None:
        client.force_login(roles.make_ministry())
        new = {"username": "ny", "usable_password": "true", "password1": "aEbleskiver-9", "password2": "aEbleskiver-9"}
        assert client.post(reverse("admin:auth_user_add"), new).status_code == 302
        user = roles.get_user_model().objects.get(username="ny")
        page = url(type(user), "change", user.pk)
        sent = {"username": "ny", "is_active": "on", "is_superuser": "on", "is_staff": "on"}
        assert client.post(page, sent).status_code == 302
        client.post(url(Office, "add"), {"user": user.pk, "kind": "reader"})
        user.refresh_from_db()

        assert (user.is_superuser, user.is_staff) == (False, False)
        assert user.offices.get().kind == "reader"

    def test_ministry_does_not_write_a_superusers_account(self, client, admin_user) -> None:
        client.force_login(roles.make_ministry())

        assert client.post(url(type(admin_user), "change", admin_user.pk), {"username": "x"}).status_code == 403
        password = reverse("admin:auth_user_password_change", args=[admin_user.pk])
        assert client.post(password, {"password1": "x"}).status_code == 403


class TestBulk:
    def run(self, client, model, action: str, chosen, **sent):
        data = {"action": action, "_selected_action": [record.pk for record in chosen], **sent}
        return client.post(url(model, "changelist"), data, follow=True)

    def test_status_is_confirmed_unchanged(self, client, coordinator, own) -> None:
        unknown = factories.make_trial("Uden status", own.network)
        response = self.run(client, Trial, "confirm_unchanged", [own, unknown])
        own.refresh_from_db()
        unknown.refresh_from_db()

        assert own.confirmed_on == timezone.localdate()
        assert unknown.confirmed_on is None
        assert f"intet at bekræfte: {unknown.public_id}" in response.content.decode()
        assert own.history.first().history_user == coordinator
        assert own.events.count() == 1
        assert ChangeSet.objects.get().entries.count() == 1
        assert LogEntry.objects.get().user == coordinator

    def test_part_of_a_municipality_is_confirmed(self, client, coordinator, own) -> None:
        participation = factories.make_participation(own, status=Status.RUNNING)
        self.run(client, Participation, "confirm_unchanged", [participation])
        participation.refresh_from_db()

        assert participation.confirmed_on == timezone.localdate()

    @pytest.mark.parametrize("action", ["confirm_unchanged", "plan_milestone"])
    def test_nothing_is_done_when_one_is_anothers(self, client, coordinator, own, other, action: str) -> None:
        planned = {"planned": "1", "kind": "operation", "label": "Start", "planned_from": "2027-01-01"}
        response = self.run(client, Trial, action, [own, other], **planned)

        assert f"Intet er ændret: {other.public_id} hører ikke til dine netværk." in response.content.decode()
        assert not Trial.objects.exclude(confirmed_on=None).exists()
        assert not Milestone.objects.exists()

    def test_milestone_is_asked_for_and_set_once_a_network(self, client, own, other) -> None:
        client.force_login(roles.make_ministry())
        second = factories.make_trial("Endnu et", own.network)
        asked = self.run(client, Trial, "plan_milestone", [own, second, other])
        assert "Sæt en planlagt milepæl" in asked.content.decode()
        assert not Milestone.objects.exists()
        planned = {"planned": "1", "kind": "operation", "label": "Start", "planned_from": "2027-01-01"}
        self.run(client, Trial, "plan_milestone", [own, second, other], **planned)
        first, last = Milestone.objects.order_by("network__number")

        assert (set(first.trials.all()), set(last.trials.all())) == ({own, second}, {other})
        assert str(first.planned_to) == "2027-01-01"
        assert ChangeSet.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"planned_to": "2026-01-01"}, "Milepælen slutter, før den begynder."),
            ({"label": "Fru Jensen 010190-1234"}, "CPR-nummer"),
            ({"kind": "x"}, "x"),
        ],
    )
    def test_wrong_milestone_is_refused(self, client, coordinator, own, changed: dict, said: str) -> None:
        planned = {"planned": "1", "kind": "operation", "label": "Start", "planned_from": "2027-01-01"} | changed
        response = self.run(client, Trial, "plan_milestone", [own], **planned)

        assert said in response.content.decode()
        assert not Milestone.objects.exists()

    def test_reader_takes_the_chosen_as_a_file_and_changes_nothing(self, client, own, other) -> None:
        from io import BytesIO

        from openpyxl import load_workbook

        client.force_login(roles.make_reader())
        response = client.post(url(Trial, "changelist"), {"action": "export_chosen", "_selected_action": [other.pk]})
        rows = list(load_workbook(BytesIO(response.content)).active.values)

        assert [row[0] for row in rows] == ["id", other.public_id]
        self.run(client, Trial, "confirm_unchanged", [own])
        assert not Trial.objects.exclude(confirmed_on=None).exists()

    def test_pages_of_a_coordinator_have_constant_number_of_queries(self, client, coordinator, own) -> None:
        def queries() -> list[int]:
            counted = []
            for page in (url(Trial, "changelist"), url(Trial, "change", own.pk), url(Observation, "changelist")):
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(page).status_code == 200
                counted.append(len(captured))
            return counted

        def add() -> None:
            trial = factories.make_trial(network=own.network, status=Status.RUNNING)
            factories.make_observation(trials=[trial])
            factories.make_participation(own, status=Status.RUNNING)
            factories.make_evaluation(own)

        add()
        queries()
        few = queries()
        for _ in range(10):
            add()

        assert queries() == few

    def test_number_of_queries_grows_by_a_few_a_record(self, client, coordinator, own) -> None:
        def queries(number: int) -> int:
            trials = [factories.make_trial(network=own.network, status=Status.RUNNING) for _ in range(number)]
            with CaptureQueriesContext(connection) as captured:
                self.run(client, Trial, "confirm_unchanged", trials)
            return len(captured)

        queries(1)
        one, ten = queries(1), queries(10)

        assert ten - one <= 9 * 10
