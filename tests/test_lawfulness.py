"""What people state of a status is held against the law: refused, or asked about."""

from datetime import date

import pytest

from tests import factories
from trials import lawfulness, workflow
from trials.enums import BasisKind, Precision, Status
from trials.lawfulness import Doubtful, Entry
from trials.models import Participation, StatusEvent, Trial
from trials.workflow import Change, Refused

pytestmark = pytest.mark.django_db

IN_FORCE = date(2018, 7, 1)
DECISION = "Der er ikke oplyst nogen dag, hvor kommunalbestyrelsen besluttede at bruge forsøget."


@pytest.fixture
def trial() -> Trial:
    """FKII-1-04, in force from 1 July 2018, with Thisted, whose council decided on 1 August, and Læsø."""
    trial = factories.make_trial("Mikrolån", factories.make_network(1), number=4, in_force_from=IN_FORCE)
    factories.make_participation(trial, factories.make_municipality("Thisted"), decided_on=date(2018, 8, 1))
    factories.make_participation(trial, factories.make_municipality("Læsø"))
    return trial


@pytest.fixture
def thisted(trial) -> Participation:
    return trial.participations.get(municipality__name="Thisted")


@pytest.fixture
def laesoe(trial) -> Participation:
    return trial.participations.get(municipality__name="Læsø")


def state(subject, status: Status, on: date = date(2018, 9, 1), note: str = "", anyway: bool = False, **more):
    """What someone states of one subject, sent to `enter`."""
    fresh = type(subject).objects.get(pk=subject.pk)
    return lawfulness.enter([Entry(fresh, Change(status, on, note=note, **more))], anyway=anyway)[0]


def why(error: type[Refused], *args, **more) -> list[str]:
    """The sentences with which a statement is refused, or asked about; nothing of it is kept."""
    before = StatusEvent.objects.count()
    with pytest.raises(error) as refused:
        state(*args, **more)
    assert type(refused.value) is error
    assert StatusEvent.objects.count() == before
    return refused.value.messages


@pytest.mark.parametrize(
    "status", [Status.STARTED, Status.REALISING, Status.IMPLEMENTING, Status.RUNNING], ids=lambda status: status.value
)
def test_under_way_before_entry_into_force_is_refused(trial, status) -> None:
    assert why(Refused, trial, status, date(2018, 6, 30)) == [
        f"»{status.label}« kan ikke gælde den 30. juni 2018, for undtagelsen gælder først fra 1. juli 2018."
    ]
    assert why(Refused, trial, status, date(2018, 6, 30), note="Jo", anyway=True)
    assert state(trial, status, IN_FORCE).status == status


def test_by_a_day_before_entry_into_force_is_refused_too(trial) -> None:
    assert why(Refused, trial, Status.RUNNING, date(2018, 6, 30), precision=Precision.BY)


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PLANNED, Status.AWAITING, Status.NOT_PURSUED])
def test_what_uses_no_exemption_may_be_stated_before_it_applies(trial, status) -> None:
    assert state(trial, status, date(2018, 1, 1)).status == status


def test_trial_without_a_day_of_law_can_be_stated(thisted, trial) -> None:
    Trial.objects.update(in_force_from=None)

    assert state(trial, Status.RUNNING, date(2017, 1, 1))


def test_trial_that_rests_on_existing_law_is_asked_about(trial) -> None:
    factories.make_basis(trial, kind=BasisKind.EXISTING_LAW)
    [said] = why(Doubtful, trial, Status.RUNNING, date(2018, 6, 30))

    assert "gælder først fra 1. juli 2018" in said
    assert state(trial, Status.RUNNING, date(2018, 6, 30), note="Kræver ingen undtagelse", anyway=True)


def test_correction_is_held_to_the_law_but_a_revert_is_not(trial) -> None:
    early = factories.make_status(trial, Status.RUNNING, date(2018, 1, 1))
    late = factories.make_status(trial, Status.ENDED, date(2018, 9, 1))
    change = Change(Status.STARTED, date(2018, 1, 2), note="Kun igangsat")

    with pytest.raises(Refused, match="gælder først fra"):
        lawfulness.enter([Entry(trial, change, corrects=early)])
    assert workflow.revert(late, "Ikke slut").status == Status.RUNNING


