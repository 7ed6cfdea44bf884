"""Proposals: made by coordinators, accepted or returned, nothing overwritten unseen."""

from datetime import date

import pytest
from django.urls import reverse

from networks.models import ChangeSet
from tests import factories
from tests.roles import make_contact, make_coordinator, make_ministry
from trials import proposals
from trials.enums import ProposalKind, ProposalState, Status
from trials.models import LegalBasis, Proposal, Trial
from trials.proposals import Overtaken
from trials.workflow import Refused

pytestmark = pytest.mark.django_db

LIST = "/arbejdsbord/forslag/"


@pytest.fixture
def trial() -> Trial:
    return factories.make_trial(
        "Mikrolån", municipalities=[factories.make_municipality("Thisted")], in_force_from=date(2017, 7, 1)
    )


@pytest.fixture
def coordinator(trial):
    return make_coordinator(trial.network)


@pytest.fixture
def ministry():
    return make_ministry()


def new_title(trial, by, title: str = "Mikrolån til alle", **more) -> Proposal:
    return proposals.propose(trial, ProposalKind.TRIAL, {"title": [trial.title, title]}, "Fordi", by, **more)


def address(proposal: Proposal) -> str:
    return reverse("trials:workspace_proposal", args=[proposal.pk])


def legal(trial: Trial, **changed) -> dict:
    return {"title": trial.title, "in_force_from": "2017-07-01", "comment": "Fordi"} | changed


def test_coordinators_change_of_legal_meaning_is_a_proposal(client, trial, coordinator):
    client.force_login(coordinator)
    url = reverse("trials:workspace_legal_fields", args=[trial.public_id])
    response = client.post(url, legal(trial, title="Mikrolån til alle", in_force_from="2018-01-01"), follow=True)
    proposal = Proposal.objects.get()
    assert proposal.changes == {
        "title": ["Mikrolån", "Mikrolån til alle"],
        "in_force_from": ["2017-07-01", "2018-01-01"],
    }
    assert (proposal.state, proposal.proposed_by) == ("open", coordinator)
    trial.refresh_from_db()
    assert (trial.title, trial.in_force_from) == ("Mikrolån", date(2017, 7, 1))
    assert "Ændring af forsøget" in response.content.decode()


def test_ministry_changes_it_directly(client, trial, ministry):
    client.force_login(ministry)
    url = reverse("trials:workspace_legal_fields", args=[trial.public_id])
    client.post(url, legal(trial, title="Ny titel"))
    trial.refresh_from_db()
    assert trial.title == "Ny titel"
    assert not Proposal.objects.exists()


def test_proposal_without_a_change_or_a_reason_is_refused(client, trial, coordinator):
    client.force_login(coordinator)
    url = reverse("trials:workspace_legal_fields", args=[trial.public_id])
    assert "Forslaget ændrer ikke noget" in client.post(url, legal(trial)).content.decode()
    response = client.post(url, legal(trial, title="Ny", comment=""))
    assert response.status_code == 200
    assert 'value="Ny"' in response.content.decode()
    assert not Proposal.objects.exists()


def test_accepting_writes_it_in_one_change_set(client, trial, coordinator, ministry):
    proposal = new_title(trial, coordinator)
    client.force_login(ministry)
    assert "Mikrolån til alle" in client.get(address(proposal)).content.decode()
    client.post(address(proposal), {"handling": "godkend", "set": proposals.state_seen(proposal)})
    trial.refresh_from_db()
    proposal.refresh_from_db()
    assert trial.title == "Mikrolån til alle"
    assert (proposal.state, proposal.decided_by) == (ProposalState.ACCEPTED, ministry)
    change_set = ChangeSet.objects.get()
    assert set(change_set.entries.values_list("model", flat=True)) == {"trials.trial", "trials.proposal"}


def test_other_fields_that_were_changed_since_are_kept(trial, coordinator, ministry):
    proposal = new_title(trial, coordinator)
    Trial.objects.get().save()
    fresh = Trial.objects.get()
    fresh.content = "Skrevet imens"
    fresh.save()
    proposals.accept(proposal, ministry)
    trial.refresh_from_db()
    assert (trial.title, trial.content) == ("Mikrolån til alle", "Skrevet imens")


