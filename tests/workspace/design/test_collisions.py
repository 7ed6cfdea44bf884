"""Two people in the same step of a design."""

from datetime import date

import pytest

from tests.workspace.design.steps import opened, page, send
from trials.enums import Method
from trials.models import Evaluation, Milestone

pytestmark = pytest.mark.django_db


class TestCollision:
    """Two open the same step; the second to save overwrites nothing unseen."""

    def test_both_values_are_shown_and_nothing_is_written(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        response = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"})

        (collision,) = response.context["form"].collisions
        assert (collision.label, collision.theirs, collision.mine) == ("Forventede resultater", "Deres", "Mit")
        assert Evaluation.objects.get().expected_results == "Deres"

    @pytest.mark.parametrize(("choice", "stored"), [("mit", "Mit"), ("deres", "Deres")])
    def test_choice_is_followed(self, keeper, design, choice, stored):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        form = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"}).context["form"]
        again = {"seen": form["seen"].value(), "strid": form["strid"].value(), "expected_results": "Mit"}
        response = keeper.post(page(design, "resultater"), again | {"valg_expected_results": choice})

        assert response.status_code == 302
        assert Evaluation.objects.get().expected_results == stored

    def test_choice_has_to_be_made(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        form = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"}).context["form"]
        again = {"seen": form["seen"].value(), "strid": form["strid"].value(), "expected_results": "Mit"}
        response = keeper.post(page(design, "resultater"), again)

        assert response.context["form"].messages == ["Hvad skal gælde for »Forventede resultater«? Vælg en af de to."]
        assert [collision.theirs for collision in response.context["form"].collisions] == ["Deres"]
        assert Evaluation.objects.get().expected_results == "Deres"

    def test_third_change_before_the_choice_collides_again(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        form = keeper.post(page(design, "resultater"), mine | {"expected_results": "Mit"}).context["form"]
        again = {"seen": form["seen"].value(), "strid": form["strid"].value(), "expected_results": "Mit"}
        send(keeper, design, "resultater", expected_results="Den tredjes")
        response = keeper.post(page(design, "resultater"), again | {"valg_expected_results": "mit"})

        assert [collision.theirs for collision in response.context["form"].collisions] == ["Den tredjes"]
        assert Evaluation.objects.get().expected_results == "Den tredjes"

    def test_field_left_alone_keeps_what_the_other_wrote(self, keeper, design):
        mine = opened(keeper, design, "resultater")
        send(keeper, design, "resultater", expected_results="Deres")
        response = keeper.post(page(design, "resultater"), mine | {"results_element": "partly"})

        made = Evaluation.objects.get()
        assert response.status_code == 302
        assert (made.expected_results, made.results_element) == ("Deres", "partly")

    def test_another_step_does_not_collide(self, keeper, design):
        mine = opened(keeper, design, "maalgruppe")
        send(keeper, design, "resultater", expected_results="Deres")

        assert keeper.post(page(design, "maalgruppe"), mine | {"target_group": "Ledige"}).status_code == 302
        assert Evaluation.objects.get().expected_results == "Deres"

    def test_form_that_has_seen_nothing_overwrites_nothing(self, keeper, design):
        Evaluation.objects.update(expected_results="Deres")
        response = keeper.post(page(design, "resultater"), {"expected_results": "Mit"})

        assert response.status_code == 200
        assert Evaluation.objects.get().expected_results == "Deres"

    def test_methods_collide_as_a_whole_in_words(self, keeper, design):
        mine = opened(keeper, design, "metode")
        send(keeper, design, "metode", methods=[Method.SURVEY])
        response = keeper.post(page(design, "metode"), mine | {"methods": [Method.INTERVIEW]})

        (collision,) = response.context["form"].collisions
        assert (collision.theirs, collision.mine) == ("Spørgeskema", "Interview")

    def test_milestone_that_someone_else_has_made_collides(self, keeper, design):
        mine = opened(keeper, design, "milepaele")
        send(keeper, design, "milepaele", final_from="2020-06-01")
        response = keeper.post(page(design, "milepaele"), mine | {"final_from": "2020-12-01"})

        assert response.status_code == 200
        assert Milestone.objects.get().planned_from == date(2020, 6, 1)
