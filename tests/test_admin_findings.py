"""The work list of findings: who may assess them, and what is kept of it."""

from urllib.parse import quote

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from trials import seen_findings
from trials.enums import Publication, Status
from trials.models import Assessment

pytestmark = pytest.mark.django_db

LIST = "/admin/trials/assessment/fund/"
FORM = "/admin/trials/assessment/vurder/"


@pytest.fixture(autouse=True)
def contradiction():
    return factories.make_contradiction(
        "Tallene er ikke ens.", [factories.make_trial("Mikrolån", status=Status.RUNNING)]
    )


@pytest.fixture
def editor(client, django_user_model):
    """Logs in a member of the staff who may do what is said: editor("add", "view")."""

    def log_in(*actions: str):
        user = django_user_model.objects.create_user("redaktør", is_staff=True)
        codenames = [f"{action}_assessment" for action in actions]
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return user

    return log_in


def key() -> str:
    return next(finding.key for finding in seen_findings.findings(None) if finding.message == "Tallene er ikke ens.")


def form(wanted: str = "") -> str:
    return f"{FORM}?fund={quote(wanted or key())}"


def test_list_shows_every_finding_with_its_assessment(client, editor):
    user = editor("view", "add")
    Assessment.objects.create(finding=key(), text="Spørg netværket.", assessed_by=user)
    html = client.get(LIST).content.decode()

    assert "Tallene er ikke ens." in html
    assert "det andet" in html
    assert "Registeret viser begge." in html
    assert "Spørg netværket.<br>redaktør" in html
    for finding in seen_findings.findings(user):
        assert finding.title in html


def test_list_is_narrowed_to_a_severity(client, editor):
    editor("view")

    assert "Tallene er ikke ens." in client.get(f"{LIST}?alvor=contradiction").content.decode()
    assert "Tallene er ikke ens." not in client.get(f"{LIST}?alvor=gap").content.decode()
    assert client.get(f"{LIST}?alvor=x").status_code == 404


def test_assessment_is_saved_logged_and_has_a_history(client, editor):
    user = editor("view", "add", "change")
    assert client.get(form()).status_code == 200
    response = client.post(form(), {"text": "Rækken er rigtig."})
    assessment = Assessment.objects.get()

    assert response.status_code == 302
    assert response.url.startswith(LIST)
    assert (assessment.finding, assessment.text, assessment.assessed_by) == (key(), "Rækken er rigtig.", user)
    assert client.post(form(), {"text": "Kapitlet er rigtigt."}).status_code == 302
    assert [version.text for version in assessment.history.all()] == ["Kapitlet er rigtigt.", "Rækken er rigtig."]
    assert {version.history_user for version in assessment.history.all()} == {user}
    assert LogEntry.objects.filter(user=user, object_id=str(assessment.pk)).count() == 2


def test_empty_assessment_is_refused(client, editor):
    editor("view", "add")

    assert client.post(form(), {"text": " "}).status_code == 200
    assert not Assessment.objects.exists()


def test_unknown_finding_is_404(client, editor):
    editor("view", "add")

    assert client.get(form("findes-ikke:1")).status_code == 404
    assert client.get(FORM).status_code == 404


@pytest.mark.parametrize(
    ("actions", "exists", "answer"),
    [
        ((), False, 403),
        (("view",), False, 403),
        (("add",), False, 302),
        (("add",), True, 403),
        (("change",), True, 302),
        (("change",), False, 403),
    ],
)
def test_permissions(client, editor, admin_user, actions, exists, answer):
    editor(*actions)
    if exists:
        Assessment.objects.create(finding=key(), text="Før", assessed_by=admin_user)

    assert client.post(form(), {"text": "Efter"}).status_code == answer
    assert Assessment.objects.filter(text="Efter").exists() == (answer == 302)


def test_list_needs_leave_to_see(client, editor):
    editor()

    assert client.get(LIST).status_code == 403
    assert client.get("/admin/trials/assessment/add/").status_code == 403


def test_public_is_sent_to_login(client):
    for address in (LIST, form()):
        assert client.get(address).status_code == 302


def test_assessment_outlives_its_finding(client, admin_client, admin_user):
    Assessment.objects.create(finding="figure_of_outsider:T-0001", text="Rettet i kilden.", assessed_by=admin_user)

    assert "figure_of_outsider:T-0001</a>: Rettet i kilden." in admin_client.get(LIST).content.decode()


def test_changing_an_assessment_on_its_own_page_says_who(admin_client, admin_user, django_user_model):
    other = django_user_model.objects.create_user("anden")
    assessment = Assessment.objects.create(finding="x:1", text="Før", assessed_by=other)
    admin_client.post(f"/admin/trials/assessment/{assessment.pk}/change/", {"text": "Efter"})
    assessment.refresh_from_db()

    assert (assessment.text, assessment.assessed_by) == ("Efter", admin_user)


def test_assessments_are_not_shown_to_the_public(client, admin_user):
    Assessment.objects.create(finding=key(), text="Intern vurdering", assessed_by=admin_user)

    assert "Intern vurdering" not in client.get("/datakvalitet/").content.decode()


def test_list_costs_the_same_with_1_and_30_assessments(admin_client, admin_user):
    def queries() -> int:
        seen_findings.forget()
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(LIST).status_code == 200
        return len(captured)

    Assessment.objects.create(finding=key(), text="En", assessed_by=admin_user)
    few = queries()
    for number in range(30):
        contradiction = factories.make_contradiction(f"Modstrid {number}", [factories.make_trial(f"F{number}")])
        Assessment.objects.create(finding=f"read:{contradiction.code}", text="En til", assessed_by=admin_user)

    assert queries() == few


class TestRemembered:
    """Findings are looked for anew only when the register has changed."""

    def test_second_asking_costs_one_query(self):
        found = seen_findings.findings(None)
        with CaptureQueriesContext(connection) as captured:
            assert seen_findings.findings(None) is found

        assert len(captured) == 1

    def test_every_kind_of_change_is_seen(self, contradiction):
        def message() -> list[str]:
            return [finding.message for finding in seen_findings.findings(None) if finding.code == "read"]

        assert message() == ["Tallene er ikke ens."]
        contradiction.message = "Tallene er ens."
        contradiction.save()
        assert message() == ["Tallene er ens."]
        factories.make_contradiction("En ny", [factories.make_trial("To")])
        assert sorted(message()) == ["En ny", "Tallene er ens."]
        contradiction.trials.clear()
        assert len(seen_findings.findings_for(contradiction, None)) == 0
        contradiction.delete()
        assert message() == ["En ny"]

    def test_drafts_are_remembered_apart(self, admin_user):
        factories.make_contradiction("Hemmelig", [factories.make_trial("K", publication=Publication.DRAFT)])

        for _ in range(2):
            assert "Hemmelig" in [finding.message for finding in seen_findings.findings(admin_user)]
            assert "Hemmelig" not in [finding.message for finding in seen_findings.findings(None)]
