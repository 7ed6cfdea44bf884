"""Two people on the same record: the second sees what the first changed, and chooses field by field."""

import pytest
from django.urls import reverse

from networks import versions
from tests import factories
from tests.admin import errors_of, trial_page
from tests.roles import make_coordinator, make_ministry
from trials.models import Observation, Participation, Trial

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


class TestAdminRow:
    """A municipality's part on the page of its trial, whose day of decision someone else has written meanwhile."""

    @pytest.fixture
    def participation(self, trial):
        return factories.make_participation(trial)

    @pytest.fixture
    def url(self, trial) -> str:
        return reverse("admin:trials_trial_change", args=[trial.pk])

    def overtaken(self, admin_client, url, participation, **row) -> dict:
        """What is sent from the page that was opened before the other's change."""
        newest = versions.latest_of(participation)
        assert f'name="participations-SEEN" value="{newest}"' in admin_client.get(url).content.decode()
        row = {"id": participation.pk, "trial": participation.trial_id, "decided_on": "2018-05-01"} | row
        self.decide(participation, "2018-06-20")
        sent = trial_page(participation.trial, participations=[row], content="Mit")
        return sent | {"participations-SEEN": newest}

    def decide(self, participation, day: str) -> None:
        participation.decided_on = day
        participation.save()

    def stands(self, participation) -> str:
        return str(Participation.objects.get(pk=participation.pk).decided_on)

    def test_what_stands_there_is_said_and_nothing_saved_until_one_chooses(
        self, admin_client, trial, participation, url
    ) -> None:
        mine = self.overtaken(admin_client, url, participation)
        for _ in range(2):  # sending again is no choice
            response = admin_client.post(url, mine)
            html = response.content.decode()
            assert response.status_code == 200
            assert "besluttet i kommunalbestyrelsen: »20. juni 2018«" in html
            assert html.count('type="radio" name="participations-0-choice"') == 2
            assert self.stands(participation) == "2018-06-20"
            assert now(trial)[0] == "Først"
            seen = f'name="participations-SEEN" value="{mine["participations-SEEN"]}"'
            assert seen in html

    @pytest.mark.parametrize(("choice", "day"), [("theirs", "2018-06-20"), ("mine", "2018-05-01")])
    def test_what_is_chosen_stands(self, admin_client, trial, participation, url, choice, day) -> None:
        mine = self.overtaken(admin_client, url, participation)
        chosen = f"{choice}-{versions.latest_of(participation)}"
        response = admin_client.post(url, mine | {"participations-0-choice": chosen})

        assert response.status_code == 302, errors_of(response)
        assert self.stands(participation) == day
        assert now(trial)[0] == "Mit"

    def test_choice_does_not_count_for_what_was_saved_after_it(self, admin_client, participation, url) -> None:
        mine = self.overtaken(admin_client, url, participation)
        chosen = f"mine-{versions.latest_of(participation)}"
        self.decide(participation, "2018-07-01")
        response = admin_client.post(url, mine | {"participations-0-choice": chosen})

        assert response.status_code == 200
        assert "»1. juli 2018«" in response.content.decode()
        assert self.stands(participation) == "2018-07-01"

    def test_row_is_not_deleted_unseen(self, admin_client, participation, url) -> None:
        mine = self.overtaken(admin_client, url, participation, DELETE="on")
        response = admin_client.post(url, mine)
        assert response.status_code == 200
        assert "Slet rækken" in response.content.decode()
        version = versions.latest_of(participation)
        assert admin_client.post(url, mine | {"participations-0-choice": f"theirs-{version}"}).status_code == 302
        assert self.stands(participation) == "2018-06-20"
        assert admin_client.post(url, mine | {"participations-0-choice": f"mine-{version}"}).status_code == 302
        assert not Participation.objects.filter(pk=participation.pk).exists()

    def test_what_is_wrong_in_ones_own_row_does_not_keep_the_stored_one_from_standing(
        self, admin_client, trial, participation, url
    ) -> None:
        mine = self.overtaken(admin_client, url, participation, decided_on="i går")
        chosen = f"theirs-{versions.latest_of(participation)}"
        assert admin_client.post(url, mine).status_code == 200
        assert admin_client.post(url, mine | {"participations-0-choice": chosen}).status_code == 302
        assert (self.stands(participation), now(trial)[0]) == ("2018-06-20", "Mit")


def test_row_that_is_sent_as_it_now_stands_is_no_collision(admin_client, trial):
    participation = factories.make_participation(trial)
    newest = versions.latest_of(participation)
    participation.decided_on = "2018-06-20"
    participation.save()
    row = {"id": participation.pk, "trial": trial.pk, "decided_on": "2018-06-20"}
    sent = trial_page(trial, participations=[row]) | {"participations-SEEN": newest}
    assert admin_client.post(reverse("admin:trials_trial_change", args=[trial.pk]), sent).status_code == 302
