"""What the pages tell beyond status: summary, outcome, experience, milestones, evaluation, a network's own story."""

from datetime import date

import pytest

from networks.enums import TargetGroup, TextKind
from tests import factories
from tests.outline import outline
from tests.reading import read
from trials.enums import Decision, DesignStatus, Element, ExperienceKind, Method, Publication, Status, Theme
from trials.models import Coverage, Evaluation, EvaluationTrait, Experience, Outcome, Trial

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def network():
    return factories.make_network(1, "Arbejde")


@pytest.fixture
def trial(network):
    return factories.make_trial("Mikrolån", network, summary="Kommunen må låne penge ud.")


def words(client, record) -> str:
    return " ".join(outline(client.get(record.get_absolute_url())).text.split())


class TestSummary:
    def test_it_heads_the_page_and_describes_it(self, client, trial):
        html = client.get(trial.get_absolute_url()).content.decode()

        assert "Mikrolån Kort fortalt: Kommunen må låne penge ud. Netværk: Arbejde" in words(client, trial)
        assert '<meta name="description" content="Kommunen må låne penge ud.">' in html

    def test_it_stands_in_lists_in_place_of_the_excerpt(self, client, trial):
        trial.content = "Indholdet, som kilden har det."
        trial.save()
        aalborg = factories.make_municipality("Aalborg")
        factories.make_participation(trial, aalborg)

        for address in ("/forsoeg/", trial.network.get_absolute_url(), aalborg.get_absolute_url()):
            text = outline(client.get(address)).text
            assert "Kommunen må låne penge ud." in text
            assert "Indholdet, som" not in text

    def test_trial_without_one_has_its_excerpt(self, client, network):
        factories.make_trial("Uden", network, content="Indholdet, som kilden har det.")

        assert "Indholdet, som kilden har det." in outline(client.get("/forsoeg/")).text


class TestOutcome:
    def test_decided_and_expected_are_told_apart(self, client, trial):
        said = {"source": factories.make_source(), "section": "7.1", "quotation": "omsat til lov"}
        law = {"law": "L 232", "body": "Folketinget", "reason": "Virker"}
        factories.make_outcome(trial, effective_on=date(2018, 7, 1), **law, **said)
        factories.make_outcome(trial, Decision.SPREAD_PARTLY, is_expected=True, effective_on=date(2019, 7, 1))
        text = words(client, trial)

        assert (
            "Udbredt helt pr. 1. juli 2018 Begrundelse Virker Lov eller aftale L 232 Besluttet af Folketinget" in text
        )
        assert "Kilden skriver: omsat til lov Kilde: afsnit 7.1" in text
        assert "Ventet: Udbredt delvist fra 1. juli 2019 (endnu ikke afgjort, da kilden udkom)" in text

    def test_none_known_says_so(self, client, trial):
        assert "Der er ikke oplyst noget udfald af forsøget." in words(client, trial)


class TestExperiences:
    def test_they_stand_by_kind_with_theme_municipality_and_place(self, client, trial):
        aalborg = factories.make_municipality("Aalborg")
        said = {"source": factories.make_source(), "section": "1.2", "quotation": "svært at huske"}
        factories.make_experience("Det virker.", trials=[trial])
        factories.make_experience("It driller.", ExperienceKind.BARRIER, Theme.IT_SYSTEMS, [trial], [aalborg], **said)
        text = words(client, trial)

        assert "Barriere It driller. IT-systemer · Aalborg · Kilde: afsnit 1.2: svært at huske" in text
        assert "Resultat Det virker. Samarbejde · Oplyst til registeret" in text
        assert text.index("Barriere") < text.index("Resultat")

    def test_network_has_its_most_frequent_themes_first(self, client, network):
        for number, theme in enumerate((Theme.TIME, Theme.ECONOMY, Theme.VOLUME, Theme.PARTNERS), start=1):
            for place in range(number):
                factories.make_experience(f"{theme.label} {place}.", theme=theme, network=network)
        page = outline(client.get(network.get_absolute_url()))
        part = page.part("Erfaringer")

        assert "Se netværkets 10 erfaringer" in page.links
        assert page.links["Økonomi"] == "/erfaringer/?netvaerk=1&tema=economy"
        assert part.index("Samarbejdspartnere 0.") < part.index("Volumen 0.") < part.index("Økonomi 0.")
        assert "Samarbejdspartnere 2." in part
        assert "Samarbejdspartnere 3." not in part
        assert "Tid 0." not in part

    def test_municipality_has_its_own(self, client, trial):
        aalborg, other = factories.make_municipality("Aalborg"), factories.make_municipality("Læsø")
        factories.make_experience("Fra Aalborg.", trials=[trial], municipalities=[aalborg])
        factories.make_experience("Fra Læsø.", trials=[trial], municipalities=[other])

        assert "Fra Aalborg. Samarbejde · FKII-1-01 · Aalborg" in words(client, aalborg)
        assert "Fra Læsø." not in words(client, aalborg)


