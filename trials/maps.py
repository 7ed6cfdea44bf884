"""Maps of the municipalities, shaded by how many trials each is in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse

from networks.importers.outlines import CAPITAL, HEIGHT, WIDTH
from networks.models import Municipality
from trials.code_filter import CodeFilterSet
from trials.models import Participation
from trials.querysets import TrialQuerySet

SHADES = 4
"""How many shades there are besides that of no trials."""

SCALES = ((1, 2, 3, 4), (1, 3, 6, 11), (1, 6, 16, 31), (1, 26, 76, 151), (1, 101, 301, 1001))
"""The lowest number of each shade. The first scale is for up to 4 trials; of the others the first whose last shade
spans no more than three times its lowest number."""


@dataclass(frozen=True)
class Place:
    """Where a municipality's number is written on the map, and how much of it is in the part shown larger."""

    x: int
    y: int
    zoom: str


@dataclass(frozen=True)
class Area:
    """A municipality on a map. `shade` is 0 without trials, `said` all that a reader is told of it.

    `mark` says what it is to the page, or nothing.
    """

    code: str
    name: str
    number: int
    said: str
    shade: int
    url: str
    mark: str
    place: Place | None

    @property
    def is_zoomed(self) -> bool:
        """Whether the whole of it is in the part shown larger."""
        return self.place is not None and self.place.zoom == "yes"

    @property
    def linked_in_country(self) -> bool:
        """Whether it is a link on the whole map: each municipality is one, the small ones where they are larger."""
        return not self.is_zoomed


@dataclass(frozen=True)
class Shade:
    """A line of the legend: the numbers of trials that a shade stands for."""

    shade: int
    first: int
    last: int


@dataclass
class Map:
    """Municipalities with a number each, of what `noun` says.

    `names` are kommunekoder and names in Danish order; `url` gives the address behind a kommunekode, or nothing;
    `marks` maps a kommunekode to what its municipality is to the page.
    """

    numbers: dict[str, int]
    names: Iterable[tuple[str, str]]
    url: Callable[[str], str]
    marks: dict[str, str] = field(default_factory=dict)
    noun: str = "forsøg"

    view_box = f"0 0 {WIDTH} {HEIGHT}"
    frame = (CAPITAL[0], CAPITAL[1], CAPITAL[2] - CAPITAL[0], CAPITAL[3] - CAPITAL[1])
    zoom_box = " ".join(map(str, frame))

    def __post_init__(self) -> None:
        self.most = max(self.numbers.values(), default=0)
        self.scale = scale(self.most)
        self.areas = [self._area(code, name) for code, name in self.names]

    @property
    def drawn(self) -> list[Area]:
        """The areas that have an outline."""
        return [area for area in self.areas if area.place]

    @property
    def zoomed(self) -> list[Area]:
        """The areas to be seen in the part shown larger, those that are only partly in it first."""
        seen = [area for area in self.drawn if area.place and area.place.zoom != "no"]
        return sorted(seen, key=lambda area: area.is_zoomed)

    @property
    def rows(self) -> list[Area]:
        """The municipalities that are in any trial, or marked; those in most trials first."""
        found = [area for area in self.areas if area.number or area.mark]
        return sorted(found, key=lambda area: -area.number)

    @property
    def mark(self) -> str:
        """What the marked municipalities are."""
        return next((area.mark for area in self.areas if area.mark), "")

    @property
    def marked_shade(self) -> int:
        """The darkest shade of a marked municipality, as the legend shows it."""
        return max((area.shade for area in self.areas if area.mark), default=0)

    @property
    def count(self) -> int:
        """How many municipalities are in any trial."""
        return sum(area.number > 0 for area in self.areas)

    @property
    def shades(self) -> list[Shade]:
        """The legend: the shades in use from the lightest to the darkest."""
        tops = [*(low - 1 for low in self.scale[1:]), max(self.most, self.scale[-1])]
        found = [Shade(n, low, top) for n, (low, top) in enumerate(zip(self.scale, tops, strict=True), start=1)]
        return [Shade(each.shade, each.first, min(each.last, self.most)) for each in found if each.first <= self.most]

    def _area(self, code: str, name: str) -> Area:
        number = self.numbers.get(code, 0)
        mark = self.marks.get(code, "")
        said = f"{name}: {number or 'ingen'} {self.noun}" + (f" ({mark})" if mark else "")
        shade = sum(low <= number for low in self.scale)
        url = self.url(code) if number else ""
        return Area(code, name, number, said, shade, url, mark, places().get(code))


def scale(most: int) -> tuple[int, ...]:
    """The lowest number of each shade, when no municipality is in more than `most` trials."""
    if most <= SHADES:
        return SCALES[0]
    return next((found for found in SCALES[1:] if most < 3 * found[-1]), SCALES[-1])


@cache
def places() -> dict[str, Place]:
    """The places by kommunekode, as `manage.py build_map` has written them."""
    text = (settings.BASE_DIR / "fixtures" / "reference" / "map_places.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {code: Place(int(x), int(y), zoom) for code, x, y, zoom in rows}


def of_trials(
    trials: TrialQuerySet,
    url: Callable[[Municipality], str],
    marks: dict[str, str] | None = None,
    noun: str = "forsøg",
) -> Map:
    """How many of `trials` each municipality is in; `url` gives the address behind it. One query."""
    parts = Participation.objects.filter(trial__in=trials.order_by().values("pk"), municipality=OuterRef("pk"))
    number = parts.order_by().values("municipality").annotate(number=Count("pk")).values("number")
    found = list(Municipality.objects.annotate(number=Coalesce(Subquery(number), 0)))
    urls = {each.code: url(each) for each in found}
    names = [(each.code, each.name) for each in found]
    return Map({each.code: each.number for each in found}, names, urls.__getitem__, marks or {}, noun)


def of_list(filtered: CodeFilterSet, name: str = "kommune", mark: str = "") -> Map:
    """The municipalities that the parameter `name` of a valid filter may have, each with what choosing it alone gives.

    Those chosen have `mark`. One query.
    """
    base = QueryDict(filtered.query(), mutable=True)
    base.setlist(name, [])
    rest = base.urlencode()

    def url(code: str) -> str:
        return filtered.url(f"{rest}&{name}={code}" if rest else f"{name}={code}")

    names = [(code, option.label) for code, option in filtered.vocabularies[name].items()]
    return Map(filtered.counts(name), names, url, dict.fromkeys(filtered.chosen(name), mark))


def list_url(**parameters: object) -> str:
    """The address of the list of trials under these parameters."""
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in parameters.items()})
    return f"{reverse('trials:trial_list')}?{query.urlencode()}"
