"""Rows for tests: plain functions that make what is asked for, and what it cannot be without.

Every function takes the fields that matter to the test by name and gives the rest sensible values. Status is
written through `trials.workflow`, as everywhere.
"""

from datetime import date
from itertools import count

from networks.enums import Standing, TargetGroup, TextKind
from networks.models import ApplicationRound, Focus, Membership, Municipality, Network, NetworkText, Programme
from trials import proposals, workflow
from trials.enums import (
    ActKind,
    BasisKind,
    BasisRole,
    Decision,
    DesignStatus,
    ExperienceKind,
    IdeaKind,
    MilestoneKind,
    Precision,
    ProposalKind,
    Publication,
    QuestionKind,
    QuestionTheme,
    Status,
    Theme,
    Unit,
)
from trials.models import (
    Act,
    Answer,
    Contradiction,
    ContradictionPlace,
    Correction,
    Coverage,
    Evaluation,
    Experience,
    Idea,
    IdeaComment,
    IdeaInterest,
    LegalBasis,
    Milestone,
    Observation,
    Outcome,
    Participation,
    Proposal,
    Provision,
    Question,
    Report,
    Source,
    SourceCell,
    Template,
    Trial,
)

_numbers = count(1)


def make_programme(code: str = "FKII") -> Programme:
    """The programme with this code, made if it is not there."""
    values = {"name": "Frikommuneforsøg II", "first_year": 2016, "last_year": 2020}
    return Programme.objects.get_or_create(code=code, defaults=values)[0]


def make_round(
    number: int = 1, in_force_on: date | None = None, programme: Programme | None = None
) -> ApplicationRound:
    """The application round with this number, made if it is not there."""
    return ApplicationRound.objects.get_or_create(
        programme=programme or make_programme(), number=number, defaults={"in_force_on": in_force_on}
    )[0]


def make_municipality(name: str = "", code: str = "", **fields) -> Municipality:
    """A municipality; without a code it gets the next free one from 9001."""
    code = code or f"{9000 + next(_numbers):04d}"
    name = name or f"Prøvekommune {code}"
    fields = {"official_name": f"{name} Kommune", "region_code": "1084", "region": "Region Hovedstaden"} | fields
    return Municipality.objects.create(code=code, name=name, **fields)


def make_network(number: int | None = None, name: str = "", **fields) -> Network:
    """A network; without a number it gets the next free one."""
    fields = {"programme": make_programme()} | fields
    if number is None:
        number = 1 + max(Network.objects.values_list("number", flat=True), default=0)
    return Network.objects.create(number=number, name=name or f"Netværk nr. {number}", **fields)


def make_membership(network: Network, municipality: Municipality, standing: str = Standing.ACTIVE) -> Membership:
    return Membership.objects.create(network=network, municipality=municipality, standing=standing)


def make_trial(
    title: str = "Mikrolån",
    network: Network | None = None,
    municipalities: list[Municipality] | tuple = (),
    status: Status | None = None,
    **fields,
) -> Trial:
    """A published trial, with a participation in each of `municipalities` and, if given, a status."""
    network = network or Network.objects.first() or make_network()
    fields = {"publication": Publication.PUBLISHED} | fields
    fields.setdefault("number", 1 + max(network.trials.values_list("number", flat=True), default=0))
    trial = Trial.objects.create(title=title, network=network, **fields)
    for municipality in municipalities:
        make_participation(trial, municipality)
    if status is not None:
        make_status(trial, status)
    trial.refresh_from_db()
    return trial


def make_participation(
    trial: Trial, municipality: Municipality | None = None, status: Status | None = None, **fields
) -> Participation:
    """A municipality's part in `trial`; with `status`, an event of its own."""
    participation = Participation.objects.create(
        trial=trial, municipality=municipality or make_municipality(), **fields
    )
    if status is not None:
        make_status(participation, status)
        participation.refresh_from_db()
    return participation


def make_status(
    subject: Trial | Participation,
    status: Status,
    effective_on: date = date(2019, 2, 28),
    precision: Precision = Precision.BY,
    by=None,
    **fields,
):
    """An event of `subject`, written by the workflow. Returns it, or None for a confirmation."""
    return workflow.change_status(subject, workflow.Change(status, effective_on, precision, **fields), by)


def make_act(code: str = "frikommuneloven", title: str = "Lov om frikommunenetværk", **fields) -> Act:
    """The act with this code, made if it is not there."""
    fields = {"title": title, "short_title": code, "kind": ActKind.STATUTE} | fields
    return Act.objects.get_or_create(code=code, defaults=fields)[0]


