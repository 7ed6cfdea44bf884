"""Nobody outside the editorial staff learns who recorded a change: no page, file, feed or API answer names him."""

from datetime import date

import pytest
from django.urls import reverse

from networks.enums import Channel
from networks.recording import recording
from tests import factories
from tests.roles import make_coordinator
from trials import proposals, workflow
from trials.enums import Status
from trials.exports.forms import FORMS
from trials.exports.listings import LISTINGS
from trials.models import Assessment

pytestmark = pytest.mark.django_db

NAMES = ("xanthippe", "quistgaard", "xq@eksempel.dk")
"""Distinctive: no text of the site holds them."""


@pytest.fixture
def written_by_her():
    """A trial of which everything was written by one user, in every way there is."""
    network = factories.make_network(1, "Netværket")
    user = make_coordinator(network)
    user.username, user.first_name, user.last_name, user.email = NAMES[0], NAMES[0].title(), NAMES[1], NAMES[2]
    user.save()
    with recording(Channel.PAGE, user, "Skrevet af hende"):
        municipality = factories.make_municipality("Thisted")
        factories.make_membership(network, municipality)
        trial = factories.make_trial("Mikrolån", network, [municipality], content="Indhold")
        participation = trial.participations.get()
        factories.make_basis(trial, factories.make_provision(27, "c"))
        evaluation = factories.make_evaluation(trial)
        figure = factories.make_observation(trials=[trial], municipalities=[municipality])
        experience = factories.make_experience(trials=[trial])
        factories.make_milestone(trials=[trial], planned_from=date(2019, 1, 1), planned_to=date(2019, 1, 1))
        factories.make_outcome(trial)
        wrong = factories.make_status(participation, Status.ENDED, by=user)
        factories.make_status(trial, Status.RUNNING, by=user)
        right = workflow.Change(Status.RUNNING, date(2019, 2, 1), note="Rettet")
        workflow.correct(wrong, right, user)
        Assessment.objects.create(finding=f"no_coordinator:{network.pk}", text="På vej", assessed_by=user)
        for record in (trial, participation, evaluation, figure, experience):
            record.history.update(history_user=user)
        proposals.accept(factories.make_proposal(trial, user, "Små lån"), user, answer="Ja")
    trial.refresh_from_db()
    return trial


def _addresses(trial) -> list[str]:
    pages = [
        *(
            "/",
            "/om/",
            "/forsoeg/",
            "/forsoeg.atom",
            "/milepaele/",
            "/milepaele.ics",
            "/aktivitetstal/",
            "/erfaringer/",
        ),
        *("/evalueringer/", "/hjemler/", "/netvaerk/", "/kommuner/", "/tal/", "/datakvalitet/", "/data/", "/ordbog/"),
        *("/soeg/?q=mikrolån", "/sitemap.xml", "/privatliv/", f"/sammenlign/?forsoeg={trial.public_id}"),
        *(f"/{name}.atom" for name in ("evalueringer", "aktivitetstal", "erfaringer", "milepaele")),
        *(f"/{name}.{ending}" for name in LISTINGS for ending in FORMS if ending != "xlsx"),
        *(f"/api/v1/{name}" for name in LISTINGS),
        *("/data/datapackage.json", "/data/katalog.jsonld", "/api/", "/api/v1/openapi.json"),
        *(trial.get_absolute_url(), f"/forsoeg/{trial.public_id}.json", f"/forsoeg/{trial.public_id}.atom"),
        *("/netvaerk/netvaerket/", "/netvaerk/netvaerket/skema/", "/netvaerk/netvaerket.atom"),
        *("/kommuner/thisted/", "/kommuner/thisted.atom", trial.evaluations.get().get_absolute_url()),
    ]
    return pages


def test_no_public_exit_names_who_recorded_a_change(client, written_by_her):
    addresses = _addresses(written_by_her)
    assert len(addresses) > 60
    named = {}
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode("utf-8", "replace").lower()
        if any(name in text for name in NAMES):
            named[address] = text
    assert named == {}


def test_the_history_does(client, written_by_her):
    client.force_login(make_coordinator(written_by_her.network))
    page = client.get(reverse("trials:workspace_trial_history", args=[written_by_her.public_id])).content.decode()
    assert "Xanthippe quistgaard" in page
