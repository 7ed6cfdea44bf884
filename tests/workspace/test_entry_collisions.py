"""Two people on one milestone, experience or figure: the second sees both values, by whom and when, and chooses.

What each sends is what his page showed, with what he changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories, roles
from trials.enums import Publication
from trials.models import Experience, Milestone, Observation, Trial

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Case:
    """A form, and two of its fields: of `field` what is `theirs` and what is `mine`, as written and as shown."""

    model: type
    make: Callable[[Trial], Any]
    address: str
    label: str
    field: str
    before: str
    theirs: tuple[str, str]
    mine: tuple[str, str]
    elsewhere: tuple[str, str]


def _milestone(trial: Trial) -> Milestone:
    return factories.make_milestone(trials=[trial], planned_from=date(2018, 6, 1), planned_to=date(2018, 8, 31))


def _figure(trial: Trial) -> Observation:
    return factories.make_observation(value=15, trials=[trial], to_on=date(2018, 5, 1))


CASES = [
    Case(
        *(Milestone, _milestone, "/arbejdsbord/netvaerk/arbejde/milepaele/{}/", "planlagt", "planned"),
        *("juni–august 2018", ("april 2019", "april 2019"), ("1.5.2019", "1. maj 2019"), ("note", "En note")),
    ),
    Case(
        *(Experience, lambda trial: factories.make_experience(trials=[trial])),
        *("/arbejdsbord/netvaerk/arbejde/erfaringer/{}/", "tekst", "text", "Samarbejdet er begyndt godt."),
        *(("Andens.", "Andens."), ("Min 100% <b>.", "Min 100% &lt;b&gt;."), ("kind", "solution")),
    ),
    Case(
        *(Observation, _figure, "/arbejdsbord/forsoeg/FKII-1-01/tal/{}/", "tal", "value"),
        *("15", ("højst 1.700", "højst\N{NO-BREAK SPACE}1.700"), ("16", "16"), ("note", "Talt igen")),
    ),
]


@pytest.fixture
def trial() -> Trial:
    return factories.make_trial("Mikrolån", factories.make_network(1, "Arbejde"))


@pytest.fixture(params=CASES, ids=[case.model.__name__.lower() for case in CASES])
def case(request) -> Case:
    return request.param


@pytest.fixture
def record(case, trial):
    return case.make(trial)


@pytest.fixture
def address(case, record) -> str:
    return case.address.format(record.slug)


@pytest.fixture
def one(trial) -> Client:
    return _signed_in(trial, "Anna", "Ager")


@pytest.fixture
def two(trial) -> Client:
    return _signed_in(trial, "Bo", "Bak")


def _signed_in(trial: Trial, first_name: str, last_name: str) -> Client:
    client = Client()
    client.force_login(
        roles.make_coordinator(trial.network, roles.make_user(first_name=first_name, last_name=last_name))
    )
    return client


def opened(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send from the page as it is shown now."""
    response = client.get(address)
    form = response.context["form"]
    assert f'name="version-seen" value="{form.seen}"' in response.content.decode()
    return {name: _sent(form, name) for name in form.fields} | {"version-seen": str(form.seen)}


def _sent(form, name: str) -> Any:
    value, field = form[name].value(), form.fields[name]
    if hasattr(field, "queryset"):
        return [key for key in value if field.queryset.filter(pk=key).exists()]
    return "" if value is None else value


def again(response, mine: dict[str, Any], **choices: str) -> dict[str, Any]:
    """What the browser would send from the page that asks, with these choices made."""
    form = response.context["form"]
    made = {each.choice: each.chosen for each in form.conflicts if each.chosen}
    asked = {"version-seen": str(form.seen), "between": form.between}
    return mine | asked | made | {f"choice-{name}": choice for name, choice in choices.items()}


def test_different_fields_are_both_kept(case, record, address, one, two):
    name, value = case.elsewhere
    theirs, mine = opened(one, address), opened(two, address)
    assert one.post(address, theirs | {case.field: case.theirs[0]}).status_code == 302
    mine |= {name: value}
    response = two.post(address, mine)
    [conflict] = response.context["form"].conflicts
    assert (conflict.name, conflict.chosen) == (case.field, "theirs"), "shown, and theirs is chosen beforehand"
    assert two.post(address, again(response, mine)).status_code == 302
    now = opened(two, address)
    assert (now[case.field], now[name]) == (case.theirs[1], value)


