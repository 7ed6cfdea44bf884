"""The step for which trials an evaluation covers, and the form that begins a new one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from frikommune.personal import refuse_personal_numbers
from networks.models import Network
from trials.enums import DesignStatus
from trials.models import Coverage, Evaluation, Trial
from trials.rules import is_ministry, roles_of
from trials.workspace.design import fields
from trials.workspace.design.milestones import set_trials
from trials.workspace.design.steps import Step


class TrialsStep(Step):
    """The trials of the user's networks that the evaluation covers. What a source says that it covers stays."""

    slug, title = "forsoeg", "Forsøg, der evalueres"
    lead = "Flere af netværkets forsøg kan have den samme evaluering."

    covered = fields.several("Forsøg", [])

    def __init__(self, record: Evaluation, data=None, *, user) -> None:
        self.trials = {trial.public_id: trial for trial in self._offered(record, user)}
        super().__init__(record, data)
        self.fields["covered"].choices = _choices(self.trials.values())  # type: ignore[attr-defined]

    @property
    def fixed(self) -> list[Coverage]:
        """What the evaluation covers besides: by a source's word, or in a network that is not the user's."""
        return [coverage for coverage in self._coverages() if not self._is_open(coverage)]

    def stored(self) -> dict[str, Any]:
        return {"covered": [each.trial.public_id for each in self._coverages() if self._is_open(each)]}

    def check(self, values: dict[str, Any]) -> None:
        if not values["covered"] and not self.fixed:
            raise ValidationError("En evaluering skal dække mindst ét forsøg.")

    def write(self, values: dict[str, Any], changed: set[str]) -> None:
        held = {each.trial.public_id: each for each in self._coverages() if self._is_open(each)}
        for gone in held.keys() - set(values["covered"]):
            held[gone].delete()
        for new in sorted(set(values["covered"]) - held.keys()):
            Coverage.objects.create(evaluation=self.record, trial=self.trials[new])
        set_trials(self.record)

    def _offered(self, record: Evaluation, user) -> list[Trial]:
        """The trials to choose from: all of the networks that are the user's among those of the evaluation."""
        networks = set(record.trials.values_list("network", flat=True))
        if not is_ministry(user):
            networks &= roles_of(user).networks
        by_source = Coverage.objects.filter(evaluation=record).exclude(source=None)
        found = Trial.objects.visible_to(user).filter(network__in=networks).exclude(pk__in=by_source.values("trial"))
        return list(found.order_by("network__number", "number"))

    def _coverages(self) -> list[Coverage]:
        return list(self.record.coverages.select_related("trial", "source", "cell").order_by("trial__public_id"))

    def _is_open(self, coverage: Coverage) -> bool:
        return coverage.source is None and coverage.trial.public_id in self.trials


class StartForm(forms.Form):
    """Begins the evaluation of one or several trials of `network`."""

    covered = forms.MultipleChoiceField(
        label="Forsøg, der skal evalueres",
        help_text="Vælg mindst ét. Flere forsøg kan have den samme evaluering.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vælg mindst ét forsøg.",
            "invalid_choice": "Netværket har ikke et forsøg med id’et »%(value)s«.",
        },
    )
    name = forms.CharField(
        label="Evalueringens navn",
        help_text="Kan udelades: ellers kaldes den efter sit forsøg.",
        required=False,
        max_length=Evaluation._meta.get_field("name").max_length,
        validators=[refuse_personal_numbers],
    )

    def __init__(self, network: Network, user, data=None, chosen: str = "") -> None:
        super().__init__(data, initial={"covered": [chosen]})
        found = Trial.objects.visible_to(user).filter(network=network).order_by("number")
        self.trials = {trial.public_id: trial for trial in found}
        self.fields["covered"].choices = _choices(self.trials.values())  # type: ignore[attr-defined]

    def save(self) -> Evaluation | None:
        """The new evaluation, whose design is not finished; None when something is wrong."""
        if not self.is_valid():
            return None
        with transaction.atomic():
            made = Evaluation.objects.create(name=self.cleaned_data["name"], design_status=DesignStatus.NOT_FINISHED)
            for public_id in self.cleaned_data["covered"]:
                Coverage.objects.create(evaluation=made, trial=self.trials[public_id])
        return made

    @property
    def messages(self) -> list[str]:
        return [text for errors in self.errors.values() for text in errors]


def _choices(trials) -> list[tuple[str, str]]:
    return [(trial.public_id, f"{trial.public_id} {trial.title}") for trial in trials]
