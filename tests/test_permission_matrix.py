"""Every role at every address, published and as a draft: let in, sent to the login, refused, or told of nothing."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse

from networks.models import Network
from tests import factories, matrix, roles
from tests.admin import make_one_of_everything
from tests.conftest import rows_for_class
from tests.matrix import HIDDEN, INSIDE, LOGIN, NO_METHOD, PAGES, RECORDS, REFUSED, ROLES, Row
from trials import seen_findings
from trials.enums import Publication, Status
from trials.models import Participation, Template, Trial

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::UserWarning")]

MODELS = {model._meta.label_lower: model for model in admin.site._registry}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """A browser for each role, in a register where the first of everything is published and the second a draft."""
    with rows_for_class(django_db_blocker):
        for index in (1, 2):
            make_one_of_everything(index)
        published, draft = Trial.objects.order_by("pk")
        Trial.objects.filter(pk=draft.pk).update(publication=Publication.DRAFT)
        account = roles.make_user("konto")
        for trial in (published, draft):
            factories.make_status(trial, Status.RUNNING)
        users = {role: None if role == "anonymous" else roles.make_user(role, password="x") for role in ROLES}
        _give_roles(users, [published, draft])
        yield SimpleNamespace(browsers=_browsers(users), users=users, account=account)


def _give_roles(users: dict, trials: list[Trial]) -> None:
    elsewhere = factories.make_trial("Et andet sted", factories.make_network(), [factories.make_municipality()])
    for trial in trials:
        roles.make_coordinator(trial.network, users["coordinator"])
        roles.make_contact(trial.participations.get().municipality, users["contact"])
        roles.make_evaluator(trial.evaluations.get(), users["evaluator"])
    roles.make_coordinator(elsewhere.network, users["other_coordinator"])
    roles.make_contact(elsewhere.participations.get().municipality, users["other_contact"])
    roles.make_evaluator(factories.make_evaluation(elsewhere), users["other_evaluator"])
    roles.make_reader(users["reader"])
    roles.make_ministry(users["ministry"])


class Browser(Client):
    """A client that only looks at the answer: keeping what each template was given takes most of the time."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


def _browsers(users: dict) -> dict[str, Client]:
    browsers: dict[str, Client] = {}
    for role, user in users.items():
        browsers[role] = Browser()
        if user:
            browsers[role].force_login(user)
    return browsers


def world(people, draft: bool) -> Any:
    """What the addresses are about: all that hangs on the published trial, or on the draft."""
    trial = Trial.objects.order_by("pk")[int(draft)]
    participation = trial.participations.select_related("municipality").get()
    return SimpleNamespace(
        trial=trial,
        network=trial.network,
        participation=participation,
        municipality=participation.municipality,
        evaluation=trial.evaluations.get(),
        event=trial.events.first(),
        own_event=participation.events.first(),
        account=people.account,
        content_type=ContentType.objects.get_for_model(Trial),
        basis=trial.legal_bases.get(),
        proposal=trial.proposals.first(),
        template=Template.objects.filter(network=trial.network).first(),
        experience=trial.experiences.first(),
        figure=trial.observations.first(),
        milestone=trial.milestones.first(),
        idea=trial.network.ideas.first(),
        comment=trial.network.ideas.first().comments.first(),
        step="metode",
        nothing=0,
        finding=quote(seen_findings.findings(people.users["ministry"])[0].key),
        app_label="trials",
        text="1",
    )


def answer(browser: Client, method: str, address: str) -> Any:
    """How one is turned away, or None when let in. What the request wrote is rolled back."""
    with transaction.atomic():
        response = getattr(browser, method)(address)
        transaction.set_rollback(True)
    assert response.status_code < 500, f"{method} {address}: {response.status_code}"
    if response.status_code == 302 and response.url.startswith("/konto/login/"):
        return LOGIN
    return response.status_code if response.status_code in (REFUSED, HIDDEN, NO_METHOD) else None


