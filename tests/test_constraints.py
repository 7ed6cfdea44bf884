"""Every constraint of the database, by its name: broken on purpose, refused on SQLite and PostgreSQL alike."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from networks.models import ApplicationRound, Membership, Network, Programme
from tests import lesson_breakers, outward_breakers, proposal_breakers, role_breakers
from tests.factories import (
    make_act,
    make_basis,
    make_evaluation,
    make_municipality,
    make_network,
    make_participation,
    make_programme,
    make_provision,
    make_round,
    make_source,
    make_trial,
)
from trials.models import (
    Act,
    Correction,
    Coverage,
    Evaluation,
    LegalBasis,
    Participation,
    Provision,
    SourceCell,
    StatusEvent,
    Trial,
)

pytestmark = pytest.mark.django_db


def _cell(**fields):
    fields = {"source": make_source(), "table": "2.1", "row": 1, "column": 1, "page": 35, "text": "x"} | fields
    return SourceCell.objects.create(**fields)


def _event(**fields):
    fields = {"status": "running", "effective_on": date(2018, 1, 1), "known_on": date(2018, 1, 2)} | fields
    if not {"trial", "participation"} & fields.keys():
        fields["trial"] = make_trial()
    return StatusEvent.objects.create(**fields)


def _sourced(name: str, **base):
    """The two rules of a record that may rest on a source."""
    model = apps.get_model("trials", name)
    return {
        f"{name}_one_place": lambda: model.objects.create(
            **{k: v() for k, v in base.items()}, source=make_source(), cell=_cell(), section="1.1"
        ),
        f"{name}_place_has_source": lambda: model.objects.create(
            **{k: v() for k, v in base.items()}, section="1.1", quotation="ord"
        ),
    }


def _twice(make):
    make()
    make()


BREAKERS = {
    "programme_years_in_order": lambda: Programme.objects.create(code="X", name="X", first_year=2020, last_year=2016),
    "applicationround_number_unique": lambda: (
        make_round(1),
        ApplicationRound.objects.create(programme=make_programme(), number=1),
    ),
    "network_number_unique": lambda: (
        make_network(1),
        Network.objects.create(programme=make_programme(), number=1, name="Et andet", slug="et-andet"),
    ),
    "membership_unique": lambda: _twice(
        lambda n=make_network, m=[]: Membership.objects.create(
            network=Network.objects.first() or n(), municipality=m[0] if m else m.append(make_municipality()) or m[0]
        )
    ),
    "membership_standing_valid": lambda: Membership.objects.create(
        network=make_network(), municipality=make_municipality(), standing="boss"
    ),
    "membership_dates_in_order": lambda: Membership.objects.create(
        network=make_network(),
        municipality=make_municipality(),
        from_on=date(2018, 1, 1),
        to_on=date(2017, 1, 1),
    ),
    "trial_status_valid": lambda: Trial.objects.filter(pk=make_trial().pk).update(status="sleeping"),
    "trial_number_unique": lambda: Trial.objects.create(
        network=make_trial(number=1).network, number=1, title="Dublet", public_id="FKII-1-99"
    ),
    "trial_number_from_one": lambda: Trial.objects.create(network=make_network(), number=0, title="Nul"),
    "trial_publication_valid": lambda: Trial.objects.filter(pk=make_trial().pk).update(publication="secret"),
    "trial_in_force_in_order": lambda: make_trial(in_force_from=date(2018, 1, 1), in_force_to=date(2017, 1, 1)),
    "participation_status_valid": lambda: Participation.objects.filter(pk=make_participation(make_trial()).pk).update(
        status="sleeping"
    ),
    "participation_unique": lambda: (
        part := make_participation(make_trial()),
        Participation.objects.create(trial=part.trial, municipality=part.municipality),
    ),
    **_sourced("participation", trial=make_trial, municipality=make_municipality),
    "statusevent_one_subject": lambda: StatusEvent.objects.create(
        status="running", effective_on=date(2018, 1, 1), known_on=date(2018, 1, 2)
    ),
    "statusevent_status_valid": lambda: _event(status="sleeping"),
    "statusevent_precision_valid": lambda: _event(precision="ca"),
    "statusevent_reason_fits_status": lambda: _event(reason="no_need"),
    "statusevent_other_reason_has_note": lambda: _event(status="ended", reason="other"),
    "statusevent_correction_has_note": lambda: _event(is_correction=True),
    "statusevent_corrects_by_correction": lambda: (
        first := _event(),
        _event(trial=first.trial, corrects=first),
    ),
    "statusevent_not_in_the_future": lambda: _event(effective_on=date(2018, 1, 3)),
    **_sourced(
        "statusevent",
        trial=make_trial,
        status=lambda: "running",
        effective_on=lambda: date(2018, 1, 1),
        known_on=lambda: date(2018, 1, 2),
    ),
    "sourcecell_place_unique": lambda: (_cell(), _cell()),
    "sourcecell_column_valid": lambda: _cell(column=8),
    "sourcecell_row_from_one": lambda: _cell(row=0),
    "correction_unique": lambda: _twice(
        lambda: Correction.objects.create(
            cell=SourceCell.objects.first() or _cell(), verbatim="a", corrected="b", reason="Slåfejl"
        )
    ),
    "correction_names_its_words": lambda: Correction.objects.create(cell=_cell(), corrected="b", reason="Slåfejl"),
    "correction_has_reason": lambda: Correction.objects.create(cell=_cell(), verbatim="a", corrected="b"),
    "act_kind_valid": lambda: Act.objects.create(code="x", title="x", short_title="x", kind="rule"),
    "provision_unique": lambda: _twice(lambda: Provision.objects.create(act=make_act(), paragraph=9)),
    "provision_paragraph_from_one": lambda: Provision.objects.create(act=make_act(), paragraph=0),
    "legalbasis_unique": lambda: (
        trial := make_trial(),
        make_basis(trial, make_provision()),
        make_basis(trial, make_provision()),
    ),
    "legalbasis_one_without_provision": lambda: (
        trial := make_trial(),
        make_basis(trial, kind="existing_law"),
        make_basis(trial, kind="general_change"),
    ),
    "legalbasis_kind_fits_role": lambda: LegalBasis.objects.create(
        trial=make_trial(), provision=make_provision(), role="deviates_from", kind="exemption"
    ),
    **_sourced("legalbasis", trial=make_trial, kind=lambda: "exemption"),
    "evaluation_design_status_valid": lambda: Evaluation.objects.create(design_status="shared"),
    "coverage_unique": lambda: (
        evaluation := make_evaluation(make_trial()),
        Coverage.objects.create(evaluation=evaluation, trial=Trial.objects.get()),
    ),
    **lesson_breakers.BREAKERS,
    **proposal_breakers.BREAKERS,
    **outward_breakers.BREAKERS,
    **role_breakers.BREAKERS,
    **{name: make for model, base in lesson_breakers.SOURCED.items() for name, make in _sourced(model, **base).items()},
    **_sourced("coverage", trial=make_trial, evaluation=lambda: Evaluation.objects.create(design_status="designed")),
}


@pytest.mark.parametrize("name", sorted(BREAKERS))
def test_constraint_refuses_what_breaks_it(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKERS[name]()
    constraint, model = _constraints()[name]
    if isinstance(constraint, models.CheckConstraint):
        assert name in str(refused.value)
    else:
        # PostgreSQL names the constraint, SQLite the table and its columns.
        assert name in str(refused.value) or model._meta.db_table in str(refused.value)


def test_every_constraint_is_tried():
    assert set(_constraints()) == set(BREAKERS)


def _constraints() -> dict:
    return {
        constraint.name: (constraint, model)
        for app in ("networks", "trials")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def test_what_is_filtered_is_indexed():
    fields = {(Trial, "status"), (Trial, "in_force_from"), (Trial, "publication"), (LegalBasis, "kind")}
    for model, name in fields:
        assert model._meta.get_field(name).db_index, f"{model.__name__}.{name}"
