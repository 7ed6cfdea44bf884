"""The evaluations' list and pages as tests read them."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.outline import outline
from trials.models import Evaluation, EvaluationTrait

LIST = "/evalueringer/"


def make_traits(evaluation: Evaluation, *traits: str) -> None:
    for trait in traits:
        EvaluationTrait.objects.create(evaluation=evaluation, trait=trait)


def page(client, evaluation: Evaluation):
    response = client.get(evaluation.get_absolute_url())
    assert response.status_code == 200
    return outline(response)


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
