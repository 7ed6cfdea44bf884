"""The history of a trial and a network: everything, by whom, through what, in sentences."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networks.enums import Channel
from networks.models import ChangeEntry, ChangeSet
from networks.recording import recording
from tests import factories
from tests.roles import make_coordinator, make_user
from trials import workflow
from trials.enums import Reason, Status
from trials.models import Participation, Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> Trial:
    network = factories.make_network(1, "Fleksibel indsats")
    return factories.make_trial("Mikrolån", network, [factories.make_municipality("Thisted")], content="Før")


@pytest.fixture
def see(client, trial):
    """The text of the trial's history, or of its network's."""
    client.force_login(make_coordinator(trial.network))

    def see(of: str = "trial") -> str:
        ref = trial.public_id if of == "trial" else trial.network.slug
        return client.get(reverse(f"trials:workspace_{of}_history", args=[ref])).content.decode()

    return see


def test_edit_is_told_with_who_when_what_and_through_what(see, trial):
    with recording(Channel.UPLOAD, make_user("ane", first_name="Ane", last_name="Bæk"), "Fra regneark"):
        trial.content = "Efter"
        trial.save()
    page = see()
    for words in ("Ane Bæk", "Regneark", "Fra regneark", "Forsøg FKII-1-01 Mikrolån er ændret.", "Før", "Efter"):
        assert words.lower() in page.lower(), words
    assert "Indhold:" in page


def test_all_that_hangs_on_the_trial_is_told(see, trial):
    with recording(Channel.ADMIN, make_user()):
        basis = factories.make_basis(trial, factories.make_provision(27, "c"))
        evaluation = factories.make_evaluation(trial)
        figure = factories.make_observation("Borgere med lån", trials=[trial])
        factories.make_experience("Tager tid", trials=[trial])
        factories.make_milestone("Akutteam", trials=[trial])
        factories.make_outcome(trial)
        factories.make_correction(factories.make_cells(trial)[0], "Tekst", "Tegn")
    evaluation.method = "Interview"
    evaluation.save()
    basis.delete()
    figure.trials.clear()
    page = see()
    for words in (
        *(
            "§ 27 c (FKII-1-01) er oprettet",
            "§ 27 c (FKII-1-01) er slettet",
            "Interview",
            "Borgere med lån er oprettet",
        ),
        *("Tager tid er oprettet", "Akutteam er oprettet", "Udbredt helt (FKII-1-01) er oprettet", "Rettelse Tekst"),
    ):
        assert words in page, words
    assert "Aktivitetstal Borgere med lån er ændret." in page, "also after it is no longer of the trial"


def test_other_trials_are_not_told_of(see, trial):
    factories.make_trial("Et helt andet forsøg", trial.network)
    assert "Et helt andet forsøg" not in see()
    assert "Et helt andet forsøg" in see("network")


def test_network_history_holds_its_trials_and_members(see, trial):
    factories.make_membership(trial.network, factories.make_municipality("Læsø"))
    factories.make_network_text(trial.network, text="Flere i arbejde")
    page = see("network")
    for words in (
        "Netværkskommune Læsø er oprettet",
        "Forsøgskommune Thisted (FKII-1-01) er oprettet",
        "Flere i arbejde",
    ):
        assert words in page, words


def test_corrected_status_keeps_the_old_statement(see, trial):
    participation = trial.participations.get()
    wrong = factories.make_status(participation, Status.ENDED, date(2018, 5, 1), reason=Reason.NO_NEED)
    right = workflow.Change(Status.RUNNING, date(2018, 5, 1), note="Forkert kommune")
    workflow.correct(wrong, right)
    page = see()
    assert "Afsluttet senest den 1. maj 2018 (senere rettet, gælder ikke)" in page
    assert "I drift (rettelse) pr. 1. maj 2018" in page
    assert "Rettelse af »Afsluttet« senest den 1. maj 2018" in page
    assert "Forkert kommune" in page
    assert "Intet lokalt ønske eller behov" in page


def test_confirmation_is_told(see, trial):
    factories.make_status(trial, Status.RUNNING)
    workflow.confirm(trial, date(2019, 3, 1))
    assert "1. marts 2019" in see()


def test_older_history_without_change_sets_is_told(see, trial):
    assert not ChangeSet.objects.exists()
    page = see()
    assert "Forsøg FKII-1-01 Mikrolån er oprettet." in page
    assert "Uden bruger" in page


def test_record_without_history_says_that_the_old_value_is_not_kept(see, trial):
    Trial.history.all().delete()
    trial.content = "Efter"
    trial.save()
    assert "Hvad der stod før, er ikke bevaret" in see()


def test_versions_made_together_are_one_line(see, trial):
    with recording(Channel.PAGE, make_user()):
        for content in ("Midt", "Efter"):
            trial.content = content
            trial.save()
    page = see()
    assert page.count("er ændret.") == 1
    assert "Midt" not in page


def test_long_texts_show_where_they_differ(see, trial):
    trial.content = "Indledning. " * 60 + "Kommunen må give lån." + " Slutning." * 60
    trial.save()
    trial.content = trial.content.replace("give lån", "give tilskud")
    with recording(Channel.PAGE, make_user("ane")):
        trial.save()
    page = see()
    [entry] = [part for part in page.split("<h2") if "ane" in part]
    assert "give lån" in entry
    assert "give tilskud" in entry
    assert len(entry) < 3000


def test_pages_of_the_history(client, see, trial):
    for number in range(30):
        with recording(Channel.PAGE, make_user()):
            trial.content = f"Version {number}"
            trial.save()
    see()
    url = reverse("trials:workspace_trial_history", args=[trial.public_id])
    assert "Version 29" in client.get(url).content.decode()
    assert "Version 1<" in client.get(f"{url}?side=2").content.decode()
    for side in ("0", "3", "x", "²", "99999999999999999999"):
        assert client.get(url, {"side": side}).status_code == 404


def test_number_of_queries_is_constant(client, see, trial):
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    def change() -> None:
        with recording(Channel.PAGE, make_user()):
            municipality = factories.make_municipality()
            factories.make_observation(trials=[trial], municipalities=[municipality])
            factories.make_status(factories.make_participation(trial, municipality), Status.RUNNING)
            factories.make_basis(trial, factories.make_provision(100 + Participation.objects.count()))

    urls = [
        reverse("trials:workspace_trial_history", args=[trial.public_id]),
        reverse("trials:workspace_network_history", args=[trial.network.slug]),
    ]
    change()
    see()
    few = [queries(url) for url in urls]
    for _ in range(8):
        change()
    assert [queries(url) for url in urls] == few
    assert ChangeEntry.objects.count() > 60
