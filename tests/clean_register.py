"""A small register in which no rule finds anything. Tests plant one fault at a time in it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model

from networks.models import Coordinator, Municipality, Network
from tests import factories
from trials.enums import BasisKind, Element, MilestoneKind, Precision, Status
from trials.models import Participation, Source, Trial
from trials.workflow import Evidence

IN_FORCE = date(2018, 1, 1)
TITLE, OTHER_TITLE = "Natlys i haller", "Cykler til elever"
CONTENT = "Hallen må tænde lys om natten. Foreninger får nøgle og passer selv huset."
OTHER_CONTENT = "Skolen kan låne cykler ud til ture. Lærere planlægger dem sammen med forældre."


@dataclass
class CleanRegister:
    """What is in the clean register: two trials of a network, in both of which its two members are under way."""

    source: Source
    network: Network
    members: list[Municipality]
    trials: list[Trial]

    @property
    def trial(self) -> Trial:
        return self.trials[0]

    @property
    def participation(self) -> Participation:
        return self.trial.participations.first()

    def cell(self, column: int, trial: Trial | None = None):
        return (trial or self.trial).cells.get(column=column)

    def said(self, column: int, quotation: str, trial: Trial | None = None) -> Evidence:
        """Evidence in a cell, whose text gets the quotation."""
        cell = self.cell(column, trial)
        cell.text = f"{cell.text} {quotation}"
        cell.save()
        return Evidence(cell=cell, quotation=quotation)

    def in_section(self, section: str, quotation: str) -> Evidence:
        return Evidence(source=self.source, section=section, quotation=quotation)

    def write(self, trial: Trial | None = None, **fields) -> Trial:
        """Save fields of a trial, as an editor does."""
        trial = trial or self.trial
        for name, value in fields.items():
            setattr(trial, name, value)
        trial.save()
        return trial


def make_clean_register(number: int = 4, trials: int = 2, members: int = 2) -> CleanRegister:
    """A register without a fault, with a network of this number. With another number it adds a network."""
    programme = factories.make_programme()
    programme.decision_deadline, programme.source_place = date(2018, 10, 1), "Forordet"
    programme.save()
    for place, day in enumerate((date(2017, 7, 1), IN_FORCE, date(2018, 7, 1)), start=1):
        factories.make_round(place, day)
    network = factories.make_network(number, f"Netværket {number}")
    municipalities = [factories.make_municipality() for _ in range(members)]
    for municipality in municipalities:
        factories.make_membership(network, municipality)
    user = get_user_model().objects.create_user(f"koordinator-{number}")
    Coordinator.objects.create(network=network, user=user)
    source = factories.make_source()
    register = CleanRegister(source, network, municipalities, [])
    for row in range(1, trials + 1):
        register.trials.append(_make_trial(register, row))
    return register


def _make_trial(register: CleanRegister, row: int) -> Trial:
    trial = factories.make_trial(
        {1: TITLE, 2: OTHER_TITLE}.get(row, f"Forsøg{'x' * row} nummer"),
        register.network,
        number=row,
        summary="Kommunen må noget.",
        content={1: CONTENT, 2: OTHER_CONTENT}.get(row, f"Vandløb{'y' * row} renses."),
        target_group="Alle i kommunen.",
        implementation="I gang. Lovmæssig ikrafttrædelse pr. 1.1. 2018.",
        in_force_from=IN_FORCE,
        in_force_to=date(2020, 12, 31),
        application_round=factories.make_round(2),
    )
    names = ", ".join(municipality.name for municipality in register.members)
    texts = [trial.title, names, trial.content, trial.target_group, f"§ {row} {'abc'[register.network.number % 3]}"]
    cells = factories.make_cells(trial, [*texts, trial.implementation, "Interview."], register.source)
    factories.make_basis(trial, factories.make_provision(10 * register.network.number + row, "a"), BasisKind.EXEMPTION)
    present = dict.fromkeys(("results_element", "target_group_element", "method_element"), Element.PRESENT)
    factories.make_evaluation(trial, **present)
    evidence = Evidence(cell=cells[5], quotation="I gang.")
    factories.make_status(trial, Status.RUNNING, date(2018, 8, 1), Precision.BY, evidence=evidence)
    for municipality in register.members:
        place = {"source": register.source, "cell": cells[1]}
        part = factories.make_participation(trial, municipality, decided_on=date(2018, 6, 1), **place)
        factories.make_status(part, Status.RUNNING, date(2018, 8, 1), Precision.BY, evidence=evidence)
    factories.make_observation(
        trials=[trial],
        municipalities=register.members[:1],
        to_on=date(2018, 12, 1),
        source=register.source,
        cell=cells[5],
    )
    trial.refresh_from_db()
    return trial


def make_law(register: CleanRegister, on: date):
    """The milestone of the whole programme that says when the first law was passed."""
    return factories.make_milestone(
        "Loven vedtages",
        MilestoneKind.LAW,
        actual_from=on,
        actual_to=on,
        source=register.source,
        section="forord",
        quotation="vedtaget af Folketinget",
    )
