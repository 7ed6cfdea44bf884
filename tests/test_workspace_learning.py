"""Writing experiences and milestones in the workspace."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, roles
from trials.enums import Publication
from trials.models import Experience, Milestone

pytestmark = pytest.mark.django_db

EXPERIENCES = "/arbejdsbord/netvaerk/arbejde/erfaringer/"
MILESTONES = "/arbejdsbord/netvaerk/arbejde/milepaele/"


@pytest.fixture
def trial():
    network = factories.make_network(1, "Arbejde")
    member = factories.make_municipality("Thisted", "787")
    factories.make_membership(network, member)
    return factories.make_trial("Mikrolån", network, [member])


@pytest.fixture
def kept(client, trial):
    client.force_login(roles.make_coordinator(trial.network))
    return client


def learnt(**values) -> dict:
    return {"kind": "barrier", "theme": "time", "text": "Det tager tid."} | values


def planned(**values) -> dict:
    return {
        "label": "Midtvejsevaluering",
        "kind": "evaluation_midterm",
        "planned": "sommeren 2019",
    } | values


@pytest.mark.parametrize("address", [EXPERIENCES, f"{EXPERIENCES}ny/", MILESTONES])
def test_pages_are_the_networks_keepers(client, trial, address):
    assert client.get(address)["Location"].startswith("/konto/login/")
    client.force_login(roles.make_coordinator(factories.make_network(2)))
    assert client.get(address).status_code == 403
    client.force_login(roles.make_contact(trial.municipalities.get()))
    assert client.get(address).status_code == 403
    client.force_login(roles.make_ministry())
    assert client.get(address).status_code == 200


class TestExperience:
    def test_experience_is_written_and_public(self, kept, trial):
        values = learnt(trials=[trial.pk], municipalities=[trial.municipalities.get().pk])
        response = kept.post(f"{EXPERIENCES}ny/", values)
        assert response.status_code == 302, response.context["form"].said
        experience = Experience.objects.get()
        assert (experience.code, experience.network, experience.trials.get()) == ("R-0001", trial.network, trial)
        kept.logout()
        assert "Det tager tid." in kept.get("/erfaringer/?q=tager").content.decode()

    def test_trials_and_municipalities_of_others_cannot_be_named(self, kept, trial):
        other = factories.make_trial("Et andet", factories.make_network(2), [factories.make_municipality("Ærø")])
        for values in ({"trials": [other.pk]}, {"municipalities": [other.municipalities.get().pk]}):
            assert kept.post(f"{EXPERIENCES}ny/", learnt(**values)).status_code == 200
        assert not Experience.objects.exists()

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"text": ""}, "Tekst: Dette felt er påkrævet"),
            ({"kind": "wall"}, "wall"),
            ({"theme": ""}, "Tema: Dette felt er påkrævet"),
            ({"text": "Hun er 010190-1234"}, "CPR-nummer"),
            ({"text": "Skriv til a@b.dk"}, "»a@b.dk«"),
        ],
    )
    def test_what_is_wrong_is_said(self, kept, trial, values, expected):
        response = kept.post(f"{EXPERIENCES}ny/", learnt(**values))
        said = response.context["form"].said
        assert len([each for each in said if expected in each]) == 1
        assert not Experience.objects.exists()

    def test_contact_details_are_kept_by_one_who_means_them(self, kept, trial):
        response = kept.post(f"{EXPERIENCES}ny/", learnt(text="Skriv til a@b.dk"))
        assert 'name="behold"' in response.content.decode()
        mark = response.context["form"].contact_mark
        assert kept.post(f"{EXPERIENCES}ny/", learnt(text="Skriv til a@b.dk", behold=mark)).status_code == 302

    def test_experience_is_edited_and_keeps_what_is_not_ones_own(self, kept, trial):
        other = factories.make_trial("Et andet", factories.make_network(2))
        found = factories.make_experience(trials=[trial, other])
        values = learnt(text="Rettet.")
        assert kept.post(f"{EXPERIENCES}{found.slug}/", values).status_code == 302
        found.refresh_from_db()
        assert (found.text, list(found.trials.all())) == ("Rettet.", [other])

    def test_experience_of_another_network_is_not_there(self, kept, trial):
        found = factories.make_experience(network=factories.make_network(2))
        assert kept.get(f"{EXPERIENCES}{found.slug}/").status_code == 404


class TestMilestone:
    def test_milestone_is_added_as_exact_as_it_is_known(self, kept, trial):
        response = kept.post(MILESTONES, planned(actual="15.8.2019", trials=[trial.pk]))
        assert response.status_code == 302, response.context["form"].said
        made = Milestone.objects.get()
        assert (made.code, made.network, made.trials.get()) == ("P-0001", trial.network, trial)
        assert (made.planned_from, made.planned_to) == (date(2019, 6, 1), date(2019, 8, 31))
        assert (made.actual_from, made.actual_to) == (date(2019, 8, 15), date(2019, 8, 15))
        assert "juni</time>" in kept.get(MILESTONES).content.decode()

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"label": ""}, "Milepæl: Dette felt er påkrævet"),
            ({"planned": "snart"}, "»snart« er ikke en tid"),
            ({"actual": "2099"}, "er ikke kommet endnu"),
            ({"planned": "31.12.9999"}, "Året 9999 kan ikke passe"),
            ({"planned": "31.10.2018 – 1.8.2018"}, "slutter, før det begynder"),
            ({"note": "010190-1234"}, "CPR-nummer"),
        ],
    )
    def test_what_is_wrong_is_said_and_input_is_kept(self, kept, trial, values, expected):
        response = kept.post(MILESTONES, planned(**values))
        assert expected in " ".join(response.context["form"].said)
        assert not Milestone.objects.exists()
        for value in values.values():
            assert value in response.content.decode()

    def test_milestone_is_edited_and_its_time_is_shown_as_it_can_be_written(self, kept, trial):
        found = factories.make_milestone(trials=[trial], planned_from=date(2018, 6, 1), planned_to=date(2018, 8, 31))
        address = f"{MILESTONES}{found.slug}/"
        form = kept.get(address).context["form"]
        assert form["planned"].value() == "juni–august 2018"
        values = planned(label="Ny", planned="juni–august 2018", actual="juli 2018")
        assert kept.post(address, values).status_code == 302
        found.refresh_from_db()
        assert (found.label, found.planned_from, found.actual_to) == ("Ny", date(2018, 6, 1), date(2018, 7, 31))
        assert found.history.count() > 1

    def test_milestone_of_another_network_is_not_there(self, kept, trial):
        found = factories.make_milestone(network=factories.make_network(2))
        assert kept.get(f"{MILESTONES}{found.slug}/").status_code == 404


@pytest.mark.parametrize("address", [EXPERIENCES, MILESTONES])
def test_queries_do_not_grow(kept, trial, address):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert kept.get(address).status_code == 200
        return len(captured)

    def add() -> None:
        factories.make_milestone(trials=[trial])
        factories.make_experience(trials=[trial], municipalities=[trial.municipalities.get()])

    add()
    count()
    few = count()
    for number in range(4):
        add()
        factories.make_trial(f"Forsøg {number}", trial.network, publication=Publication.DRAFT)
    assert count() == few
