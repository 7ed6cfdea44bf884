"""The whole register in memory, as the rules read it: loaded in a number of queries that does not grow with it."""

import re
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone

from networks.models import ApplicationRound, Network, Programme
from trials.integrity.finding import Place
from trials.models import (
    Contradiction,
    ContradictionPlace,
    Coverage,
    Evaluation,
    Experience,
    LegalBasis,
    Milestone,
    Observation,
    Outcome,
    Participation,
    SourceCell,
    StatusEvent,
    Trial,
)
from trials.models.source import COLUMNS, section_name

EVERYONE = object()
"""In the place of a user: the whole register, drafts included."""

FIELDS = {1: "title", 3: "content", 4: "target_group", 6: "implementation"}
"""The field of a trial that shows, corrected, what stands in each column."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
_SECTION = re.compile(r"afsnit (\d+(?:\.\d+)?)", re.IGNORECASE)


class Register:
    """What `user` may see of the register (`EVERYONE`: all of it). Records of one kind are loaded once."""

    def __init__(self, user=EVERYONE) -> None:
        self.user = user
        self.today = timezone.localdate()
        self.programmes = list(Programme.objects.all())
        self.rounds = list(ApplicationRound.objects.select_related("programme").order_by("in_force_on", "number"))
        self.networks = list(
            Network.objects.select_related("programme").prefetch_related(
                "memberships__municipality", "texts", "coordinators"
            )
        )
        self.trials = self._trials()
        self.evaluations = list(
            self._seen(Evaluation).prefetch_related(
                Prefetch("coverages", self._seen(Coverage).select_related("cell__source", "source"))
            )
        )
        self.observations = list(self._seen(Observation).with_subjects().select_related("part_of"))
        self.milestones = list(self._seen(Milestone).with_subjects())
        self.experiences = list(self._seen(Experience).with_subjects())
        places = ContradictionPlace.objects.select_related("cell__source", "source").order_by("position")
        self.contradictions = list(
            self._seen(Contradiction).select_related("network").prefetch_related("trials", Prefetch("places", places))
        )
        self._by_pk = {trial.pk: trial for trial in self.trials}

    def _seen(self, model):
        return model.objects.all() if self.user is EVERYONE else model.objects.visible_to(self.user)

    def _trials(self) -> list[Trial]:
        placed = ("cell__source", "source")
        events = StatusEvent.objects.select_related(*placed)
        return list(
            self._seen(Trial)
            .status_on(self.today)
            .select_related("network__programme", "application_round")
            .prefetch_related(
                Prefetch("events", events),
                Prefetch(
                    "participations",
                    Participation.objects.status_on(self.today)
                    .select_related("municipality", *placed)
                    .prefetch_related(Prefetch("events", events))
                    .in_danish_order(),
                ),
                Prefetch("legal_bases", LegalBasis.objects.in_order()),
                Prefetch("coverages", Coverage.objects.select_related("evaluation", *placed)),
                Prefetch("outcomes", Outcome.objects.select_related(*placed)),
                Prefetch("cells", SourceCell.objects.select_related("source").order_by("-source__published_on", "pk")),
            )
            .order_by("network__programme__first_year", "network__number", "number")
        )

    @cached_property
    def sourced(self) -> list:
        """Every record that may rest on a source."""
        found = [*self.observations, *self.milestones, *self.experiences]
        found += [place for contradiction in self.contradictions for place in contradiction.places.all()]
        for trial in self.trials:
            found += [*trial.events.all(), *trial.legal_bases.all(), *trial.coverages.all(), *trial.outcomes.all()]
            for participation in trial.participations.all():
                found += [participation, *participation.events.all()]
        return found

    def trials_of(self, record) -> list[Trial]:
        """The trials of `record` (a figure, a milestone …) that are in this register."""
        return [self._by_pk[trial.pk] for trial in record.trials.all() if trial.pk in self._by_pk]

    def trials_in(self, network: Network) -> list[Trial]:
        return [trial for trial in self.trials if trial.network_id == network.pk]

    def members(self, network: Network) -> list:
        """The memberships of `network`, at hand."""
        known = next(each for each in self.networks if each.pk == network.pk)
        return list(known.memberships.all())

    def words_in(self, section: str, pattern: str) -> str:
        """The words that any record quotes from `section` and that match `pattern`; empty when there are none."""
        for record in self.sourced:
            if record.section == section and re.search(pattern, record.quotation):
                return record.quotation
        return ""


def events_of(bearer) -> list[StatusEvent]:
    """The events of a trial or a participation that have not been corrected, newest first."""
    events = list(bearer.events.all())
    corrected = {event.corrects_id for event in events}
    return [event for event in events if event.pk not in corrected]


def text_of(trial: Trial, column: int) -> str:
    """What the register says of `trial` in the place of a column: the corrected text, its bases or its evaluation's."""
    if column == 7:
        return "\n".join(
            coverage.description for coverage in trial.coverages.all() if coverage.evaluation.design_status
        )
    if column == 5:
        return "; ".join(str(basis) for basis in trial.legal_bases.all())
    return getattr(trial, FIELDS[column])


def cell_of(trial: Trial, column: int) -> SourceCell | None:
    """The cell of `trial` in that column of its newest source."""
    return next((cell for cell in trial.cells.all() if cell.column == column), None)


def place_in(trial: Trial, column: int, pattern: str = "") -> Place:
    """The place of what `trial` says in a column: the sentence that matches `pattern`, or the whole.

    The words are the cell's, verbatim; where they do not stand in a cell, the register's own.
    """
    cell = cell_of(trial, column)
    if cell and (not pattern or re.search(pattern, cell.text, re.IGNORECASE)):
        return cell_place(cell, sentence(cell.text, pattern))
    if column == 2:
        words = ", ".join(str(each.municipality) for each in trial.participations.all()) or "ingen forsøgskommune"
    else:
        words = sentence(text_of(trial, column), pattern)
    return Place(words, label=f"{trial.public_id}, »{COLUMNS[column]}«", is_quotation=False)


def cell_place(cell: SourceCell, words: str) -> Place:
    return Place(words, cell.table, cell.row, cell.column, label=cell.place)


def sentence(text: str, pattern: str) -> str:
    """The first sentence of `text` that matches `pattern`; all of it without a pattern."""
    if not pattern:
        return text.strip()
    return next((each for each in _SENTENCE.split(text) if re.search(pattern, each, re.IGNORECASE)), text.strip())


def place_of(record, words: str = "") -> Place:
    """The place that a record cites, with the words it quotes; for one an editor wrote, what it says."""
    if record.cell is not None:
        return cell_place(record.cell, record.quotation or record.cell.text)
    if record.section:
        label = section_name(record.section)
        return Place(record.quotation, section=record.section, label=label[0].upper() + label[1:])
    return Place(words or str(record), label="Registeret", is_quotation=False)


def place_named(source_place: str, words: str, is_quotation: bool = False) -> Place:
    """The place of a record that says where it stands in words (`source_place`), such as a membership."""
    section = _SECTION.search(source_place)
    table = re.search(r"Bilagstabel (\d+\.\d+), række (\d+)", source_place)
    return Place(
        words,
        table=table[1] if table else "",
        row=int(table[2]) if table else None,
        section=section[1] if section else "forord" if source_place.casefold() == "forordet" else "",
        label=source_place or "Registeret",
        is_quotation=is_quotation,
    )


def day(value) -> str:
    """A day as it is written in Danish: 1.7.2017."""
    return f"{value.day}.{value.month}.{value.year}"