def make_provision(paragraph: int = 27, letter: str = "", act: Act | None = None, **fields) -> Provision:
    """The provision with this reference, made if it is not there."""
    fields = {"subsection": 0, "number": 0} | fields
    return Provision.objects.get_or_create(act=act or make_act(), paragraph=paragraph, letter=letter, **fields)[0]


def make_basis(
    trial: Trial,
    provision: Provision | None = None,
    kind: str = BasisKind.EXEMPTION,
    role: str = BasisRole.RESTS_ON,
    **fields,
) -> LegalBasis:
    """What `trial` rests on, or with another `role` deviates from (which has no kind)."""
    kind = kind if role == BasisRole.RESTS_ON else ""
    return LegalBasis.objects.create(trial=trial, provision=provision, kind=kind, role=role, **fields)


def make_evaluation(
    trial: Trial, design_status: str = DesignStatus.DESIGNED, shared_by: list[Trial] | tuple = (), **fields
) -> Evaluation:
    """The evaluation of `trial`, which the trials in `shared_by` only refer to."""
    evaluation = Evaluation.objects.create(design_status=design_status, **fields)
    Coverage.objects.create(evaluation=evaluation, trial=trial, description="Evalueringen er beskrevet.")
    for other in shared_by:
        Coverage.objects.create(evaluation=evaluation, trial=other, is_shared=True)
    return evaluation


def make_source(code: str = "note", published_on: date = date(2019, 2, 28), **fields) -> Source:
    """The source with this code, made if it is not there."""
    fields = {
        "title": "Status over forsøg",
        "authors": "Ulf Hjelmar og Niels Ejersbo",
        "publisher": "VIVE",
        "published_text": "februar 2019",
        "rights": "© VIVE",
        "published_on": published_on,
    } | fields
    return Source.objects.get_or_create(code=code, defaults=fields)[0]


def make_cells(
    trial: Trial, texts: list[str] | tuple = (), source: Source | None = None, row: int = 0
) -> list[SourceCell]:
    """The seven cells of the row of `trial`, by default in the table of its network and the row of its number."""
    texts = [*texts, *["Tekst"] * 7][:7]
    return [
        SourceCell.objects.create(
            source=source or make_source(),
            table=f"2.{trial.network.number}",
            row=row or trial.number,
            column=column,
            page=35,
            text=text,
            trial=trial,
        )
        for column, text in enumerate(texts, start=1)
    ]


def make_correction(
    cell: SourceCell, verbatim: str = "kade", corrected: str = "kadence", reason: str = "Slåfejl"
) -> Correction:
    return Correction.objects.create(cell=cell, verbatim=verbatim, corrected=corrected, reason=reason)


def make_observation(
    indicator: str = "Borgere, der har deltaget",
    value: float | str = 15,
    unit: str = Unit.CITIZENS,
    trials: list[Trial] | tuple = (),
    municipalities: list[Municipality] | tuple = (),
    **fields,
) -> Observation:
    """A figure; of the network of its first trial, unless told."""
    fields.setdefault("network", trials[0].network if trials else None)
    figure = Observation.objects.create(indicator=indicator, value=value, unit=unit, **fields)
    figure.trials.set(trials)
    figure.municipalities.set(municipalities)
    return figure


def make_experience(
    text: str = "Samarbejdet er begyndt godt.",
    kind: str = ExperienceKind.RESULT,
    theme: str = Theme.COOPERATION,
    trials: list[Trial] | tuple = (),
    municipalities: list[Municipality] | tuple = (),
    **fields,
) -> Experience:
    """Something learnt; in the network of its first trial, unless told."""
    fields.setdefault("network", trials[0].network if trials else None)
    experience = Experience.objects.create(text=text, kind=kind, theme=theme, **fields)
    experience.trials.set(trials)
    experience.municipalities.set(municipalities)
    return experience


def make_milestone(
    label: str = "Akutteamet i drift",
    kind: str = MilestoneKind.OPERATION,
    trials: list[Trial] | tuple = (),
    **fields,
) -> Milestone:
    """A planned or actual event; in the network of its first trial, unless told."""
    fields.setdefault("network", trials[0].network if trials else None)
    milestone = Milestone.objects.create(label=label, kind=kind, **fields)
    milestone.trials.set(trials)
    return milestone


def make_outcome(trial: Trial, decision: str = Decision.SPREAD_WHOLLY, **fields) -> Outcome:
    """What became of `trial`."""
    return Outcome.objects.create(trial=trial, decision=decision, **fields)


def make_contradiction(
    message: str = "De to steder siger hver sit.", trials: list[Trial] | tuple = (), **fields
) -> Contradiction:
    """A contradiction found by a reader, with two places in a source."""
    fields = {"shown": "Registeret viser begge."} | fields
    contradiction = Contradiction.objects.create(message=message, **fields)
    contradiction.trials.set(trials)
    for position, words in enumerate(("det ene", "det andet"), start=1):
        ContradictionPlace.objects.create(
            contradiction=contradiction,
            position=position,
            source=make_source(),
            section=f"1.{position}",
            quotation=words,
        )
    return contradiction