class TestMilestones:
    def test_planned_and_actual_are_apart_with_the_words_of_the_source(self, client, trial):
        summer = {"planned_from": date(2019, 6, 1), "planned_to": date(2019, 8, 31), "date_text": "i sommeren 2019"}
        factories.make_milestone("Midtvejs", trials=[trial], **summer)
        april = {"actual_from": date(2018, 4, 1), "actual_to": date(2018, 4, 30)}
        factories.make_milestone("I drift", trials=[trial], note="Reelt", **april)
        factories.make_milestone("Uden dag", trials=[trial], date_text="ved at være færdig")
        text = words(client, trial)

        assert "I drift Drift ikke oplyst april 2018 Reelt" in text
        assert "Midtvejs Drift i sommeren 2019 juni – august 2019 ikke oplyst" in text
        assert "Uden dag Drift ved at være færdig ikke oplyst" in text
        assert text.index("I drift Drift") < text.index("Midtvejs") < text.index("Uden dag")

    def test_same_milestone_in_two_places_is_one(self, client, trial):
        for number, note in ((1, ""), (2, "Samme oplysning som M-1")):
            said = {"source": factories.make_source(), "section": f"1.{number}", "code": f"note:M-{number}"}
            factories.make_milestone(
                trials=[trial], actual_from=date(2018, 4, 1), actual_to=date(2018, 4, 30), note=note, **said
            )
        text = words(client, trial)

        assert text.count("Akutteamet i drift") == 1
        assert "Kilde: afsnit 1.1 (M-1); også afsnit 1.2 (M-2)" in text

    def test_network_names_their_trials(self, client, trial):
        factories.make_milestone("I drift", trials=[trial])
        factories.make_milestone("Møde", network=trial.network)
        text = words(client, trial.network)

        assert "I drift Drift · FKII-1-01" in text
        assert "Møde Drift" in text


class TestEvaluation:
    @pytest.mark.parametrize("status", [s for s in DesignStatus if s != DesignStatus.SHARED])
    def test_every_state_of_the_design_is_said(self, client, trial, status):
        evaluation = factories.make_evaluation(trial, status)
        text = words(client, trial)

        assert f"Evalueringsdesign: {status.label}." in text
        assert outline(client.get(trial.get_absolute_url())).links["Læs mere om evalueringen"] == (
            evaluation.get_absolute_url()
        )

    def test_design_that_is_lacking_stands_with_the_status_of_the_trial(self, client, network):
        trial = factories.make_trial("Opgivet", network, status=Status.NOT_PURSUED)
        factories.make_evaluation(trial, DesignStatus.NONE)

        assert "Der udarbejdes ikke et evalueringsdesign. Forsøgets egen status er »Gennemføres ikke«." in (
            words(client, trial)
        )

    def test_elements_are_said_with_their_words(self, client, trial):
        evaluation = factories.make_evaluation(
            trial,
            evaluator="VIVE",
            is_external=True,
            may_be_shared=False,
            comparison="Hillerød",
            results_element=Element.PRESENT,
            method="Interview",
            method_element=Element.PARTLY,
            baseline_element=Element.MISSING,
        )
        EvaluationTrait.objects.create(evaluation=evaluation, trait=Method.SURVEY)
        text = words(client, trial)

        for said in (
            "Evaluator VIVE (ekstern)",
            "Metoder Spørgeskema",
            "Sammenligningsgruppe Hillerød",
            "Må deles nej",
            "Forventede resultater Beskrevet",
            "Evalueringsmetode Delvist beskrevet: Interview",
            "Baselinemålinger Ikke beskrevet",
        ):
            assert said in text, said

    def test_evaluation_by_others_stands_apart(self, client, trial):
        factories.make_evaluation(trial)
        other = Evaluation.objects.create(name="Køb af hjælp", evaluator="Rambøll", is_external=True, design_status="")
        said = {"source": factories.make_source(), "section": "0.3", "quotation": "forsøg omkring tilkøb"}
        for covered in (trial, factories.make_trial("To", trial.network)):
            Coverage.objects.create(evaluation=other, trial=covered, description="Rækken nævner den ikke.", **said)
        text = words(client, trial)

        assert "Ekstern evaluering Køb af hjælp ved Rambøll." in text
        assert "Den dækker også 1 andet forsøg." in text
        assert "Registerets bemærkning: Rækken nævner den ikke." in text
        assert "Kilden skriver: forsøg omkring tilkøb" in text


