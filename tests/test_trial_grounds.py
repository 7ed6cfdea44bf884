"""What the page of a trial rests on: legal basis, evaluation, the source's words and the place of each thing."""

import pytest

from networks.importers.merge import digest
from tests import factories
from tests.reading import read
from trials.enums import BasisKind, BasisRole, DesignStatus, Publication
from trials.models import Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


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

        assert "<script>" not in html
        assert "<img src=x" not in html


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
                known += [coverage.place, " ".join(coverage.description.split())]
                known.append(coverage.design_status.label if coverage.design_status else coverage.evaluation.name)
            for event in [*trial.events.all(), *(e for part in trial.participations.all() for e in part.events.all())]:
                known += [event.place, event.quotation, event.note, event.get_status_display()]
            for cell in trial.cells.all():
                known += [cell.place, *(c.verbatim for c in cell.corrections.all() if "<" not in c.verbatim)]
            known += [part.municipality.name for part in trial.participations.all()]
            missing = [part for part in known if " ".join(part.split()) not in text]
            assert not missing, f"{trial.public_id}: {missing}"

    def test_trial_without_municipalities(self, client):
        assert "Ingen kommune deltager" in read(client, Trial.objects.get(public_id="FKII-3-06"))
