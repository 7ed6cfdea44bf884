"""Nothing is taken back by one who may not do the same on the record's own page: the rules are asked of each step."""

import pytest
from django.urls import reverse

from networks.enums import Channel
from networks.recording import recording
from tests import factories
from tests.roles import make_coordinator, make_ministry, make_user
from tests.workspace.test_revert import change, take_back
from trials.enums import Status
from trials.models import Coverage, Evaluation, Observation, Template, Trial
from trials.workflow import Refused
from trials.workspace import leave, related, revert

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> Trial:
    return factories.make_trial("Mikrolån", factories.make_network(1))


@pytest.fixture
def foreign() -> Trial:
    return factories.make_trial("Andet", factories.make_network(2))


@pytest.fixture
def coordinator(trial):
    return make_coordinator(trial.network)


def barred(change_set, trial, user) -> dict[str, str]:
    """By label: why each step is barred."""
    return {step.label: step.barred for step in revert.steps(change_set, related.of_trial(trial), user)}


def refused(change_set, trial, user) -> None:
    """Every step is refused, also when it is chosen by hand."""
    codes = [step.code for step in revert.steps(change_set, related.of_trial(trial), user)]
    with pytest.raises(Refused, match="kan ikke tilbageføres"):
        take_back(change_set, trial, user, codes)


def test_evaluation_that_once_covered_a_trial_is_anothers(client, trial, foreign, coordinator):
    evaluation = factories.make_evaluation(foreign)
    Coverage.objects.create(evaluation=evaluation, trial=trial).delete()
    made = change(evaluation, method="Efter")
    client.force_login(coordinator)
    url = reverse("trials:workspace_trial_revert", args=[trial.public_id, made.pk])

    page = client.get(url)

    [(step, chosen)] = page.context["steps"]
    assert (step.barred, chosen, page.context["possible"]) == (leave.ANOTHERS, False, False)
    client.post(url, {"set": page.context["seen"], "tilbage": [step.code], "begrundelse": "Forkert"})
    refused(made, trial, coordinator)
    evaluation.refresh_from_db()
    assert evaluation.method == "Efter"
    take_back(made, trial, make_ministry())
    evaluation.refresh_from_db()
    assert evaluation.method == ""


def test_figure_with_a_source_is_not_deleted_by_taking_it_back(trial, coordinator):
    with recording(Channel.PAGE, make_user()) as made:
        factories.make_observation(trials=[trial], source=factories.make_source())

    assert barred(made.change_set, trial, coordinator) == {"Oprettet": leave.SOURCED}
    refused(made.change_set, trial, coordinator)
    assert Observation.objects.exists()
    assert barred(made.change_set, trial, make_ministry()) == {"Oprettet": leave.SOURCED}, "as on its page"


def test_own_figure_goes_and_comes_back(trial, coordinator):
    with recording(Channel.PAGE, make_user()) as made:
        factories.make_observation(trials=[trial])
    back = take_back(made.change_set, trial, coordinator)
    assert not Observation.objects.exists()
    take_back(back, trial, coordinator)
    assert list(Observation.objects.get().trials.all()) == [trial]


def test_figure_shared_with_another_network_is_not_made_again_for_it(trial, foreign, coordinator):
    figure = factories.make_observation(trials=[trial, foreign])
    with recording(Channel.PAGE, make_user()) as made:
        figure.delete()

    [sentence] = barred(made.change_set, trial, coordinator).values()

    assert (foreign.title in sentence, trial.title in sentence) == (True, False)
    refused(made.change_set, trial, coordinator)
    both = make_coordinator(foreign.network, make_coordinator(trial.network))
    take_back(made.change_set, trial, both)
    assert Observation.objects.get().trials.count() == 2


def test_evaluation_of_the_ministry_is_not_deleted_with_its_coverage(trial, coordinator):
    with recording(Channel.PAGE, make_ministry()) as made:
        evaluation = factories.make_evaluation(trial)
    steps = revert.steps(made.change_set, related.of_trial(trial), coordinator)
    reasons = {step.change.model: step.barred for step in steps}

    assert reasons[Evaluation] == leave.UNALLOWED["delete"]
    refused(made.change_set, trial, coordinator)
    assert Evaluation.objects.filter(pk=evaluation.pk).exists()


def test_links_are_put_back_within_ones_own_networks(trial, foreign, coordinator):
    figure = factories.make_observation(trials=[trial, foreign])
    with recording(Channel.PAGE, make_user()) as made:
        figure.trials.set([trial])

    [sentence] = barred(made.change_set, trial, coordinator).values()

    assert (foreign.title in sentence, trial.title in sentence) == (True, False)
    refused(made.change_set, trial, coordinator)
    assert list(figure.trials.all()) == [trial]


def test_record_given_to_another_network_is_not_taken_from_it(trial, foreign, coordinator):
    figure = factories.make_observation(trials=[trial], network=None)
    with recording(Channel.PAGE, make_user()) as made:
        figure.trials.set([foreign])

    assert set(barred(made.change_set, trial, coordinator).values()) == {leave.ANOTHERS}
    assert set(barred(made.change_set, trial, make_coordinator(foreign.network)).values()) != {""}
    refused(made.change_set, trial, coordinator)


def test_network_of_a_record_is_put_back_by_one_who_keeps_both(trial, foreign, coordinator):
    figure = factories.make_observation(network=foreign.network, trials=[trial])
    made = change(figure, network=trial.network)

    [sentence] = barred(made, trial, coordinator).values()

    assert str(foreign.network) in sentence
    refused(made, trial, coordinator)
    take_back(made, trial, make_coordinator(foreign.network, make_coordinator(trial.network)))
    figure.refresh_from_db()
    assert figure.network == foreign.network


def test_participation_and_trial_are_removed_by_the_ministry(trial, coordinator):
    with recording(Channel.PAGE, make_user()) as made:
        factories.make_participation(trial)

    assert barred(made.change_set, trial, coordinator) == {"Oprettet": leave.UNALLOWED["delete"]}
    assert barred(made.change_set, trial, make_ministry()) == {"Oprettet": ""}


def test_coordinator_takes_back_what_was_done_to_a_template_of_his_own(trial, coordinator):
    template = Template.objects.create(network=trial.network, name="Før")
    shared = Template.objects.create(name="Før")
    keys = {Template: {template.pk, shared.pk}}
    with recording(Channel.PAGE, make_user()) as made:
        for each in (template, shared):
            each.name = "Efter"
            each.save()
    reasons = {step.change.key: step.barred for step in revert.steps(made.change_set, keys, coordinator)}

    assert reasons == {template.pk: "", shared.pk: leave.ANOTHERS}


def test_status_of_a_trial_of_anothers_is_anothers(trial, foreign, coordinator):
    with recording(Channel.PAGE, make_user()) as made:
        factories.make_status(foreign, Status.RUNNING)

    [step] = revert.steps(made.change_set, related.of_trial(foreign), coordinator)
    assert step.barred == leave.ANOTHERS
    refused(made.change_set, foreign, coordinator)
    assert not revert.steps(made.change_set, related.of_trial(foreign), make_coordinator(foreign.network))[0].barred