def test_value_changed_since_is_shown_and_not_overwritten_unseen(client, trial, coordinator, ministry):
    proposal = new_title(trial, coordinator)
    seen = proposals.state_seen(proposal)
    fresh = Trial.objects.get()
    fresh.title = "Ministeriets titel"
    fresh.save()
    with pytest.raises(Overtaken):
        proposals.accept(proposal, ministry, seen)
    client.force_login(ministry)
    response = client.post(address(proposal), {"handling": "godkend", "set": seen})
    assert "Ministeriets titel" in response.content.decode()
    assert "ændret siden" in response.content.decode()
    trial.refresh_from_db()
    assert trial.title == "Ministeriets titel"
    proposal.refresh_from_db()
    client.post(address(proposal), {"handling": "godkend", "set": proposals.state_seen(proposal)})
    trial.refresh_from_db()
    assert trial.title == "Mikrolån til alle"


def test_returning_asks_for_a_reason_and_is_seen_by_the_coordinator(client, trial, coordinator, ministry):
    proposal = new_title(trial, coordinator)
    client.force_login(ministry)
    assert "Skriv, hvorfor" in client.post(address(proposal), {"handling": "send-tilbage"}).content.decode()
    client.post(address(proposal), {"handling": "send-tilbage", "svar": "Henvis til bekendtgørelsen."})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.RETURNED
    client.force_login(coordinator)
    assert "Henvis til bekendtgørelsen." in client.get(LIST).content.decode()
    working = client.get(reverse("trials:workspace_trial", args=[trial.public_id])).content.decode()
    assert "Henvis til bekendtgørelsen." in working


def test_returned_proposal_is_put_forward_again(client, trial, coordinator, ministry):
    returned = proposals.return_(new_title(trial, coordinator), "Kortere", ministry)
    client.force_login(coordinator)
    url = reverse("trials:workspace_legal_fields", args=[trial.public_id])
    page = client.get(f"{url}?forslag={returned.pk}").content.decode()
    assert 'value="Mikrolån til alle"' in page
    assert "Kortere" in page
    client.post(url, legal(trial, title="Mikrolån for alle", forslag=returned.pk))
    again = Proposal.objects.open().get()
    assert again.replaces == returned
    assert not Proposal.objects.returned().exists()
    response = client.post(url, legal(trial, title="Tredje", forslag=returned.pk))
    assert response.status_code == 302, "it is a proposal of its own"
    assert Proposal.objects.filter(replaces=returned).count() == 1


def test_withdrawn_or_decided_proposals_are_not_decided_again(trial, coordinator, ministry):
    proposal = new_title(trial, coordinator)
    proposals.withdraw(proposal, coordinator)
    for act in (
        lambda: proposals.accept(proposal, ministry),
        lambda: proposals.return_(proposal, "Nej", ministry),
        lambda: proposals.withdraw(proposal, coordinator),
    ):
        with pytest.raises(Refused):
            act()
    trial.refresh_from_db()
    assert trial.title == "Mikrolån"


def test_new_municipality_starts_with_unknown_status(client, trial, coordinator, ministry):
    other = factories.make_municipality("Læsø")
    client.force_login(coordinator)
    url = reverse("trials:workspace_join", args=[trial.public_id])
    client.post(url, {"municipality": other.pk, "comment": "Byrådet har besluttet det"})
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.subject) == ("join", "Læsø")
    assert trial.participations.count() == 1
    proposals.accept(proposal, ministry)
    assert trial.participations.get(municipality=other).status == Status.UNKNOWN
    again = proposals.propose(trial, ProposalKind.JOIN, {"municipality": [None, other]}, "", coordinator)
    with pytest.raises(Refused, match="allerede med"):
        proposals.accept(again, ministry)