def test_same_field_is_asked_about_and_nothing_is_stored_before(case, record, address, one, two):
    theirs, mine = opened(one, address), opened(two, address)
    one.post(address, theirs | {case.field: case.theirs[0]})
    stored = record.history.count()
    name, value = case.elsewhere
    mine |= {case.field: case.mine[0], name: value}
    response = two.post(address, mine)
    assert response.status_code == 200
    page = response.content.decode()
    today = timezone.localdate()
    assert f"Gemt af Anna Ager den {today.day}. " in page
    for words in (f"»{case.label}«", case.before, case.theirs[1], case.mine[1], "Den gemte værdi:", "Min værdi:"):
        assert words in page
    anchor = f"choice-{case.field}-theirs"
    assert f'<a href="#{anchor}">Vælg, hvad der skal stå i »{case.label}«.</a>' in page
    assert f'id="{anchor}" required>' in page, "nothing is chosen beforehand"
    assert "record.css" in page
    for sent in (mine, again(response, mine)):
        assert two.post(address, sent).status_code == 200
    assert "Du mangler at vælge" in two.post(address, again(response, mine)).content.decode()
    assert record.history.count() == stored
    now = opened(two, address)
    assert now[case.field] == case.theirs[1]
    assert now[name] != value


@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_either_choice_is_stored(case, record, address, one, two, choice):
    theirs, mine = opened(one, address), opened(two, address)
    one.post(address, theirs | {case.field: case.theirs[0]})
    name, value = case.elsewhere
    mine |= {case.field: case.mine[0], name: value}
    response = two.post(address, mine)
    assert two.post(address, again(response, mine, **{case.field: choice})).status_code == 302
    kept = case.theirs[1] if choice == "theirs" else case.mine[1].replace("&lt;", "<").replace("&gt;", ">")
    now = opened(two, address)
    assert (now[case.field], now[name]) == (kept, value)


def test_a_third_value_is_asked_about_anew(case, record, address, one, two):
    mine = opened(two, address) | {case.field: case.mine[0]}
    one.post(address, opened(one, address) | {case.field: case.theirs[0]})
    chosen = again(two.post(address, mine), mine, **{case.field: "mine"})
    one.post(address, opened(one, address) | {case.field: case.before})
    response = two.post(address, chosen)
    assert [each.chosen for each in response.context["form"].conflicts] == [""]
    assert opened(two, address)[case.field] == case.before


def test_without_another_nothing_is_asked(case, record, address, two):
    assert two.post(address, opened(two, address) | {case.field: case.mine[0]}).status_code == 302


def test_deleted_in_between_is_said_and_what_was_written_given_back(case, record, address, two):
    mine = opened(two, address) | {case.field: case.mine[0]}
    record._history_user = roles.make_user(first_name="Cilla", last_name="Carl")
    record.delete()
    response = two.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 410
    assert "blev slettet af Cilla Carl den " in page
    assert "Min 100% &lt;b&gt;." in page or f"<dd>{case.mine[0]}</dd>" in page
    assert not case.model.objects.exists()
    assert two.get(address).status_code == 404


def test_deleted_record_of_another_network_is_not_told_of(case, record, address, trial):
    other = factories.make_network(2, "Andet")
    stranger = Client()
    stranger.force_login(roles.make_coordinator(other))
    record.delete()
    elsewhere = address.replace("arbejde", "andet").replace("FKII-1-01", factories.make_trial("Nyt", other).public_id)
    assert stranger.post(elsewhere, {case.field: "x"}).status_code == 404
    assert stranger.post(address, {case.field: "x"}).status_code == 403


@pytest.mark.parametrize("case", CASES[:2], indirect=True, ids=["milestone", "experience"])
def test_what_a_record_is_tied_to(case, record, address, trial, one, two):
    """A draft of another network's is neither shown nor lost; a trial that the other added is shown by its name."""
    hidden = factories.make_trial("Hemmelig", factories.make_network(2), publication=Publication.DRAFT)
    added = factories.make_trial("Små lån", trial.network)
    record.trials.add(hidden)
    mine = opened(two, address) | {case.field: case.mine[0]}
    one.post(address, opened(one, address) | {"trials": [trial.pk, added.pk]})
    response = two.post(address, mine)
    [conflict] = response.context["form"].conflicts
    assert (conflict.name, conflict.theirs, conflict.mine) == ("trials", f"{trial}, {added}", str(trial))
    assert "Hemmelig" not in response.content.decode()
    assert two.post(address, again(response, mine)).status_code == 302
    assert set(record.trials.all()) == {trial, added, hidden}


def test_reason_for_an_unlikely_figure_is_not_overwritten_unseen(trial, one, two):
    figure = factories.make_observation(value=15, trials=[trial], to_on=date(2018, 5, 1))
    address = CASES[2].address.format(figure.slug)
    mine = opened(two, address) | {"note": "Min note"}
    theirs = opened(one, address) | {"value": "3", "set_tal": "few_people", "fordi_tal": "Alle har sagt ja."}
    assert one.post(address, theirs).status_code == 302
    response = two.post(address, mine)
    assert {each.name for each in response.context["form"].conflicts} == {"value", "fordi_tal"}
    figure.refresh_from_db()
    assert (figure.value, figure.note) == (3, "")
    assert two.post(address, again(response, mine)).status_code == 302, "the other has been asked about it already"
    figure.refresh_from_db()
    assert (figure.value, figure.note, figure.overruled) == (3, "Min note", "Alle har sagt ja.")
