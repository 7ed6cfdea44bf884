"""A change set is taken back as a whole or in part; a revert is a change set too."""

from datetime import date

import pytest
from django.urls import reverse

from networks.enums import Channel
from networks.models import ChangeSet
from networks.recording import recording
from tests import factories
from tests.roles import make_coordinator, make_ministry, make_reader, make_user
from trials import workflow
from trials.enums import Reason, Status
from trials.models import LegalBasis, Observation, Participation, Trial
from trials.workflow import Refused
from trials.workspace import leave, related, revert

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> Trial:
    network = factories.make_network(1)
    return factories.make_trial("Mikrolån", network, [factories.make_municipality("Thisted")], content="Før")


@pytest.fixture
def ministry():
    return make_ministry()


def change(record, **values) -> ChangeSet:
    """A change set in which someone gives the record these values."""
    with recording(Channel.PAGE, make_user()) as made:
        fresh = type(record).objects.get(pk=record.pk)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()
    return made.change_set


def take_back(change_set, trial, user, chosen=None, note="Forkert") -> ChangeSet:
    """Take back what is suggested, or `chosen`, as the page does."""
    keys = related.of_trial(trial)
    steps = revert.steps(change_set, keys, user)
    codes = [step.code for step in steps if step.is_suggested] if chosen is None else chosen
    return revert.revert(change_set, keys, user, codes, revert.state(steps), note)


def test_fields_get_their_old_values_and_it_can_be_reverted_itself(trial, ministry):
    made = change(trial, content="Efter", target_group="Unge")
    back = take_back(made, trial, ministry)
    trial.refresh_from_db()
    assert (trial.content, trial.target_group) == ("Før", "")
    assert (back.reverts, back.made_by, back.note) == (made, ministry, "Forkert")
    take_back(back, trial, ministry)
    trial.refresh_from_db()
    assert (trial.content, trial.target_group) == ("Efter", "Unge")


def test_what_others_changed_since_stays_unless_it_is_chosen(trial, ministry):
    made = change(trial, content="Efter", target_group="Unge", summary="Kort")
    change(trial, content="Senere", implementation="Senere")
    keys = related.of_trial(trial)
    steps = {step.label: step for step in revert.steps(made, keys, ministry)}
    assert steps["indhold"].is_touched
    assert not steps["indhold"].is_suggested
    assert (steps["indhold"].now, steps["indhold"].back) == ("Senere", "Før")
    take_back(made, trial, ministry)
    trial.refresh_from_db()
    assert (trial.content, trial.target_group, trial.implementation) == ("Senere", "", "Senere")
    take_back(made, trial, ministry, [steps["indhold"].code])
    trial.refresh_from_db()
    assert trial.content == "Før"


def test_new_records_are_removed_and_deleted_ones_come_back(trial, ministry):
    with recording(Channel.PAGE, make_user()) as made:
        figure = factories.make_observation(trials=[trial], municipalities=[factories.make_municipality()])
    back = take_back(made.change_set, trial, ministry)
    assert not Observation.objects.exists()
    take_back(back, trial, ministry)
    again = Observation.objects.get()
    assert (again.pk, again.code, list(again.trials.all())) == (figure.pk, figure.code, [trial])
    assert again.municipalities.count() == 1


def test_new_record_on_which_something_hangs_stays(trial, ministry):
    with recording(Channel.PAGE, make_user()) as made:
        participation = factories.make_participation(trial)
    factories.make_status(participation, Status.RUNNING)
    with pytest.raises(Refused, match="hænger andet ved det: statushændelser"):
        take_back(made.change_set, trial, ministry)
    assert Participation.objects.filter(pk=participation.pk).exists()


def test_links_to_trials_are_put_back(trial, ministry):
    figure = factories.make_observation(trials=[trial])
    other = factories.make_trial("Andet", trial.network)
    with recording(Channel.PAGE, make_user()) as made:
        figure.trials.set([other])
    take_back(made.change_set, trial, ministry)
    assert list(figure.trials.all()) == [trial]


def test_status_is_reverted_through_the_workflow(trial, ministry):
    participation = trial.participations.get()
    factories.make_status(participation, Status.AWAITING, date(2018, 1, 1), reason=Reason.LEGAL)
    with recording(Channel.PAGE, make_user()) as made:
        factories.make_status(participation, Status.STARTED, date(2018, 2, 1))
        factories.make_status(participation, Status.RUNNING, date(2018, 3, 1))
    back = take_back(made.change_set, trial, ministry)
    participation.refresh_from_db()
    assert participation.status == workflow.replay(participation) == Status.AWAITING
    assert participation.events.in_effect().first().reason == Reason.LEGAL
    assert participation.events.count() == 5, "nothing is deleted"
    take_back(back, trial, ministry)
    participation.refresh_from_db()
    assert participation.status == workflow.replay(participation) == Status.RUNNING


