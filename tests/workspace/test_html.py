"""The workspace's front page, my network today and the grid's pages are valid HTML, also when something is refused."""

import pytest

from tests import factories, roles
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from trials.enums import DesignStatus, Status


@pytest.mark.html
@pytest.mark.django_db
def test_pages_are_valid(client) -> None:
    network = factories.make_network(1, "Fleksibel beskæftigelsesindsats")
    trial = factories.make_trial("Mikrolån", network, [factories.make_municipality("Thisted")], number=4)
    factories.make_trial("Kladde", network, [factories.make_municipality("Læsø")], Status.RUNNING, number=5)
    evaluation = factories.make_evaluation(trial, DesignStatus.NONE)
    factories.make_status(trial.participations.get(), Status.RUNNING)
    user = roles.make_coordinator(network)
    roles.make_contact(trial.municipalities.get(), user)
    roles.make_evaluator(evaluation, user)
    client.force_login(user)

    today = f"/arbejdsbord/netvaerk/{network.slug}/"
    grid = f"{today}skema/"
    forms = (grid, f"{grid}FKII-1-04/", f"{grid}FKII-1-04/hele/")
    addresses = ("/arbejdsbord/", today, *forms, f"{grid}bekraeft/")
    pages = {address: client.get(address).content.decode() for address in addresses}
    wrong = {"goer": "skift", "status": "x"}
    pages |= {f"{address} refused": client.post(address, wrong).content.decode() for address in forms}
    pages["unreadable"] = client.post(grid, {"celle": "x"}).content.decode()
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
