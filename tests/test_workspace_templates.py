"""A network's templates, the municipalities' answers, and the answers side by side."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories, roles
from trials.enums import QuestionKind, QuestionTheme
from trials.models import Answer, Experience, Question, Report, Template
from trials.workspace import ready_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial():
    """FKII-1-01 in Thisted and Læsø, members of its network."""
    network = factories.make_network(1, "Arbejde")
    members = [factories.make_municipality("Thisted", "787"), factories.make_municipality("Læsø", "825")]
    for member in members:
        factories.make_membership(network, member)
    return factories.make_trial("Mikrolån", network, members)


@pytest.fixture
def kept(client, trial):
    """The client of the coordinator of the trial's network."""
    client.force_login(roles.make_coordinator(trial.network))
    return client


def at(template: Template | None = None, *rest: str, network: str = "arbejde") -> str:
    parts = [*([str(template.pk)] if template else []), *rest]
    return f"/arbejdsbord/netvaerk/{network}/skabeloner/" + "".join(f"{part}/" for part in parts)


def answering(template, trial, municipality: str = "thisted") -> str:
    return at(template, "svar", trial.public_id, municipality)


def rows(*questions: dict, initial: int = 0, **head) -> dict:
    """What a browser sends from the form for a template."""
    sent = {"name": "Erfaringer", "introduction": "", "seen": "0"} | head
    sent |= {"spm-TOTAL_FORMS": len(questions), "spm-INITIAL_FORMS": initial}
    sent |= {"spm-MIN_NUM_FORMS": 0, "spm-MAX_NUM_FORMS": 60}
    for number, question in enumerate(questions):
        row = {
            "text": "",
            "kind": "text",
            "theme": "other",
            "choices": "",
            "help": "",
            "place": "",
            "key": "",
        } | question
        sent |= {f"spm-{number}-{name}": value for name, value in row.items()}
    return sent


def now(client, template) -> dict:
    """What a browser sends when nothing is changed in the form for `template`."""
    editor = client.get(at(template, "ret")).context["editor"]
    questions = [
        {name: row.initial.get(name) or "" for name in ("text", "kind", "theme", "choices", "help", "place", "key")}
        | ({"is_required": "on"} if row.initial.get("is_required") else {})
        for row in editor.rows
        if row.initial.get("text")
    ]
    return rows(*questions, initial=len(questions), name=template.name, seen=editor.newest_seen())


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
        assert response.status_code == 302, response.context["editor"].said
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
        assert expected in " ".join(response.context["editor"].said)
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

    def test_template_that_another_has_edited_meanwhile_is_shown(self, kept, trial):
        template = factories.make_template(trial.network)
        opened = now(kept, template) | {"spm-0-text": "Mit spørgsmål?"}
        question = template.questions.get()
        question.text = "Et andet spørgsmål?"
        question.save()
        response = kept.post(at(template, "ret"), opened)
        assert "Et andet spørgsmål?" in " ".join(response.context["editor"].said)
        assert Question.objects.get().text == "Et andet spørgsmål?"
        again = opened | {"seen": response.context["editor"].newest_seen()}
        assert kept.post(at(template, "ret"), again).status_code == 302
        assert Question.objects.get().text == "Mit spørgsmål?"

    def test_template_that_is_answered_while_it_is_edited_gets_a_new_version(self, kept, trial):
        template = factories.make_template(trial.network)
        opened = now(kept, template) | {"spm-0-text": "Hvad gik godt?"}
        factories.make_report(template, trial.participations.first())
        kept.post(at(template, "ret"), opened)
        assert Template.objects.get(previous=template).questions.get().text == "Hvad gik godt?"
        assert template.questions.get().text == "Hvad lærte I?"


@pytest.fixture
def template(trial):
    """A template with a question of each kind, the first of which must be answered."""
    template = factories.make_template(trial.network, texts=())
    factories.make_question(template, "Hvad lærte I?", is_required=True)
    factories.make_question(template, "Hvor meget?", QuestionKind.NUMBER)
    factories.make_question(template, "Hvordan?", QuestionKind.CHOICE, choices="Godt\nSkidt")
    factories.make_question(template, "Anbefales det?", QuestionKind.YES_NO)
    factories.make_question(template, "Hvornår?", QuestionKind.DATE)
    return template


def sent(template, *values: str, **more) -> dict:
    """What a browser sends from the form for answers: values in the order of the questions."""
    keys = template.questions.order_by("position").values_list("pk", flat=True)
    return {"as_of": "2018-05-01", "seen": "0"} | {f"svar_{k}": v for k, v in zip(keys, values, strict=False)} | more


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
