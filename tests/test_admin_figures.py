"""A figure in the admin: an unlikely one is kept with a reason, given by someone who was shown what is unlikely."""

from datetime import date

import pytest

from tests import factories
from tests.admin import errors_of, url
from tests.roles import make_coordinator, make_ministry, make_reader
from trials.models import Observation, Trial

pytestmark = pytest.mark.django_db

FALLEN = "Tallet er faldet: det forrige er 15 borgere, 1. december 2018."
FEW = "Et tal under 5 kan røbe, hvem det handler om."


@pytest.fixture
def trial(client) -> Trial:
    """A trial in Thisted with 15 citizens in December 2018. The ministry is signed in."""
    town = factories.make_municipality("Thisted")
    trial = factories.make_trial("Mikrolån", factories.make_network(1), [town])
    factories.make_observation("Borgere", 15, trials=[trial], municipalities=[town], to_on=date(2018, 12, 1))
    client.force_login(make_ministry())
    return trial


def page(trial: Trial, **changed) -> dict:
    """What the browser sends from the page of a new figure in March 2019."""
    town = trial.participations.get().municipality
    fields = {"indicator": "Borgere", "value": "20", "unit": "citizens", "accuracy": "counted", "to_on": "01.03.2019"}
    return fields | {"network": trial.network.pk, "trials": [trial.pk], "municipalities": [town.pk]} | changed


def shown(response) -> str:
    """The codes of the warnings that the page shows, as it sends them back."""
    mark = response.context["adminform"].form.entry.mark
    assert f'<input type="hidden" name="set_tal" value="{mark}">' in response.content.decode()
    return mark


def test_likely_figure_is_saved_without_a_word(client, trial) -> None:
    assert client.post(url(Observation, "add"), page(trial)).status_code == 302
    assert Observation.objects.get(value=20).overruled == ""


def test_unlikely_figure_is_asked_about_and_kept_with_a_reason(client, trial) -> None:
    asked = client.post(url(Observation, "add"), page(trial, value="10"))
    assert FALLEN in asked.context["adminform"].form.errors["value"][0]
    assert "skriv hvorfor" in errors_of(asked)
    assert Observation.objects.count() == 1
    sent = page(trial, value="10", overruled="Fem var talt to gange", set_tal=shown(asked))
    assert client.post(url(Observation, "add"), sent).status_code == 302
    figure = Observation.objects.get(value=10)
    assert (figure.overruled, figure.history.first().overruled) == ("Fem var talt to gange", "Fem var talt to gange")


def test_reason_holds_for_what_was_shown(client, trial) -> None:
    unseen = client.post(url(Observation, "add"), page(trial, value="10", overruled="Sådan er det"))
    assert FALLEN in errors_of(unseen)
    more = client.post(url(Observation, "add"), page(trial, value="3", overruled="x", set_tal=shown(unseen)))
    assert FEW in errors_of(more)
    assert Observation.objects.count() == 1


def test_reason_with_nothing_to_speak_for_is_not_kept(client, trial) -> None:
    client.post(url(Observation, "add"), page(trial, overruled="Bare fordi"))
    assert Observation.objects.get(value=20).overruled == ""


def test_figure_that_stands_is_asked_about_when_it_is_changed_and_not_before(client, trial) -> None:
    figure = Observation.objects.get()
    Observation.objects.update(value=3)
    address = url(Observation, "change", figure.pk)
    standing = page(trial, value="3", to_on="01.12.2018")
    assert client.post(address, standing | {"note": "Talt igen"}).status_code == 302
    assert FEW in errors_of(client.post(address, standing | {"value": "2"}))
    versions = figure.history.count()
    why = {"value": "2", "overruled": "Begge har sagt ja", "set_tal": "few_people"}
    assert client.post(address, standing | why).status_code == 302
    figure.refresh_from_db()
    assert (figure.value, figure.overruled, figure.note) == (2, "Begge har sagt ja", "")
    assert figure.history.count() > versions

    # The page of a figure with a reason shows what it is for: it holds on.
    assert shown(client.get(address)) == "few_people"
    assert client.post(address, standing | why | {"value": "4"}).status_code == 302
    assert FEW in errors_of(client.post(address, standing | {"value": "4", "overruled": ""}))


def test_earlier_version_is_restored_without_being_asked_about(client, trial) -> None:
    figure = Observation.objects.get()
    Observation.objects.update(value=3)
    figure.refresh_from_db()
    figure.save()
    unlikely = figure.history.first()
    figure.value = 20
    figure.save()
    address = url(Observation, "simple_history", figure.pk, unlikely.pk)
    assert client.post(address, page(trial, value="3.00", to_on="01.12.2018")).status_code == 302
    figure.refresh_from_db()
    assert figure.value == 3


def test_coordinator_is_asked_and_reader_reads(client, trial) -> None:
    figure = Observation.objects.get()
    client.force_login(make_coordinator(trial.network))
    sent = page(trial, value="3", to_on="01.12.2018")
    assert FEW in errors_of(client.post(url(Observation, "change", figure.pk), sent))
    Observation.objects.update(value=3, overruled="Alle har sagt ja")
    client.force_login(make_reader())
    assert "Alle har sagt ja" in client.get(url(Observation, "change", figure.pk)).content.decode()
