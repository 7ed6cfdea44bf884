"""Contact details in the admin: kept, and whoever wrote them is told."""

import pytest
from django.contrib.messages import WARNING, get_messages

from networks.models import NetworkText
from tests import roles
from tests.admin import make_one_of_everything, trial_page, url
from trials.enums import Precision, Status
from trials.models import LegalBasis, Milestone, Trial

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ministry(client):
    client.force_login(roles.make_ministry())


@pytest.fixture
def trial() -> Trial:
    make_one_of_everything(1)
    return Trial.objects.get()


def warnings(response) -> list[str]:
    """The warnings after a change; the form must have been accepted."""
    assert response.status_code == 302, response.context["errors"]
    return [str(message) for message in get_messages(response.wsgi_request) if message.level == WARNING]


def about(detail: str) -> str:
    return f"Teksten indeholder »{detail}«. Er det en persons oplysning, så fjern den."


def test_what_is_written_is_warned_of_once(client, trial) -> None:
    address = url(Trial, "change", trial.pk)
    written = {"content": "Ring til 20304050 eller a@b.dk"}
    response = client.post(address, trial_page(trial, **written, summary="Skriv til a@b.dk"))

    assert warnings(response) == [about("a@b.dk"), about("20304050")]
    assert Trial.objects.get().content == written["content"]


def test_what_stood_there_is_not_warned_of_again(client, trial) -> None:
    Trial.objects.update(content="Ring til 20304050")
    trial.refresh_from_db()

    assert warnings(client.post(url(Trial, "change", trial.pk), trial_page(trial, title="Ny titel"))) == []


def test_rows_of_a_page_are_looked_at(client, trial) -> None:
    basis = LegalBasis.objects.get()
    row = {"id": basis.pk, "trial": trial.pk, "kind": basis.kind, "note": "Spørg a@b.dk"}
    address = url(Trial, "change", trial.pk)

    assert warnings(client.post(address, trial_page(trial, legal_bases=[row]))) == [about("a@b.dk")]


def test_new_record_is_looked_at(client, trial) -> None:
    sent = {"network": trial.network.pk, "kind": "purpose", "position": 9, "text": "Mail: a@b.dk", "quotation": ""}

    assert warnings(client.post(url(NetworkText, "add"), sent)) == [about("a@b.dk")]


def test_remark_of_a_status_is_looked_at(client, trial) -> None:
    newest = trial.events.latest("pk").pk
    sent = {"status": Status.PLANNED, "effective_on": "01.05.2019", "precision": Precision.ON, "latest": newest}
    address = f"/admin/trials/trial/{trial.pk}/status/"

    assert warnings(client.post(address, sent | {"note": "Ring 20304050"})) == [about("20304050")]
    event = trial.events.latest("pk").pk
    assert warnings(client.post(f"{address}{event}/revert/", {"note": "Ring 20304051"}))[-1] == about("20304051")


def test_milestone_set_for_several_is_looked_at(client, trial) -> None:
    sent = {
        "action": "plan_milestone",
        "_selected_action": [trial.pk],
        "planned": "1",
        "kind": Milestone.objects.get().kind,
        "label": "Møde med a@b.dk",
        "planned_from": "01.05.2018",
    }

    assert warnings(client.post(url(Trial, "changelist"), sent)) == [about("a@b.dk")]
