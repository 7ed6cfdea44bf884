"""The answers side by side, and the experiences written from them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.workspace.templates.sending import at
from trials.enums import QuestionTheme
from trials.models import Experience

pytestmark = pytest.mark.django_db


class TestSideBySide:
    def test_the_newest_answers_stand_beside_each_other_and_the_silent_are_named(self, kept, trial, template):
        thisted = trial.participations.get(municipality__code="787")
        factories.make_participation(trial, factories.make_municipality("Ærø", "492"))
        factories.make_report(template, thisted, ("Gammelt.", "5"))
        factories.make_report(template, thisted, ("Nyt.",), as_of=date(2018, 6, 1))
        factories.make_report(template, trial.participations.get(municipality__code="825"), ("Læsøs.",))

        found = kept.get(at(template, "svar", trial.public_id)).context["beside"]
        assert [column.municipality.name for column in found.columns] == ["Læsø", "Thisted", "Ærø"]
        assert [[answer and answer.value for _, answer in row.cells] for row in found.rows[:2]] == [
            ["Læsøs.", "Nyt.", None],
            [None, None, None],
        ]
        assert [each.name for each in found.silent] == ["Ærø"]

        then = kept.get(at(template, "svar", trial.public_id) + "?pr=2018-05-31").context["beside"]
        assert [answer and answer.value for _, answer in then.rows[1].cells] == [None, "5", None]

    def test_day_that_is_none_is_refused(self, kept, trial, template):
        response = kept.get(at(template, "svar", trial.public_id) + "?pr=snart")
        assert response.status_code == 400
        assert "»snart« er ikke en dag" in response.content.decode()

    def test_answers_of_other_templates_and_trials_are_left_out(self, kept, trial, template):
        other = factories.make_template(trial.network, "Andre")
        factories.make_report(other, trial.participations.first(), ("Andet.",))
        elsewhere = factories.make_trial("Et andet", trial.network, [trial.municipalities.first()])
        factories.make_report(template, elsewhere.participations.get(), ("Andetsteds.",))
        page = kept.get(at(template, "svar", trial.public_id)).content.decode()
        assert "Andet" not in page

    def test_template_page_tells_who_has_answered_each_trial(self, kept, trial, template):
        factories.make_report(template, trial.participations.get(municipality__code="787"))
        (line,) = kept.get(at(template)).context["progress"]
        assert [part.municipality.name for part, _, _ in line.answered] == ["Thisted"]
        assert [part.municipality.name for part, _ in line.silent] == ["Læsø"]

    def test_answers_are_nowhere_in_public(self, kept, client, trial, template):
        factories.make_report(template, trial.participations.first(), ("Fortroligt svar.",))
        client.logout()
        network = trial.network.get_absolute_url()
        for path in (
            trial.get_absolute_url(),
            f"/forsoeg/{trial.public_id}.json",
            network,
            "/erfaringer/",
            "/soeg/?q=fortroligt",
        ):
            assert "Fortroligt svar" not in client.get(path).content.decode()

    def test_queries_do_not_grow(self, kept, trial, template):
        addresses = [at(), at(template), at(template, "svar", trial.public_id)]

        def count() -> list[int]:
            numbers = []
            for address in addresses:
                with CaptureQueriesContext(connection) as captured:
                    assert kept.get(address).status_code == 200
                numbers.append(len(captured))
            return numbers

        factories.make_report(template, trial.participations.first(), ("Svar", "5"))
        count()
        few = count()
        for number in range(5):
            part = factories.make_participation(trial)
            experience = factories.make_experience(f"Erfaring {number}")
            report = factories.make_report(template, part, ("Svar", "5", "Godt"))
            report.answers.filter(question__position=1).update(experience=experience)
            other = factories.make_trial(f"Forsøg {number}", trial.network, [part.municipality])
            factories.make_report(template, other.participations.get())
            factories.make_template(trial.network, f"Skabelon {number}")
            factories.make_question(template, f"Spørgsmål {number}")
        assert count() == few


class TestPublishing:
    def test_answer_becomes_an_experience_that_everyone_may_read(self, kept, trial, template):
        template.questions.filter(position=1).update(theme=QuestionTheme.BARRIERS)
        answer = factories.make_report(template, trial.participations.get(municipality__code="787")).answers.get()
        address = f"/arbejdsbord/netvaerk/arbejde/erfaringer/ny/?svar={answer.pk}"
        form = kept.get(address).context["form"]
        assert (form["kind"].value(), form["text"].value()) == ("barrier", "Meget.")
        assert form["municipalities"].value() == [answer.report.municipality_id]

        values = {"kind": "barrier", "theme": "it_systems", "text": "It driller.", "seen": "0"}
        values |= {"trials": [trial.pk], "municipalities": [answer.report.municipality_id]}
        assert kept.post(address, values)["Location"] == at(template, "svar", trial.public_id)
        experience = Experience.objects.get()
        answer.refresh_from_db()
        assert answer.experience == experience
        assert (experience.network, experience.trials.get(), experience.kind) == (trial.network, trial, "barrier")
        page = kept.get(at(template, "svar", trial.public_id)).content.decode()
        assert f"Erfaring {experience.code}" in page
        assert kept.get(address)["Location"].endswith(f"/erfaringer/{experience.slug}/"), "only once"
        kept.logout()
        assert "It driller." in kept.get("/erfaringer/").content.decode()

    @pytest.mark.parametrize("key", ["999", "x", "9" * 30])
    def test_answer_that_is_not_there_is_not_found(self, kept, trial, key):
        assert kept.get(f"/arbejdsbord/netvaerk/arbejde/erfaringer/ny/?svar={key}").status_code == 404

    def test_answer_about_another_networks_trial_is_not_found(self, kept, trial):
        other = factories.make_trial("Et andet", factories.make_network(2), [trial.municipalities.first()])
        report = factories.make_report(factories.make_template(None), other.participations.get())
        address = f"/arbejdsbord/netvaerk/arbejde/erfaringer/ny/?svar={report.answers.get().pk}"
        assert kept.get(address).status_code == 404