def held_against(people, row: Row, address: str, draft: bool, methods=("get", "post")) -> list[str]:
    """Where the answers are others than the table's."""
    wrong = []
    for method in methods:
        answers = {role: answer(people.browsers[role], method, address) for role in ROLES}
        # A page that takes no such method takes it from nobody, the ministry included.
        taken = answers["ministry"] != NO_METHOD
        for role, got in answers.items():
            expected = row.expected(role, method, draft)
            if got != expected and (taken or got != NO_METHOD):
                wrong.append(
                    f"{method} {address} as {role}, draft {draft}: {got or 'let in'}, not {expected or 'let in'}"
                )
    return wrong


def test_every_editorial_address_has_a_row() -> None:
    named = {name for route, name in matrix.addresses().items() if route.startswith(matrix.EDITORIAL) and name}
    pages = {"changelist", "add", "change", "history", "delete", "simple_history"}
    of_records = {f"admin:{label.replace('.', '_')}_{page}" for label in RECORDS for page in pages}

    assert len(named) > 200
    assert sorted(named - of_records - set(PAGES) - matrix.NOT_THERE - matrix.TO_THE_LOGIN) == []
    assert sorted(set(PAGES) - named) == []
    assert set(RECORDS) == set(MODELS)


def test_nameless_addresses_are_those_of_the_admin_itself() -> None:
    nameless = [route for route, name in matrix.addresses().items() if route.startswith(matrix.EDITORIAL) and not name]

    assert len(nameless) == 1 + len(MODELS)
    assert all(route.endswith(("/<path:object_id>/", "(?P<url>.*)$")) for route in nameless)


@pytest.mark.parametrize("name", PAGES)
def test_page_lets_in_those_whom_the_table_names(people, name: str) -> None:
    row = PAGES[name]
    wrong = []
    for draft in (False, True) if row.at else (False,):
        about = world(people, draft)
        address = reverse(name, kwargs=row.arguments(about)) + row.query.format(**vars(about))
        if name in ("account_login", "account_logout"):
            methods: tuple[str, ...] = ("get",)  # what they are sent would end the session of the test
        else:
            methods = ("get", "post")
        wrong += held_against(people, row, address, draft, methods)

    assert wrong == []


@pytest.mark.parametrize("name", sorted(matrix.NOT_THERE))
def test_page_about_what_one_has_not_is_not_there(people, name: str) -> None:
    got = {role: answer(people.browsers[role], "get", reverse(name)) for role in ROLES}

    assert got == dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}


@pytest.mark.parametrize("name", sorted(matrix.TO_THE_LOGIN))
def test_everyone_is_led_to_the_login(people, name: str) -> None:
    assert {answer(people.browsers[role], "get", reverse(name)) for role in ROLES} == {LOGIN}


@pytest.mark.parametrize("label", RECORDS)
def test_records_are_open_to_those_whom_the_table_names(people, label: str) -> None:
    model, who = MODELS[label], RECORDS[label]
    start = f"admin:{label.replace('.', '_')}"
    record = model._default_manager.order_by("pk").first()
    wrong = held_against(people, Row(who.view), reverse(f"{start}_changelist"), False, ("get",))
    wrong += held_against(people, Row(who.add), reverse(f"{start}_add"), False)
    page, versions = Row(who.view, who.change, unseen=who.unseen), Row(who.view, unseen=who.unseen)
    removal = Row(who.delete, unseen=who.unseen)
    for key, draft in ((record.pk, False), *_of_draft(model)):
        wrong += held_against(people, page, reverse(f"{start}_change", args=[key]), draft)
    wrong += held_against(people, removal, reverse(f"{start}_delete", args=[record.pk]), False)
    wrong += held_against(people, versions, reverse(f"{start}_history", args=[record.pk]), False, ("get",))
    if version := hasattr(model, "history") and model.history.filter(id=record.pk).first():
        wrong += held_against(people, page, reverse(f"{start}_simple_history", args=[record.pk, version.pk]), False)

    assert wrong == []


