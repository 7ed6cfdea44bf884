"""The page of one trial: its address, its status and that of its municipalities, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.reading import read
from trials import workflow
from trials.enums import STATUS_MEANINGS, Precision, Publication, Reason, Status
from trials.models import Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("redaktør", first_name="Rita", is_staff=True)


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


def in_time(client, trial) -> str:
    """What the page's timeline says."""
    return read(client, trial).partition("Tidslinje")[2].partition("Hjemmel")[0]


class TestAddress:
    @pytest.mark.parametrize(
        "ref",
        [
            "FKII-1-01",
            "fkii-1-01",
            "FKII-1-01-",
            "FKII-1-01-gammel-titel",
            "fkii-1-01-mikrolaan",
            "FKII-1-01-MIKROLAAN",
            "FKII-1-01-mikrolån",
        ],
    )
    def test_other_spelling_redirects_for_good(self, client, trial, ref):
        response = client.get(f"/forsoeg/{ref}/")

        assert response.status_code == 301
        assert response["Location"] == trial.get_absolute_url() == "/forsoeg/FKII-1-01-mikrolaan/"

    def test_address_follows_the_title_and_the_old_one_redirects(self, client, trial):
        old = trial.get_absolute_url()
        trial.title = "Lån på Ærø"
        trial.save()

        assert trial.get_absolute_url() == "/forsoeg/FKII-1-01-laan-paa-aeroe/"
        assert client.get(old)["Location"] == trial.get_absolute_url()
        assert client.get(trial.get_absolute_url()).status_code == 200

    def test_title_without_letters_has_an_address(self, client):
        assert client.get(factories.make_trial("???").get_absolute_url()).status_code == 200

    @pytest.mark.parametrize(
        "ref",
        ["FKII-1-99", "FKII-1", "FKII", "1", "mikrolaan", "FKII-1-011", "FKII-1-1", "%00", "FKII-1-%00", "%D9%A1-1-1"],
    )
    def test_unknown_id_is_404(self, client, trial, ref):
        assert client.get(f"/forsoeg/{ref}/").status_code == 404

    @pytest.mark.parametrize("ref", ["FKII-1-01", "FKII-1-01-mikrolaan", "fkii-1-01-x"])
    def test_draft_is_404_for_all_but_staff(self, client, trial, staff, ref):
        Trial.objects.update(publication=Publication.DRAFT)

        response = client.get(f"/forsoeg/{ref}/")
        assert response.status_code == 404
        assert "Mikrolån" not in response.content.decode()
        client.force_login(staff)
        assert client.get(f"/forsoeg/{ref}/", follow=True).status_code == 200
        assert "Kladde" in read(client, trial)

    def test_trial_is_only_read(self, client, trial):
        assert client.post(trial.get_absolute_url()).status_code == 405


class TestStatus:
    @pytest.mark.parametrize("status", [status for status in Status if status != Status.UNKNOWN])
    def test_status_has_its_meaning_and_day(self, client, status):
        trial = factories.make_trial(status=status)

        assert f"{status.label} senest den 28. februar 2019 {STATUS_MEANINGS[status]}" in read(client, trial)

    def test_unknown_status_says_so(self, client, trial):
        assert f"Ikke oplyst {STATUS_MEANINGS[Status.UNKNOWN]}" in read(client, trial)

    def test_day_that_is_stated_is_not_said_to_be_the_latest(self, client, trial):
        factories.make_status(trial, Status.ENDED, date(2018, 12, 31), Precision.ON, reason=Reason.LAPSED)
        text = read(client, trial)

        assert "Afsluttet den 31. december 2018" in text
        assert "Årsag: Kravet er bortfaldet" in text

    def test_event_shows_its_quotation_and_place(self, client, trial):
        cell = factories.make_cells(trial)[5]
        evidence = workflow.Evidence(cell=cell, quotation="ni borgere i gang")
        factories.make_status(trial, Status.RUNNING, evidence=evidence)

        place = "Kilde: Bilagstabel 2.1, række 1, »Ikrafttrædelse«, side 35"
        text = read(client, trial)
        assert text.count(f"Kilden skriver: ni borgere i gang {place}") == 1, "said once, under status"
        assert f"I drift Forsøget som helhed {place} · Se grundlaget under status" in text

    def test_confirmation_is_shown(self, client, trial):
        factories.make_status(trial, Status.RUNNING)
        workflow.confirm(trial, date(2020, 5, 1))

        assert "Sidst bekræftet uændret den 1. maj 2020" in read(client, trial)

    def test_timeline_has_every_event_oldest_first_and_names_nobody(self, client, trial, staff):
        factories.make_status(trial, Status.APPROVED, date(2017, 7, 1))
        wrong = factories.make_status(trial, Status.NOT_PURSUED, date(2018, 3, 1), by=staff)
        right = workflow.Change(Status.RUNNING, date(2018, 2, 1), note="Forvekslet")
        workflow.correct(wrong, right, by=staff)
        html = client.get(trial.get_absolute_url()).content.decode()
        history = in_time(client, trial)
        places = [
            history.index(event)
            for event in (
                "Senest den 1. juli 2017 Status : Godkendt Forsøget som helhed",
                "1. februar 2018 Status : I drift Forsøget som helhed "
                "Rettelse af »Gennemføres ikke«, senest den 1. marts 2018",
                "Senest den 1. marts 2018 Status : Gennemføres ikke (senere rettet, gælder ikke)",
            )
        ]

        assert places == sorted(places)
        assert "<del>Gennemføres ikke</del>" in html
        assert "redaktør" not in html
        assert "Rita" not in html
        assert "I drift den 1. februar 2018" in read(client, trial)