def test_status_followed_by_another_is_not_suggested(trial, ministry):
    with recording(Channel.PAGE, make_user()) as made:
        factories.make_status(trial, Status.RUNNING, date(2018, 1, 1))
    factories.make_status(trial, Status.ENDED, date(2019, 1, 1))
    [step] = revert.steps(made.change_set, related.of_trial(trial), ministry)
    assert step.is_touched
    with pytest.raises(Refused, match="Vælg"):
        take_back(made.change_set, trial, ministry)


def test_confirmation_is_taken_back(trial, ministry):
    factories.make_status(trial, Status.RUNNING)
    with recording(Channel.PAGE, make_user()) as made:
        workflow.confirm(trial, date(2019, 3, 1))
    take_back(made.change_set, trial, ministry)
    trial.refresh_from_db()
    assert trial.confirmed_on is None


def test_legal_meaning_is_the_ministrys(trial):
    coordinator = make_coordinator(trial.network)
    made = change(trial, title="Ny titel", content="Efter")
    steps = {step.label: step for step in revert.steps(made, related.of_trial(trial), coordinator)}
    assert steps["titel"].barred == leave.LEGAL
    assert not steps["indhold"].barred
    with pytest.raises(Refused, match="kan ikke tilbageføres"):
        take_back(made, trial, coordinator, [steps["titel"].code])
    with recording(Channel.PAGE, make_user()) as basis:
        factories.make_basis(trial)
    [step] = revert.steps(basis.change_set, related.of_trial(trial), coordinator)
    assert step.barred == leave.UNALLOWED["delete"]
    assert LegalBasis.objects.exists()


def test_register_changed_since_the_page_was_opened(trial, ministry):
    made = change(trial, content="Efter")
    keys = related.of_trial(trial)
    steps = revert.steps(made, keys, ministry)
    change(trial, content="Senere")
    with pytest.raises(Refused, match="siden du åbnede siden"):
        revert.revert(made, keys, ministry, [steps[0].code], revert.state(steps), "Forkert")
    trial.refresh_from_db()
    assert trial.content == "Senere"


@pytest.mark.parametrize("note", ["", "  ", "Borger 010190-1234"])
def test_note_must_say_why_without_a_personal_number(trial, ministry, note):
    made = change(trial, content="Efter")
    with pytest.raises(Exception, match=r"Skriv, hvorfor|CPR"):
        take_back(made, trial, ministry, note=note)


def test_what_concerns_another_trial_stays(trial, ministry):
    other = factories.make_trial("Andet", trial.network, content="Før")
    with recording(Channel.PAGE, make_user()) as made:
        for each in (trial, other):
            each.content = "Efter"
            each.save()
    take_back(made.change_set, trial, ministry)
    trial.refresh_from_db()
    other.refresh_from_db()
    assert (trial.content, other.content) == ("Før", "Efter")


def test_page_shows_and_does_it(client, trial):
    client.force_login(make_coordinator(trial.network))
    made = change(trial, content="Efter")
    history = reverse("trials:workspace_trial_history", args=[trial.public_id])
    url = reverse("trials:workspace_trial_revert", args=[trial.public_id, made.pk])
    assert url in client.get(history).content.decode()
    response = client.get(url)
    [(step, chosen)] = response.context["steps"]
    assert chosen
    sent = {"set": response.context["seen"], "tilbage": [step.code]}
    refused = client.post(url, sent | {"begrundelse": ""})
    assert "Skriv, hvorfor" in refused.content.decode()
    done = client.post(url, sent | {"begrundelse": "Skrevet på det forkerte forsøg"}, follow=True)
    assert "Tilbagefører ændringen fra" in done.content.decode()
    assert "Skrevet på det forkerte forsøg" in done.content.decode()
    trial.refresh_from_db()
    assert trial.content == "Før"
    network = reverse("trials:workspace_network_revert", args=[trial.network.slug, made.pk])
    assert client.get(network).status_code == 200


def test_page_is_for_those_who_keep_the_network(client, trial):
    made = change(trial, content="Efter")
    other = factories.make_trial("Andet", factories.make_network(2))
    url = reverse("trials:workspace_trial_revert", args=[trial.public_id, made.pk])
    for user in (make_coordinator(other.network), make_reader()):
        client.force_login(user)
        assert client.get(url).status_code == 403
        assert client.post(url, {"begrundelse": "x"}).status_code == 403
    client.force_login(make_coordinator(other.network))
    elsewhere = reverse("trials:workspace_trial_revert", args=[other.public_id, made.pk])
    assert client.get(elsewhere).status_code == 404, "the change set has nothing of this trial"
