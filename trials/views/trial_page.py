"""One trial: everything known of it, and for each thing its place in the source."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.importers.merge import digest
from trials.enums import STATUS_MEANINGS, BasisRole, Status
from trials.models import LegalBasis, Participation, SourceCell, StatusEvent, Trial
from trials.timeline import Timeline, standing
from trials.told import Told
from trials.views.as_of import moved, on_a_day
from trials.views.trial_evaluation import Covered

_REFERENCE = re.compile(r"([A-Za-z0-9]+-[0-9]+-[0-9]+)(?:-.*)?", re.DOTALL)


@require_safe
@on_a_day
def trial(request: HttpRequest, ref: str, day: date | None) -> HttpResponse:
    """The trial with the id that `ref` begins with; any other spelling of its address leads to the right one."""
    visible = Trial.objects.visible_to(request.user).for_page(request.user, day)
    wanted = visible.filter(public_id__iexact=reference(ref)).first()
    if wanted is None:
        raise Http404("Der er intet forsøg med det id.")
    if ref != f"{wanted.public_id}-{wanted.slug}":
        return moved(wanted, day)
    context = {
        "trial": wanted,
        "page": TrialPage(wanted),
        "told": Told(request.user, "trials", wanted, day),
        "timeline": Timeline.of(wanted, request.user, day),
        "day": day,
    }
    return render(request, "trials/trial.html", context)


def reference(ref: str) -> str:
    """The trial's id that an address begins with. Raises `Http404` when it begins with none."""
    found = _REFERENCE.fullmatch(ref)
    if found is None:
        raise Http404("Adressen begynder ikke med et forsøgs id.")
    return found[1]


@dataclass(frozen=True)
class Text:
    """A text of the trial: `place` is the cell that says it; `edited`, that the registry has changed it since."""

    body: str
    place: str
    edited: bool


class TrialPage:
    """What the page says of a trial got by `for_page`. Makes no query."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    @property
    def meaning(self) -> str:
        """What the trial's status means."""
        return STATUS_MEANINGS[self.trial.shown_status]

    @cached_property
    def event(self) -> StatusEvent | None:
        """The event that the trial's status rests on."""
        return standing(self.trial.events.all())

    @cached_property
    def participations(self) -> list[Participation]:
        """The municipalities, each with its `standing_event` (or None)."""
        participations = list(self.trial.participations.all())
        for participation in participations:
            participation.standing_event = standing(participation.events.all())
        return participations

    @property
    def disagreeing(self) -> int:
        """How many municipalities have another status than the trial."""
        return sum(part.disagrees_with_trial() for part in self.participations)

    @property
    def silent(self) -> int:
        """Of how many municipalities the status is not known."""
        return sum(part.shown_status == Status.UNKNOWN for part in self.participations)

    @property
    def any_decided(self) -> bool:
        """Whether the day of a municipal council's decision is known for any municipality."""
        return any(part.decided_on for part in self.participations)

    @property
    def participation_places(self) -> list[str]:
        """Where it stands that the municipalities take part."""
        return list(dict.fromkeys(part.place for part in self.participations if part.place))

    @property
    def rests_on(self) -> list[LegalBasis]:
        return self._bases(BasisRole.RESTS_ON)

    @property
    def deviates_from(self) -> list[LegalBasis]:
        return self._bases(BasisRole.DEVIATES_FROM)

    @property
    def kinds(self) -> list[str]:
        """The kinds of the legal basis, by name."""
        return list(dict.fromkeys(basis.get_kind_display() for basis in self.rests_on))

    @cached_property
    def coverages(self) -> list[Covered]:
        return [Covered(coverage) for coverage in self.trial.coverages.all()]

    @property
    def own_coverages(self) -> list[Covered]:
        """The trial's own evaluations."""
        return [covered for covered in self.coverages if not covered.is_apart]

    @property
    def coverages_apart(self) -> list[Covered]:
        """Evaluations by others beside its own."""
        return [covered for covered in self.coverages if covered.is_apart]

    @cached_property
    def sources(self) -> list[tuple]:
        """Each source with the row's cells, the newest source first."""
        return [(source, list(cells)) for source, cells in groupby(self.trial.cells.all(), lambda cell: cell.source)]

    @property
    def corrections(self) -> list:
        return [correction for _, cells in self.sources for cell in cells for correction in cell.corrections.all()]

    @property
    def title(self) -> Text:
        return self._text("title", 1)

    @property
    def content(self) -> Text:
        return self._text("content", 3)

    @property
    def target_group(self) -> Text:
        return self._text("target_group", 4)

    @property
    def implementation(self) -> Text:
        return self._text("implementation", 6)

    def _bases(self, role: BasisRole) -> list[LegalBasis]:
        return [basis for basis in self.trial.legal_bases.all() if basis.role == role]

    def _text(self, name: str, column: int) -> Text:
        body, imported = getattr(self.trial, name), self.trial.imported.get(name)
        cell = self._cell(column)
        return Text(body, cell.place if cell else "", imported is not None and imported != digest(body))

    def _cell(self, column: int) -> SourceCell | None:
        """The cell of the newest source in `column`."""
        return next((cell for cell in self.trial.cells.all() if cell.column == column), None)
