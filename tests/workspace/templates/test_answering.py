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
        assert response.status_code == 302, response.context["form"].said
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
        assert expected in " ".join(response.context["form"].said)
        assert not Report.objects.exists()

    def test_day_to_come_is_refused(self, kept, trial, template):
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        response = kept.post(answering(template, trial), sent(template, "Meget.", as_of=tomorrow))
        assert "er ikke kommet endnu" in " ".join(response.context["form"].said)

    def test_municipality_answers_once_a_day_and_corrects_what_it_wrote(self, kept, trial, template):
        factories.make_report(template, trial.participations.get(municipality__code="787"), ("Meget.", "5"))
        response = kept.post(answering(template, trial), sent(template, "Igen."))
        assert "Thisted har allerede svaret til og med den 1. maj 2018" in " ".join(response.context["form"].said)

        form = kept.get(answering(template, trial) + "?dato=2018-05-01").context["form"]
        values = sent(template, "Mere.", "", seen=form.newest_seen())
        assert kept.post(answering(template, trial) + "?dato=2018-05-01", values).status_code == 302
        assert Answer.objects.get().value == "Mere."
        assert Answer.history.filter(value="5", history_type="-").exists()

    def test_day_without_a_report_is_not_there(self, kept, trial, template):
        for day in ("2018-05-01", "x"):
            assert kept.get(answering(template, trial) + f"?dato={day}").status_code == 404

    def test_answers_that_another_has_corrected_are_shown(self, kept, trial, template):
        report = factories.make_report(template, trial.participations.get(municipality__code="787"), ("Meget.", "5"))
        address = answering(template, trial) + "?dato=2018-05-01"
        opened = sent(template, "Mit.", "5", seen=kept.get(address).context["form"].newest_seen())
        answer = report.answers.get(value="Meget.")
        answer.value = "Et andet."
        answer.save()
        response = kept.post(address, opened)
        assert "»Hvad lærte I?« er nu: Et andet." in response.context["form"].said
        assert kept.post(address, opened | {"seen": response.context["form"].newest_seen()}).status_code == 302
        assert report.answers.get(question=answer.question).value == "Mit."

    def test_question_that_is_taken_away_meanwhile_is_not_answered(self, kept, trial, template):
        values = sent(template, "Meget.", "5")
        new = Template.objects.create(network=trial.network, name="Ny", version=2, previous=template)
        factories.make_question(new)
        assert kept.post(answering(template, trial), values)["Location"] == answering(new, trial)
        assert not Report.objects.exists()

    def test_municipality_that_does_not_take_part_is_not_there(self, kept, trial, template):
        factories.make_membership(trial.network, factories.make_municipality("Ærø"))
        assert kept.get(answering(template, trial, "aeroe")).status_code == 404
