"""Two who edit a template at the same time: nothing is overwritten unseen, each question is chosen by itself."""

import pytest

from tests import factories
from tests.workspace.templates.sending import at, now
from trials.models import Question, Template

pytestmark = pytest.mark.django_db


@pytest.fixture
def template(trial):
    return factories.make_template(trial.network, texts=("Et?", "To?", "Tre?"))


def another_writes(template, old: str, new: str) -> None:
    question = template.questions.get(text=old)
    question.text = new
    question.save()


def asked(template) -> list[str]:
    return list(template.questions.order_by("position").values_list("text", flat=True))


def labels(response) -> list[str]:
    return [collision.label for collision in response.context["form"].collisions]


def chosen(response, sent: dict, choice: str) -> dict:
    """What is sent when all that is disputed is chosen alike."""
    form = response.context["form"]
    names = form["strid"].value().split()
    return sent | {"seen": form["seen"].value(), "strid": " ".join(names)} | {f"valg_{name}": choice for name in names}


def test_different_questions_are_both_kept(kept, template):
    opened = now(kept, template) | {"spm-0-text": "Mit?"}
    another_writes(template, "Tre?", "Deres?")

    response = kept.post(at(template, "ret"), opened, follow=True)

    assert asked(template) == ["Mit?", "To?", "Deres?"]
    assert "En anden har ændret »Spørgsmål 3« imens." in response.content.decode()


@pytest.mark.parametrize(("choice", "stands"), [("mit", "Mit?"), ("deres", "Deres?")])
def test_same_question_is_chosen_and_nothing_saved_before(kept, template, choice, stands):
    opened = now(kept, template) | {"spm-0-text": "Mit?", "name": "Nyt navn"}
    another_writes(template, "Et?", "Deres?")

    response = kept.post(at(template, "ret"), opened)
    page = response.content.decode()
    assert labels(response) == ["Spørgsmål 1"]
    assert ("Deres?" in page, "Mit?" in page) == (True, True)
    assert asked(template) == ["Deres?", "To?", "Tre?"]
    assert Template.objects.get().name == template.name

    unchosen = {name: value for name, value in chosen(response, opened, choice).items() if "valg_" not in name}
    assert kept.post(at(template, "ret"), unchosen).status_code == 200
    assert asked(template) == ["Deres?", "To?", "Tre?"]

    assert kept.post(at(template, "ret"), chosen(response, opened, choice)).status_code == 302
    assert asked(template) == [stands, "To?", "Tre?"]
    assert Template.objects.get().name == "Nyt navn"


@pytest.mark.parametrize(("choice", "left"), [("mit", ["Mit?", "To?", "Tre?"]), ("deres", ["To?", "Tre?"])])
def test_question_that_another_has_deleted_is_chosen(kept, template, choice, left):
    opened = now(kept, template) | {"spm-0-text": "Mit?"}
    template.questions.get(text="Et?").delete()

    response = kept.post(at(template, "ret"), opened)
    assert labels(response)[0] == "Spørgsmål 1"
    assert "Slettet" in response.content.decode()

    assert kept.post(at(template, "ret"), chosen(response, opened, choice)).status_code == 302
    assert asked(template) == left


def test_question_that_is_deleted_and_changed_is_chosen(kept, template):
    opened = now(kept, template) | {"spm-0-DELETE": "on"}
    another_writes(template, "Et?", "Deres?")

    response = kept.post(at(template, "ret"), opened)
    assert labels(response) == ["Spørgsmål 1"]
    assert asked(template) == ["Deres?", "To?", "Tre?"]

    kept.post(at(template, "ret"), chosen(response, opened, "mit"))
    assert asked(template) == ["To?", "Tre?"]


def test_question_left_alone_stays_deleted(kept, template):
    opened = now(kept, template) | {"name": "Nyt navn"}
    template.questions.get(text="Et?").delete()

    assert kept.post(at(template, "ret"), opened).status_code == 302
    assert asked(template) == ["To?", "Tre?"]


def test_question_that_another_has_added_is_kept(kept, template):
    opened = now(kept, template) | {"spm-0-text": "Mit?"}
    factories.make_question(template, "Fire?")

    assert kept.post(at(template, "ret"), opened).status_code == 302
    assert asked(template) == ["Mit?", "To?", "Tre?", "Fire?"]


def test_order_that_another_has_changed_is_kept_by_one_who_left_it_alone(kept, template):
    opened = now(kept, template) | {"spm-0-text": "Mit?"}
    second = now(kept, template) | {"spm-0-place": "3", "spm-1-place": "1", "spm-2-place": "2"}
    assert kept.post(at(template, "ret"), second).status_code == 302
    assert asked(template) == ["To?", "Tre?", "Et?"]

    assert kept.post(at(template, "ret"), opened).status_code == 302
    assert asked(template) == ["To?", "Tre?", "Mit?"]


def test_name_is_chosen_too(kept, template):
    opened = now(kept, template) | {"name": "Mit navn"}
    Template.objects.update(name="Deres navn")

    response = kept.post(at(template, "ret"), opened)

    assert labels(response) == ["Skabelonens navn"]
    assert Template.objects.get().name == "Deres navn"


def test_new_version_meanwhile_is_told_of(kept, trial, template):
    opened = now(kept, template) | {"spm-0-text": "Mit?"}
    new = Template.objects.create(network=trial.network, name="Ny", version=2, previous=template)
    factories.make_question(new)

    assert kept.post(at(template, "ret"), opened)["Location"] == at(new)
    assert asked(template) == ["Et?", "To?", "Tre?"]


@pytest.mark.parametrize("key", ["9" * 5000, "-1", "x", "٣"])
def test_forged_key_and_value_change_nothing_that_is_there(kept, template, key):
    forged = {"spm-0-key": key, f"spoergsmaal_{template.questions.first().pk}": "x", "added": "x", "nr_1": "x"}
    response = kept.post(at(template, "ret"), now(kept, template) | forged)

    assert response.status_code in (200, 302)
    assert {"To?", "Tre?"} <= set(asked(template))
    assert not Question.objects.filter(text="x").exists()


def test_forged_words_of_a_question_are_not_read(kept, template):
    first = template.questions.order_by("position").first()
    sent = now(kept, template) | {"spm-0-DELETE": "on", f"spoergsmaal_{first.pk}": "x", f"nr_{first.pk}": "9"}

    assert kept.post(at(template, "ret"), sent).status_code == 302
    assert asked(template) == ["To?", "Tre?"]
