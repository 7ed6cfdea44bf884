"""Which exemptions the register knows in a municipality, how far they have come there, and whether they still apply."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import TextChoices

from trials.enums import UNDER_WAY, BasisRole, Decision, Status
from trials.models import LegalBasis, Outcome, Participation, StatusEvent

OVER = frozenset({Status.ENDED, Status.NOT_PURSUED, Status.MADE_GENERAL, Status.REJECTED})
"""The statuses that say that an exemption is not, or no longer, used as a trial."""


class Stage(TextChoices):
    """How far an exemption has come in the municipality, as far as the events say; what is in use stands first."""

    UNDER_WAY = "i-gang", "Sat i gang i kommunen"
    TRIAL_UNDER_WAY = "i-gang-andre-steder", "Forsøget er sat i gang, men kommunens egen status er ikke oplyst"
    NOT_STARTED = "ikke-i-gang", "Ikke oplyst som sat i gang"
    UNKNOWN = "ikke-oplyst", "Status er ikke oplyst"
    OVER = "slut", "Slut, opgivet eller blevet almindelig lov"


STAGE_MEANINGS = {
    Stage.UNDER_WAY: "Det er oplyst, at forsøget er sat i gang i netop denne kommune.",
    Stage.TRIAL_UNDER_WAY: "Det er oplyst, at forsøget er sat i gang, men ikke, om det også er sat i gang her.",
    Stage.NOT_STARTED: "Forsøget er godkendt, planlagt eller venter. Det er ikke oplyst, at det er sat i gang her.",
    Stage.UNKNOWN: "Kommunen er med i forsøget, men det er ikke oplyst, hvor langt det er.",
    Stage.OVER: "Det er oplyst, at forsøget er slut, ikke bliver gennemført eller er blevet almindelig lov.",
}


@dataclass(frozen=True)
class Ending:
    """Something recorded that tells whether an exemption still applies: an end by law, a status or an outcome.

    Exactly one of `ends_on`, `event` with `of_municipality`, and `outcome` is given; `is_past` goes with `ends_on`.
    """

    ends_on: date | None = None
    is_past: bool = False
    event: StatusEvent | None = None
    of_municipality: bool = False
    outcome: Outcome | None = None


class Exemption:
    """A participation got by `for_municipality`, as a citizen of the municipality reads it on the day `today`."""

    def __init__(self, participation: Participation, today: date) -> None:
        self.participation = participation
        self.trial = participation.trial
        self.today = today

    @property
    def stage(self) -> Stage:
        """By the municipality's own status; where that is not known by the trial's."""
        own, whole = self.own_status, self.trial_status
        status = own if own != Status.UNKNOWN else whole
        if status in OVER or self._ended_by_law:
            return Stage.OVER
        if status == Status.UNKNOWN:
            return Stage.UNKNOWN
        if status in UNDER_WAY:
            return Stage.UNDER_WAY if own in UNDER_WAY else Stage.TRIAL_UNDER_WAY
        return Stage.NOT_STARTED

    @property
    def own_status(self) -> Status:
        """The municipality's own status."""
        return Status(self.event.status) if self.event else Status.UNKNOWN

    @property
    def trial_status(self) -> Status:
        """The status of the trial as a whole."""
        return Status(self.trial_event.status) if self.trial_event else Status.UNKNOWN

    @property
    def event(self) -> StatusEvent | None:
        """What the municipality's own status rests on."""
        return next(iter(self.participation.standing_events), None)

    @property
    def trial_event(self) -> StatusEvent | None:
        """What the trial's status rests on."""
        return next(iter(self.trial.standing_events), None)

    @property
    def deviates_from(self) -> list[LegalBasis]:
        return [basis for basis in self.trial.bases if basis.role == BasisRole.DEVIATES_FROM]

    @property
    def rests_on(self) -> list[LegalBasis]:
        return [basis for basis in self.trial.bases if basis.role == BasisRole.RESTS_ON]

    @property
    def endings(self) -> list[Ending]:
        """What is recorded of whether it still applies; nothing means that it is not known."""
        found = []
        if self.trial.in_force_to:
            found.append(Ending(ends_on=self.trial.in_force_to, is_past=self._ended_by_law))
        for event, own in ((self.event, True), (self.trial_event, False)):
            if event and event.status in OVER:
                found.append(Ending(event=event, of_municipality=own))
        decided = [o for o in self.trial.outcomes.all() if not o.is_expected and o.decision != Decision.UNDECIDED]
        return found + [Ending(outcome=outcome) for outcome in decided]

    @property
    def known_on(self) -> date | None:
        """The newest day from which any of it is known; None when no source or event says."""
        source = self.participation.source
        days = [event.known_on for event in (self.event, self.trial_event) if event]
        return max([*days, *([source.published_on] if source else [])], default=None)

    @property
    def _ended_by_law(self) -> bool:
        return self.trial.in_force_to is not None and self.trial.in_force_to < self.today


class Exemptions:
    """All that the register knows in a municipality, of participations got by `for_municipality`. Makes no query."""

    def __init__(self, participations: Iterable[Participation], today: date) -> None:
        self.all = [Exemption(participation, today) for participation in participations]

    @cached_property
    def by_stage(self) -> list[tuple[Stage, str, list[Exemption]]]:
        """Each stage that any has reached, what it means, and the exemptions, in network order."""
        groups = {stage: [each for each in self.all if each.stage == stage] for stage in Stage}
        return [(stage, STAGE_MEANINGS[stage], found) for stage, found in groups.items() if found]

    @cached_property
    def statuses(self) -> dict[Status, int]:
        """How many there are of each of the municipality's own statuses, in the vocabulary's order."""
        counts = Counter(each.own_status for each in self.all)
        return {status: counts[status] for status in Status if status in counts}

    @property
    def under_way(self) -> int:
        """How many are under way in the municipality itself."""
        return sum(each.stage == Stage.UNDER_WAY for each in self.all)

    @property
    def open_ended(self) -> int:
        """Of how many it is not known whether they still apply."""
        return sum(not each.endings for each in self.all)

    @property
    def known_on(self) -> date | None:
        """The newest day from which any of it is known."""
        return max((each.known_on for each in self.all if each.known_on), default=None)
