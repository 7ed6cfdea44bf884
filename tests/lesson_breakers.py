"""Breaks the constraints of the records of what was learnt, by name (see `tests/test_constraints.py`)."""

from datetime import date

from django.contrib.auth import get_user_model
from django.utils import timezone

from networks.models import Coordinator, Guidance
from tests.factories import (
    make_comment,
    make_contradiction,
    make_evaluation,
    make_experience,
    make_focus,
    make_idea,
    make_interest,
    make_membership,
    make_milestone,
    make_municipality,
    make_network,
    make_network_text,
    make_observation,
    make_outcome,
    make_participation,
    make_question,
    make_report,
    make_template,
    make_trial,
)
from trials.models import Answer, Contradiction, ContradictionPlace, Evaluation, EvaluationTrait, Template

JANUARY, MARCH = date(2018, 1, 1), date(2018, 3, 1)


def _member():
    return make_membership(make_network(), make_municipality())


def _report():
    return make_report(make_template(), make_participation(make_trial()))


def _update(record, **values):
    return type(record).objects.filter(pk=record.pk).update(**values)


def _idea(**fields):
    network = make_network()
    return make_idea(network, get_user_model().objects.create_user(f"forfatter {network.number}"), **fields)


BREAKERS = {
    "idea_kind_valid": lambda: _idea(kind="dream"),
    "idea_state_valid": lambda: _idea(state="lost"),
    "idea_trial_fits_state": lambda: _idea(state="trial"),
    "ideacomment_withdrawn_by_someone": lambda: (
        idea := _idea(),
        make_comment(idea, idea.author, withdrawn_at=timezone.now()),
    ),
    "ideainterest_municipality_once": lambda: (
        idea := _idea(),
        municipality := make_municipality(),
        make_interest(idea, idea.author, municipality),
        make_interest(idea, idea.author, municipality),
    ),
    "ideainterest_user_once": lambda: (
        idea := _idea(),
        make_interest(idea, idea.author),
        make_interest(idea, idea.author),
    ),
    "evaluationtrait_unique": lambda: (
        evaluation := make_evaluation(make_trial()),
        EvaluationTrait.objects.create(evaluation=evaluation, trait="effect"),
        EvaluationTrait.objects.create(evaluation=evaluation, trait="effect"),
    ),
    "evaluationtrait_valid": lambda: EvaluationTrait.objects.create(
        evaluation=Evaluation.objects.create(), trait="magic"
    ),
    "experience_kind_valid": lambda: _update(make_experience(), kind="wall"),
    "experience_theme_valid": lambda: _update(make_experience(), theme="luck"),
    "milestone_kind_valid": lambda: make_milestone(kind="party"),
    "milestone_planned_in_order": lambda: make_milestone(planned_from=MARCH, planned_to=JANUARY),
    "milestone_actual_in_order": lambda: make_milestone(actual_from=MARCH, actual_to=JANUARY),
    "outcome_unique": lambda: (trial := make_trial(), make_outcome(trial), make_outcome(trial)),
    "outcome_decision_valid": lambda: make_outcome(make_trial(), decision="forgotten"),
    "observation_unit_valid": lambda: make_observation(unit="people"),
    "observation_accuracy_valid": lambda: make_observation(accuracy="exact"),
    "observation_range_in_order": lambda: make_observation(value=15, value_to=5),
    "observation_dates_in_order": lambda: make_observation(from_on=MARCH, to_on=JANUARY),
    "contradiction_has_message": lambda: Contradiction.objects.create(message="", shown="Begge"),
    "contradictionplace_unique": lambda: ContradictionPlace.objects.create(
        contradiction=make_contradiction(), position=1
    ),
    "template_version_fits_previous": lambda: Template.objects.create(name="Ny", version=2),
    "question_position_unique": lambda: make_question(make_template(), position=1),
    "question_kind_valid": lambda: make_question(make_template(), kind="guess"),
    "question_theme_valid": lambda: make_question(make_template(), theme="weather"),
    "question_choices_fit_kind": lambda: make_question(make_template(), kind="choice"),
    "report_once_a_day": lambda: (
        report := _report(),
        make_report(report.template, report.trial.participations.get()),
    ),
    "answer_once": lambda: (
        answer := _report().answers.get(),
        Answer.objects.create(report=answer.report, question=answer.question, value="Igen"),
    ),
    "answer_says_something": lambda: _update(_report().answers.get(), value=""),
    "networktext_unique": lambda: (
        network := make_network(),
        make_network_text(network, position=1),
        make_network_text(network, position=1),
    ),
    "networktext_kind_valid": lambda: make_network_text(make_network(), kind="poem"),
    "focus_unique": lambda: (member := _member(), make_focus(member), make_focus(member)),
    "focus_target_group_valid": lambda: make_focus(_member(), target_group="men"),
    "guidance_level_valid": lambda: Guidance.objects.create(code="G", level="must", topic="x", text="x"),
    "coordinator_once_at_a_time": lambda: (
        user := get_user_model().objects.create_user("ane"),
        network := make_network(),
        Coordinator.objects.create(network=network, user=user),
        Coordinator.objects.create(network=network, user=user),
    ),
    "coordinator_dates_in_order": lambda: Coordinator.objects.create(
        network=make_network(), user=get_user_model().objects.create_user("bo"), from_on=MARCH, to_on=JANUARY
    ),
}

SOURCED = {
    "observation": {"indicator": lambda: "Besøg", "value": lambda: 1, "unit": lambda: "visits"},
    "experience": {"kind": lambda: "result", "theme": lambda: "time", "text": lambda: "Det tog tid."},
    "milestone": {"kind": lambda: "start", "label": lambda: "Start"},
    "outcome": {"trial": make_trial, "decision": lambda: "dropped"},
    "contradictionplace": {"contradiction": make_contradiction, "position": lambda: 9},
}
"""What each record that may rest on a source cannot be without."""
