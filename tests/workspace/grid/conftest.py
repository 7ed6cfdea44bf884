"""A network with two trials in three municipalities, and its coordinator signed in."""

from datetime import date

import pytest

from networks.models import Network
from tests import factories, roles
from trials.models import Participation


@pytest.fixture
def network() -> Network:
    """Network 1 with Thisted, Læsø and Morsø in two trials."""
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    municipalities = [factories.make_municipality(name) for name in ("Thisted", "Læsø", "Morsø")]
    for municipality in municipalities:
        factories.make_membership(network, municipality)
    for number in (1, 2):
        factories.make_trial(f"Forsøg {number}", network, municipalities, number=number)
    Participation.objects.update(decided_on=date(2018, 1, 1))
    return network


@pytest.fixture
def coordinator(client, network):
    user = roles.make_coordinator(network)
    client.force_login(user)
    return user
