"""The designs' list and pages: who sees them, how one is begun, and what they cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, roles
from tests.workspace.design.steps import LIST, WHOLE, page
from trials.enums import DesignStatus, Method, MilestoneKind, Publication
from trials.models import Evaluation, EvaluationTrait
from trials.workspace.design.overview import STEPS

pytestmark = pytest.mark.django_db


class TestWho:
    """Role by role: the list, the overview, a step opened and a step sent."""

    def answers(self, client, user, design) -> tuple[int, int, int, int]:
        if user:
            client.force_login(user)
        seen = STEPS["resultater"](Evaluation.objects.get(pk=design.pk))["seen"].value()
        sent = client.post(page(design, "resultater"), {"expected_results": "Flere i arbejde", "seen": seen})
        pages = (page(design), page(design, "resultater"), page(design, "forsoeg"))
        return (*(client.get(address).status_code for address in pages), sent.status_code)

    def test_each_role(self, client, design):
        network, member = design.trials.get().network, factories.make_municipality()
        factories.make_membership(network, member)
        expected = {
            (200, 200, 200, 302): [roles.make_coordinator(network), roles.make_ministry()],
            (200, 200, 403, 302): [roles.make_evaluator(design)],
            (200, 403, 403, 403): [roles.make_reader()],
            (403, 403, 403, 403): [
                roles.make_coordinator(factories.make_network(2)),
                roles.make_contact(member),
                roles.make_user(),
                roles.make_evaluator(factories.make_evaluation(factories.make_trial("Andet", network))),
                roles.make_coordinator(network, to_on=date(2018, 1, 1)),
            ],
        }
        for answer, users in expected.items():
            for user in users:
                Evaluation.objects.update(expected_results="")
                assert self.answers(client, user, design) == answer, user
                written = Evaluation.objects.get(pk=design.pk).expected_results
                assert written == ("Flere i arbejde" if answer[3] == 302 else "")

    def test_not_signed_in_is_sent_to_the_login(self, client, design):
        for address in (LIST, page(design), page(design, "metode"), f"{LIST}ny/"):
            response = client.get(address)
            assert (response.status_code, response.url.partition("?")[0]) == (302, "/konto/login/")

    def test_evaluation_of_a_draft_is_not_there_for_others(self, client, design):
        design.trials.update(publication=Publication.DRAFT)
        client.force_login(roles.make_contact(factories.make_municipality()))
        assert client.get(page(design)).status_code == 404

        client.force_login(roles.make_evaluator(design))
        assert client.get(page(design)).status_code == 200

    def test_list_holds_ones_own(self, client, design):
        other = factories.make_evaluation(factories.make_trial("Andet", factories.make_network(2)))
        expected = {
            roles.make_coordinator(design.trials.get().network): [design],
            roles.make_evaluator(other): [other],
            roles.make_ministry(): [design, other],
            roles.make_reader(): [design, other],
            roles.make_contact(factories.make_municipality()): [],
        }
        for user, found in expected.items():
            client.force_login(user)
            assert [row.evaluation for row in client.get(LIST).context["page_obj"]] == found

    def test_reader_has_no_way_to_change(self, client, design):
        client.force_login(roles.make_reader())
        answer = client.get(page(design)).content.decode()

        assert "Rediger" not in answer
        assert "Markér som indsendt" not in answer

    def test_unknown_evaluation_or_step_is_404(self, keeper, design):
        for address in (f"{LIST}E-9999/", f"{LIST}E-9999/metode/", page(design, "ukendt"), f"{LIST}%00/"):
            assert keeper.get(address).status_code == 404


class TestStarting:
    def test_evaluation_of_several_trials_is_begun(self, client):
        network = factories.make_network(1)
        one, two = factories.make_trial("Et", network), factories.make_trial("To", network)
        client.force_login(roles.make_coordinator(network))
        assert client.get(f"{LIST}ny/?forsoeg={one.public_id}").context["form"]["covered"].value() == [one.public_id]
        response = client.post(f"{LIST}ny/", {"covered": [one.public_id, two.public_id]})

        made = Evaluation.objects.get()
        assert response.url == page(made)
        assert set(made.trials.all()) == {one, two}
        assert made.design_status == DesignStatus.NOT_FINISHED

    def test_trial_of_another_network_is_refused(self, client):
        network, stranger = factories.make_network(1), factories.make_trial("Andet", factories.make_network(2))
        client.force_login(roles.make_coordinator(network))
        response = client.post(f"{LIST}ny/", {"covered": [stranger.public_id]})

        assert response.context["form"].messages == [f"Netværket har ikke et forsøg med id’et »{stranger.public_id}«."]
        assert client.get(f"{LIST}ny/?netvaerk={stranger.network.slug}").status_code == 403
        assert client.get(f"{LIST}ny/?netvaerk=ukendt").status_code == 404
        assert Evaluation.objects.count() == 0

    def test_at_least_one_trial_is_chosen(self, client):
        client.force_login(roles.make_coordinator(factories.make_network(1)))

        assert client.post(f"{LIST}ny/", {}).context["form"].messages == ["Vælg mindst ét forsøg."]

    def test_one_with_several_networks_chooses(self, client):
        factories.make_network(1), factories.make_network(2)
        client.force_login(roles.make_ministry())

        assert len(client.get(f"{LIST}ny/").context["networks"]) == 2

    def test_those_who_keep_no_network_may_not(self, client, design):
        for user in (
            roles.make_reader(),
            roles.make_evaluator(design),
            roles.make_contact(factories.make_municipality()),
        ):
            client.force_login(user)
            assert client.get(f"{LIST}ny/").status_code == 403


def test_list_is_narrowed_to_what_is_missing(keeper, design):
    whole = factories.make_evaluation(factories.make_trial("Helt"), **WHOLE)

    assert {row.evaluation for row in keeper.get(LIST).context["page_obj"]} == {design, whole}
    assert [row.evaluation for row in keeper.get(f"{LIST}?vis=mangler").context["page_obj"]] == [design]
    refused = keeper.get(f"{LIST}?vis=alt")
    assert refused.status_code == 400
    assert "»alt« er ikke et udvalg af evalueringer." in refused.content.decode()


@pytest.mark.parametrize("side", ["0", "2", "x", "9" * 30, "²"])
def test_page_that_is_not_there_is_404(keeper, design, side):
    assert keeper.get(f"{LIST}?side={side}").status_code == 404


def test_list_and_pages_cost_the_same_with_1_and_20(keeper, design):
    network = design.trials.get().network

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert keeper.get(address).status_code == 200
        return len(captured)

    asked = [LIST, f"{LIST}?vis=mangler", f"{LIST}ny/", page(design), *(page(design, step) for step in STEPS)]
    factories.make_milestone("Slutevaluering", MilestoneKind.EVALUATION_FINAL, list(design.trials.all()))
    few = {address: cost(address) for address in asked}
    for number in range(20):
        trial = factories.make_trial(f"Forsøg {number}", network)
        made = factories.make_evaluation(trial)
        EvaluationTrait.objects.create(evaluation=made, trait=Method.SURVEY)
        design.coverages.create(trial=trial)
        factories.make_milestone("Slutevaluering", MilestoneKind.EVALUATION_FINAL, [trial])

    assert {address: cost(address) for address in asked} == few
