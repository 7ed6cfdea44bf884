"""Two people on the same record: the second sees what the first changed, and chooses field by field."""

import pytest
from django.urls import reverse

from networks import versions
from tests import factories
from tests.admin import trial_page
from tests.roles import make_coordinator, make_ministry
from trials.models import Observation, Trial

pytestmark = pytest.mark.django_db

TEXTS = ("summary", "content", "target_group", "implementation")


@pytest.fixture
def trial() -> Trial:
    return factories.make_trial("Mikrolån", content="Først", target_group="Unge")


@pytest.fixture
def url(trial, client) -> str:
    client.force_login(make_coordinator(trial.network))
    return reverse("trials:workspace_trial", args=[trial.public_id])


def sent(trial: Trial, **changed) -> dict:
    """What the browser sends from the page as it stands now."""
    return {name: getattr(trial, name) for name in TEXTS} | {"version-seen": versions.latest_of(trial)} | changed


def someone_writes(trial: Trial, **changed) -> None:
    other = Trial.objects.get(pk=trial.pk)
    for name, value in changed.items():
        setattr(other, name, value)
    other.save()


def now(trial: Trial) -> tuple[str, str]:
    trial.refresh_from_db()
    return trial.content, trial.target_group


def test_page_carries_the_version_it_shows(client, url, trial):
    assert f'name="version-seen" value="{versions.latest_of(trial)}"' in client.get(url).content.decode()


def test_second_to_save_overwrites_nothing_and_sees_both(client, url, trial):
    mine = sent(trial, content="Mit")
    someone_writes(trial, content="Deres")
    response = client.post(url, mine)
    assert response.status_code == 200
    page = response.content.decode()
    for words in ("En anden har ændret »indhold«", "Deres", "Mit", "Først"):
        assert words in page
    assert now(trial) == ("Deres", "Unge")


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Deres"), ("mine", "Mit")])
def test_choice_is_done(client, url, trial, choice, kept):
    mine = sent(trial, content="Mit", target_group="Voksne")
    someone_writes(trial, content="Deres")
    client.post(url, mine)
    again = mine | {"version-seen": versions.latest_of(trial), "between": "content", "choice-content": choice}
    assert client.post(url, again).status_code == 302
    assert now(trial) == (kept, "Voksne")


def test_choice_must_be_made(client, url, trial):
    mine = sent(trial, content="Mit")
    someone_writes(trial, content="Deres")
    response = client.post(url, mine | {"version-seen": versions.latest_of(trial), "between": "content"})
    assert "Vælg, hvad der skal stå i »indhold«" in response.content.decode()
    assert 'value="mine"' in response.content.decode()
    assert now(trial) == ("Deres", "Unge")


def test_field_left_alone_is_shown_with_the_others_value_chosen(client, url, trial):
    mine = sent(trial, content="Mit")
    someone_writes(trial, target_group="Ældre")
    form = client.post(url, mine).context["form"]
    assert [(each.name, each.theirs, each.mine, each.chosen) for each in form.conflicts] == [
        ("target_group", "Ældre", "Unge", "theirs")
    ]
    assert now(trial) == ("Først", "Ældre")


def test_third_writer_is_seen_too(client, url, trial):
    mine = sent(trial, content="Mit", target_group="Min gruppe")
    someone_writes(trial, content="Deres")
    client.post(url, mine)
    second = mine | {"version-seen": versions.latest_of(trial), "between": "content", "choice-content": "mine"}
    someone_writes(trial, target_group="Ældre")
    form = client.post(url, second).context["form"]
    assert [(each.name, each.chosen) for each in form.conflicts] == [("content", "mine"), ("target_group", "")]
    assert now(trial) == ("Deres", "Ældre")


def test_same_change_by_both_is_no_collision(client, url, trial):
    mine = sent(trial, content="Ens", target_group="Voksne")
    someone_writes(trial, content="Ens")
    assert client.post(url, mine).status_code == 302
    assert now(trial) == ("Ens", "Voksne")


def test_change_elsewhere_in_the_record_is_kept_and_no_collision(client, url, trial):
    mine = sent(trial, content="Mit")
    someone_writes(trial, title="Ny titel")
    assert client.post(url, mine).status_code == 302
    trial.refresh_from_db()
    assert (trial.title, trial.content) == ("Ny titel", "Mit")


def test_record_without_history_collides_by_its_values(client, url, trial):
    Trial.history.all().delete()
    mine = sent(trial, content="Mit")
    assert mine["version-seen"] == 0
    someone_writes(trial, content="Deres")
    form = client.post(url, mine).context["form"]
    assert [(each.name, each.chosen) for each in form.conflicts] == [("content", "")]


