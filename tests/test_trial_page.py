"""The page of one trial: its address, everything known of it, and the place of each thing in the source."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.importers.merge import digest
from tests import factories
from trials import workflow
from trials.enums import STATUS_MEANINGS, BasisKind, BasisRole, DesignStatus, Precision, Publication, Reason, Status
from trials.models import Trial

pytestmark = pytest.mark.django_db


def read(client, trial: Trial) -> str:
    """The page's main part as text, white space collapsed."""
    response = client.get(trial.get_absolute_url())
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split()).replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("redaktør", first_name="Rita", is_staff=True)


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


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

        grounds = "Kilden skriver: ni borgere i gang Kilde: Bilagstabel 2.1, række 1, »Ikrafttrædelse«, side 35"
        assert read(client, trial).count(grounds) == 2, "under status and in the history"

    def test_confirmation_is_shown(self, client, trial):
        factories.make_status(trial, Status.RUNNING)
        workflow.confirm(trial, date(2020, 5, 1))

        assert "Sidst bekræftet uændret den 1. maj 2020" in read(client, trial)

    def test_history_has_every_event_newest_first_and_names_nobody(self, client, trial, staff):
        factories.make_status(trial, Status.APPROVED, date(2017, 7, 1))
        wrong = factories.make_status(trial, Status.NOT_PURSUED, date(2018, 3, 1), by=staff)
        right = workflow.Change(Status.RUNNING, date(2018, 2, 1), note="Forvekslet")
        workflow.correct(wrong, right, by=staff)
        html = client.get(trial.get_absolute_url()).content.decode()
        history = read(client, trial).partition("Statushistorik")[2].partition("Hjemmel")[0]
        places = [
            history.index(event)
            for event in (
                "Senest den 1. marts 2018 Gennemføres ikke (senere rettet, gælder ikke)",
                "Den 1. februar 2018 I drift Rettelse af »Gennemføres ikke«, senest den 1. marts 2018 Forvekslet",
                "Senest den 1. juli 2017 Godkendt",
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
        assert "Aalborg Kommune" not in read(client, trial), "one event stands in the table"
        factories.make_status(part, Status.RUNNING, date(2020, 1, 1), note="Nu i gang")
        history = read(client, trial).partition("Statushistorik")[2].partition("Hjemmel")[0]

        assert "Aalborg Kommune Senest den 1. januar 2020 I drift Nu i gang" in history
        assert "Senest den 28. februar 2019 Planlagt" in history

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


class TestLaw:
    def test_what_it_rests_on_and_deviates_from(self, client, trial):
        cell = factories.make_cells(trial)[4]
        place = {"cell": cell, "source": cell.source, "quotation": "jf. § 27 c", "note": "Nævnt i parentes"}
        factories.make_basis(trial, factories.make_provision(27, "c"), BasisKind.EXEMPTION, **place)
        factories.make_basis(trial, factories.make_provision(9, subsection=2), role=BasisRole.DEVIATES_FROM)
        text = read(client, trial)

        assert (
            "Lov om frikommunenetværk § 27 c Særlig undtagelse (frikommunelov) Nævnt i parentes "
            "Kilden skriver: jf. § 27 c Kilde: Bilagstabel 2.1, række 1, »Hjemmel«, side 35"
        ) in text
        deviating = text.partition("Forsøget fraviger")[2]
        assert "Lov om frikommunenetværk § 9, stk. 2" in deviating
        assert "§ 27 c" not in deviating.partition("Evaluering")[0]

    def test_basis_without_provision_says_so(self, client, trial):
        factories.make_basis(trial, kind=BasisKind.EXISTING_LAW)
        text = read(client, trial)

        assert "Ingen bestemmelse nævnt Muligt efter gældende regler" in text
        assert "Forsøget fraviger" not in text


class TestEvaluation:
    def test_shared_evaluation_leads_to_the_trials_that_share_it(self, client, trial):
        shared, hidden = factories.make_trial("Parkering"), factories.make_trial("Hemmeligt")
        factories.make_evaluation(trial, DesignStatus.DESIGNED, shared_by=[shared, hidden])
        Trial.objects.filter(pk=hidden.pk).update(publication=Publication.DRAFT)

        text = read(client, shared)
        assert "Evalueringsdesign: Fælles med et andet forsøg" in text
        assert "Evalueringen er beskrevet under: FKII-1-01 Mikrolån" in text
        assert "dækker også" not in text
        text = read(client, trial)
        assert "Evalueringsdesign: Beskrevet" in text
        assert "Den samme evaluering dækker også: FKII-1-02 Parkering" in text
        assert "Hemmeligt" not in text

    def test_design_fields_are_shown_when_given_and_else_missed_once(self, client, trial):
        evaluation = factories.make_evaluation(trial)
        assert read(client, trial).count("er ikke oplyst hver for sig") == 1
        evaluation.method = "Interview\n\nRegisterdata"
        evaluation.save()
        text = read(client, trial)

        assert "Evalueringsmetode Interview Registerdata" in text
        assert "er ikke oplyst hver for sig" not in text
        assert "Baselinemålinger" not in text

    def test_trial_without_evaluation_says_so(self, client, trial):
        assert "Evaluering Ikke oplyst." in read(client, trial)


class TestSources:
    def test_texts_stand_with_their_places(self, client):
        trial = factories.make_trial(
            "Mikrolån", content="Første\n\nAndet", target_group="Ledige", implementation="I kraft"
        )
        factories.make_cells(trial)
        html = client.get(trial.get_absolute_url()).content.decode()
        text = read(client, trial)

        assert "<p>Første</p>\n\n<p>Andet</p>" in html
        for part in ("Første Andet", "Ledige", "I kraft"):
            assert f"{part} Kilde: Bilagstabel 2.1, række 1" in text

    def test_text_that_the_registry_has_changed_is_said_to_be_so(self, client):
        trial = factories.make_trial(content="Ny tekst", target_group="Ledige")
        trial.imported = {"content": digest("Gammel tekst"), "target_group": digest("Ledige")}
        trial.save()
        factories.make_cells(trial)

        assert read(client, trial).count("Ændret i registeret siden") == 1

    def test_verbatim_cells_and_corrections(self, client, trial):
        cells = factories.make_cells(
            trial, ["Mikrolaan", "Aalborg", "Et indhold og kade <b>", "", "Lov", "1.7. 2017", "x"]
        )
        factories.make_correction(cells[2], "kade", "kadence", "Indlæsningsfejl")
        factories.make_correction(cells[2], "<b>", "", "Opmærkning")
        html = client.get(trial.get_absolute_url()).content.decode()
        text = read(client, trial)

        assert html.count('<details class="verbatim">') == 6
        assert "<p>Et indhold og kade &lt;b&gt;</p>" in html
        assert "»Målgruppe«, side 35: feltet er tomt" in text
        assert "kade kadence Indlæsningsfejl Bilagstabel 2.1, række 1, »Indhold«, side 35" in text
        assert "<b> udgår Opmærkning" in text
        assert "Ulf Hjelmar og Niels Ejersbo" in text

    def test_title_is_escaped(self, client):
        trial = factories.make_trial("<script>alert(1)</script>", content="<img src=x>")
        html = client.get(trial.get_absolute_url()).content.decode()

        assert "<script" not in html
        assert "<img src=x" not in html


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


@pytest.mark.usefixtures("register")
class TestWholeRegister:
    def test_every_trial_has_a_page_with_all_that_is_known(self, client):
        trials = list(Trial.objects.visible_to(None).for_page(None))
        assert len(trials) == 79
        for trial in trials:
            text = read(client, trial)
            known = [trial.title, trial.public_id, trial.network.name, trial.get_status_display()]
            known += [" ".join(words.split()) for words in (trial.content, trial.target_group, trial.implementation)]
            for basis in trial.legal_bases.all():
                known += [basis.place, basis.note, str(basis.provision or "Ingen bestemmelse nævnt")]
            for coverage in trial.coverages.all():
                known += [coverage.place, " ".join(coverage.description.split()), coverage.design_status.label]
            for event in [*trial.events.all(), *(e for part in trial.participations.all() for e in part.events.all())]:
                known += [event.place, event.quotation, event.note, event.get_status_display()]
            for cell in trial.cells.all():
                known += [cell.place, *(c.verbatim for c in cell.corrections.all() if "<" not in c.verbatim)]
            known += [part.municipality.name for part in trial.participations.all()]
            missing = [part for part in known if " ".join(part.split()) not in text]
            assert not missing, f"{trial.public_id}: {missing}"

    def test_trial_without_municipalities(self, client):
        assert "Ingen kommune deltager" in read(client, Trial.objects.get(public_id="FKII-3-06"))
