"""The admin: every page answers, lists ask the database a constant number of times, what is fixed stays fixed."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networks.importers.merge import Merge
from networks.models import Membership, Municipality, Network
from tests import factories
from trials.enums import BasisKind, BasisRole, DesignStatus, Publication, Status
from trials.models import (
    Correction,
    Evaluation,
    LegalBasis,
    Participation,
    Provision,
    Source,
    SourceCell,
    StatusEvent,
    Trial,
)

pytestmark = pytest.mark.django_db

REGISTERED = list(admin.site._registry)
OURS = [model for model in REGISTERED if model._meta.app_label in ("networks", "trials")]
READ_ONLY = [Source, SourceCell, StatusEvent]
MANAGEMENT = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def make_one_of_everything(index: int) -> None:
    """A record of every registered model, each trial with all that hangs on it."""
    programme = factories.make_programme(f"P{index}")
    factories.make_round(index, None, programme)
    network = factories.make_network(index, programme=programme)
    municipality = factories.make_municipality()
    factories.make_membership(network, municipality)
    trial = factories.make_trial(f"Forsøg {index}", network, status=Status.APPROVED, in_force_from=date(2017, 7, 1))
    cells = factories.make_cells(trial)
    place: Any = {"cell": cells[1], "source": cells[1].source}
    factories.make_participation(trial, municipality, Status.RUNNING, decided_on=date(2018, 1, 1), **place)
    provision = factories.make_provision(index, act=factories.make_act(f"lov-{index}", f"Lov nr. {index}"))
    factories.make_basis(trial, provision, **place)
    factories.make_evaluation(trial)
    factories.make_correction(cells[0], "Tekst", "Tegn")
    factories.make_source(f"note-{index}")
    get_user_model().objects.create_user(f"redaktør {index}")
    Group.objects.create(name=f"Gruppe {index}")


def inlines(**rows) -> dict:
    """What the browser sends for the inlines of a page: for each prefix a list of rows; `id` marks old rows."""
    data: dict[str, Any] = {}
    for prefix, sent in rows.items():
        old = sum(1 for row in sent if row.get("id"))
        data |= {f"{prefix}-{name}": value for name, value in MANAGEMENT.items()}
        data |= {f"{prefix}-TOTAL_FORMS": len(sent), f"{prefix}-INITIAL_FORMS": old}
        data |= {f"{prefix}-{number}-{name}": value for number, row in enumerate(sent) for name, value in row.items()}
    return data


def trial_page(trial: Trial, participations=(), legal_bases=(), coverages=(), **changed) -> dict:
    """What the browser sends from the page of a trial, with `changed` fields."""
    fields = ("title", "content", "target_group", "implementation", "publication", "in_force_from", "in_force_to")
    data = {name: getattr(trial, name) or "" for name in fields} | {
        "application_round": trial.application_round_id or ""
    }
    rows = inlines(participations=participations, legal_bases=legal_bases, coverages=coverages)
    return data | rows | changed


def errors_of(response) -> str:
    assert response.status_code == 200, "the change was saved"
    context = response.context
    forms = [form for formset in context["inline_admin_formsets"] for form in formset.formset.forms]
    all_errors = [context["adminform"].form.errors, *(form.errors for form in forms)]
    return " ".join(
        [*map(str, all_errors), *(str(f.formset.non_form_errors()) for f in context["inline_admin_formsets"])]
    )


def test_registry_holds_every_model_of_ours() -> None:
    ours = {model for label in ("networks", "trials") for model in apps.get_app_config(label).get_models()}
    historical = {model for model in ours if model.__name__.startswith("Historical")}

    assert set(OURS) == ours - historical
    assert len(OURS) > 10


def test_every_page_answers(admin_client) -> None:
    make_one_of_everything(1)
    expected: dict[str, int] = {}
    for model in REGISTERED:
        key = model._default_manager.values_list("pk", flat=True)[0]
        edited = 403 if model in READ_ONLY else 200
        expected |= {
            url(model, "changelist"): 200,
            url(model, "changelist") + "?q=l%C3%86s%C3%B8+%C2%A7+27+c": 200,
            url(model, "add"): edited,
            url(model, "change", key): 200,
            url(model, "history", key): 200,
            url(model, "delete", key): edited,
        }
        if hasattr(model, "history"):
            expected[url(model, "simple_history", key, model.history.filter(id=key).first().pk)] = 200

    assert {page: admin_client.get(page).status_code for page in expected} == expected
    assert len(expected) > 80


@pytest.mark.parametrize("key", ["0", "abc", "9" * 20])
def test_unknown_record_is_no_error(admin_client, key: str) -> None:
    pages = [url(model, page, key) for model in OURS for page in ("change", "history", "delete")]
    with_history = [model for model in OURS if hasattr(model, "history")]
    pages += [
        url(model, "simple_history", key, version) for model in with_history for version in ("1", "abc", "9" * 20)
    ]
    pages += [f"/admin/trials/{kind}/{key}/status/" for kind in ("trial", "participation")]
    answers = {page: admin_client.get(page).status_code for page in pages}

    assert {page: answer for page, answer in answers.items() if answer not in (302, 403, 404)} == {}


def test_changelists_have_constant_number_of_queries(admin_client) -> None:
    def queries(model) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(url(model, "changelist")).status_code == 200
        return len(captured)

    make_one_of_everything(1)
    for model in REGISTERED:
        queries(model)
    few = {model: queries(model) for model in REGISTERED}
    for index in range(2, 31):
        make_one_of_everything(index)

    assert {model: model._default_manager.count() >= 30 for model in REGISTERED} == dict.fromkeys(REGISTERED, True)
    assert {model: queries(model) for model in REGISTERED} == few


def test_trial_page_has_constant_number_of_queries(admin_client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(url(Trial, "change", trial.pk)).status_code == 200
        return len(captured)

    make_one_of_everything(1)
    trial = Trial.objects.get()
    queries()
    few = queries()
    for number in range(2, 12):
        factories.make_participation(trial, status=Status.RUNNING)
        factories.make_basis(trial, factories.make_provision(number + 100))
        factories.make_evaluation(trial)

    assert queries() == few


def test_anonymous_is_sent_to_login(client) -> None:
    make_one_of_everything(1)
    for page in (url(Trial, "changelist"), f"/admin/trials/trial/{Trial.objects.get().pk}/status/"):
        response = client.get(page)
        assert response.status_code == 302
        assert response.url == f"/admin/login/?next={page}"


def test_viewer_sees_trial_but_cannot_change_it(client) -> None:
    make_one_of_everything(1)
    trial = Trial.objects.get()
    viewer = get_user_model().objects.create_user("læser", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)

    assert client.get(url(Trial, "change", trial.pk)).status_code == 200
    assert client.post(url(Trial, "change", trial.pk), trial_page(trial, title="Kuppet")).status_code == 403
    assert Trial.objects.get().title == trial.title


# Finding


@pytest.mark.parametrize("query", ["LÆSØ", "læsø", "Læsø", "laesoe", "0825"])
def test_municipality_is_found_in_any_case(admin_client, query: str) -> None:
    factories.make_municipality("Læsø", "0825")
    factories.make_municipality("Ærø", "0492")
    found = admin_client.get(url(Municipality, "changelist"), {"q": query}).context["cl"].result_list

    assert [municipality.name for municipality in found] == ["Læsø"]


@pytest.mark.parametrize("query", ["LÆSØ", "læsø", "boliger", "FKII-1-01", "fkii-1-01", "LÆSØ boliger"])
def test_trial_is_found_by_id_and_words(admin_client, query: str) -> None:
    network = factories.make_network(1)
    wanted = factories.make_trial("Udslusningsboliger", network, [factories.make_municipality("Læsø")])
    factories.make_trial("Mikrolån", network, [factories.make_municipality("Ærø")])
    found = admin_client.get(url(Trial, "changelist"), {"q": query}).context["cl"].result_list

    assert list(found) == [wanted]


@pytest.mark.parametrize("query", ["§ 27 c", "27c frikommune", "§ 27 c, stk. 3", "FRIKOMMUNELOVEN § 27 c"])
def test_provision_is_found_by_citation(admin_client, query: str) -> None:
    wanted = factories.make_provision(27, "c", subsection=3)
    factories.make_provision(27, "d")
    factories.make_provision(55, act=factories.make_act("folkeskoleloven", "Lov om folkeskolen"))
    found = admin_client.get(url(Provision, "changelist"), {"q": query}).context["cl"].result_list

    assert list(found) == [wanted]


def test_autocomplete_answers_for_every_field_that_uses_it(admin_client) -> None:
    make_one_of_everything(1)
    asked = 0
    for model_admin in admin.site._registry.values():
        for owner in (model_admin, *model_admin.get_inline_instances(_request(admin_client))):
            for name in owner.autocomplete_fields:
                source = {"app_label": owner.model._meta.app_label, "model_name": owner.model._meta.model_name}
                response = admin_client.get(reverse("admin:autocomplete"), {"term": "", "field_name": name} | source)
                assert response.status_code == 200, (owner, name)
                assert response.json()["results"], (owner, name)
                asked += 1
    assert asked > 10


def _request(client):
    return client.get("/admin/").wsgi_request


def test_trial_list_filters_by_kind_of_legal_basis(admin_client) -> None:
    network = factories.make_network(1)
    wanted, other = factories.make_trial("A", network), factories.make_trial("B", network)
    for paragraph in (1, 2):
        factories.make_participation(wanted)
        factories.make_basis(wanted, factories.make_provision(paragraph), BasisKind.EXEMPTION)
    factories.make_basis(other, None, BasisKind.EXISTING_LAW)
    page = admin_client.get(url(Trial, "changelist"), {"legal_bases__kind__exact": BasisKind.EXEMPTION})

    assert [(trial.title, trial.municipality_count) for trial in page.context["cl"].result_list] == [("A", 2)]


# Editing


def test_new_trial_is_saved_with_municipalities_and_legal_basis(admin_client) -> None:
    network, municipality = factories.make_network(3), factories.make_municipality()
    provision = factories.make_provision(27, "c")
    trial = Trial(title="Nyt forsøg", publication=Publication.DRAFT)
    data = trial_page(
        trial,
        participations=[{"municipality": municipality.pk, "decided_on": "01.05.2018"}],
        legal_bases=[{"role": BasisRole.RESTS_ON, "kind": BasisKind.EXEMPTION, "provision": provision.pk}],
        network=network.pk,
        number=4,
    )
    assert admin_client.post(url(Trial, "add"), data).status_code == 302
    saved = Trial.objects.get()

    assert (saved.public_id, saved.status) == ("FKII-3-04", Status.UNKNOWN)
    assert saved.participations.get().decided_on == date(2018, 5, 1)
    assert saved.legal_bases.get().provision == provision


def test_id_network_and_status_of_trial_cannot_be_changed(admin_client) -> None:
    make_one_of_everything(1)
    trial, other = Trial.objects.get(), factories.make_network(9)
    sent = {
        "status": Status.ENDED,
        "public_id": "X-1-01",
        "network": other.pk,
        "number": 99,
        "confirmed_on": "1.1.2019",
    }
    data = trial_page(trial, title="Ny titel", **sent)
    assert admin_client.post(url(Trial, "change", trial.pk), data).status_code == 302
    saved = Trial.objects.get()

    assert saved.title == "Ny titel"
    for name in ("status", "public_id", "network_id", "number", "confirmed_on"):
        assert getattr(saved, name) == getattr(trial, name)


def test_municipality_and_status_of_participation_cannot_be_changed(admin_client) -> None:
    make_one_of_everything(1)
    trial, participation, other = Trial.objects.get(), Participation.objects.get(), factories.make_municipality()
    sent = {"municipality": other.pk, "status": Status.ENDED, "decided_on": "02.01.2018"}
    row = {"id": participation.pk, "trial": trial.pk} | sent
    assert admin_client.post(url(Trial, "change", trial.pk), trial_page(trial, [row])).status_code == 302
    own_page = sent | {"trial": "", "decided_on": "03.01.2018", "source": participation.source_id, "cell": ""}
    assert admin_client.post(url(Participation, "change", participation.pk), own_page).status_code == 302
    saved = Participation.objects.get()

    assert saved.decided_on == date(2018, 1, 3)
    assert (saved.municipality, saved.trial, saved.status) == (participation.municipality, trial, Status.RUNNING)


def test_participation_with_events_cannot_be_removed_on_the_page_of_its_trial(admin_client) -> None:
    make_one_of_everything(1)
    trial, participation = Trial.objects.get(), Participation.objects.get()
    row = {"id": participation.pk, "trial": trial.pk, "DELETE": "on"}
    response = admin_client.post(url(Trial, "change", trial.pk), trial_page(trial, [row]))

    assert "statushændelse" in errors_of(response).lower()
    assert Participation.objects.exists()


def test_two_legal_bases_without_provision_are_refused_with_a_sentence(admin_client) -> None:
    trial = factories.make_trial()
    row = {"role": BasisRole.RESTS_ON, "kind": BasisKind.GENERAL_CHANGE, "provision": ""}
    response = admin_client.post(url(Trial, "change", trial.pk), trial_page(trial, legal_bases=[row, row]))

    assert "Et forsøg kan kun have én hjemmel uden bestemmelse." in errors_of(response)


def test_legal_basis_without_kind_is_refused_with_a_sentence(admin_client) -> None:
    trial = factories.make_trial()
    row = {"role": BasisRole.RESTS_ON, "kind": "", "provision": factories.make_provision().pk}
    response = admin_client.post(url(Trial, "change", trial.pk), trial_page(trial, legal_bases=[row]))

    assert "skal have en hjemmelstype" in errors_of(response)


def test_network_without_slug_gets_one_and_a_second_of_the_name_is_refused(admin_client) -> None:
    programme = factories.make_programme()
    sent = {"programme": programme.pk, "name": "Åben Skole", "slug": "", "is_active": "on"} | inlines(memberships=[])

    assert admin_client.post(url(Network, "add"), sent | {"number": 1}).status_code == 302
    assert Network.objects.get().slug == "aaben-skole"
    assert "slug" in admin_client.post(url(Network, "add"), sent | {"number": 2}).context["adminform"].form.errors


def test_evaluation_does_not_offer_shared_as_its_own_status(admin_client) -> None:
    form = admin_client.get(url(Evaluation, "add")).context["adminform"].form

    assert DesignStatus.SHARED not in dict(form.fields["design_status"].choices)
    assert DesignStatus.LATER in dict(form.fields["design_status"].choices)


def test_new_evaluation_after_one_was_deleted_gets_a_code_of_its_own(admin_client) -> None:
    first, second = (factories.make_evaluation(factories.make_trial(f"F{n}")) for n in (1, 2))
    first.coverages.all().delete()
    first.delete()
    sent = {"design_status": DesignStatus.LATER} | inlines(coverages=[])

    assert admin_client.post(url(Evaluation, "add"), sent).status_code == 302
    assert Evaluation.objects.count() == 2
    assert second.code in Evaluation.objects.values_list("code", flat=True)


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model._meta.model_name)
def test_what_comes_from_sources_is_read_only_for_superuser(admin_client, model) -> None:
    make_one_of_everything(1)
    before = list(model.objects.values())
    key = model.objects.first().pk
    bulk = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}

    assert admin_client.post(url(model, "change", key), {"text": "Kuppet"}).status_code == 403
    assert admin_client.post(url(model, "delete", key), {"post": "yes"}).status_code == 403
    assert admin_client.post(url(model, "add"), {}).status_code == 403
    assert admin_client.post(url(model, "changelist"), bulk).status_code in (200, 302)
    assert list(model.objects.values()) == before


@pytest.mark.parametrize(
    "model", [Trial, Participation, Network, Municipality], ids=lambda model: model._meta.model_name
)
def test_record_with_others_hanging_on_it_is_not_deleted(admin_client, model) -> None:
    make_one_of_everything(1)
    key = model.objects.get().pk
    bulk = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    answers = [
        admin_client.post(url(model, "delete", key), {"post": "yes"}),
        admin_client.post(url(model, "changelist"), bulk),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert "beskyttede" in answer.content.decode()
    assert model.objects.filter(pk=key).exists()


def test_user_who_recorded_events_is_not_deleted(admin_client) -> None:
    author = get_user_model().objects.create_user("forfatter")
    factories.make_status(factories.make_trial(), Status.RUNNING, by=author)
    response = admin_client.post(url(get_user_model(), "delete", author.pk), {"post": "yes"})

    assert response.status_code == 200
    assert "beskyttede" in response.content.decode()


def test_selected_drafts_are_deleted_with_history(admin_client, admin_user) -> None:
    trial = factories.make_trial("Fejloprettet")
    bulk = {"action": "delete_selected", "_selected_action": [trial.pk], "post": "yes"}
    assert admin_client.post(url(Trial, "changelist"), bulk).status_code == 302
    deleted = Trial.history.filter(title="Fejloprettet", history_type="-").get()

    assert not Trial.objects.exists()
    assert deleted.history_user == admin_user
    assert LogEntry.objects.filter(object_repr__contains="Fejloprettet").exists()


def test_page_of_trial_shows_source_events_and_corrections(admin_client) -> None:
    make_one_of_everything(1)
    trial = Trial.objects.get()
    page = admin_client.get(url(Trial, "change", trial.pk)).content.decode()

    assert SourceCell.objects.all()[0].place in page
    assert str(Correction.objects.get()) in page
    assert StatusEvent.objects.count() == 2
    assert page.count("Indlæst fra kilden") == 2
    assert "© VIVE" in page
    assert "Vis på webstedet" in page
    for subject in (trial, trial.participations.get()):
        assert f"/admin/trials/{subject._meta.model_name}/{subject.pk}/status/" in page


def test_imported_digests_are_shown_nowhere(admin_client) -> None:
    make_one_of_everything(1)
    Merge().put(Trial, {"public_id": Trial.objects.get().public_id}, {"title": "Forsøg 1"})
    fingerprint = Trial.objects.get().imported["title"]
    key = Trial.objects.get().pk

    for page in ("change", "history"):
        assert fingerprint not in admin_client.get(url(Trial, page, key)).content.decode()


def test_edit_survives_the_next_import(admin_client) -> None:
    network = factories.make_network(1)
    values = {"network": network, "number": 1, "title": "Filens titel", "publication": Publication.PUBLISHED}
    trial = Merge().put(Trial, {"public_id": "FKII-1-01"}, values)
    assert trial is not None
    data = trial_page(trial, title="Redaktionens titel")
    assert admin_client.post(url(Trial, "change", trial.pk), data).status_code == 302
    merge = Merge()
    merge.put(Trial, {"public_id": "FKII-1-01"}, values | {"title": "Filens nye titel", "content": "Filens indhold"})
    saved = Trial.objects.get()

    assert (saved.title, saved.content) == ("Redaktionens titel", "Filens indhold")
    assert "beholdt »Redaktionens titel«" in merge.report.kept[0]


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_trial_page_answers_and_prepare_keeps_an_edit(self, admin_client) -> None:
        trials = list(Trial.objects.all())
        assert len(trials) == 79
        pages = {trial.public_id: admin_client.get(url(Trial, "change", trial.pk)).status_code for trial in trials}
        assert set(pages.values()) == {200}

        data = trial_page(trials[0], title="Redaktionens titel")
        assert admin_client.post(url(Trial, "change", trials[0].pk), data).status_code == 302
        call_command("prepare", verbosity=0)

        assert Trial.objects.get(pk=trials[0].pk).title == "Redaktionens titel"
        assert trials[0].participations.exists()


def test_membership_keeps_its_municipality(admin_client) -> None:
    make_one_of_everything(1)
    membership, other = Membership.objects.get(), factories.make_municipality()
    data = {"municipality": other.pk, "network": "", "standing": "passive"}
    assert admin_client.post(url(Membership, "change", membership.pk), data).status_code == 302
    saved = Membership.objects.get()

    assert (saved.standing, saved.municipality_id) == ("passive", membership.municipality_id)


def test_legal_basis_keeps_its_provision_in_inline(admin_client) -> None:
    make_one_of_everything(1)
    trial, basis, other = Trial.objects.get(), LegalBasis.objects.get(), factories.make_provision(99)
    sent = {"role": BasisRole.DEVIATES_FROM, "provision": other.pk, "kind": BasisKind.EXPERIMENT_CLAUSE, "note": "Ja"}
    data = trial_page(trial, legal_bases=[{"id": basis.pk, "trial": trial.pk} | sent])
    assert admin_client.post(url(Trial, "change", trial.pk), data).status_code == 302
    saved = LegalBasis.objects.get()

    assert (saved.kind, saved.note) == (BasisKind.EXPERIMENT_CLAUSE, "Ja")
    assert (saved.role, saved.provision_id) == (basis.role, basis.provision_id)
