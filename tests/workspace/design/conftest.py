"""A design of which nothing is described, and one who may describe it."""

import pytest

from tests import factories, roles
from trials.enums import DesignStatus
from trials.models import Evaluation


@pytest.fixture
def design() -> Evaluation:
    """The evaluation of a trial in a network, of which nothing is described yet."""
    network = factories.make_network(1)
    trial = factories.make_trial("Mikrolån", network)
    return factories.make_evaluation(trial, DesignStatus.NOT_FINISHED)


@pytest.fixture
def keeper(client, design):
    """The client, signed in as the network's coordinator."""
    client.force_login(roles.make_coordinator(design.trials.get().network))
    return client
