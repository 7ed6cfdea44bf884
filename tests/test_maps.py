"""Maps: which municipality has what number, shade and address."""

import pytest

from networks.models import Municipality
from tests import factories
from trials import maps
from trials.enums import Publication
from trials.models import Trial

pytestmark = pytest.mark.django_db


def _area(drawn: maps.Map, name: str) -> maps.Area:
    return next(area for area in drawn.areas if area.name == name)


@pytest.fixture
def municipalities() -> list[Municipality]:
    return [
        factories.make_municipality("Aalborg", code="851"),
        factories.make_municipality("Gladsaxe", code="159"),
        factories.make_municipality("Ærø", code="492"),
        factories.make_municipality("Nykommune", code="9999"),
    ]


def test_map_counts_the_trials_it_is_given(municipalities, django_assert_num_queries) -> None:
    aalborg, gladsaxe, _, new = municipalities
    for number in range(3):
        factories.make_trial(municipalities=[aalborg, *([gladsaxe] if number else []), *([new] if number > 1 else [])])
    factories.make_trial(municipalities=[aalborg], publication=Publication.DRAFT)

    with django_assert_num_queries(1):
        drawn = maps.of_trials(Trial.objects.visible_to(None), Municipality.get_absolute_url)

    assert [(row.name, row.number) for row in drawn.rows] == [("Aalborg", 3), ("Gladsaxe", 2), ("Nykommune", 1)]
    assert drawn.count == 3
    assert _area(drawn, "Aalborg").said == "Aalborg: 3 forsøg"
    assert _area(drawn, "Aalborg").url == "/kommuner/aalborg/"
    assert (_area(drawn, "Ærø").said, _area(drawn, "Ærø").url) == ("Ærø: ingen forsøg", "")


def test_map_draws_what_has_an_outline_and_the_capital_twice(municipalities) -> None:
    drawn = maps.of_trials(Trial.objects.all(), Municipality.get_absolute_url)

    assert [area.name for area in drawn.drawn] == ["Gladsaxe", "Ærø", "Aalborg"]
    assert [area.name for area in drawn.zoomed] == ["Gladsaxe"]
    assert [area.name for area in drawn.drawn if not area.linked_in_country] == ["Gladsaxe"]


def test_map_lists_a_marked_municipality_without_trials(municipalities) -> None:
    drawn = maps.of_trials(Trial.objects.all(), Municipality.get_absolute_url, {"492": "denne kommune"})

    assert [(row.name, row.said) for row in drawn.rows] == [("Ærø", "Ærø: ingen forsøg (denne kommune)")]
    assert (drawn.mark, drawn.marked_shade, drawn.count) == ("denne kommune", 0, 0)


@pytest.mark.parametrize(
    ("numbers", "legend"),
    [
        ([], []),
        ([1], [(1, 1, 1)]),
        ([4, 2], [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)]),
        ([5], [(1, 1, 2), (2, 3, 5)]),
        ([25, 1], [(1, 1, 2), (2, 3, 5), (3, 6, 10), (4, 11, 25)]),
        ([80], [(1, 1, 5), (2, 6, 15), (3, 16, 30), (4, 31, 80)]),
        ([90_000], [(1, 1, 100), (2, 101, 300), (3, 301, 1000), (4, 1001, 90_000)]),
    ],
)
def test_legend_says_what_each_shade_stands_for(numbers, legend) -> None:
    codes = [str(n) for n in range(len(numbers))]
    drawn = maps.Map(dict(zip(codes, numbers, strict=True)), [(code, code) for code in codes], str)

    assert [(each.shade, each.first, each.last) for each in drawn.shades] == legend
    for area in drawn.areas:
        shade = next(each for each in drawn.shades if each.shade == area.shade)
        assert shade.first <= area.number <= shade.last


@pytest.mark.usefixtures("register")
class TestPages:
    def test_number_on_the_lists_map_is_what_its_link_gives(self, client) -> None:
        address = "/forsoeg/?q=borger&netvaerk=1&netvaerk=6&sortering=titel&kommune=101"
        drawn = client.get(address).context["map"]
        promised = {area.url: area.number for area in drawn.areas if area.number}

        assert len(promised) > 10
        assert sum(area.mark == "valgt" for area in drawn.areas) == 1
        for url, number in promised.items():
            assert "sortering=titel" in url
            assert url.count("kommune=") == 1
            assert client.get(url).context["page_obj"].paginator.count == number, url

    def test_every_municipality_with_trials_is_one_link_on_the_map(self, client) -> None:
        html = client.get("/").content.decode()
        found = html.partition('<div class="map">')[2].partition('<details class="map__table">')[0]
        taking_part = Municipality.objects.filter(participations__isnull=False).distinct()

        assert len(taking_part) == 38
        for municipality in taking_part:
            assert found.count(f'<a href="{municipality.get_absolute_url()}">') == 1, municipality
        assert found.count("<a ") == 38
        assert "<title>Ærø: ingen forsøg</title>" in found
        assert "<title>København: 25 forsøg</title>" in found

    def test_map_of_network_shows_its_trials_and_silent_members(self, client) -> None:
        shown = client.get("/netvaerk/nye-samarbejdsformer-paa-det-somatiske-akutomraade/").context["map"]

        for area in shown.rows:
            found = Trial.objects.filter(network__number=5, municipalities__code=area.code).count()
            assert area.number == found
            assert area.mark == ("" if found else "medlem uden forsøg")
        assert {area.url for area in shown.rows if area.code == "157"} == {"/forsoeg/?netvaerk=5&kommune=157"}

    def test_map_of_municipality_marks_it_and_counts_what_it_shares(self, client) -> None:
        shown = client.get("/kommuner/koebenhavn/").context["map"]
        own = _area(shown, "København")

        assert (own.number, own.url, own.mark) == (25, "", "denne kommune")
        shared = Trial.objects.filter(municipalities__code="101").filter(municipalities__code="265").count()
        assert shared > 0
        assert _area(shown, "Roskilde").number == shared
        assert _area(shown, "Aalborg").number == 0
