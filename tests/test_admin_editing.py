"""Editing in the admin: what is fixed stays fixed, and what cannot be saved is refused with a sentence."""

from datetime import date

import pytest
from django.core.management import call_command

from networks.importers.merge import Merge
from networks.models import Membership, Network
from tests import factories
from tests.admin import errors_of, inlines, make_one_of_everything, trial_page, url
from trials.enums import BasisKind, BasisRole, DesignStatus, Publication, Status
from trials.models import (
    Evaluation,
    LegalBasis,
    Participation,
    Trial,
)

pytestmark = pytest.mark.django_db


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
    rows = inlines(memberships=[], coordinators=[], texts=[])
    sent = {"programme": programme.pk, "name": "Åben Skole", "slug": "", "is_active": "on"} | rows

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
    sent = {"design_status": DesignStatus.LATER} | inlines(coverages=[], traits=[])

    assert admin_client.post(url(Evaluation, "add"), sent).status_code == 302
    assert Evaluation.objects.count() == 2
    assert second.code in Evaluation.objects.values_list("code", flat=True)


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
