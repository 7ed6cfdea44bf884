"""The pages that go out of the workspace are valid HTML, in every state."""

from datetime import date

import pytest
from django.urls import reverse

from tests import admin, factories, roles
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from trials.enums import Status
from trials.models import ConfirmationRequest, MunicipalAnswer, Participation
from trials.workspace import links, own_calendar

pytestmark = [pytest.mark.html, pytest.mark.django_db]


@pytest.fixture
def participation() -> Participation:
    """One that is running, with a question and a proposal, in a network with a coordinator."""
    trial = factories.make_trial("Mikrolån", factories.make_network(1), status=Status.APPROVED)
    part = factories.make_participation(trial, factories.make_municipality("Thisted"), Status.RUNNING)
    factories.make_participation(factories.make_trial("Nyt"), part.municipality)
    roles.make_coordinator(trial.network)
    admin.make_what_goes_outward(factories.make_trial("Alene", municipalities=[factories.make_municipality()]))
    MunicipalAnswer.objects.create(
        participation=part,
        answered_by=roles.make_user(),
        status=Status.ENDED,
        effective_on=date(2019, 3, 1),
        precision="on",
    )
    return part


def test_pages_are_valid(client, participation) -> None:
    network = participation.trial.network
    user = roles.make_ministry()
    own_calendar.renew(user)
    client.force_login(user)
    base = f"/arbejdsbord/netvaerk/{network.slug}"
    role = network.coordinators.first()
    changed = {f"{participation.pk}-choice": "aendret", f"{participation.pk}-note": "Ring 22 33 44 55"}
    ended = {"rolle": role.pk, f"slut-{role.pk}-to_on": date(2026, 1, 1)}
    question = ConfirmationRequest.objects.exclude(used_at__isnull=False).first()
    link = reverse("trials:answer_link", args=[links.token_of(question)])
    addresses = ["/arbejdsbord/", "/arbejdsbord/kalender/", "/arbejdsbord/kommune/thisted/", link]
    addresses += [f"{base}/{page}/" for page in ("spoerg", "svar", "koordinatorer")]
    pages = {address: client.get(address) for address in addresses}
    for address, sent in {
        "/arbejdsbord/kommune/thisted/": changed,
        f"{base}/spoerg/": {},
        f"{base}/svar/": {"svar": MunicipalAnswer.objects.filter(unchanged=False).get().pk},
        f"{base}/koordinatorer/": ended,
    }.items():
        pages[f"{address} refused"] = client.post(address, sent)
        assert pages[f"{address} refused"].status_code == 400, address
    ConfirmationRequest.objects.update(used_at=question.asked_at)
    pages["a used link"] = client.get(link)
    try:
        errors = validate_html({name: response.content.decode() for name, response in pages.items()})
    except CheckerUnavailable as missing:
        unavailable(str(missing))

    assert errors == []