def test_municipality_says_whom_it_focuses_on(client, network):
    member = factories.make_membership(network, factories.make_municipality("Furesø"))
    factories.make_focus(member, TargetGroup.ADULTS)
    factories.make_focus(member, TargetGroup.YOUNG_PEOPLE)

    assert "Fokus i netværket Voksne og unge (Arbejde)" in words(client, member.municipality)


def test_drafts_are_told_to_nobody(client, trial):
    aalborg = factories.make_municipality("Aalborg")
    draft = factories.make_trial("Hemmeligt forsøg", trial.network, summary="Hemmelig", publication=Publication.DRAFT)
    factories.make_experience("Hemmelig erfaring", trials=[draft], municipalities=[aalborg])
    factories.make_experience("Fælles erfaring", trials=[trial, draft], municipalities=[aalborg])
    factories.make_milestone("Hemmelig milepæl", trials=[draft])
    factories.make_milestone("Fælles milepæl", trials=[trial, draft])
    factories.make_outcome(draft, reason="Hemmelig grund")
    for record in (trial, trial.network, aalborg):
        text = words(client, record)
        assert "Hemmelig" not in text
        assert draft.public_id not in text
        assert "Fælles" in text


def test_what_editors_write_is_escaped(client, trial):
    aalborg = factories.make_municipality("Aalborg")
    Trial.objects.update(summary=EVIL)
    factories.make_experience(EVIL, trials=[trial], municipalities=[aalborg])
    factories.make_milestone(EVIL, trials=[trial], note=EVIL, date_text=EVIL)
    factories.make_outcome(trial, law=EVIL, body=EVIL, reason=EVIL)
    factories.make_evaluation(trial, evaluator=EVIL, method=EVIL, comparison=EVIL)
    factories.make_participation(trial, aalborg)
    for kind in TextKind:
        factories.make_network_text(trial.network, kind, EVIL, source_place=EVIL, quotation=EVIL)
    for record in (trial, trial.network, aalborg):
        html = client.get(record.get_absolute_url()).content.decode()
        assert html.count("&lt;script&gt;") >= 2
        assert "<script>" not in html


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_trial_says_how_it_stands_with_its_evaluation_and_why(self, client):
        for trial in Trial.objects.visible_to(None).prefetch_related("coverages__evaluation"):
            part = " ".join(outline(client.get(trial.get_absolute_url())).part("Evaluering").split())

            assert trial.summary
            assert "Evalueringsdesign:" in part, trial.public_id
            assert "Det skriver kilden" in part, trial.public_id

    def test_every_experience_of_a_trial_is_on_its_page(self, client):
        trial = Trial.objects.get(public_id="FKII-5-01")
        text = read(client, trial)
        told = Experience.objects.filter(trials=trial)

        assert told.count() > 10
        assert all(" ".join(experience.text.split()) in text for experience in told)

    def test_every_outcome_is_on_the_page_of_its_trial(self, client):
        for outcome in Outcome.objects.select_related("trial"):
            text = read(client, outcome.trial)
            assert outcome.get_decision_display() in text
            assert outcome.reason in text
            assert outcome.law in text
