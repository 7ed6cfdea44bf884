"""A register with a row in every list, made for tests that go through all of them."""

import csv
import io
from datetime import date

from django.test import Client

from networks.models import Network
from tests import factories
from trials.enums import BasisKind, BasisRole, Publication, Status
from trials.models import Provision, Trial


def make_whole(number: int, network: Network | None = None, **fields) -> list[Trial]:
    """So many trials with something in every list that is about trials, each with law and municipality of its own."""
    network = network or Network.objects.first() or factories.make_network(1, "Arbejde")
    return [_make_trial(network, **fields) for _ in range(number)]


def make_draft() -> Trial:
    """A draft with something in every list, and with words that nothing else has; one provision is another's too."""
    shared = Provision.objects.order_by("pk").first()
    draft = make_whole(1, publication=Publication.DRAFT, title="Hemmeligt forsøg")[0]
    if shared:
        factories.make_basis(draft, shared)
    return draft


def _make_trial(network: Network, title: str = "Mikrolån", **fields) -> Trial:
    place = 1 + network.trials.count()
    municipality = factories.make_municipality()
    factories.make_membership(network, municipality)
    factories.make_network_text(network, text=f"Tekst {place}.")
    trial = factories.make_trial(title, network, status=Status.PLANNED, number=place, **fields)
    factories.make_participation(trial, municipality, Status.RUNNING, decided_on=date(2018, 3, 1))
    cells = factories.make_cells(trial, [title] * 7)
    factories.make_correction(cells[2], verbatim=title)
    grounds = {"cell": cells[2], "source": cells[2].source, "quotation": title}
    act = factories.make_act(f"lov-{network.number}-{place}", f"Lov om {title} {network.number}-{place}")
    factories.make_basis(trial, factories.make_provision(1, act=act), note=title, **grounds)
    factories.make_basis(trial, factories.make_provision(2, act=act), role=BasisRole.DEVIATES_FROM)
    factories.make_basis(trial, kind=BasisKind.EXISTING_LAW)
    factories.make_evaluation(trial, code=f"E-{trial.public_id}", name=f"Evaluering af {title}")
    factories.make_observation(title, trials=[trial], municipalities=[municipality], **grounds)
    factories.make_experience(title, trials=[trial], municipalities=[municipality], **grounds)
    factories.make_milestone(title, trials=[trial], **grounds)
    factories.make_outcome(trial, reason=title, **grounds)
    factories.make_contradiction(title, [trial])
    return trial


def rows(client: Client, name: str, query: str = "") -> list[dict[str, str]]:
    """The rows of a list as CSV. It must answer 200."""
    response = client.get(f"/{name}.csv?{query}")
    assert response.status_code == 200, response.content.decode()[:500]
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8"), newline="")))


def ids(client: Client, name: str, query: str = "") -> list[str]:
    """The ids of the rows of a list, in their order."""
    return [row["id"] for row in rows(client, name, query)]
