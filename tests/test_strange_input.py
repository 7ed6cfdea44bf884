"""What no page of ours sends: signs that no text holds, and numbers that no record has. It is refused, in Danish."""

import pytest
from django.urls import reverse

from frikommune.keys import read_key
from frikommune.record_fields import RecordsField
from networks.collision import CollisionForm
from tests import factories
from tests.admin import url
from tests.roles import make_coordinator, make_ministry
from trials.models import Experience, Milestone, Observation, Participation, Trial
from trials.workspace.experience_entry import ExperienceForm
from trials.workspace.milestone_entry import MilestoneForm

pytestmark = pytest.mark.django_db

LONG = "9" * 5000
TOO_LARGE = "9" * 30


@pytest.fixture
def trial(client) -> Trial:
    trial = factories.make_trial("Mikrolån", municipalities=[factories.make_municipality("Thisted")])
    client.force_login(make_coordinator(trial.network))
    return trial


@pytest.mark.parametrize(
    ("sent", "number"),
    [("17", 17), ("0", 0), ("9" * 18, 10**18 - 1), ("9" * 19, None), (LONG, None)]
    + [(each, None) for each in ("", "-1", "1.0", "²", "١", "1_0", " 1", None)],
)
def test_number_is_read_when_a_record_can_have_it(sent, number):
    assert read_key(sent) == number


class TestNul:
    @pytest.mark.parametrize("page", ["", "historik/", "retligt/", "kommuner/", "hjemler/", "tal/"])
    def test_address_with_it_is_not_there(self, client, trial, page):
        response = client.get(f"/arbejdsbord/forsoeg/%00/{page}")
        assert response.status_code == 404
        assert "findes ikke" in response.content.decode()

    @pytest.mark.parametrize(
        "address", ["/admin/trials/trial/?publication__exact=%00", "/arbejdsbord/?%00=x", "/admin/login/?next=%00"]
    )
    def test_question_with_it_is_refused(self, client, trial, address):
        response = client.get(address)
        assert response.status_code == 400
        assert "Vi kan ikke læse forespørgslen" in response.content.decode()

    @pytest.mark.parametrize("field", [{"svar": "a\0b"}, {"begrundelse": "\0"}, {"a\0": "b"}])
    def test_form_with_it_is_refused(self, client, trial, field):
        proposal = factories.make_proposal(trial, make_ministry())
        for address in (f"/arbejdsbord/forslag/{proposal.pk}/", f"/arbejdsbord/netvaerk/{trial.network.slug}/svar/"):
            assert client.post(address, field).status_code == 400

    def test_public_page_says_what_is_wrong_itself(self, client):
        assert "et tegn" in client.get("/forsoeg/?q=a%00").content.decode()


class TestNumbers:
    @pytest.mark.parametrize("seen", [LONG, TOO_LARGE, "²"])
    def test_version_that_was_seen(self, client, trial, seen):
        part = trial.participations.get()
        for address in (
            reverse("trials:workspace_trial", args=[trial.public_id]),
            reverse("trials:workspace_participation", args=[trial.public_id, part.pk]),
        ):
            assert client.post(address, {"version-seen": seen, "content": "Nyt"}).status_code in (200, 302)

    @pytest.mark.parametrize("key", [LONG, TOO_LARGE, "zz"])
    def test_returned_proposal(self, client, trial, key):
        address = reverse("trials:workspace_legal_fields", args=[trial.public_id])
        assert client.get(address, {"forslag": key}).status_code == 200
        assert client.post(address, {"forslag": key, "title": "Ny", "comment": "Fordi"}).status_code == 302

    def test_page_of_a_list(self, client, trial):
        network = f"/arbejdsbord/netvaerk/{trial.network.slug}"
        for side in (LONG, TOO_LARGE, f"000000001{LONG}"):
            for address in (f"/arbejdsbord/forsoeg/{trial.public_id}/historik/", f"{network}/historik/"):
                assert client.get(address, {"side": side}).status_code == 404
            for address in ("/arbejdsbord/evalueringer/", f"/arbejdsbord/netvaerk/{trial.network.slug}/ideer/"):
                assert client.get(address, {"side": side}).status_code == 404

    @pytest.mark.parametrize("key", [LONG, TOO_LARGE, "zz", "\u00b2", "-1", "0"])
    def test_records_to_choose_from(self, client, trial, key):
        network = f"/arbejdsbord/netvaerk/{trial.network.slug}"
        learnt = {"kind": "result", "theme": "cooperation", "text": "Noget", "trials": [key], "municipalities": [key]}
        response = client.post(f"{network}/erfaringer/ny/", learnt)
        assert set(response.context["form"].errors) == {"trials", "municipalities"}
        response = client.post(f"{network}/milepaele/", {"label": "Start", "kind": "start", "trials": [key]})
        assert set(response.context["form"].errors) == {"trials"}

    def test_every_choice_of_several_records_is_asked_for_numbers(self):
        several = [f for form in (ExperienceForm, MilestoneForm) for f in form.base_fields.values()]
        assert issubclass(ExperienceForm, CollisionForm)
        assert sum(isinstance(field, RecordsField) for field in several) == 3


class TestAdmin:
    @pytest.fixture(autouse=True)
    def ministry(self, client):
        client.force_login(make_ministry())

    @pytest.mark.parametrize("key", ["abc", TOO_LARGE, LONG, "1,abc", "²"])
    @pytest.mark.parametrize(
        ("model", "name"),
        [
            *((Milestone, "trials"), (Milestone, "network"), (Observation, "network"), (Observation, "part_of")),
            *((Participation, "trial"), (Participation, "municipality"), (Experience, "municipalities")),
        ],
    )
    def test_page_for_a_new_record_opens_whatever_its_address_says(self, client, model, name, key):
        assert client.get(url(model, "add"), {name: key}).status_code == 200

    @pytest.mark.parametrize("key", ["zz", TOO_LARGE, LONG])
    def test_record_of_what_is_no_record_is_refused_in_words(self, client, key):
        sent = {"kind": "start", "label": "Start", "trials": [key], "network": key, "cell": key, "source": key}
        response = client.post(url(Milestone, "add"), sent)
        assert response.status_code == 200
        assert {"trials", "network"} <= set(response.context["adminform"].form.errors)
        milestone = factories.make_milestone(trials=[factories.make_trial()])
        response = client.post(url(Milestone, "change", milestone.pk), sent | {"version-seen": "1"})
        assert {"trials", "network"} <= set(response.context["adminform"].form.errors)

    @pytest.mark.parametrize("key", ["zz", TOO_LARGE, LONG])
    def test_record_that_cannot_be_is_not_there(self, client, key):
        for page in ("change", "history", "delete"):
            assert client.post(url(Milestone, page, key)).status_code in (302, 404)

    def test_search_for_a_provision_takes_any_number(self, client):
        assert client.get("/admin/trials/provision/", {"q": f"§ {LONG}"}).status_code == 200
