"""The tests' own tools: rows made by `tests.factories`, and the shipped register rolled back after its class."""

import pytest

from tests import factories
from trials.enums import Status
from trials.models import Trial

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("register")
class TestRegister:
    def test_register_has_79_trials(self):
        assert Trial.objects.count() == 79
        Trial.objects.update(publication="draft")

    def test_register_is_restored_after_each_test(self):
        assert Trial.objects.visible_to(None).count() == 79


def test_register_is_gone_after_its_class():
    assert not Trial.objects.exists()


def test_make_trial_with_status():
    aalborg = factories.make_municipality("Aalborg")
    trial = factories.make_trial("Mikrolån", municipalities=[aalborg], status=Status.RUNNING)

    assert trial.status == Status.RUNNING
    assert trial.public_id == "FKII-1-01"
    assert [p.municipality for p in trial.participations.all()] == [aalborg]
    assert factories.make_trial("To").public_id == "FKII-1-02"


def test_make_everything_else():
    trial, other = factories.make_trial("En"), factories.make_trial("To")
    cells = factories.make_cells(trial, ["En", "Ingen forsøgskommune"])
    factories.make_correction(cells[2])
    basis = factories.make_basis(trial, factories.make_provision(27, "c"))
    evaluation = factories.make_evaluation(trial, shared_by=[other])

    assert cells[0].place == "Bilagstabel 2.1, række 1, »Titel«, side 35"
    assert str(basis) == "Lov om frikommunenetværk § 27 c"
    assert set(evaluation.trials.all()) == {trial, other}


def test_make_what_was_learnt():
    trial, aalborg = factories.make_trial(), factories.make_municipality("Aalborg")
    figure = factories.make_observation(trials=[trial], municipalities=[aalborg])
    experience = factories.make_experience(trials=[trial], municipalities=[aalborg])
    milestone = factories.make_milestone(trials=[trial])
    contradiction = factories.make_contradiction(trials=[trial])
    purpose = factories.make_network_text(trial.network)
    focus = factories.make_focus(factories.make_membership(trial.network, aalborg))

    assert {figure.network, experience.network, milestone.network, purpose.network} == {trial.network}
    assert list(figure.municipalities.all()) == list(experience.municipalities.all()) == [aalborg]
    assert [place.place for place in contradiction.places.all()] == ["afsnit 1.1", "afsnit 1.2"]
    assert factories.make_outcome(trial) == trial.outcomes.get()
    assert focus.membership.municipality == aalborg