def test_after_the_exemption_has_ceased_is_asked_about(trial) -> None:
    Trial.objects.update(in_force_to=date(2019, 6, 30))

    assert why(Doubtful, trial, Status.RUNNING, date(2019, 7, 1)) == ["Undtagelsen gjaldt kun til 30. juni 2019."]
    assert state(trial, Status.RUNNING, date(2019, 6, 30))


def test_start_without_a_known_decision_is_asked_about(laesoe) -> None:
    assert why(Doubtful, laesoe, Status.STARTED) == [DECISION]
    assert why(Doubtful, laesoe, Status.STARTED, anyway=True) == [
        "Skriv i bemærkningen, hvorfor det er rigtigt alligevel.",
        DECISION,
    ]
    assert why(Doubtful, laesoe, Status.STARTED, note="Referatet mangler") == [DECISION]
    assert state(laesoe, Status.STARTED, note="Referatet mangler", anyway=True).note == "Referatet mangler"


def test_one_under_way_is_not_asked_again(laesoe) -> None:
    factories.make_status(laesoe, Status.STARTED, date(2018, 8, 1))

    assert state(laesoe, Status.RUNNING).status == Status.RUNNING


def test_start_before_the_decision_is_refused(thisted) -> None:
    said = "Kommunalbestyrelsen besluttede først at bruge forsøget den 1. august 2018."

    assert why(Refused, thisted, Status.STARTED, date(2018, 7, 31)) == [said]
    assert state(thisted, Status.STARTED, date(2018, 8, 1))


def test_confirmation_is_not_held_against_the_law(laesoe) -> None:
    factories.make_status(laesoe, Status.RUNNING, date(2018, 1, 1))

    assert state(laesoe, Status.RUNNING, date(2018, 2, 1)) is None
    laesoe.refresh_from_db()
    assert laesoe.confirmed_on == date(2018, 2, 1)


def test_last_municipality_to_end_leaves_the_open_trial_in_doubt(trial, thisted, laesoe) -> None:
    factories.make_status(trial, Status.RUNNING, date(2018, 8, 1))
    factories.make_status(laesoe, Status.NOT_PURSUED, date(2018, 8, 1))
    factories.make_status(thisted, Status.RUNNING, date(2018, 8, 1))
    [said] = why(Doubtful, thisted, Status.ENDED)

    assert said == ("FKII-1-04 er slut eller gennemføres ikke i nogen af kommunerne, men hele forsøget er »I drift«.")
    assert state(thisted, Status.ENDED, note="Forsøget afsluttes i juni", anyway=True)


def test_ending_the_trial_with_its_last_municipality_leaves_no_doubt(trial, thisted, laesoe) -> None:
    factories.make_status(trial, Status.RUNNING, date(2018, 8, 1))
    factories.make_status(laesoe, Status.NOT_PURSUED, date(2018, 8, 1))
    factories.make_status(thisted, Status.RUNNING, date(2018, 8, 1))
    ended = Change(Status.ENDED, date(2018, 9, 1))
    subjects = [Participation.objects.get(pk=thisted.pk), Trial.objects.get(pk=trial.pk)]

    events = lawfulness.enter([Entry(subject, ended) for subject in subjects])
    assert [event.status for event in events] == [Status.ENDED, Status.ENDED]


def test_a_municipality_of_which_nothing_is_known_keeps_the_trial_open(trial, thisted) -> None:
    factories.make_status(trial, Status.RUNNING, date(2018, 8, 1))
    factories.make_status(thisted, Status.RUNNING, date(2018, 8, 1))

    assert state(thisted, Status.ENDED)


def test_of_several_all_or_none_are_kept_and_each_sentence_names_its_own(trial, thisted, laesoe) -> None:
    factories.make_status(laesoe, Status.ENDED, date(2018, 8, 1))
    planned = Change(Status.PLANNED, date(2018, 9, 1))
    subjects = [Participation.objects.get(pk=part.pk) for part in (thisted, laesoe)]
    with pytest.raises(Refused) as refused:
        lawfulness.enter([Entry(subject, planned) for subject in subjects])

    assert refused.value.messages[0].startswith("Læsø i FKII-1-04: Status kan ikke gå fra »Afsluttet« til »Planlagt«.")
    assert len(refused.value.messages) == 1
    assert not thisted.events.exists()
