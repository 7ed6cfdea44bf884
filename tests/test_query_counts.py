"""Every public address costs as many queries with 500 rows as with one of each kind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exports.register import make_whole
from tests.many import make_many_of, make_many_trials
from tests.pages import LISTS
from trials import remembered
from trials.exports.listings import LISTINGS
from trials.models import Coverage, Experience, Milestone, Observation, Outcome, Trial
from trials.models import Evaluation as Design

MANY = 500
STATES = (
    "/forsoeg/?visning=tabel&antal=100&pr=2019-03-01",
    "/forsoeg/?kommune={kommune}&status=running&q=lån",
    "/forsoeg/?paragraf=lov-1-1/paragraf-1&fund=ingen&tal=ja",
    "/aktivitetstal/?pr=2019-03-01&antal=100",
    "/milepaele/?antal=100",
    "/evalueringer/?antal=100",
    "/erfaringer/?antal=100",
    "/soeg/?q=lån",
    "/soeg/?q=lån&slags=forsoeg",
    "/sammenlign/?forsoeg=FKII-1-01&forsoeg=FKII-1-02",
)
FEEDS = ("/forsoeg.atom", "/forsoeg.atom?netvaerk=1", "/milepaele.ics", "/sitemap.xml", "/data/katalog.jsonld")

WORKED_OUT = ("/soeg/?q=lån", "/datakvalitet/", "/data/", "/om/", "/forsoeg/?fund=ingen")
"""What is worked out from the whole register, and remembered, is asked for here first."""


def addresses(trial: Trial) -> list[str]:
    """Every kind of public address, those about one record as of `trial` and what belongs to it."""
    municipality, network = trial.municipalities.get(), trial.network
    evaluation, provision = trial.evaluations.get(), trial.legal_bases.exclude(provision=None)[0].provision
    records = [each.get_absolute_url() for each in (trial, network, municipality, evaluation, provision)]
    feeds = [f"{each.get_absolute_url().rstrip('/')}.atom" for each in (network, municipality, provision)]
    single = [f"/forsoeg/{trial.public_id}.{ending}" for ending in ("atom", "json")]
    states = [state.replace("{kommune}", municipality.code) for state in STATES]
    lists = [f"/api/v1/{name}" for name in LISTINGS]  # as files: tests/exports/test_listings.py
    return [*LISTS, *records, f"{records[1]}skema/", *feeds, *single, *states, *FEEDS, *lists]


def queries(client, address: str) -> int:
    """How many queries the address costs. It must answer 200."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


def costs(client, asked: list[str]) -> dict[str, int]:
    """How many queries each address costs one who is not the first to ask after a change."""
    for address in WORKED_OUT:
        client.get(address)
    return {address: queries(client, address) for address in asked}


def grow(trial: Trial) -> None:
    """Many more of everything, all with the network, the municipality and the law of `trial`."""
    provision = trial.legal_bases.exclude(provision=None)[0].provision
    first = 1 + trial.network.trials.count()
    trials = make_many_trials(MANY, trial.network, trial.municipalities.get(), provision, first)
    for model in (Observation, Experience, Milestone, Outcome):
        make_many_of(model.objects.filter(pk__in=model.objects.values("pk")[:1]).get(), trials)
    designs = Design.objects.bulk_create(Design(code=f"E-{each.pk}", design_status="designed") for each in trials)
    Coverage.objects.bulk_create(
        Coverage(evaluation=new, trial=each) for new, each in zip(designs, trials, strict=True)
    )
    remembered.forget()


@pytest.mark.django_db
def test_no_address_costs_more_with_500_rows_than_with_one(client) -> None:
    trial = make_whole(2)[0]
    asked = addresses(trial)
    few = costs(client, asked)
    grow(trial)
    many = costs(client, asked)

    assert Observation.objects.count() == Milestone.objects.count() == MANY + 2
    assert {address: (few[address], many[address]) for address in asked if many[address] != few[address]} == {}
