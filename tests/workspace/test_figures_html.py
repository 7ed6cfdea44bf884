"""The workspace's pages of figures, templates, experiences and milestones are valid HTML, forms with errors too."""

import pytest
from django.test import Client

from tests import factories, roles
from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from trials.workspace import ready_template

NETWORK = "/arbejdsbord/netvaerk/arbejde/"


@pytest.mark.html
@pytest.mark.django_db
def test_pages_are_valid(client: Client) -> None:
    network, member = factories.make_network(1, "Arbejde"), factories.make_municipality("Thisted", "787")
    trial = factories.make_trial("Mikrolån", network, [member])
    factories.make_observation(trials=[trial], municipalities=[member], value=3)
    template = ready_template.copy_to(network)
    factories.make_report(template, trial.participations.get(), ("I høj grad", "Flere i arbejde."))
    experience, milestone = factories.make_experience(trials=[trial]), factories.make_milestone(trials=[trial])
    client.force_login(roles.make_coordinator(network))
    figures = f"/arbejdsbord/forsoeg/{trial.public_id}/tal/"
    templates = f"{NETWORK}skabeloner/"
    addresses = [
        *(figures, f"{figures}?serie=T-0001", f"{figures}?serie=ny", f"{figures}?serie=x", f"{figures}T-0001/"),
        *(templates, f"{templates}ny/", f"{templates}{template.pk}/", f"{templates}{template.pk}/ret/"),
        f"{templates}{template.pk}/svar/{trial.public_id}/",
        f"{templates}{template.pk}/svar/{trial.public_id}/{member.slug}/",
        *(f"{NETWORK}erfaringer/", f"{NETWORK}erfaringer/ny/", f"{NETWORK}erfaringer/{experience.slug}/"),
        *(f"{NETWORK}milepaele/", f"{NETWORK}milepaele/{milestone.slug}/"),
    ]
    pages = {address: client.get(address).content.decode() for address in addresses}
    overtaken = {"version-seen": "0", "text": "Mit.", "label": "Mit", "value": "16"}
    for address in (
        f"{figures}T-0001/",
        *(f"{NETWORK}erfaringer/{experience.slug}/", f"{NETWORK}milepaele/{milestone.slug}/"),
    ):
        answer = client.post(address, overtaken).content.decode()
        assert 'class="collision"' in answer
        pages[f"{address}, overtaken"] = answer
    rows = {f"spm-{name}_FORMS": 1 for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    wrong = {"to_on": "x", "text": "Skriv til a@b.dk", "note": "010190-1234", "tal_787": "-1", "spm-0-help": "x"} | rows
    for address in addresses:
        if "?serie=x" not in address and address not in (figures, templates):
            answer = client.post(address, wrong)
            pages |= {f"{address}, refused": answer.content.decode()} if answer.status_code == 200 else {}
    milestone.delete()
    gone = client.post(f"{NETWORK}milepaele/{milestone.slug}/", {"label": "Mit"})
    assert gone.status_code == 410
    pages["deleted"] = gone.content.decode()
    pages["unlikely"] = client.post(f"{figures}?serie=T-0001", {"to_on": "2018-05-01", "tal_787": "1"}).content.decode()
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