class TestMunicipalities:
    def test_own_status_stands_beside_the_trials(self, client, trial):
        factories.make_status(trial, Status.REALISING)
        for name, status in (("Aalborg", Status.RUNNING), ("Læsø", Status.REALISING), ("Odense", None)):
            factories.make_participation(trial, factories.make_municipality(name), status)
        text = read(client, trial)

        assert "1 kommuner" not in text
        assert "1 kommune har en anden status end forsøget som helhed, der er »Under realisering«." in text
        assert "For 1 kommune siger kilden intet om status" in text
        assert text.count("afviger fra forsøget") == 1
        assert "Aalborg I drift afviger fra forsøget senest den 28. februar 2019" in text
        assert "Odense Ikke oplyst ikke oplyst ikke oplyst" in text
        assert text.find("Læsø Under realisering") < text.find("Odense Ikke oplyst") < text.find("Aalborg I drift")

    def test_agreement_is_not_called_disagreement(self, client, trial):
        factories.make_status(trial, Status.RUNNING)
        factories.make_participation(trial, status=Status.RUNNING)
        text = read(client, trial)

        assert "anden status" not in text
        assert "afviger" not in text

    def test_decision_is_shown(self, client, trial):
        factories.make_participation(trial, decided_on=date(2017, 9, 4))

        assert "4. september 2017" in read(client, trial)

    def test_no_municipality_says_so(self, client, trial):
        assert "Ingen kommune deltager i forsøget." in read(client, trial)

    def test_every_event_of_a_municipality_is_shown(self, client, trial):
        part = factories.make_participation(trial, factories.make_municipality("Aalborg"), Status.PLANNED)
        factories.make_status(part, Status.RUNNING, date(2020, 1, 1), note="Nu i gang")
        text, history = read(client, trial), in_time(client, trial)

        assert "Senest den 28. februar 2019 Status : Planlagt Aalborg" in history
        assert "Senest den 1. januar 2020 Status : I drift Aalborg" in history
        assert text.count("Nu i gang") == 1, "said once, in the table of the municipalities"

    def test_places_of_participations(self, client, trial):
        cells = factories.make_cells(trial)
        place = {"cell": cells[1], "source": cells[1].source}
        factories.make_participation(trial, **place)
        factories.make_participation(trial, **place)
        text = read(client, trial)
        assert text.count("At kommunerne deltager: Bilagstabel 2.1, række 1, »Kommuner«, side 35") == 1

        factories.make_participation(trial, section="1.2", source=cells[1].source)
        text = read(client, trial)
        assert text.count("Deltager: Bilagstabel 2.1, række 1, »Kommuner«, side 35") == 2
        assert text.count("Deltager: afsnit 1.2") == 1


def test_page_costs_the_same_with_1_and_20_municipalities(client, trial):
    def grow(number):
        for _ in range(number):
            part = factories.make_participation(trial, status=Status.PLANNED)
            factories.make_status(part, Status.RUNNING, date(2020, 1, 1))
            other = factories.make_trial(f"Andet {part.pk}")
            factories.make_evaluation(trial, shared_by=[other])
            factories.make_basis(trial, factories.make_provision(part.pk))

    for cell in factories.make_cells(trial):
        factories.make_correction(cell)
    factories.make_status(trial, Status.RUNNING)
    grow(1)
    with CaptureQueriesContext(connection) as one:
        read(client, trial)
    grow(19)
    event = factories.make_status(trial, Status.ENDED, date(2020, 1, 1))
    workflow.correct(event, workflow.Change(Status.RUNNING, date(2020, 1, 1), note="Forkert"))
    with CaptureQueriesContext(connection) as many:
        read(client, trial)

    assert len(many) == len(one)
