"""What is offered to one who has misspelt a word."""

import pytest

from tests import factories
from trials import lookup
from trials.enums import Publication

pytestmark = pytest.mark.django_db


def meant(text: str, user=None) -> list[str]:
    index = lookup.index(user)
    return lookup.suggestions(index, text, lambda query: bool(lookup.find(index, query)))


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("rehabilitring", "rehabilitering"),
            ("laesoe", "læsø"),
            ("Koebenhavn", "københavn"),
            ("Radners", "randers"),
            ("unge rehabilitring", "unge rehabilitering"),
        ],
    )
    def test_word_of_the_register_is_offered(self, text, first):
        assert meant(text)[0] == first

    def test_other_letters_for_the_same_are_no_misspelling_of_anything_else(self):
        assert meant("laesoe") == ["læsø"]

    @pytest.mark.parametrize("text", ["bolig", "BOLIGER", "xqzxqzxqz", "7777777"])
    def test_nothing_is_offered(self, text):
        assert meant(text) == []

    def test_what_is_offered_finds_something(self):
        index = lookup.index(None)
        for text in ("kommunr", "fleksiblr boligr", "evaluerng", "sagsbehandler unge boligløsninge"):
            for query in meant(text):
                assert lookup.find(index, query), (text, query)


def test_words_that_stand_somewhere_are_not_touched():
    factories.make_trial("Parkering")
    factories.make_trial("Barkering")

    assert meant("parkering") == []


def test_most_alike_comes_first_then_the_most_used():
    for title in ("Parkeringen", "Parkerings", "Parkerings", "Parkeringerne"):
        factories.make_trial(title)

    assert meant("parkerinks")[:2] == ["parkerings", "parkeringen"]


def test_words_of_drafts_are_offered_to_staff_alone(admin_user):
    factories.make_trial("Hemmelighed", publication=Publication.DRAFT)

    assert meant("hemmelihged") == []
    assert meant("hemmelihged", admin_user) == ["hemmelighed"]


def test_single_words_are_offered_when_all_together_find_nothing():
    factories.make_trial("Parkering")
    factories.make_trial("Mikrolån")

    assert meant("parkerng mikrolaan") == ["parkering", "mikrolån"]
