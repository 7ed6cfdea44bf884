"""Writing and editing the experiences of a network."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from frikommune.keys import read_key
from networks.models import Network
from trials.models import Answer, Experience
from trials.views.workspace.deleted import deleted
from trials.views.workspace.editing import edited
from trials.views.workspace.entry import at_work, network_kept
from trials.workspace.experience_entry import ExperienceForm, refuse_published_twice


@at_work()
def experiences(request, slug: str) -> HttpResponse:
    """The experiences of a network, to edit and to add to."""
    network = network_kept(request, slug)
    found = Experience.objects.shown_to(request.user).of_network(network).order_by("-pk")
    return render(request, "workspace/experiences/experiences.html", {"network": network, "experiences": found})


@at_work()
def experience_new(request, slug: str) -> HttpResponse:
    """Writes an experience; with `svar` one made of an answer to a template."""
    network = network_kept(request, slug)
    answer = _answer(network, request.GET.get("svar", ""))
    form = ExperienceForm(network, request.user, request.POST or None, answer=answer)
    if answer:
        try:
            refuse_published_twice(answer)
        except ValidationError as error:
            messages.warning(request, error.messages[0])
            return redirect("trials:experience_kept", network.slug, answer.experience.slug)
    if request.method == "POST" and form.is_valid():
        made = form.write()
        messages.success(request, f"Erfaringen er gemt som {made.code} og er offentlig.")
        if answer:
            report = answer.report
            return redirect("trials:template_answers", network.slug, report.template_id, report.trial.public_id)
        return redirect("trials:experiences_kept", network.slug)
    context = {"network": network, "form": form, "answer": answer}
    return render(request, "workspace/experiences/experience.html", context)


@at_work()
def experience_edit(request, slug: str, code: str) -> HttpResponse:
    """Edits an experience."""
    network = network_kept(request, slug)
    found = Experience.objects.shown_to(request.user).of_network(network).at_address(code)
    answer = edited(request, network, found, ExperienceForm)
    if answer is None:
        back = reverse("trials:experiences_kept", args=[network.slug])
        return deleted(request, network, code, ExperienceForm, "Erfaringen", back)
    form, saved = answer
    if saved:
        messages.success(request, f"Erfaring {saved.code} er rettet.")
        return redirect("trials:experiences_kept", network.slug)
    context = {"network": network, "form": form, "experience": found}
    return render(request, "workspace/experiences/experience.html", context)


def _answer(network: Network, key: str) -> Answer | None:
    """The answer with this number about a trial of the network; None when none is asked for."""
    if not key:
        return None
    number = read_key(key)
    if number is None:
        raise Http404
    answers = Answer.objects.select_related("question", "experience", "report__trial", "report__municipality")
    return get_object_or_404(answers, pk=number, report__trial__network=network)
