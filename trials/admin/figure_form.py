"""The form of a figure, which asks before an unlikely one is kept."""

from copy import copy
from typing import Any

from django.forms.models import construct_instance

from networks.collision import CollisionForm
from trials.models import Observation
from trials.plausibility import RESTS_ON
from trials.workspace.figure_doubts import Doubts, Placed
from trials.workspace.figure_edit import ONE
from trials.workspace.figure_entry import Entry


class ObservationForm(CollisionForm):
    """A figure. An unlikely one is kept with a reason, given by someone who was shown what is unlikely."""

    user: Any

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.entry = Entry(ONE)
        if self.instance.overruled and not self.is_bound:
            placed = Placed.of(self.instance)
            self.entry.warned = self._doubts(placed, self.instance.trials.all()).about(placed)

    def clean(self) -> dict[str, Any]:
        """Ask when something is new that a warning depends on."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and RESTS_ON & set(self.changed_data):
            self._look_at(cleaned)
        return cleaned

    def _look_at(self, cleaned: dict[str, Any]) -> None:
        figure = construct_instance(self, copy(self.instance))  # type: ignore[arg-type]
        trials, municipalities = cleaned["trials"], cleaned["municipalities"]
        placed = Placed(figure, frozenset(each.pk for each in trials), frozenset(municipalities))
        self.entry = Entry.read(ONE, self.data, cleaned["overruled"])
        self.entry.settle(figure, self._doubts(placed, trials).about(placed))
        cleaned["overruled"] = figure.overruled
        if not self.entry.is_let_through:
            for warned in self.entry.warned:
                self.add_error(warned.field, warned.sentence)
            self.add_error("overruled", "Er det rigtigt, så skriv hvorfor, og gem igen.")

    def _doubts(self, placed: Placed, trials) -> Doubts:
        assert isinstance(placed.figure, Observation)
        return Doubts(list(trials), [placed.figure.network], self.user)
