"""The addresses of a design's steps, and what a browser sends from them."""

from trials.models import Evaluation

WHOLE = {
    "expected_results": "Flere i arbejde",
    "results_element": "present",
    "target_group": "Ledige",
    "target_group_element": "present",
    "method": "Registerdata hvert halve år",
    "method_element": "present",
}


LIST = "/arbejdsbord/evalueringer/"


def page(design: Evaluation, step: str = "") -> str:
    return f"{LIST}{design.slug}/{step}{'/' if step else ''}"


def opened(client, design: Evaluation, step: str) -> dict:
    """What the browser would send from the step, were nothing changed."""
    form = client.get(page(design, step)).context["form"]
    return {field.name: field.value() for field in form if field.value() not in (None, "")}


def send(client, design: Evaluation, step: str, **changed):
    """Open the step, change some fields, and send it."""
    return client.post(page(design, step), opened(client, design, step) | changed)
