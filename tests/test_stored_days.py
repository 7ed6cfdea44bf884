"""Which days are stored: a year that can be, and no day to come for what has happened, whatever way it comes in."""

from datetime import date, timedelta

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from frikommune.dates import refuse_future_day, refuse_strange_day
from tests import factories
from tests.roles import make_coordinator, make_ministry
from trials import charts, figures, periods
from trials.admin.bulk import MilestoneForm as PlannedForm
from trials.forms import ChangeForm
from trials.models import Milestone, Observation, Participation, Trial
from trials.workspace.answer_form import AnswerForm
from trials.workspace.coordinator_form import AddForm, EndForm
from trials.workspace.days import DayField, PeriodField
from trials.workspace.design.milestones import MilestonesStep

FACTS = {
    *("Participation.decided_on", "Milestone.actual_from", "Milestone.actual_to"),
    *("Observation.from_on", "Observation.to_on"),
}
"""The fields of what has happened, which take no day to come."""

STRANGE = [date(1, 1, 1), date(1969, 12, 31), date(2101, 1, 1), date.max]


def stored_days() -> dict[str, models.DateField]:
    """Every day that is stored, but for the copies of the history."""
    return {
        f"{model.__name__}.{field.name}": field
        for app in ("networks", "trials")
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    }


def test_every_stored_day_has_the_rule():
    found = stored_days()
    assert len(found) > 20
    assert {name for name, field in found.items() if refuse_future_day in field.validators} == FACTS
    rules = {refuse_future_day, refuse_strange_day}
    assert [name for name, field in found.items() if not rules & set(field.validators)] == []


@pytest.mark.parametrize("form", [PlannedForm, ChangeForm, AnswerForm, AddForm, EndForm, MilestonesStep])
def test_every_day_that_is_no_field_of_a_model_form_has_the_rule(form):
    days = [field for field in form.base_fields.values() if isinstance(field, forms.DateField)]
    assert days
    assert [field.label for field in days if refuse_strange_day not in field.validators] == []


@pytest.mark.parametrize("day", STRANGE)
def test_strange_year_is_refused_in_words(day):
    with pytest.raises(ValidationError, match=f"Året {day.year} kan ikke passe. Skriv et år fra 1970 til 2100."):
        refuse_strange_day(day)
    for field in (DayField(), DayField(past=True), PeriodField(), PeriodField(past=True)):
        with pytest.raises(ValidationError, match="kan ikke passe"):
            field.clean(f"{day.day}.{day.month}.{day.year:04d}")


def test_last_year_and_today_are_taken_and_tomorrow_is_not():
    today = timezone.localdate()
    refuse_strange_day(date(1970, 1, 1))
    refuse_strange_day(date(2100, 12, 31))
    refuse_future_day(today)
    with pytest.raises(ValidationError, match="er ikke kommet endnu"):
        refuse_future_day(today + timedelta(days=1))
    with pytest.raises(ValidationError, match="er ikke kommet endnu"):
        PeriodField(past=True).clean("2019 – 2099")


@pytest.fixture
def trial(db) -> Trial:
    return factories.make_trial("Mikrolån", municipalities=[factories.make_municipality("Thisted")])


class TestWaysIn:
    @pytest.mark.parametrize("day", ["2099-01-01", "0001-01-01", "9999-12-31"])
    def test_page_for_the_decision(self, client, trial, day):
        client.force_login(make_coordinator(trial.network))
        part = trial.participations.get()
        address = reverse("trials:workspace_participation", args=[trial.public_id, part.pk])
        response = client.post(address, {"decided_on": day})
        assert response.status_code == 200
        assert "decided_on" in response.context["form"].errors
        assert Participation.objects.get().decided_on == part.decided_on

    @pytest.mark.parametrize("values", [{"planned": "31.12.9999"}, {"planned": "1.1.0001"}, {"actual": "2095"}])
    def test_page_for_a_milestone(self, client, trial, values):
        client.force_login(make_coordinator(trial.network))
        address = f"/arbejdsbord/netvaerk/{trial.network.slug}/milepaele/"
        response = client.post(address, {"label": "Start", "kind": "start"} | values)
        assert set(response.context["form"].errors) == set(values)
        assert not Milestone.objects.exists()

    @pytest.mark.parametrize(
        ("name", "day"), [("planned_from", "31-12-9999"), ("actual_from", "01-01-2095"), ("planned_to", "0001-01-01")]
    )
    def test_admin(self, client, trial, name, day):
        client.force_login(make_ministry())
        milestone = factories.make_milestone(trials=[trial])
        written = {"kind": "start", "label": "Start", "trials": [trial.pk], name: day}
        response = client.post(reverse("admin:trials_milestone_change", args=[milestone.pk]), written)
        assert name in response.context["adminform"].form.errors

    def test_model_of_a_figure(self, trial):
        figure = Observation(indicator="Borgere", value=5, unit="citizens", to_on=date(2095, 1, 1))
        with pytest.raises(ValidationError) as refused:
            figure.full_clean(exclude=["network"])
        assert "to_on" in refused.value.message_dict

    def test_proposal_of_entry_into_force(self, client, trial):
        client.force_login(make_coordinator(trial.network))
        address = reverse("trials:workspace_legal_fields", args=[trial.public_id])
        response = client.post(address, {"title": trial.title, "in_force_from": "9999-12-31", "comment": "Fordi"})
        assert "in_force_from" in response.context["form"].errors


@pytest.mark.django_db
@pytest.mark.parametrize("years", [(1, 9999), (9999, 9999), (1, 1), (2018, 9999)])
def test_chart_and_period_take_any_day_that_was_stored_before(client, years):
    """A day that stands in the register already stops no page."""
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    milestone = factories.make_milestone(
        kind="start", trials=[factories.make_trial()], planned_from=first, planned_to=last
    )
    chart = charts.Spans([figures.Statement([milestone])])
    assert 0 < len(chart.ticks) <= charts.TICKS_SHOWN + 1
    assert float(chart.spans[0].width[:-1]) <= 101
    assert periods.in_words(first, last)
    assert client.get("/tal/").status_code == 200
    assert client.get(milestone.network.get_absolute_url()).status_code == 200
