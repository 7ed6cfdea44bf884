"""The day of the last change moves with what the public sees, and with nothing else."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, roles
from tests.exports.register import make_draft, make_whole
from trials.enums import Method, Publication, Status
from trials.exports.package.changed import KEPT_INSIDE, PUBLIC, last_changed
from trials.models import Coverage, Trial
from trials.workspace import related

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> Trial:
    return make_whole(1)[0]


@pytest.fixture
def draft(trial) -> Trial:
    return make_draft()


def moved(what) -> bool:
    """Whether the day is another after calling `what`."""
    before = last_changed()
    what()
    return last_changed() != before


def hanging_on(trial: Trial) -> list:
    """A record of each kind that hangs on the trial."""
    evaluation = trial.evaluations.get()
    cell = trial.cells.get(column=3)
    act = trial.legal_bases.exclude(provision=None).first().provision.act
    several = [getattr(trial, name).first() for name in ("observations", "experiences", "milestones", "contradictions")]
    ones = [getattr(trial, name).first() for name in ("participations", "legal_bases", "coverages", "outcomes")]
    trait = evaluation.traits.get_or_create(trait=Method.SURVEY)[0]
    return [trial, evaluation, trait, cell.corrections.get(), act, act.provisions.first(), *several, *ones]


def test_every_model_with_a_history_is_public_or_kept_inside() -> None:
    assert set(PUBLIC) | KEPT_INSIDE == set(related._with_history())
    assert not set(PUBLIC) & KEPT_INSIDE


def test_moves_with_each_public_record(trial) -> None:
    records = [*hanging_on(trial), trial.network, trial.participations.get().municipality]
    still = [record for record in records if not moved(record.save)]
    assert still == []
    assert moved(lambda: factories.make_status(trial, Status.RUNNING))


def test_stays_with_a_draft_and_all_that_hangs_on_it(draft) -> None:
    wrong = [record for record in hanging_on(draft) if moved(record.save)]
    assert wrong == []
    assert not moved(lambda: factories.make_status(draft, Status.RUNNING))
    assert not moved(lambda: factories.make_status(draft.participations.get(), Status.ENDED))
    assert not moved(lambda: factories.make_observation(trials=[draft]))
    assert not moved(lambda: factories.make_milestone(trials=[draft]))
    assert not moved(draft.coverages.get().delete)
    assert not moved(draft.observations.first().delete)
    assert not moved(draft.outcomes.first().delete)


def test_stays_with_what_is_the_workspaces_own(client, trial) -> None:
    author, network = roles.make_user(), trial.network
    before, described = last_changed(), client.get("/data/datapackage.json").content
    template = factories.make_template(network)
    report = factories.make_report(template, trial.participations.get())
    report.save()
    template.save()
    idea = factories.make_idea(network, author)
    factories.make_comment(idea, author)
    factories.make_interest(idea, author)
    roles.make_evaluator(trial.evaluations.get(), author)
    roles.make_reader(author)
    assert last_changed() == before
    assert client.get("/data/datapackage.json").content == described


def test_the_files_say_the_same_when_a_draft_is_edited(client, draft) -> None:
    files = ("/data/datapackage.json", "/data/katalog.jsonld", "/data/frikommuneregisteret.zip")
    before = {address: client.get(address).content for address in files}
    draft.title = "Endnu mere hemmeligt"
    draft.save()
    assert {address: client.get(address).content for address in files} == before
    draft.publication = Publication.PUBLISHED
    draft.save()
    created = json.loads(client.get(files[0]).content)["created"]
    assert created >= json.loads(before[files[0]])["created"]
    assert all(client.get(address).content != content for address, content in before.items())


def test_moves_when_a_trial_is_published_and_when_it_is_hidden_again(draft) -> None:
    def become(publication):
        draft.publication = publication
        draft.save()

    assert moved(lambda: become(Publication.PUBLISHED))
    hidden = moved(lambda: become(Publication.DRAFT))
    assert hidden
    assert not moved(draft.save), "it is as hidden as before"


def test_never_goes_back_when_something_is_hidden_or_deleted(trial) -> None:
    steps = [
        trial.outcomes.first().delete,
        trial.observations.first().delete,
        lambda: trial.experiences.first().trials.clear(),
        trial.legal_bases.first().delete,
        trial.coverages.get().delete,
    ]
    before = last_changed()
    for step in steps:
        step()
        after = last_changed()
        assert after > before, step
        before = after
    trial.publication = Publication.DRAFT
    trial.save()
    assert last_changed() > before


def test_moves_when_a_figure_goes_from_a_public_trial_to_a_draft(trial, draft) -> None:
    figure = trial.observations.first()
    assert moved(lambda: figure.trials.set([draft]))
    assert not moved(figure.save)
    assert moved(lambda: figure.trials.set([trial]))


def test_moves_when_a_network_gets_a_coordinator_since_the_lack_of_one_is_a_finding(trial) -> None:
    assert moved(lambda: roles.make_coordinator(trial.network))


def test_moves_when_an_evaluation_comes_to_cover_a_public_trial(trial, draft) -> None:
    evaluation = draft.evaluations.get()
    assert moved(lambda: Coverage.objects.create(evaluation=evaluation, trial=trial))
    assert moved(evaluation.save)


def test_moves_when_a_figure_of_a_network_alone_is_deleted(trial) -> None:
    figure = factories.make_observation(network=trial.network)
    assert moved(figure.delete)


def test_moves_at_the_first_change_of_what_a_fixture_brought(trial) -> None:
    Trial.history.all().delete()
    trial.publication = Publication.DRAFT
    assert moved(trial.save)
    assert not moved(trial.save)


def test_costs_the_same_whatever_there_is(trial) -> None:
    with CaptureQueriesContext(connection) as one:
        last_changed()
    make_whole(3)
    make_draft()
    with CaptureQueriesContext(connection) as many:
        last_changed()
    assert len(one) == len(many) == len(PUBLIC) + 1
