"""Each rule finds its fault wherever it is planted, and a register without faults gives none."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.enums import TextKind
from tests import factories
from tests.clean_register import CONTENT, CleanRegister, make_clean_register, make_law
from tests.planted_contradictions import disagreeing, figure, outsider, wrong_number_in_content
from tests.planted_faults import FAULTS, Fault
from tests.planted_gaps import awaiting_design, cut_off, endless, idle_member, unknown_part, wrong_status
from trials.enums import Accuracy, MilestoneKind, Publication, Status, Unit
from trials.integrity import RULES, Severity, find, find_visible_to, findings_for
from trials.models import Coverage, Trial

pytestmark = pytest.mark.django_db


def _number(fault: Fault) -> str:
    return f"{fault.code}-{fault.plant.__name__}"


def test_clean_register_has_no_findings():
    register = make_clean_register()
    assert len(register.trials) == 2
    assert [finding.message for finding in find()] == []


@pytest.mark.parametrize("fault", FAULTS, ids=_number)
def test_planted_fault_is_found(fault):
    register = make_clean_register()
    assert find(codes={fault.code}) == []
    fault.plant(register)
    found = [finding for finding in find(codes={fault.code}) if fault.says in finding.message]
    assert len(found) >= 1, [finding.message for finding in find()]
    finding = found[0]
    assert finding.severity == RULES[fault.code].severity
    assert finding.code == fault.code
    assert finding.key.startswith(f"{fault.code}:")
    assert finding.shown
    assert len(finding.places) >= fault.places
    assert all(place.words for place in finding.places)
    assert finding.networks or fault.code == "milestone_overdue"


def test_every_rule_has_a_planted_fault():
    assert {fault.code for fault in FAULTS} == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_says_in_danish_what_it_is(code):
    rule = RULES[code]
    assert rule.title[0].isupper() or rule.title[0] == "»"
    assert rule.explanation.endswith(".")
    assert rule.shown.startswith("Registeret ")
    assert rule.look.__doc__, "says where the rule comes from"


def test_keys_are_stable_and_unique():
    register = make_clean_register()
    for plant in (outsider, disagreeing, wrong_number_in_content, unknown_part, endless):
        plant(register)
    keys = [finding.key for finding in find()]
    assert keys == [finding.key for finding in find()]
    assert len(keys) == len(set(keys)) >= 5


def test_errors_come_first_and_gaps_last():
    register = make_clean_register()
    endless(register)
    wrong_number_in_content(register)
    wrong_status(register)
    order = list(dict.fromkeys(finding.severity for finding in find()))
    assert order == [Severity.ERROR, Severity.CONTRADICTION, Severity.GAP]


# What must not be found: the limits of the rules.


def test_parts_that_leave_something_out_are_not_a_contradiction():
    register = make_clean_register()
    whole = figure(register, indicator="Hold", value=10)
    figure(register, indicator="Hold om aftenen", value=4, part_of=whole)
    assert find(codes={"parts_against_whole"}) == []


def test_parts_that_are_about_right_are_not_added_up():
    register = make_clean_register()
    whole = figure(register, indicator="Hold", value=10)
    for indicator in ("Hold om aftenen", "Hold om dagen"):
        figure(register, indicator=indicator, value=4, part_of=whole, accuracy=Accuracy.ABOUT)
    assert find(codes={"parts_against_whole"}) == []


def test_a_choice_of_shares_is_not_a_contradiction():
    register = make_clean_register()
    for where, value in (("hjemmet", "28.3"), ("lægen", "26.3")):
        figure(register, indicator=f"Andel af turene fra {where}", value=Decimal(value), unit=Unit.PERCENT)
    assert find(codes={"shares_not_100"}) == []


def test_figures_about_the_same_do_not_disagree():
    register = make_clean_register()
    figure(register, indicator="Nøgler", value=450, to_on=date(2018, 12, 1))
    figure(register, indicator="Nøgler", value=440, to_on=date(2018, 12, 1), accuracy=Accuracy.ABOUT)
    assert find(codes={"figures_disagree"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Det prøves i de to kommuner.",
        "To af kommunerne er med.",
        "Fem kommuner har vist interesse.",
        "Andre end de fem store kommuner spørger.",
    ],
)
def test_numbers_of_some_municipalities_are_left_alone(text):
    register = make_clean_register()
    register.write(content=f"{CONTENT} {text}")
    assert find(codes={"municipality_count"}) == []


@pytest.mark.parametrize(
    ("title", "content"),
    [
        ("Fra to til fem år", "Der er to år, der kan forlænges med op til tre år."),
        ("Vurdering i 12. måned inden for 18 måneder", "Fritagelse ved 12 måneder."),
        ("Opdatering hver sjette måned", "Planen gælder seks måneder ad gangen."),
        ("Lån i op til 30 år", "Det er for unge under 18 år."),
        ("Lån i op til 30 år", "Intet tidsrum er nævnt."),
        ("§ 52, stk. 3", "Der fritages fra § 52 stk. 3."),
    ],
)
def test_title_that_agrees_with_its_content_is_left_alone(title, content):
    register = make_clean_register()
    register.write(title=title, content=content)
    assert find(codes={"title_differs"}) == []


@pytest.mark.parametrize(
    "text", ["To af forsøgene venter.", "De sidste fem forsøg følger.", "Fire forsøg hviler på lov."]
)
def test_numbers_of_some_trials_are_left_alone(text):
    register = make_clean_register()
    factories.make_network_text(register.network, TextKind.STATUS, text)
    assert find(codes={"trial_count"}) == []


def test_awaited_project_is_no_gap_while_the_trial_is_being_realised():
    register = make_clean_register()
    awaiting_design(register)
    assert [finding.code for finding in find(codes={"design_unfinished"})] == ["design_unfinished"]
    factories.make_status(register.trial, Status.REALISING, date(2018, 9, 1), evidence=register.said(6, "Realiseres."))
    assert find(codes={"design_unfinished"}) == []


# Who sees what, and what concerns whom.


def _plant_in_draft(register: CleanRegister) -> None:
    wrong_number_in_content(register)
    outsider(register)
    register.write(publication=Publication.DRAFT)


def test_findings_of_drafts_are_for_staff_only():
    register = make_clean_register()
    _plant_in_draft(register)
    staff = get_user_model().objects.create_user("redaktør", is_staff=True)
    drafted = {finding.code for finding in find_visible_to(staff) if register.trial in finding.trials}
    assert drafted == {"municipality_count", "figure_of_outsider"}
    for user in (None, AnonymousUser(), get_user_model().objects.create_user("borger")):
        found = find_visible_to(user)
        assert not [finding for finding in found if register.trial.public_id in repr(finding)], user
    assert {finding.code for finding in find()} >= drafted


def test_counts_shown_to_the_public_do_not_count_drafts():
    register = make_clean_register()
    register.write(publication=Publication.DRAFT)
    factories.make_network_text(register.network, TextKind.STATUS, "Netværket har i alt 5 forsøg.")
    message = [finding.message for finding in find_visible_to(None) if finding.code == "trial_count"]
    assert message == [f"Netværket »{register.network}« har ifølge teksten 5 forsøg, men tabellen har 1."]


def test_findings_for_gives_what_concerns_the_subject():
    register = make_clean_register()
    outsider(register)
    cut_off(register)
    idle_member(register)
    trial, network = register.trial, register.network
    fremmed = trial.observations.latest("pk").municipalities.get()
    assert {f.code for f in findings_for(trial, None)} == {"figure_of_outsider", "text_cut_off"}
    assert {f.code for f in findings_for(register.trials[1], None)} == set()
    assert {f.code for f in findings_for(network, None)} == {
        "figure_of_outsider",
        "text_cut_off",
        "member_without_trial",
    }
    assert {f.code for f in findings_for(fremmed, None)} == {"figure_of_outsider"}


def test_many_rows_take_as_many_queries_as_one(django_assert_num_queries):
    make_clean_register(4, trials=1, members=1)
    _fill(1)
    with CaptureQueriesContext(connection) as few:
        assert find()
    make_clean_register(5, trials=6, members=4)
    _fill(4)
    with django_assert_num_queries(len(few)):
        assert len(find()) > 4
    with django_assert_num_queries(len(few)):
        find_visible_to(AnonymousUser())


def _fill(times: int) -> None:
    """More of everything that has findings, so that a query for each row would show."""
    for trial in Trial.objects.filter(outcomes=None)[:times]:
        factories.make_contradiction(trials=[trial], network=trial.network)
        factories.make_experience(trials=[trial])
        factories.make_outcome(trial)
        day = date(2019, 6, 1)
        factories.make_milestone(
            "Midtvejs", MilestoneKind.EVALUATION_MIDTERM, [trial], planned_from=day, planned_to=day
        )
        whole = factories.make_observation("Hold", 10, trials=[trial])
        factories.make_observation("Hold om dagen", 11, trials=[trial], part_of=whole)
        make_law(CleanRegister(factories.make_source(), trial.network, [], [trial]), date(2018, 2, 1))
        factories.make_network_text(trial.network, TextKind.STATUS, "Netværket har i alt 19 forsøg.")
        Coverage.objects.filter(trial=trial).update(is_shared=True)