def test_dates_and_records_are_compared_as_values(client, trial):
    client.force_login(make_ministry())
    round_one, round_two = factories.make_round(1), factories.make_round(2)
    url = reverse("trials:workspace_legal_fields", args=[trial.public_id])
    mine = {
        "title": "Mikrolån",
        "in_force_from": "2018-01-01",
        "application_round": round_two.pk,
        "version-seen": versions.latest_of(trial),
    }
    someone_writes(trial, in_force_from="2017-07-01", application_round=round_one)
    form = client.post(url, mine).context["form"]
    shown = {each.name: (each.theirs, each.mine) for each in form.conflicts}
    assert shown["in_force_from"] == ("1. juli 2017", "1. januar 2018")
    assert shown["application_round"] == (str(round_one), str(round_two))
    choice = {"choice-in_force_from": "theirs", "choice-application_round": "theirs"}
    again = mine | {"version-seen": versions.latest_of(trial), "between": "in_force_from application_round"} | choice
    assert client.post(url, again).status_code == 302
    trial.refresh_from_db()
    assert (str(trial.in_force_from), trial.application_round) == ("2017-07-01", round_one)


def test_admin_overwrites_nothing_unseen(admin_client, trial):
    url = reverse("admin:trials_trial_change", args=[trial.pk])
    page = admin_client.get(url).content.decode()
    assert f'name="version-seen" value="{versions.latest_of(trial)}"' in page
    mine = trial_page(trial, content="Mit") | {"version-seen": versions.latest_of(trial)}
    someone_writes(trial, content="Deres")
    response = admin_client.post(url, mine)
    assert response.status_code == 200
    assert "Vælg mellem den andens ændringer og dine" in response.content.decode()
    assert now(trial)[0] == "Deres"
    again = mine | {"version-seen": versions.latest_of(trial), "between": "content", "choice-content": "mine"}
    assert admin_client.post(url, again).status_code == 302
    assert now(trial)[0] == "Mit"


def test_admin_compares_what_a_field_holds_several_of(admin_client, trial):
    other = factories.make_trial("Andet", trial.network)
    figure = factories.make_observation(trials=[trial])
    url = reverse("admin:trials_observation_change", args=[figure.pk])
    page = admin_client.get(url)
    form = page.context["adminform"].form
    mine = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    mine |= {"trials": [trial.pk], "municipalities": [], "note": "Min", "version-seen": form.seen}
    figure.trials.add(other)
    response = admin_client.post(url, mine)
    [conflict] = response.context["adminform"].form.conflicts
    assert (conflict.name, conflict.chosen) == ("trials", "theirs")
    again = mine | {"version-seen": versions.latest_of(figure), "between": "trials", "choice-trials": "theirs"}
    assert admin_client.post(url, again).status_code == 302
    kept = Observation.objects.get()
    assert (set(kept.trials.all()), kept.note) == ({trial, other}, "Min")


def test_admin_row_changed_meanwhile_says_what_stands_there(admin_client, trial):
    participation = factories.make_participation(trial)
    url = reverse("admin:trials_trial_change", args=[trial.pk])
    page = admin_client.get(url).content.decode()
    newest = versions.latest_of(participation)
    assert f'name="participations-SEEN" value="{newest}"' in page
    row = {"id": participation.pk, "trial": trial.pk, "decided_on": ""}
    mine = trial_page(trial, participations=[row], content="Mit") | {"participations-SEEN": newest}
    participation.decided_on = "2018-06-20"
    participation.save()
    response = admin_client.post(url, mine)
    assert "besluttet i kommunalbestyrelsen: »20. juni 2018«" in response.content.decode()
    participation.refresh_from_db()
    assert str(participation.decided_on) == "2018-06-20"
    assert now(trial)[0] == "Først"
    again = mine | {"participations-SEEN": versions.latest_of(participation)}
    assert admin_client.post(url, again).status_code == 302, "seen, and sent again"


def test_row_that_is_sent_as_it_now_stands_is_no_collision(admin_client, trial):
    participation = factories.make_participation(trial)
    newest = versions.latest_of(participation)
    participation.decided_on = "2018-06-20"
    participation.save()
    row = {"id": participation.pk, "trial": trial.pk, "decided_on": "2018-06-20"}
    sent = trial_page(trial, participations=[row]) | {"participations-SEEN": newest}
    assert admin_client.post(reverse("admin:trials_trial_change", args=[trial.pk]), sent).status_code == 302
