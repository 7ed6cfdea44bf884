"""A trial of two municipalities, its coordinator signed in, and a template of its network."""

import pytest

from tests import factories, roles
from trials.enums import QuestionKind


@pytest.fixture
def trial():
    """FKII-1-01 in Thisted and Læsø, members of its network."""
    network = factories.make_network(1, "Arbejde")
    members = [factories.make_municipality("Thisted", "787"), factories.make_municipality("Læsø", "825")]
    for member in members:
        factories.make_membership(network, member)
    return factories.make_trial("Mikrolån", network, members)


@pytest.fixture
def kept(client, trial):
    """The client of the coordinator of the trial's network."""
    client.force_login(roles.make_coordinator(trial.network))
    return client


@pytest.fixture
def template(trial):
    """A template with a question of each kind, the first of which must be answered."""
    template = factories.make_template(trial.network, texts=())
    factories.make_question(template, "Hvad lærte I?", is_required=True)
    factories.make_question(template, "Hvor meget?", QuestionKind.NUMBER)
    factories.make_question(template, "Hvordan?", QuestionKind.CHOICE, choices="Godt\nSkidt")
    factories.make_question(template, "Anbefales det?", QuestionKind.YES_NO)
    factories.make_question(template, "Hvornår?", QuestionKind.DATE)
    return template
