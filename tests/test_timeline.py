"""The timeline of a trial: every kind of entry, its precision and place, what a day leaves out, and what it costs."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.importers.merge import digest
from tests import factories
from trials import workflow
from trials.enums import Decision, MilestoneKind, Precision, Publication, Status
from trials.models import Trial
from trials.timeline import EntryKind, Timeline

pytestmark = pytest.mark.django_db

MILESTONES = Path(__file__).parents[1] / "fixtures" / "vive_2019" / "milestones.tsv"
SUMMER = {"planned_from": date(2019, 6, 1), "planned_to": date(2019, 8, 31), "date_text": "i sommeren 2019"}


@pytest.fixture
def trial():
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


def timeline(trial: Trial, day: date | None = None, user=None) -> Timeline:
    return Timeline.of(Trial.objects.for_page(user).get(pk=trial.pk), user, day)


def titles(trial: Trial, day: date | None = None) -> list[str]:
    found = timeline(trial, day)
    return [entry.title for entry in (*found.dated, *found.undated)]


class TestEntries:
    def test_they_stand_oldest_first_whatever_they_tell(self, trial):
        Trial.objects.filter(pk=trial.pk).update(in_force_from=date(2017, 7, 1), in_force_to=date(2020, 7, 1))
        factories.make_participation(trial, decided_on=date(2017, 9, 4))
        factories.make_status(trial, Status.APPROVED, date(2017, 7, 1))
        factories.make_status(trial, Status.RUNNING, date(2018, 4, 30))
        factories.make_milestone("Midtvejs", trials=[trial], **SUMMER)
        factories.make_milestone("Ansat", trials=[trial], actual_from=date(2018, 3, 1), actual_to=date(2018, 3, 1))
        factories.make_outcome(trial, effective_on=date(2020, 1, 1))

        assert [(entry.day.isoformat(), entry.kind, entry.title) for entry in timeline(trial).dated] == [
            ("2017-07-01", EntryKind.LAW, "I kraft ved lov"),
            ("2017-07-01", EntryKind.STATUS, "Godkendt"),
            ("2017-09-04", EntryKind.DECISION, "Besluttet i kommunalbestyrelsen"),
            ("2018-03-01", EntryKind.HAPPENED, "Ansat"),
            ("2018-04-30", EntryKind.STATUS, "I drift"),
            ("2019-08-31", EntryKind.PLANNED, "Midtvejs"),
            ("2020-01-01", EntryKind.OUTCOME, "Udbredt helt"),
            ("2020-07-01", EntryKind.LAW, "Ophører ved lov"),
        ]

    def test_trial_of_which_nothing_is_known_has_none(self, trial):
        assert titles(trial) == []

    def test_planned_and_actual_time_of_a_milestone_are_two_entries(self, trial):
        actual = {"actual_from": date(2019, 9, 2), "actual_to": date(2019, 9, 2)}
        factories.make_milestone("Midtvejs", trials=[trial], **SUMMER, **actual)

        planned, happened = timeline(trial).dated
        assert (planned.kind, planned.first, planned.last) == (
            EntryKind.PLANNED,
            date(2019, 6, 1),
            date(2019, 8, 31),
        )
        assert (planned.words, happened.words) == ("i sommeren 2019", ""), "the words are of the plan"
        assert (happened.kind, happened.day) == (EntryKind.HAPPENED, date(2019, 9, 2))

    def test_what_has_no_day_stands_apart_and_is_not_called_a_plan(self, trial):
        factories.make_milestone("Afdækning", trials=[trial], date_text="ved at være færdig")
        factories.make_outcome(trial, Decision.DROPPED)
        found = timeline(trial)

        assert found.dated == []
        assert [(entry.kind, entry.title, entry.words) for entry in found.undated] == [
            (EntryKind.MILESTONE, "Afdækning", "ved at være færdig"),
            (EntryKind.OUTCOME, "Opgivet eller aldrig igangsat", ""),
        ]

    def test_expected_outcome_is_not_one_that_came(self, trial):
        factories.make_outcome(trial, is_expected=True, effective_on=date(2019, 7, 1))

        assert [entry.kind for entry in timeline(trial).dated] == [EntryKind.EXPECTED]

    def test_status_keeps_its_precision(self, trial):
        factories.make_status(trial, Status.RUNNING, date(2018, 4, 30))
        factories.make_status(trial, Status.ENDED, date(2018, 12, 31), Precision.ON)

        assert [entry.is_latest for entry in timeline(trial).dated] == [True, False]

    def test_events_of_one_day_stand_as_they_were_recorded(self, trial):
        part = factories.make_participation(trial)
        for subject in (trial, part):
            for status in (Status.APPROVED, Status.PLANNED, Status.RUNNING):
                factories.make_status(subject, status, date(2018, 1, 1))

        assert titles(trial) == ["Godkendt", "Planlagt", "I drift"] * 2

    def test_same_statement_of_several_municipalities_is_one_entry(self, trial):
        for name, note in (("Aalborg", ""), ("Læsø", "Siden maj"), ("Odense", None)):
            part = factories.make_participation(trial, factories.make_municipality(name))
            factories.make_status(part, Status.RUNNING if note is not None else Status.PLANNED, note=note or "")

        assert [(entry.title, [m.name for m in entry.municipalities]) for entry in timeline(trial).dated] == [
            ("I drift", ["Læsø", "Aalborg"]),
            ("Planlagt", ["Odense"]),
        ]

    def test_earlier_events_that_rest_on_different_words_are_not_put_together(self, trial):
        for name, note in (("Aalborg", "Første"), ("Læsø", "Anden")):
            part = factories.make_participation(trial, factories.make_municipality(name))
            factories.make_status(part, Status.PLANNED, date(2018, 1, 1), note=note)
            factories.make_status(part, Status.RUNNING, date(2018, 6, 1))

        assert [(entry.title, len(entry.municipalities)) for entry in timeline(trial).dated] == [
            ("Planlagt", 1),
            ("Planlagt", 1),
            ("I drift", 2),
        ]

    def test_only_what_is_told_elsewhere_on_the_page_leads_there(self, trial):
        part = factories.make_participation(trial)
        for subject in (trial, part):
            factories.make_status(subject, Status.PLANNED, date(2018, 1, 1))
            factories.make_status(subject, Status.RUNNING, date(2018, 6, 1))

        assert [(entry.title, entry.shown_at, entry.stands) for entry in timeline(trial).dated] == [
            ("Planlagt", "", False),
            ("Planlagt", "", False),
            ("I drift", "status", True),
            ("I drift", "kommuner", False),
        ]

    def test_law_has_the_place_of_the_cell_and_says_when_it_was_changed(self, trial):
        factories.make_cells(trial)
        trial.in_force_from, trial.in_force_to = date(2018, 1, 1), date(2020, 1, 1)
        trial.imported = {"in_force_from": digest(date(2017, 1, 1))}
        trial.save()
        begins, ends = timeline(trial).dated

        assert (begins.place, begins.edited) == ("Bilagstabel 2.1, række 1, »Ikrafttrædelse«, side 35", True)
        assert (ends.place, ends.edited) == ("", False), "no source gives an end"

    def test_place_of_a_participation_is_not_the_place_of_an_editors_decision(self, trial):
        cell = factories.make_cells(trial)[1]
        part = factories.make_participation(trial, decided_on=date(2017, 9, 4), cell=cell, source=cell.source)
        assert timeline(trial).dated[0].place == ""
        part.imported = {"decided_on": digest(date(2017, 9, 4))}
        part.save()

        assert timeline(trial).dated[0].place == cell.place


class TestWhoseMilestones:
    def test_evaluation_of_the_network_and_of_all_is_said_to_be_so(self, trial):
        midterm = MilestoneKind.EVALUATION_MIDTERM
        factories.make_milestone("Egen", midterm, [trial], **SUMMER)
        factories.make_milestone("Netværkets", midterm, network=trial.network, **SUMMER)
        factories.make_milestone("Alles", midterm, **SUMMER)
        factories.make_milestone("Frist", MilestoneKind.DECISION, **SUMMER)

        assert {entry.title: entry.scope for entry in timeline(trial).dated} == {
            "Egen": "",
            "Netværkets": "Hele netværket",
            "Alles": "Alle frikommuneforsøg",
            "Frist": "Alle frikommuneforsøg",
        }

    def test_what_else_happened_in_the_network_is_not_said_of_the_trial(self, trial):
        other, elsewhere = factories.make_trial("Andet"), factories.make_network(2)
        factories.make_milestone("Årskonvent", MilestoneKind.MEETING, network=trial.network, **SUMMER)
        factories.make_milestone("Andets", MilestoneKind.EVALUATION_FINAL, [other], **SUMMER)
        factories.make_milestone("Et andet netværks", MilestoneKind.EVALUATION_FINAL, network=elsewhere, **SUMMER)

        assert titles(trial) == []

    def test_shared_evaluation_brings_its_milestones_but_no_others(self, trial):
        other = factories.make_trial("Andet")
        factories.make_evaluation(other, shared_by=[trial])
        factories.make_milestone("Fælles", MilestoneKind.EVALUATION_FINAL, [other], **SUMMER)
        factories.make_milestone("I drift", MilestoneKind.OPERATION, [other], **SUMMER)
        (entry,) = timeline(trial).dated

        assert (entry.title, entry.scope, entry.trials) == ("Fælles", "Den fælles evaluering", [other])

    def test_draft_is_not_named_nor_its_milestones_shown(self, trial, admin_user):
        secret = factories.make_trial("Hemmeligt", publication=Publication.DRAFT)
        factories.make_evaluation(trial, shared_by=[secret])
        factories.make_milestone("Begges", MilestoneKind.EVALUATION_FINAL, [trial, secret], **SUMMER)
        factories.make_milestone("Kladdens", MilestoneKind.EVALUATION_FINAL, [secret], **SUMMER)

        assert [(entry.title, entry.trials) for entry in timeline(trial).dated] == [("Begges", [])]
        assert [entry.title for entry in timeline(trial, user=admin_user).dated] == ["Begges", "Kladdens"]

    def test_same_statement_in_two_places_is_one_entry(self, trial):
        for number in (1, 2):
            factories.make_milestone(trials=[trial], section=f"1.{number}", source=factories.make_source(), **SUMMER)
        (entry,) = timeline(trial).dated

        assert len(entry.statement.records) == 2


class TestAsOf:
    """What is told as of a day, as far as it is known now."""

    def test_later_law_decisions_and_statuses_are_left_out(self, trial):
        Trial.objects.filter(pk=trial.pk).update(in_force_from=date(2018, 1, 1), in_force_to=date(2020, 1, 1))
        factories.make_participation(trial, decided_on=date(2018, 2, 1))
        factories.make_status(trial, Status.RUNNING, date(2018, 3, 1))

        assert titles(trial, date(2017, 12, 31)) == []
        assert titles(trial, date(2018, 2, 1)) == ["I kraft ved lov", "Besluttet i kommunalbestyrelsen"]
        assert titles(trial, date(2018, 3, 1))[2:] == ["I drift"]

    def test_period_counts_when_it_was_over(self, trial):
        factories.make_milestone("Ansat", trials=[trial], actual_from=date(2018, 8, 1), actual_to=date(2018, 12, 31))

        assert titles(trial, date(2018, 12, 30)) == []
        assert titles(trial, date(2018, 12, 31)) == ["Ansat"]

    def test_plan_stays_from_the_day_on_which_its_source_said_it(self, trial):
        said = {"source": factories.make_source(published_on=date(2019, 2, 28)), "section": "1.2"}
        actual = {"actual_from": date(2019, 9, 2), "actual_to": date(2019, 9, 2)}
        factories.make_milestone("Midtvejs", trials=[trial], **SUMMER, **actual, **said)

        assert titles(trial, date(2019, 2, 27)) == []
        assert [entry.kind for entry in timeline(trial, date(2019, 2, 28)).dated] == [EntryKind.PLANNED]
        assert len(titles(trial, date(2019, 9, 2))) == 2

    def test_plan_of_an_editor_counts_from_the_day_it_was_written(self, trial):
        milestone = factories.make_milestone("Midtvejs", trials=[trial], **SUMMER)
        milestone.history.update(history_date="2019-03-05T12:00:00Z")
        milestone.save()  # what is changed later is no later announcement

        assert titles(trial, date(2019, 3, 4)) == []
        assert titles(trial, date(2019, 3, 5)) == ["Midtvejs"]

    def test_outcome_without_a_day_counts_from_its_source(self, trial):
        factories.make_outcome(trial, Decision.DROPPED, source=factories.make_source(published_on=date(2019, 2, 28)))

        assert titles(trial, date(2019, 2, 27)) == []
        assert titles(trial, date(2019, 2, 28)) == ["Opgivet eller aldrig igangsat"]

    def test_status_that_stood_then_is_the_current_one(self, trial):
        factories.make_status(trial, Status.PLANNED, date(2018, 1, 1))
        factories.make_status(trial, Status.RUNNING, date(2018, 6, 1))

        assert [entry.stands for entry in timeline(trial, date(2018, 5, 31)).dated] == [True]

    def test_corrected_event_never_stands(self, trial):
        factories.make_status(trial, Status.PLANNED, date(2018, 1, 1))
        wrong = factories.make_status(trial, Status.RUNNING, date(2018, 6, 1))
        workflow.correct(wrong, workflow.Change(Status.AWAITING, date(2018, 7, 1), note="Forvekslet"))

        assert [entry.stands for entry in timeline(trial, date(2018, 6, 30)).dated] == [True, False]
        assert [entry.stands for entry in timeline(trial).dated] == [False, False, True]


def test_it_makes_as_many_queries_with_1_milestone_as_with_20(trial, django_assert_num_queries):
    def grow(number):
        for _ in range(number):
            other = factories.make_trial("Andet")
            factories.make_evaluation(trial, shared_by=[other])
            factories.make_milestone("Egen", MilestoneKind.EVALUATION_FINAL, [trial, other], **SUMMER)
            factories.make_status(factories.make_participation(trial), Status.RUNNING)
            factories.make_milestone("Andets", MilestoneKind.EVALUATION_FINAL, [other], **SUMMER)

    grow(1)
    page = Trial.objects.for_page(None).get(pk=trial.pk)
    with CaptureQueriesContext(connection) as one:
        assert len(Timeline.of(page, None).dated) == 3
    grow(19)
    page = Trial.objects.for_page(None).get(pk=trial.pk)
    with django_assert_num_queries(len(one)):
        assert len(Timeline.of(page, None).dated) == 41


@pytest.mark.usefixtures("register")
class TestShippedRegister:
    def test_every_milestone_of_a_trial_is_in_its_timeline(self):
        rows = csv.DictReader(MILESTONES.read_text(encoding="utf-8").splitlines(), delimiter="\t")
        named = [trial for row in rows for trial in row["trials"].split(" | ") if trial]
        trials = list(Trial.objects.visible_to(None).for_page(None))
        told = 0
        for trial in trials:
            found = Timeline.of(trial, None)
            entries = [*found.dated, *found.undated]
            codes = {r.code for entry in entries if entry.statement for r in entry.statement.records}
            own = set(trial.milestones.values_list("code", flat=True))
            assert own <= codes
            told += len(own)
        assert len(trials) == 79
        assert told == len(named) > 50

    def test_acute_team(self):
        found = timeline(Trial.objects.get(public_id="FKII-5-01"))
        april = next(entry for entry in found.dated if entry.title == "Akutteamet i drift")

        assert (april.first, april.last, april.words) == (date(2018, 4, 1), date(2018, 4, 30), "fra april 2018")
        assert [place for place, _ in april.statement.places] == [
            "Bilagstabel 2.5, række 1, »Ikrafttrædelse«, side 62",
            "afsnit 5.1",
        ]