def make_network_text(network: Network, kind: str = TextKind.PURPOSE, text: str = "Flere i arbejde.", **fields):
    """A text about `network`, after those of its kind that are there."""
    fields.setdefault("position", 1 + network.texts.filter(kind=kind).count())
    return NetworkText.objects.create(network=network, kind=kind, text=text, **fields)


def make_idea(network: Network, author, kind: str = IdeaKind.BARRIER, **fields) -> Idea:
    """An idea shared in `network`."""
    fields = {"title": "Samtykke på papir", "text": "Borgeren skal skrive under to gange."} | fields
    return Idea.objects.create(network=network, author=author, kind=kind, **fields)


def make_comment(idea: Idea, author, text: str = "Det kender vi.", **fields) -> IdeaComment:
    return IdeaComment.objects.create(idea=idea, author=author, text=text, **fields)


def make_interest(idea: Idea, user, municipality: Municipality | None = None) -> IdeaInterest:
    """That `municipality`, or without one `user`, is interested in `idea`."""
    return IdeaInterest.objects.create(idea=idea, user=user, municipality=municipality)


def make_focus(membership: Membership, target_group: str = TargetGroup.ADULTS, **fields) -> Focus:
    """That a member focuses on a target group."""
    return Focus.objects.create(membership=membership, target_group=target_group, **fields)


def make_proposal(trial: Trial, by, title: str = "Foreslået titel", comment: str = "Fordi") -> Proposal:
    """A proposal to the ministry of another title for `trial`."""
    return proposals.propose(trial, ProposalKind.TRIAL, {"title": [trial.title, title]}, comment, by)


def make_template(
    network: Network | None = None, name: str = "Erfaringer", texts=("Hvad lærte I?",), **fields
) -> Template:
    """A template with a question for each of `texts`; without a network it is common to all."""
    template = Template.objects.create(network=network, name=name, **fields)
    for text in texts:
        make_question(template, text)
    return template


def make_question(template: Template, text: str = "Hvad lærte I?", kind: str = QuestionKind.TEXT, **fields) -> Question:
    """A question of `template`, after those that are there."""
    fields = {"theme": QuestionTheme.EFFECTS, "position": 1 + template.questions.count()} | fields
    return Question.objects.create(template=template, text=text, kind=kind, **fields)


def make_report(
    template: Template, participation: Participation, values: tuple[str, ...] = ("Meget.",), **fields
) -> Report:
    """What a municipality answers to the first questions of `template`; an empty value is no answer."""
    fields = {"as_of": date(2018, 5, 1)} | fields
    report = Report.objects.create(
        template=template, trial=participation.trial, municipality=participation.municipality, **fields
    )
    for question, value in zip(template.questions.order_by("position"), values, strict=False):
        if value:
            Answer.objects.create(report=report, question=question, value=value)
    return report


def make_many_trials(number: int) -> None:
    """So many published trials in a network of their own, each with all that a list shows. Few queries."""
    network, municipalities = make_network(), [make_municipality() for _ in range(3)]
    provision, source = make_provision(), make_source()
    trials = Trial.objects.bulk_create(
        Trial(
            network=network,
            number=place,
            public_id=f"{network.programme.code}-{network.number}-{place:02d}",
            title=f"Forsøg {place}",
            content="Indhold",
            search_text=f"forsøg {place}",
            in_force_from=date(2018, 1, 1),
            application_round=make_round(),
            publication=Publication.PUBLISHED,
        )
        for place in range(1, number + 1)
    )
    evaluations = Evaluation.objects.bulk_create(
        Evaluation(code=f"E-{trial.public_id}", design_status=DesignStatus.DESIGNED) for trial in trials
    )
    Coverage.objects.bulk_create(
        Coverage(trial=trial, evaluation=evaluation) for trial, evaluation in zip(trials, evaluations, strict=True)
    )
    Participation.objects.bulk_create(
        Participation(trial=trial, municipality=municipality) for trial in trials for municipality in municipalities
    )
    LegalBasis.objects.bulk_create(
        LegalBasis(trial=trial, kind=BasisKind.EXEMPTION, provision=provision) for trial in trials
    )
    SourceCell.objects.bulk_create(
        SourceCell(
            source=source,
            table=f"2.{network.number}",
            row=trial.number,
            column=column,
            page=35,
            text="Tekst",
            trial=trial,
        )
        for trial in trials
        for column in (1, 5)
    )
