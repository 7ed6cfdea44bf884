"""The cells of the grid, what a browser sends from them, and what it is told."""

from django.contrib.messages import get_messages

from networks.models import Network
from trials.enums import Precision, Status
from trials.models import Participation, Trial


def part(name: str, number: int = 1) -> Participation:
    return Participation.objects.get(municipality__name=name, trial__number=number)


def address(network: Network, *rest: str) -> str:
    return "/".join([f"/arbejdsbord/netvaerk/{network.slug}/skema", *rest, ""])


def token(subject) -> str:
    """What the box of a cell is worth when the page has just been made."""
    newest = subject.events.order_by("-pk").first()
    trial, place = (subject, "hele") if isinstance(subject, Trial) else (subject.trial, subject.municipality.code)
    return f"{trial.public_id}/{place}/{newest.pk if newest else 0}"


def change(*subjects, goer: str = "skift", **changed) -> dict:
    """What the browser sends for some marked cells."""
    return {
        "celle": [token(subject) for subject in subjects],
        "goer": goer,
        "status": Status.RUNNING,
        "reason": "",
        "effective_on": "2018-05-01",
        "precision": Precision.ON,
        "note": "",
        "anyway": "",
    } | changed


def of_cell(subject, **changed) -> dict:
    """What the browser sends from a cell's own form."""
    newest = subject.events.order_by("-pk").first()
    return change(corrects="", latest=newest.pk if newest else 0) | changed


def told(response) -> list[str]:
    assert response.status_code == 302, response.context["errors"]
    return [str(message) for message in get_messages(response.wsgi_request)]


def refused(response) -> str:
    assert response.status_code == 200
    assert "Intet er gemt" in response.content.decode() or "Intet er bekræftet" in response.content.decode()
    return " ".join(response.context["errors"])
