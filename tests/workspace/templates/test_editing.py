"""A network's templates: who may, the ready one, and what happens to one that is edited."""

import pytest

from tests import factories, roles
from tests.workspace.templates.sending import answering, at, now, rows
from trials.enums import QuestionTheme
from trials.models import Question, Template
from trials.workspace import ready_template

pytestmark = pytest.mark.django_db


class TestDoor:
    def test_coordinator_of_another_network_may_look_and_not_write(self, client, trial):
        template = factories.make_template(trial.network)
        client.force_login(roles.make_coordinator(factories.make_network(2)))
        assert client.get(at()).status_code == 200
        assert client.get(at(template)).status_code == 200
        assert client.post(at()).status_code == 403
        assert client.get(at(None, "ny")).status_code == 403
        assert client.get(at(template, "ret")).status_code == 403
        assert client.get(answering(template, trial)).status_code == 403
        assert Template.objects.count() == 1

    def test_contact_answers_for_the_own_municipality_alone(self, client, trial):
        template = factories.make_template(trial.network)
        client.force_login(roles.make_contact(trial.municipalities.get(code="787")))
        assert client.get(at()).status_code == 200
        assert client.get(answering(template, trial)).status_code == 200
        assert client.get(answering(template, trial, "laesoe")).status_code == 403
        assert client.post(at()).status_code == 403
        page = client.get(at(template)).content.decode()
        assert answering(template, trial) in page
        assert answering(template, trial, "laesoe") not in page

    def test_contact_of_a_municipality_outside_the_network_is_kept_out(self, client, trial):
        template = factories.make_template(trial.network)
        factories.make_report(template, trial.participations.first(), ("Hemmeligt",))
        client.force_login(roles.make_contact(factories.make_municipality("Ærø")))
        for address in (at(), at(template), at(template, "svar", trial.public_id)):
            assert client.get(address).status_code == 403

    def test_template_of_another_network_is_not_there(self, kept, trial):
        other = factories.make_template(factories.make_network(2))
        assert kept.get(at(other)).status_code == 404
        assert kept.get(at(other, "svar", trial.public_id)).status_code == 404
        assert kept.get(answering(other, trial)).status_code == 404

    def test_template_common_to_all_is_edited_by_the_ministry(self, kept, trial):
        common = factories.make_template(None, "Fælles")
        assert kept.get(at(common)).status_code == 200
        assert kept.get(at(common, "ret")).status_code == 403
        kept.force_login(roles.make_ministry())
        assert kept.get(at(common, "ret")).status_code == 200

    def test_only_the_ministry_writes_one_common_to_all(self, kept, trial):
        values = rows({"text": "Hvordan?"}, is_common="on")
        kept.post(at(None, "ny"), values)
        assert Template.objects.get().network == trial.network
        kept.force_login(roles.make_ministry())
        kept.post(at(None, "ny"), values)
        assert Template.objects.filter(network=None).count() == 1


class TestReady:
    def test_network_gets_a_copy_of_its_own_once(self, kept, trial):
        assert "Brug den færdige skabelon" in kept.get(at()).content.decode()
        template_page = kept.post(at())
        template = Template.objects.get()
        assert template_page["Location"] == at(template)
        assert template.network == trial.network
        assert template.questions.count() == len(ready_template.QUESTIONS)
        assert "Brug den færdige skabelon" not in kept.get(at()).content.decode()
        kept.post(at())
        assert Template.objects.count() == 1

    def test_it_covers_what_the_guidance_asks_for(self, trial):
        template = ready_template.copy_to(trial.network)
        themes = set(template.questions.values_list("theme", flat=True))
        assert themes == set(QuestionTheme.values) - {"other"}
        for question in template.questions.all():
            question.full_clean()


class TestEditing:
    def test_template_is_written_with_its_questions_in_their_order(self, kept, trial):
        sent = rows(
            {"text": "Hvor mange?", "kind": "number", "place": "2"},
            {"text": "Hvordan?", "kind": "choice", "choices": "Godt\n\n Skidt \nGodt", "place": "1"},
            {},
        )
        response = kept.post(at(None, "ny"), sent)
        assert response.status_code == 302, response.context["form"].messages
        template = Template.objects.get()
        assert template.network == trial.network
        assert [(q.position, q.text, q.options) for q in template.questions.order_by("position")] == [
            (1, "Hvordan?", ["Godt", "Skidt"]),
            (2, "Hvor mange?", []),
        ]

    @pytest.mark.parametrize(
        ("questions", "expected"),
        [
            ([{}], "mindst ét spørgsmål"),
            (
                [{"text": "Hvordan?", "kind": "choice", "choices": "Godt"}],
                "Spørgsmål 1: Svarmuligheder: Skriv mindst to",
            ),
            ([{"text": "Hvordan?", "choices": "Godt\nSkidt"}], "hører kun til »Valg mellem svar«"),
            ([{"text": "", "help": "Fx it"}], "Skriv spørgsmålet"),
            ([{"text": "Hvordan?", "kind": "guess"}], "guess"),
            ([{"text": "Ring til 010190-1234"}], "CPR-nummer"),
            ([{"text": "Skriv til a@b.dk"}], "»a@b.dk«"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_saved(self, kept, trial, questions, expected):
        response = kept.post(at(None, "ny"), rows(*questions))
        assert expected in " ".join(response.context["form"].messages)
        assert not Template.objects.exists()

    def test_unanswered_template_is_edited_in_place(self, kept, trial):
        template = factories.make_template(trial.network, texts=("Et", "To", "Tre"))
        first, second, third = template.questions.order_by("position")
        sent = now(kept, template) | {"spm-0-place": "2", "spm-1-place": "1", "spm-2-DELETE": "on", "name": "Nyt navn"}
        assert kept.post(at(template, "ret"), sent).status_code == 302
        assert Template.objects.get().name == "Nyt navn"
        assert list(template.questions.order_by("position").values_list("pk", "position")) == [
            (second.pk, 1),
            (first.pk, 2),
        ]
        assert Question.history.filter(id=third.pk, history_type="-").exists()

    def test_answered_template_gets_a_new_version_and_the_answers_keep_their_questions(self, kept, trial):
        template = factories.make_template(trial.network, texts=("Hvad lærte I?",))
        report = factories.make_report(template, trial.participations.first())
        sent = now(kept, template) | {"spm-0-text": "Hvad gik godt?"}
        response = kept.post(at(template, "ret"), sent)
        new = Template.objects.get(previous=template)
        assert response["Location"] == at(new)
        assert (new.version, new.network, new.questions.get().text) == (2, trial.network, "Hvad gik godt?")
        assert report.answers.get().question.text == "Hvad lærte I?"
        assert list(kept.get(at()).context["templates"]) == [new]
        assert kept.get(at(template, "ret"))["Location"] == at(new)
        assert kept.get(answering(template, trial, "laesoe"))["Location"] == answering(new, trial, "laesoe")

    def test_answered_template_that_is_not_changed_stays(self, kept, trial):
        template = factories.make_template(trial.network)
        factories.make_report(template, trial.participations.first())
        assert kept.post(at(template, "ret"), now(kept, template)).status_code == 302
        assert Template.objects.count() == 1

    def test_template_that_is_answered_while_it_is_edited_gets_a_new_version(self, kept, trial):
        template = factories.make_template(trial.network)
        opened = now(kept, template) | {"spm-0-text": "Hvad gik godt?"}
        factories.make_report(template, trial.participations.first())
        kept.post(at(template, "ret"), opened)
        assert Template.objects.get(previous=template).questions.get().text == "Hvad gik godt?"
        assert template.questions.get().text == "Hvad lærte I?"