def _of_draft(model) -> list[tuple[Any, bool]]:
    """The record of `model` that hangs on the draft, if it is one that hangs on a trial."""
    draft = Trial.objects.order_by("pk")[1]
    if model is Trial:
        return [(draft.pk, True)]
    path = {"trial": "trial", "trials": "trials"}
    found = [name for name in path if any(field.name == name for field in model._meta.get_fields())]
    records = model._default_manager.filter(**{found[0]: draft}) if found else []
    return [(record.pk, True) for record in records[:1]]


@pytest.mark.parametrize("address", ["/admin/findes-ikke/", "/admin/trials/trial/1/"])
def test_unknown_address_in_the_admin_is_told_of_to_insiders_alone(people, address: str) -> None:
    for role in ROLES:
        expected = LOGIN if role == "anonymous" else (HIDDEN, None) if role in INSIDE else REFUSED
        got = answer(people.browsers[role], "get", address)
        assert got == expected or (isinstance(expected, tuple) and got in expected), role


PUBLIC = ("trials:trial", "trials:trial_json", "trials:trial_changes_atom")


@pytest.mark.parametrize("draft", [False, True])
def test_draft_is_seen_by_insiders_alone(people, draft: bool) -> None:
    trial = world(people, draft).trial
    ref = trial.get_absolute_url().rstrip("/").rpartition("/")[2]
    pages = [trial.get_absolute_url(), f"/forsoeg/{trial.public_id}.json", f"/forsoeg/{trial.public_id}.atom"]
    pages += [f"/api/v1/forsoeg/{trial.public_id}"]
    expected = {role: HIDDEN if draft and role not in INSIDE else None for role in ROLES}

    assert ref.startswith(trial.public_id)
    for page in pages:
        assert {role: answer(people.browsers[role], "get", page) for role in ROLES} == expected, page


PARAMETERS = {
    "ref": "FKII-1-08",
    "slug": "x",
    "code": "x",
    "name": "forsoeg",
    "ending": "csv",
    "key": "x",
    "id": "x",
}


def test_nothing_is_sent_to_a_public_address(people) -> None:
    """Pages, files and the API are only read: every role meets the same at the API, and the ministry by any method."""
    public = [route for route in matrix.addresses() if not route.startswith(matrix.EDITORIAL)]
    sent = {(address, role, "post") for address in public for role in ("anonymous", "ministry")}
    api = [route for route in public if route.startswith("/api/v1/")]
    sent |= {(address, role, "post") for address in api for role in ROLES}
    sent |= {(address, "ministry", method) for address in public for method in ("put", "patch", "delete")}
    answers = {each: getattr(people.browsers[each[1]], each[2])(_filled(each[0])).status_code for each in sorted(sent)}

    assert (len(public) > 100, len(api) > 20) == (True, True)
    assert {each: status for each, status in answers.items() if status != 405} == {}


def _filled(route: str) -> str:
    """The address with something in place of its parameters."""
    for name, value in PARAMETERS.items():
        for converter in ("", "str:", "slug:", "path:"):
            route = route.replace(f"<{converter}{name}>", value)
    assert "<" not in route, route
    return route


def test_network_kept_by_someone_else_is_refused_by_form(people) -> None:
    """A coordinator of another network sends the whole form of a trial, not an empty one."""
    trial = world(people, False).trial
    participation = Participation.objects.get(trial=trial)
    sent = {
        "status": Status.AWAITING,
        "effective_on": "2019-03-01",
        "precision": "on",
        "latest": trial.events.latest("pk").pk,
    }
    for address in (f"trial/{trial.pk}", f"participation/{participation.pk}"):
        response = people.browsers["other_coordinator"].post(f"/admin/trials/{address}/status/", sent)
        assert response.status_code == 403

    trial.refresh_from_db()
    assert trial.status == Status.RUNNING
    assert Network.objects.count() == 3
