"""Whatever is done in whatever order, by one or by two at once: the events give the current status, and the newest
version of a record is what stands in its row."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from networks import versions
from networks.collision import hold
from networks.enums import Channel
from networks.models import ChangeSet
from networks.recording import recording
from tests import factories
from tests.roles import make_ministry
from trials import proposals, workflow
from trials.enums import Precision, ProposalKind, Status
from trials.models import MunicipalAnswer, Participation, Proposal, Trial
from trials.workflow import Change
from trials.workspace import deciding, related, revert

_days = st.dates(date(2017, 1, 1), date(2019, 2, 28))
_statuses = st.sampled_from(Status)
_subjects = st.integers(0, 2)
_places = st.integers(0, 9)
_words = st.sampled_from(["", "Unge", "Ældre", "Alle"])

STEPS = st.one_of(
    st.tuples(st.just("change"), _subjects, _statuses, _days),
    st.tuples(st.just("correct"), _subjects, _statuses, _days),
    st.tuples(st.just("confirm"), _subjects, _days),
    st.tuples(st.just("take_back"), _subjects),
    st.tuples(st.just("edit"), st.sampled_from(["target_group", "content"]), _words),
    st.tuples(st.just("decide"), _subjects, _days),
    st.tuples(st.just("propose_title"), st.sampled_from(["Mikrolån", "Lån", "Små lån"])),
    st.tuples(st.just("accept"), _places),
    st.tuples(st.just("accept_answer"), _subjects, _statuses, _days),
    st.tuples(st.just("revert"), _places),
)


class Register:
    """A trial with two municipalities, and what may be done to it. What the rules refuse does nothing."""

    def __init__(self) -> None:
        municipalities = [factories.make_municipality() for _ in range(2)]
        self.ministry = make_ministry()
        self.trial = factories.make_trial("Mikrolån", factories.make_network(), municipalities)

    @property
    def subjects(self) -> list:
        return [Trial.objects.get(), *Participation.objects.order_by("pk")]

    def do(self, step: tuple) -> None:
        name, *arguments = step
        try:
            with transaction.atomic(), recording(Channel.PAGE, self.ministry):
                getattr(self, name)(*arguments)
        except ValidationError:
            pass

    def change(self, place, status, day) -> None:
        workflow.change_status(self.subjects[place], Change(status, day, Precision.ON), self.ministry)

    def correct(self, place, status, day) -> None:
        event = self.subjects[place].events.filter(corrected_by=None).first()
        if event:
            workflow.correct(event, Change(status, day, note="Forkert"), self.ministry)

    def confirm(self, place, day) -> None:
        workflow.confirm(self.subjects[place], day)

    def take_back(self, place) -> None:
        event = self.subjects[place].events.filter(corrected_by=None).first()
        if event:
            workflow.revert(event, "Forkert", self.ministry)

    def edit(self, field, value) -> None:
        held = hold(Trial, self.trial.pk)
        setattr(held, field, value)
        held.save()

    def decide(self, place, day) -> None:
        held = hold(type(self.subjects[place]), self.subjects[place].pk)
        if isinstance(held, Participation):
            held.decided_on = day
            held.save()

    def propose_title(self, title) -> None:
        changes = {"title": [Trial.objects.get().title, title]}
        proposals.propose(Trial.objects.get(), ProposalKind.TRIAL, changes, "Fordi", self.ministry)

    def accept(self, place) -> None:
        waiting = list(Proposal.objects.open().order_by("pk"))
        if waiting:
            proposal = waiting[place % len(waiting)]
            proposals.accept(proposal, self.ministry, proposals.state_seen(proposal))

    def accept_answer(self, place, status, day) -> None:
        part = self.subjects[place]
        if isinstance(part, Participation) and status != Status.UNKNOWN:
            said = {"status": status, "effective_on": day, "precision": Precision.ON, "note": "Oplyst"}
            answer = MunicipalAnswer.objects.create(participation=part, answered_by=self.ministry, **said)
            newest = part.events.order_by("-pk").first()
            deciding.accept(answer.pk, newest.pk if newest else 0, self.ministry, "Oplyst", anyway=True)

    def revert(self, place) -> None:
        made = list(ChangeSet.objects.order_by("pk"))
        if made:
            change_set, keys = made[place % len(made)], related.of_trial(self.trial)
            steps = revert.steps(change_set, keys, self.ministry)
            chosen = [step.code for step in steps if not step.barred]
            revert.revert(change_set, keys, self.ministry, chosen, revert.state(steps), "Forkert")


def check(register: Register) -> None:
    """The events replay to the status of each, and the newest version is the row."""
    for subject in register.subjects:
        assert workflow.replay(subject) == subject.status
        newest = subject.history.order_by("-history_id").first()
        assert versions.values_in([newest])[newest.pk] == versions.values_of(subject)
    for proposal in Proposal.objects.all():
        newest = proposal.history.order_by("-history_id").first()
        assert versions.values_in([newest])[newest.pk] == versions.values_of(proposal)


class TestSequences(TestCase):
    @settings(max_examples=25)
    @given(steps=st.lists(STEPS, min_size=1, max_size=12))
    def test_after_any_sequence_events_and_versions_give_what_stands(self, steps) -> None:
        register = Register()
        for step in steps:
            register.do(step)
            check(register)

    @settings(max_examples=10)
    @given(steps=st.lists(STEPS, min_size=2, max_size=6))
    def test_what_is_reverted_and_reverted_again_is_as_it_was(self, steps) -> None:
        register = Register()
        for step in steps:
            register.do(step)
        register.do(("edit", "content", "Noget helt nyt"))
        made = ChangeSet.objects.latest("pk")
        before = versions.values_of(Trial.objects.get())
        keys = related.of_trial(register.trial)
        for _ in range(2):
            steps_back = revert.steps(made, keys, register.ministry)
            chosen = [step.code for step in steps_back]
            made = revert.revert(made, keys, register.ministry, chosen, revert.state(steps_back), "Forkert")
        assert versions.values_of(Trial.objects.get()) == before


def _at_once(*writers) -> list[BaseException]:
    """Run the writers at the same moment, each on a connection of its own. Returns what they raised beside refusals."""
    ready, raised = threading.Barrier(len(writers)), []

    def run(writer) -> None:
        try:
            ready.wait(timeout=20)
            writer()
        except ValidationError:
            pass
        except BaseException as error:  # the thread must not swallow it
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


@pytest.fixture
def two_connections(transactional_db, tmp_path):
    """A database that two connections may write to at once. SQLite in memory is one connection: it gets a file."""
    if not (connection.vendor == "sqlite" and connection.is_in_memory_db()):
        yield
        return
    from django.core.management import call_command

    memory = connection.settings_dict["NAME"]
    kept = connection.connection
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "two.sqlite3")
    connection.inc_thread_sharing()
    try:
        call_command("migrate", run_syncdb=True, verbosity=0)
        yield
    finally:
        connection.dec_thread_sharing()
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = kept, memory


@pytest.mark.parametrize("round_", range(3))
def test_two_writers_at_once_leave_what_events_and_versions_give(two_connections, round_) -> None:
    register = Register()
    first = [("change", 0, Status.APPROVED, date(2017, 7, 1)), ("change", 1, Status.RUNNING, date(2018, 1, 1))]
    for step in [*first, ("propose_title", "Lån"), ("edit", "content", "Før")]:
        register.do(step)

    def one() -> None:
        for step in (
            ("change", 0, Status.RUNNING, date(2018, 5, 1)),
            ("edit", "content", "Den ene"),
            ("confirm", 1, date(2018, 6, 1)),
            ("correct", 1, Status.ENDED, date(2018, 3, 1)),
        ):
            register.do(step)

    def other() -> None:
        for step in (
            ("edit", "target_group", "Den anden"),
            ("accept", 0),
            ("accept_answer", 2, Status.RUNNING, date(2018, 2, 1)),
            ("change", 1, Status.ENDED, date(2018, 7, 1)),
            ("revert", round_),
        ):
            register.do(step)

    assert _at_once(one, other) == []
    check(register)
    trial = Trial.objects.get()
    assert (trial.content, trial.target_group) == ("Den ene", "Den anden") or round_ > 1


def test_two_who_accept_the_same_proposal_write_it_once(two_connections) -> None:
    register = Register()
    register.do(("propose_title", "Lån"))
    proposal = Proposal.objects.get()
    assert _at_once(*[lambda: proposals.accept(proposal, register.ministry)] * 2) == []
    assert Trial.history.filter(title="Lån").count() == 1
    check(register)


def test_two_who_correct_the_same_event_write_one_correction(two_connections) -> None:
    register = Register()
    register.do(("change", 0, Status.RUNNING, date(2018, 1, 1)))
    event = register.trial.events.get()
    change = Change(Status.ENDED, date(2018, 1, 1), note="Forkert")
    assert _at_once(*[lambda: workflow.correct(event, change)] * 2) == []
    assert register.trial.events.count() == 2
    check(register)