def test_removal_is_proposed_when_nothing_hangs_on_it(client, trial, coordinator, ministry):
    participation = trial.participations.get()
    client.force_login(coordinator)
    url = reverse("trials:workspace_participation_removal", args=[trial.public_id, participation.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"comment": "Var aldrig med"})
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.subject) == ("leave", "Thisted")
    factories.make_status(participation, Status.RUNNING)
    with pytest.raises(Refused, match="kan ikke fjernes"):
        proposals.accept(proposal, ministry)
    assert trial.participations.exists()


def test_accepted_removal_keeps_what_it_was_about(trial, coordinator, ministry):
    participation = trial.participations.get()
    changes = {"municipality": [participation.municipality, None]}
    proposal = proposals.propose(trial, ProposalKind.LEAVE, changes, "Fejl", coordinator, participation)
    accepted = proposals.accept(proposal, ministry)
    accepted.refresh_from_db()
    assert (accepted.participation, accepted.subject) == (None, "Thisted")
    assert not trial.participations.exists()


def test_legal_bases_are_proposed(client, trial, coordinator, ministry):
    provision = factories.make_provision(27, "c")
    client.force_login(coordinator)
    new = {"role": "rests_on", "kind": "exemption", "provision": provision.pk, "note": "", "comment": "Loven"}
    client.post(reverse("trials:workspace_new_basis", args=[trial.public_id]), new)
    proposals.accept(Proposal.objects.get(), ministry)
    basis = LegalBasis.objects.get()
    assert (basis.trial, basis.provision, basis.kind) == (trial, provision, "exemption")
    url = reverse("trials:workspace_basis", args=[trial.public_id, basis.pk])
    client.post(url, {"kind": "unsettled", "note": "Uklart", "comment": "Tvivl"})
    change = Proposal.objects.open().get()
    assert change.changes == {"kind": ["exemption", "unsettled"], "note": ["", "Uklart"]}
    proposals.accept(change, ministry)
    basis.refresh_from_db()
    assert (basis.kind, basis.note) == ("unsettled", "Uklart")
    client.post(reverse("trials:workspace_basis_removal", args=[trial.public_id, basis.pk]), {"comment": "Væk"})
    proposals.accept(Proposal.objects.open().get(), ministry)
    assert not LegalBasis.objects.exists()


def test_who_decides_is_asked(client, trial, coordinator):
    proposal = new_title(trial, coordinator)
    client.force_login(coordinator)
    assert client.post(address(proposal), {"handling": "godkend"}).status_code == 403
    client.force_login(make_coordinator(factories.make_network()))
    assert client.get(address(proposal)).status_code == 403
    assert client.post(address(proposal), {"handling": "traek-tilbage"}).status_code == 403
    assert "Mikrolån" not in client.get(LIST).content.decode()
    client.force_login(make_contact(trial.participations.get().municipality))
    assert client.post(address(proposal), {"handling": "traek-tilbage"}).status_code == 403
    proposal.refresh_from_db()
    assert proposal.is_open


def test_unknown_action_is_said_so(client, trial, coordinator, ministry):
    proposal = new_title(trial, coordinator)
    client.force_login(ministry)
    assert "Vælg, om forslaget" in client.post(address(proposal), {"handling": "brænd"}).content.decode()


def test_personal_number_in_a_reason_is_refused(client, trial, coordinator):
    client.force_login(coordinator)
    url = reverse("trials:workspace_legal_fields", args=[trial.public_id])
    response = client.post(url, legal(trial, title="Ny", comment="Borger 010190-1234"))
    assert "CPR-nummer" in response.content.decode()
    assert not Proposal.objects.exists()


def test_list_has_a_constant_number_of_queries(client, trial, coordinator, ministry):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    def one_of_each() -> None:
        new_title(trial, coordinator)
        proposals.return_(new_title(trial, coordinator), "Nej", ministry)
        proposals.withdraw(new_title(trial, coordinator), coordinator)

    for user in (coordinator, ministry):
        client.force_login(user)
        one_of_each()
        queries()
        few = queries()
        for _ in range(5):
            one_of_each()
        assert queries() == few
