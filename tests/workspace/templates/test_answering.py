"""A municipality's answers to a template."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import factories, roles
from tests.workspace.templates.sending import answering, sent
from trials.models import Answer, Report, Template

pytestmark = pytest.mark.django_db


class TestAnswering:
    def test_answers_are_kept_by_their_kind_and_shown_in_danish(self, kept, trial, template):
        values = sent(template, "Meget.", "-1.200,5", "Godt", "ja", "2018-04-30")
        response = kept.post(answering(template, trial), values)
        assert response.status_code == 302, response.context["form"].messages
        report = Report.objects.get()
        assert (report.trial, report.municipality.code, report.as_of) == (trial, "787", date(2018, 5, 1))
        assert report.recorded_by == roles.make_user().__class__.objects.get(coordinates__network=trial.network)
        answers = report.answers.order_by("question__position")
        assert [each.value for each in answers] == ["Meget.", "-1200.5", "Godt", "ja", "2018-04-30"]
        assert [each.shown for each in answers] == ["Meget.", "-1.200,5", "Godt", "ja", "30. april 2018"]

    def test_what_is_not_answered_has_no_row(self, kept, trial, template):
        kept.post(answering(template, trial), sent(template, "Meget.", "", "", "", ""))
        assert Answer.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            (("", "5"), "Hvad lærte I? Dette felt er påkrævet"),
            (("Meget.", "mange"), "»mange« er ikke et tal"),
            (("Meget.", "1.5"), "»1.5« er ikke et tal"),
            (("Meget.", "", "Middel"), "Middel"),
            (("Meget.", "", "", "måske"), "måske"),
            (("Meget.", "", "", "", "31.2.2018"), "»31.2.2018« er ikke en dato"),
            (("Hun er 010190-1234",), "CPR-nummer"),
            (("Ring til 20304050",), "»20304050«"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_saved(self, kept, trial, template, values, expected):
        response = kept.post(answering(template, trial), sent(template, *values))
        assert expected in " ".join(response.context["form"].messages)
        assert not Report.objects.exists()

    def test_day_to_come_is_refused(self, kept, trial, template):
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        response = kept.post(answering(template, trial), sent(template, "Meget.", as_of=tomorrow))
        assert "er ikke kommet endnu" in " ".join(response.context["form"].messages)

    def test_municipality_answers_once_a_day_and_corrects_what_it_wrote(self, kept, trial, template):
        factories.make_report(template, trial.participations.get(municipality__code="787"), ("Meget.", "5"))
        response = kept.post(answering(template, trial), sent(template, "Igen."))
        assert "Thisted har allerede svaret til og med den 1. maj 2018" in " ".join(response.context["form"].messages)

        form = kept.get(answering(template, trial) + "?dato=2018-05-01").context["form"]
        values = sent(template, "Mere.", "", seen=form["seen"].value())
        assert kept.post(answering(template, trial) + "?dato=2018-05-01", values).status_code == 302
        assert Answer.objects.get().value == "Mere."
        assert Answer.history.filter(value="5", history_type="-").exists()

    def test_day_without_a_report_is_not_there(self, kept, trial, template):
        for day in ("2018-05-01", "x"):
            assert kept.get(answering(template, trial) + f"?dato={day}").status_code == 404

    @pytest.fixture
    def overtaken(self, kept, trial, template):
        """Answers of Thisted, the address where they are corrected, and what one sends who opened them before another
        corrected the first of them."""
        report = factories.make_report(template, trial.participations.get(municipality__code="787"), ("Meget.", "5"))
        address = answering(template, trial) + "?dato=2018-05-01"
        seen = kept.get(address).context["form"]["seen"].value()
        answer = report.answers.get(value="Meget.")
        answer.value = "Et andet."
        answer.save()
        return report, address, sent(template, "Mit.", "1.500,5", seen=seen)

    @pytest.mark.parametrize(("choice", "stands"), [("mit", "Mit."), ("deres", "Et andet.")])
    def test_answer_that_another_has_corrected_is_chosen(self, kept, overtaken, choice, stands):
        report, address, values = overtaken
        response = kept.post(address, values)
        page = response.content.decode()
        [collision] = response.context["form"].collisions
        assert (collision.label, collision.theirs, collision.mine) == ("Hvad lærte I?", "Et andet.", "Mit.")
        assert ("Et andet." in page, "Mit." in page) == (True, True)
        assert sorted(report.answers.values_list("value", flat=True)) == ["5", "Et andet."], "nothing is saved yet"

        form = response.context["form"]
        again = values | {"seen": form["seen"].value(), "strid": form["strid"].value()}
        assert kept.post(address, again).status_code == 200, "a choice has to be made"
        first = next(name for name in again if name.startswith("svar_"))
        assert kept.post(address, again | {f"valg_{first}": choice}).status_code == 302
        assert sorted(report.answers.values_list("value", flat=True)) == ["1500.5", stands]

    def test_answer_left_alone_keeps_what_the_other_wrote(self, kept, template, overtaken):
        report, address, values = overtaken
        response = kept.post(address, sent(template, "Meget.", "7", seen=values["seen"]), follow=True)
        assert "En anden har ændret »Hvad lærte I?« imens." in response.content.decode()
        assert sorted(report.answers.values_list("value", flat=True)) == ["7", "Et andet."]

    def test_question_that_is_taken_away_meanwhile_is_not_answered(self, kept, trial, template):
        values = sent(template, "Meget.", "5")
        new = Template.objects.create(network=trial.network, name="Ny", version=2, previous=template)
        factories.make_question(new)
        assert kept.post(answering(template, trial), values)["Location"] == answering(new, trial)
        assert not Report.objects.exists()

    def test_municipality_that_does_not_take_part_is_not_there(self, kept, trial, template):
        factories.make_membership(trial.network, factories.make_municipality("Ærø"))
        assert kept.get(answering(template, trial, "aeroe")).status_code == 404
